"""Forms of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mafaka.cases.labels import CLOSING_REASONS, LANGUAGES, STAGES
from mafaka.cases.models import Case, Consent
from mafaka.cases.queries import Filters
from mafaka.common.forms import DateBoxesField, Form
from mafaka.people.labels import Sex

ALL = [("", _("Tous"))]


class FilterForm(Form):
    """What the list of cases is narrowed to; nothing is required."""

    def filters(self) -> Filters:
        """Return what was chosen; a choice that means nothing narrows nothing."""
        if not self.is_valid():
            return Filters()
        return Filters(**{name: str(value) for name, value in self.cleaned_data.items() if value})  # type: ignore[arg-type]

    status = forms.ChoiceField(label=_("État"), required=False, choices=[*ALL, *Case.Status.choices])
    sex = forms.ChoiceField(label=_("Sexe"), required=False, choices=[*ALL, *Sex.choices])
    age = forms.ChoiceField(
        label=_("Âge à l’arrivée"),
        required=False,
        choices=[*ALL, ("child", _("Enfants")), ("adult", _("Adultes"))],
    )
    stage = forms.ChoiceField(label=_("Étape à faire"), required=False, choices=[*ALL, *STAGES[:-1]])
    worker = forms.ChoiceField(
        label=_("Référent·e"),
        required=False,
        choices=[*ALL, ("me", _("Moi")), ("none", _("Personne encore"))],
    )
    year = forms.IntegerField(
        label=_("Année"),
        required=False,
        min_value=1990,
        max_value=2100,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Écrivez l’année en quatre chiffres, par exemple 2026.")
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "maxlength": 4}),
    )

    def words(self) -> list[str]:
        """Return the filters that narrow the list, as they read: « Enfants », « Fille »."""
        chosen = (
            [(name, value) for name, value in self.cleaned_data.items() if value] if self.is_valid() else []
        )
        labels = {name: dict(getattr(self.fields[name], "choices", ())) for name, _value in chosen}
        return [f"{self.fields[name].label} : {labels[name].get(value, value)}" for name, value in chosen]


class AssignForm(Form):
    """Who follows the case."""

    worker = forms.ChoiceField(
        label=_("Référent·e"), error_messages={"required": _("Choisissez une personne.")}
    )

    def __init__(self, *args: Any, workers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(worker.pk): worker for worker in workers}
        self.fields["worker"].choices = [("", _("Choisir…"))] + [  # type: ignore[attr-defined]
            (key, worker.display_name) for key, worker in self.workers.items()
        ]

    def clean_worker(self) -> Any:
        return self.workers[self.cleaned_data["worker"]]


class ConsentForm(Form):
    """One answer to one purpose."""

    purpose = forms.ChoiceField(
        label=_("Objet"),
        choices=Consent.Purpose,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez l’objet de l’accord.")},
    )
    agreed = forms.TypedChoiceField(
        label=_("Réponse"),
        choices=[("yes", _("Accord")), ("no", _("Refus"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Notez la réponse.")},
    )
    giver = forms.ChoiceField(
        label=_("Donnée par"),
        choices=Consent.Giver,
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez qui a répondu.")},
    )
    mode = forms.ChoiceField(
        label=_("Sous quelle forme"),
        choices=Consent.Mode,
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez la forme de l’accord.")},
    )
    language = forms.ChoiceField(
        label=_("Langue de l’explication"),
        choices=[("", _("Choisir…")), *LANGUAGES],
        error_messages={"required": _("Indiquez la langue.")},
    )
    given_on = DateBoxesField(label=_("Date"), help_text=_("Par exemple 12 10 2026"))
    until = DateBoxesField(
        label=_("Valable jusqu’au"), required=False, help_text=_("Laissez vide sans limite.")
    )
    note = forms.CharField(
        label=_("Remarque"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClosingForm(Form):
    """Why and when a case ends."""

    reason = forms.ChoiceField(
        label=_("Motif de la clôture"),
        choices=CLOSING_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un motif.")},
    )
    closed_on = DateBoxesField(label=_("Date de clôture"), help_text=_("Par exemple 12 10 2026"))


def day_not_after(form: Form, name: str, today: date) -> None:
    """Refuse a date that has not come yet, beside its field."""
    value = form.cleaned_data.get(name)
    if value and value > today:
        form.add_error(name, _("Cette date n’est pas encore venue."))
