from __future__ import annotations

from django.apps import AppConfig

from mafaka.audit import acts


class IntakeConfig(AppConfig):
    name = "mafaka.intake"
    label = "intake"

    def ready(self) -> None:
        from mafaka.cases.labels import BROUGHT_BY
        from mafaka.intake.labels import ACTS
        from mafaka.locations.countries import COUNTRIES

        acts.name_codes("brought_by", dict(BROUGHT_BY))
        acts.name_codes("returned_from", COUNTRIES)
        acts.register(ACTS)
