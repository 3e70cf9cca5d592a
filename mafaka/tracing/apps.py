from __future__ import annotations

from django.apps import AppConfig

from mafaka.audit import acts


class TracingConfig(AppConfig):
    name = "mafaka.tracing"
    label = "tracing"

    def ready(self) -> None:
        from mafaka.tracing.labels import ACTS
        from mafaka.tracing.models import Lead

        acts.name_codes("lead", dict(Lead.Result.choices))
        acts.name_codes("verification", dict(Lead.Verification.choices))
        acts.register(ACTS)
