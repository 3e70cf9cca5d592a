from __future__ import annotations

from django.urls import path

from mafaka.reports import views

app_name = "reports"
urlpatterns = [
    path("chiffres/", views.figures, name="figures"),
    path("chiffres/<int:year>/liste/<slug:figure>/", views.behind, name="list"),
]
