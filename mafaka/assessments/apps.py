from __future__ import annotations

from django.apps import AppConfig

from mafaka.audit import acts


class AssessmentsConfig(AppConfig):
    name = "mafaka.assessments"
    label = "assessments"

    def ready(self) -> None:
        from mafaka.assessments.labels import ACTS, NEEDS

        acts.name_codes("need", dict(NEEDS))
        acts.register(ACTS)
