from __future__ import annotations

from django.apps import AppConfig

from mafaka.audit import acts


class ReintegrationConfig(AppConfig):
    name = "mafaka.reintegration"
    label = "reintegration"

    def ready(self) -> None:
        from mafaka.reintegration.labels import ACTS
        from mafaka.reintegration.models import Support

        acts.name_codes("support", dict(Support.Kind.choices))
        acts.register(ACTS)
