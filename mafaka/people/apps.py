from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mafaka.audit import acts


class PeopleConfig(AppConfig):
    name = "mafaka.people"
    label = "people"

    def ready(self) -> None:
        room = _("Identité")
        acts.register(
            {
                "people.registered": acts.Act(_("Personne enregistrée."), room),
                "people.corrected": acts.Act(_("Identité complétée ou corrigée."), room),
                "people.spelling_added": acts.Act(_("Autre graphie du nom conservée."), room),
                "people.name_shown": acts.Act(_("Nom affiché : {purpose}."), room, timeline=False),
            }
        )
