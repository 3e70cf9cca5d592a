"""Forms of the shell."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mafaka.common.forms import Form
from mafaka.vault.purposes import REVEAL_PURPOSES, Purpose


class SignInForm(Form):
    username = forms.CharField(
        label=_("Identifiant"),
        max_length=40,
        error_messages={"required": _("Indiquez votre identifiant.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Indiquez votre mot de passe.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class RevealForm(Form):
    """Why a name is asked for."""

    purpose = forms.ChoiceField(
        label=_("Pourquoi avez-vous besoin du nom ?"),
        choices=[(purpose.value, purpose.label) for purpose in REVEAL_PURPOSES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un motif.")},
    )
    detail = forms.CharField(
        label=_("Précision"),
        help_text=_(
            "Obligatoire pour un autre motif. Elle est conservée, protégée, dans le journal des accès."
        ),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, str]:
        data = super().clean() or {}
        if data.get("purpose") == Purpose.OTHER and not data.get("detail"):
            self.add_error("detail", _("Précisez le motif en quelques mots."))
        return data
