"""The face: one sheet, one script, the components and the form renderer."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and the `ui` template tags; it has no models."""

    name = "mafaka.ui"
    label = "ui"
