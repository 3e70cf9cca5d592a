from __future__ import annotations

from django.urls import path

from mafaka.exchange import views

app_name = "exchange"
_BATCH = "imports/<uuid:batch_id>/"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path(f"{_BATCH}colonnes/", views.mapping, name="mapping"),
    path(f"{_BATCH}feuille/", views.sheet, name="sheet"),
    path(f"{_BATCH}apercu/", views.preview, name="preview"),
    path(f"{_BATCH}doublons/", views.repeats, name="repeats"),
    path(f"{_BATCH}lancer/", views.run, name="run"),
    path(f"{_BATCH}avancement/", views.progress, name="progress"),
    path(f"{_BATCH}bilan/", views.report, name="report"),
    path(f"{_BATCH}abandon/", views.abandon, name="abandon"),
]
