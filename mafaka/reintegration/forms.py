"""Forms of reintegration."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mafaka.common.forms import DateBoxesField, Form
from mafaka.reintegration.models import Support

EXAMPLE = _("Par exemple 12 10 2026")


class PlanForm(Form):
    """What was agreed, and when."""

    goal = forms.CharField(
        label=_("But du plan"),
        max_length=4000,
        help_text=_("Ce que la personne veut faire, avec qui, où, et ce qu’il faut pour que cela tienne."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez le but en quelques mots.")},
    )
    drawn_on = DateBoxesField(label=_("Établi le"), help_text=EXAMPLE, latest=timezone.localdate)


class SupportForm(Form):
    """One support given."""

    kind = forms.ChoiceField(
        label=_("Appui"),
        choices=Support.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’appui donné.")},
    )
    for_whom = forms.ChoiceField(
        label=_("Pour qui"),
        choices=Support.ForWhom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez pour qui.")},
    )
    given_on = DateBoxesField(label=_("Date"), help_text=EXAMPLE, latest=timezone.localdate)
    amount_xof = forms.IntegerField(
        label=_("Montant en francs CFA"),
        required=False,
        min_value=1,
        max_value=100_000_000,
        error_messages={
            "invalid": _("Écrivez le montant en chiffres, sans espace."),
            "min_value": _("Le montant est au moins d’un franc."),
            "max_value": _("Ce montant est trop grand. Vérifiez les zéros."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    written = forms.CharField(
        label=_("Description"),
        max_length=2000,
        help_text=_("Par exemple : deux chèvres et leur vaccination, ou classe et école."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Décrivez l’appui en quelques mots.")},
    )
