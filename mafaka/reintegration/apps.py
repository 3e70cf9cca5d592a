from __future__ import annotations

from django.apps import AppConfig


class ReintegrationConfig(AppConfig):
    name = "mafaka.reintegration"
    label = "reintegration"
