from __future__ import annotations

from django.apps import AppConfig

from mafaka.audit import acts


class PlansConfig(AppConfig):
    name = "mafaka.plans"
    label = "plans"

    def ready(self) -> None:
        from mafaka.plans.labels import ACTS, SERVICES

        acts.name_codes("service", {code: label for code, (_need, label) in SERVICES.items()})
        acts.register(ACTS)
