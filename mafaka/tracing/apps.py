from __future__ import annotations

from django.apps import AppConfig


class TracingConfig(AppConfig):
    name = "mafaka.tracing"
    label = "tracing"
