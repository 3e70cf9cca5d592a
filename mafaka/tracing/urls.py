from __future__ import annotations

from django.urls import path

from mafaka.tracing import views

app_name = "tracing"
_CASE = "dossiers/<str:reference>/recherche/"
urlpatterns = [
    path(_CASE, views.tracing, name="tracing"),
    path(f"{_CASE}contact-a-risque/", views.risk, name="risk"),
    path(f"{_CASE}contact-a-risque/levee/", views.lift, name="lift"),
    path(f"{_CASE}demande/", views.request_tracing, name="request"),
    path(f"{_CASE}demande/fin/", views.end, name="end"),
    path(f"{_CASE}piste/", views.lead, name="lead"),
    path(f"{_CASE}piste/verification/", views.verification, name="verification"),
    path(f"{_CASE}reunification/", views.reunification, name="reunification"),
]
