from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mafaka.audit import acts


class CasesConfig(AppConfig):
    name = "mafaka.cases"
    label = "cases"

    def ready(self) -> None:
        from mafaka.cases.labels import ACTS, CLOSING_REASONS
        from mafaka.cases.models import Consent

        acts.name_codes("consent", dict(Consent.Purpose.choices))
        acts.name_codes("answer", {"agreed": _("accord"), "refused": _("refus")})
        acts.name_codes("closing", dict(CLOSING_REASONS))
        acts.register(ACTS)
