"""Forms of tracing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mafaka.common.forms import DateBoxesField, Form
from mafaka.tracing.models import Lead, Relation, Request

CHOOSE = ("", _("Choisir…"))
EXAMPLE = _("Par exemple 12 10 2026")


def _relation(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le lien de parenté.")},
    )


def _day(label: Any, **kwargs: Any) -> DateBoxesField:
    return DateBoxesField(label=label, help_text=EXAMPLE, latest=timezone.localdate, **kwargs)


def _text(label: Any, missing: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
        **kwargs,
    )


class RiskForm(Form):
    """A relative not to be contacted."""

    relation = _relation(_("Lien avec la personne"))
    name = forms.CharField(
        label=_("Nom"),
        required=False,
        max_length=200,
        help_text=_("Il reste protégé. Il sert aussi à refuser toute recherche sous ce nom."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = _text(_("Pourquoi ne pas contacter"), _("Dites pourquoi il ne faut pas contacter ce parent."))


class LiftForm(Form):
    """Which warning is lifted, and why."""

    contact = forms.ChoiceField(
        label=_("Contact"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le contact.")},
    )
    reason = _text(_("Pourquoi lever le signalement"), _("Donnez la raison."))

    def __init__(self, *args: Any, contacts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = contacts  # type: ignore[attr-defined]


class RequestForm(Form):
    """The best interests first; then whom to look for, and where."""

    best_interests_outcome = forms.ChoiceField(
        label=_("Que dit l’évaluation de l’intérêt supérieur ?"),
        choices=Request.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez le résultat de l’évaluation.")},
    )
    best_interests_on = _day(_("Date de l’évaluation"))
    reasons = _text(
        _("Raisons"),
        _("Donnez les raisons."),
        help_text=_("Ce que dit la personne, la sécurité chez les proches, ce qui manque encore."),
    )
    relation = _relation(_("Qui recherche-t-on ?"))
    name = forms.CharField(
        label=_("Nom de ce parent"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    region = forms.ChoiceField(
        label=_("Région"), error_messages={"required": _("Choisissez la région de la recherche.")}
    )
    commune = forms.CharField(label=_("Commune"), required=False, max_length=100)
    village = forms.CharField(label=_("Village ou quartier"), required=False, max_length=100)
    phone = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    known = forms.CharField(
        label=_("Ce que l’on sait encore"),
        required=False,
        max_length=2000,
        help_text=_("Chef de village, marché, marabout, métier, compagnons de route."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opened_on = _day(_("Date de la demande"))

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [CHOOSE, *regions]  # type: ignore[attr-defined]


class LeadForm(Form):
    """What was found, or not."""

    result = forms.ChoiceField(
        label=_("Résultat"),
        choices=Lead.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le résultat.")},
    )
    found_on = _day(_("Date"))
    detail = _text(
        _("Ce qui a été dit et vu"),
        _("Décrivez la piste en quelques mots."),
        help_text=_("Où, auprès de qui. Si personne ne connaît la famille, notez-le aussi."),
    )


class VerificationForm(Form):
    """Whether a lead leads to the family."""

    lead = forms.ChoiceField(
        label=_("Piste"), widget=forms.RadioSelect, error_messages={"required": _("Choisissez la piste.")}
    )
    verification = forms.ChoiceField(
        label=_("Conclusion"),
        choices=Lead.Verification.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez la conclusion.")},
    )
    verified_on = _day(_("Date de la vérification"))
    how = _text(
        _("Comment"),
        _("Dites comment la famille a été vérifiée."),
        help_text=_("Pièces vues, questions posées aux deux côtés, photos reconnues, sécurité du retour."),
    )
    alone = forms.CharField(
        label=_("Si vous avez noté cette piste vous-même"),
        required=False,
        max_length=500,
        help_text=_("Une seconde personne vérifie. Si le centre n’en a pas d’autre, dites pourquoi."),
    )

    def __init__(self, *args: Any, leads: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = leads  # type: ignore[attr-defined]


class EndForm(Form):
    """Why a search ends without the family."""

    reason = _text(_("Pourquoi la recherche s’arrête"), _("Donnez la raison."))
    closed_on = _day(_("Date"))


class ReunificationForm(Form):
    """The return to the family."""

    relation = _relation(_("Auprès de qui ?"))
    whom = forms.CharField(
        label=_("Nom de ce parent"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Indiquez à qui la personne est confiée.")},
    )
    region = forms.ChoiceField(label=_("Région"), error_messages={"required": _("Choisissez la région.")})
    place = forms.CharField(
        label=_("Lieu du retour"), max_length=200, error_messages={"required": _("Indiquez le lieu.")}
    )
    on = _day(_("Date du retour"))
    escort = forms.CharField(
        label=_("Qui a fait le voyage avec la personne"),
        max_length=200,
        error_messages={"required": _("Indiquez qui a fait le voyage.")},
    )

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [CHOOSE, *regions]  # type: ignore[attr-defined]
