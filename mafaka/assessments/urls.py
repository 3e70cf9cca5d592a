from __future__ import annotations

from django.urls import path

from mafaka.assessments import views

app_name = "assessments"
urlpatterns = [
    path("dossiers/<str:reference>/entretiens/", views.interviews, name="interviews"),
    path("dossiers/<str:reference>/entretiens/nouveau/", views.interview, name="interview"),
    path("dossiers/<str:reference>/besoins/", views.needs, name="needs"),
    path("dossiers/<str:reference>/besoins/<uuid:need_id>/reponse/", views.meet, name="meet"),
    path(
        "dossiers/<str:reference>/besoins/<uuid:need_id>/reprise/",
        views.unmeet,
        name="unmeet",
    ),
    path(
        "dossiers/<str:reference>/besoins/<uuid:need_id>/retrait/",
        views.withdraw,
        name="withdraw_need",
    ),
]
