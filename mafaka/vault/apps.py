from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mafaka.audit import acts


class VaultConfig(AppConfig):
    name = "mafaka.vault"
    label = "vault"

    def ready(self) -> None:
        from mafaka.vault.models import Compartment
        from mafaka.vault.purposes import Purpose

        acts.name_codes("purpose", dict(Purpose.choices))
        acts.name_codes("compartment", dict(Compartment.choices))
        acts.register(
            {
                "vault.opened": acts.Act(
                    _("Données protégées ouvertes : {purpose}."), _("Coffre"), timeline=False
                ),
                "vault.rotated": acts.Act(_("Clés renouvelées."), _("Coffre"), timeline=False),
                "vault.recovered": acts.Act(
                    _("Clés reprises par la clé de secours."), _("Coffre"), timeline=False
                ),
            }
        )
