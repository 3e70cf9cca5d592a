from __future__ import annotations

from django.urls import path

from mafaka.plans import views

app_name = "plans"
urlpatterns = [
    path("dossiers/<str:reference>/plan/", views.plan, name="plan"),
    path("dossiers/<str:reference>/plan/services/<uuid:service_id>/", views.service, name="service"),
]
