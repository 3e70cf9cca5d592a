from __future__ import annotations

from django.urls import path

from mafaka.office import views

app_name = "office"
urlpatterns = [
    path("", views.today, name="today"),
    path("connexion/", views.sign_in, name="sign_in"),
    path("deconnexion/", views.sign_out, name="sign_out"),
    path("preferences/", views.preferences, name="preferences"),
    path("present/", views.alive, name="alive"),
    path("recherche/", views.search, name="search"),
    path("journal/", views.audit, name="audit"),
    path("dossiers/<str:reference>/", views.case_file, name="case"),
    path("dossiers/<str:reference>/acces/", views.accesses, name="accesses"),
    path("dossiers/<str:reference>/nom/", views.reveal, name="reveal"),
]
