from __future__ import annotations

from django.urls import path

from mafaka.intake import views

app_name = "intake"
urlpatterns = [
    path("accueil/", views.receive, name="receive"),
    path("accueil/<str:reference>/", views.receipt, name="receipt"),
    path("dossiers/<str:reference>/identite/", views.registration, name="registration"),
]
