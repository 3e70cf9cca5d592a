from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mafaka.audit import acts


class AccountsConfig(AppConfig):
    name = "mafaka.accounts"
    label = "accounts"

    def ready(self) -> None:
        from mafaka.accounts.roles import Role

        room = _("Comptes")
        acts.name_codes("role", dict(Role.choices))
        acts.register(
            {
                "accounts.user_created": acts.Act(_("Compte créé : {role}."), room),
                "accounts.signed_in": acts.Act(_("Connexion."), room, timeline=False),
                "accounts.signed_out": acts.Act(_("Déconnexion."), room, timeline=False),
                "accounts.password_set": acts.Act(_("Mot de passe changé."), room),
                "accounts.language_set": acts.Act(_("Langue choisie."), room, timeline=False),
            }
        )
