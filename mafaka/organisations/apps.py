from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mafaka.audit import acts


class OrganisationsConfig(AppConfig):
    name = "mafaka.organisations"
    label = "organisations"

    def ready(self) -> None:
        acts.register({"organisations.centre_opened": acts.Act(_("Centre {code} créé."), _("Organisation"))})
