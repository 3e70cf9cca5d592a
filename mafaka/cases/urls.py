from __future__ import annotations

from django.urls import path

from mafaka.cases import views

app_name = "cases"
urlpatterns = [
    path("dossiers/", views.case_list, name="list"),
    path("dossiers/<str:reference>/referent/", views.assign, name="assign"),
    path("dossiers/<str:reference>/consentement/", views.consent, name="consent"),
    path("dossiers/<str:reference>/consentement/retrait/", views.withdraw, name="withdraw"),
    path("dossiers/<str:reference>/cloture/", views.closing, name="closing"),
    path("dossiers/<str:reference>/reouverture/", views.reopen, name="reopen"),
]
