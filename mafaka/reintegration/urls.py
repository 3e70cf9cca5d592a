from __future__ import annotations

from django.urls import path

from mafaka.reintegration import views

app_name = "reintegration"
urlpatterns = [
    path("dossiers/<str:reference>/reintegration/", views.plan, name="plan"),
    path("dossiers/<str:reference>/reintegration/plan/", views.draw, name="draw"),
    path("dossiers/<str:reference>/reintegration/appui/", views.support, name="support"),
    path(
        "dossiers/<str:reference>/reintegration/appui/<uuid:support_id>/retrait/",
        views.withdraw,
        name="withdraw",
    ),
]
