"""Forms of plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mafaka.assessments.queries import NEED_KINDS
from mafaka.common.forms import DateBoxesField, Form
from mafaka.plans.labels import NEXT, REASONS, SERVICES, STATES


class DrawForm(Form):
    """The goal, and when it is looked at again."""

    goal = forms.CharField(
        label=_("Objectif"),
        max_length=2000,
        help_text=_(
            "Ce que la personne veut, avec ses mots. Lu par les seules personnes qui mènent les entretiens."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez l’objectif, même en une phrase.")},
    )
    drawn_on = DateBoxesField(label=_("Établi le"), help_text=_("Par exemple 12 10 2026"))
    review_on = DateBoxesField(
        label=_("À revoir le"), required=False, help_text=_("Dans trente jours si vous laissez vide.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"drawn_on": today}, **kwargs)
        self.today = today

    def clean_drawn_on(self) -> date:
        drawn_on: date = self.cleaned_data["drawn_on"]
        if drawn_on > self.today:
            raise forms.ValidationError(_("Cette date n’est pas encore venue."))
        return drawn_on


class ServiceForm(Form):
    """One service; the list goes by need."""

    kind = forms.ChoiceField(
        label=_("Service"),
        choices=lambda: [
            ("", _("Choisir…")),
            *(
                (label, [(code, words) for code, (need, words) in SERVICES.items() if need == wanted])
                for wanted, label in NEED_KINDS
            ),
        ],
        error_messages={"required": _("Choisissez un service.")},
    )
    detail = forms.CharField(
        label=_("Précision"),
        required=False,
        max_length=200,
        help_text=_(
            "Par exemple : 6 séances. Chiffrée ; réservée pour les soins et le soutien psychosocial."
        ),
    )
    provider = forms.CharField(
        label=_("Responsable"),
        max_length=80,
        help_text=_("Une structure ou un membre de l’équipe, jamais une personne reçue."),
        error_messages={"required": _("Dites qui fournit le service.")},
    )
    due_on = DateBoxesField(label=_("Échéance"), help_text=_("Par exemple 12 10 2026"))


class StateForm(Form):
    """Where a service has got to."""

    state = forms.ChoiceField(
        label=_("Où en est ce service ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’état du service.")},
    )
    provided_on = DateBoxesField(label=_("Fourni le"), required=False, help_text=_("S’il est fourni."))
    meets_need = forms.BooleanField(label=_("Le besoin est comblé"), required=False)
    reason = forms.ChoiceField(
        label=_("Pourquoi il est abandonné"),
        required=False,
        choices=[("", _("Il ne l’est pas")), *REASONS],
    )

    def __init__(self, *args: Any, state: str, need_is_open: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"provided_on": today}, **kwargs)
        self.today = today
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label in STATES if code in NEXT.get(state, ())
        ]
        if not need_is_open:
            del self.fields["meets_need"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        provided_on = data.get("provided_on")
        if data.get("state") == "provided" and provided_on and provided_on > self.today:
            self.add_error("provided_on", _("Cette date n’est pas encore venue."))
        return data
