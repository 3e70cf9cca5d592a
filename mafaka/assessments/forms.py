"""Forms of assessments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mafaka.assessments.labels import ACTS_OF_TRAFFICKING, FORMS, MEANS, NEEDS, PURPOSES, STATUSES, URGENCIES
from mafaka.cases.pages import LANGUAGE_CHOICES
from mafaka.common.forms import DateBoxesField, Form

LONGEST = 20_000


class _Boxes(forms.MultipleChoiceField):
    """Any number of boxes, none included."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class _DatedForm(Form):
    """A form one of whose days cannot lie ahead."""

    day: str

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault(self.day, today)
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (day := data.get(self.day)) and day > self.today:
            self.add_error(self.day, _("Cette date n’est pas encore venue."))
        return data


class InterviewForm(_DatedForm):
    """One interview: who, how, the elements of trafficking, the conclusion, the account."""

    day = "held_on"
    held_on = DateBoxesField(label=_("Date de l’entretien"), help_text=_("Par exemple 12 10 2026"))
    interviewer = forms.ChoiceField(
        label=_("Mené par"), error_messages={"required": _("Indiquez qui a mené l’entretien.")}
    )
    language = forms.ChoiceField(
        label=_("Langue de l’entretien"),
        choices=[("", _("Choisir…")), *LANGUAGE_CHOICES],
        error_messages={"required": _("Indiquez la langue.")},
    )
    interpreter = forms.BooleanField(label=_("Avec un interprète"), required=False)
    acts = _Boxes(
        label=_("Acte"), help_text=_("Ce qui a été fait à la personne."), choices=ACTS_OF_TRAFFICKING
    )
    means = _Boxes(
        label=_("Moyen"),
        help_text=_("Comment on l’y a amenée. Pour un enfant, le moyen ne compte pas."),
        choices=MEANS,
    )
    purposes = _Boxes(
        label=_("But"), help_text=_("Ce que l’on voulait tirer d’elle, même si cela n’a pas eu lieu."), choices=PURPOSES
    )  # fmt: skip
    forms_told = _Boxes(label=_("Formes d’exploitation racontées"), choices=FORMS)
    status = forms.ChoiceField(
        label=_("Conclusion"),
        required=False,
        help_text=_("Elle vous appartient : les réponses appuient, elles ne décident pas."),
        choices=[("", _("Rien à conclure pour le moment")), *STATUSES],
        widget=forms.RadioSelect,
    )
    narrative = forms.CharField(
        label=_("Récit"),
        required=False,
        max_length=LONGEST,
        help_text=_("Avec les mots de la personne. Le texte est chiffré."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    remarks = forms.CharField(
        label=_("Remarques de qui a mené l’entretien"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, workers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(worker.pk): worker for worker in workers}
        self.fields["interviewer"].choices = [  # type: ignore[attr-defined]
            (key, worker.display_name) for key, worker in self.workers.items()
        ]

    def clean_interviewer(self) -> Any:
        return self.workers[self.cleaned_data["interviewer"]]

    @property
    def elements(self) -> dict[str, list[str]]:
        """The answers that the rule weighs, as far as they were understood."""
        data = getattr(self, "cleaned_data", {})
        return {name: data.get(name, []) for name in ("acts", "means", "purposes")}


class NeedForm(_DatedForm):
    """One need that was seen; those that are open already are not offered again."""

    day = "on"
    kind = forms.ChoiceField(
        label=_("Besoin"),
        error_messages={
            "required": _("Choisissez un besoin."),
            "invalid_choice": _("Ce besoin est déjà noté. Choisissez-en un autre."),
        },
    )
    urgency = forms.ChoiceField(
        label=_("Urgence"),
        choices=URGENCIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si cela presse.")},
    )
    on = DateBoxesField(label=_("Constaté le"), help_text=_("Par exemple 12 10 2026"))
    note = forms.CharField(
        label=_("Remarque"),
        required=False,
        max_length=1000,
        help_text=_("Lue par les seules personnes qui mènent les entretiens."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, open_kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisir…")),
            *((code, label) for code, label in NEEDS if code not in open_kinds),
        ]
