"""The addresses of all rooms. A page that declares no act does not start (accounts.pages)."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.urls import include, path

from mafaka.accounts.pages import page, undeclared
from mafaka.ui.views import gallery

urlpatterns = [
    path("", include("mafaka.office.urls")),
    path("", include("mafaka.cases.urls")),
    path("", include("mafaka.assessments.urls")),
    path("", include("mafaka.plans.urls")),
    path("", include("mafaka.stays.urls")),
    path("", include("mafaka.tracing.urls")),
    path("", include("mafaka.reintegration.urls")),
    path("", include("mafaka.intake.urls")),
    path("", include("mafaka.reports.urls")),
    path("", include("mafaka.exchange.urls")),
    path("composants/", page("ui.gallery")(gallery), name="gallery"),
]
handler400 = "mafaka.office.views.bad_request"
handler403 = "mafaka.office.views.stale_form"
handler404 = "mafaka.office.views.not_found"
handler500 = "mafaka.office.views.broken"

if missing := list(undeclared(urlpatterns)):
    raise ImproperlyConfigured(f"These pages declare no act (accounts.pages.page): {missing}")
