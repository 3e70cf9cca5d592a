"""Forms of intake: the arrival at the gate, and the identity taken down afterwards."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mafaka.cases.labels import BROUGHT_BY, LANGUAGES
from mafaka.common.forms import DateBoxesField, Form
from mafaka.intake.operations import Age
from mafaka.intake.places import AS_WRITTEN, Undecided, origin, shown
from mafaka.intake.queries import Known
from mafaka.locations import countries
from mafaka.people.ages import OLDEST, Birth, estimate, from_age
from mafaka.people.names import Identity

SEXES = [
    ("female", _("Une fille ou une femme")),
    ("male", _("Un garçon ou un homme")),
    ("unknown", _("Pas encore précisé")),
]
BASES = [
    ("estimate", _("Estimation, à la voir")),
    ("declared", _("Ce que dit la personne ou un proche")),
    ("document", _("Un document")),
]
UNITS = [("12", _("ans")), ("1", _("mois"))]
NAMES = (
    "own_name",
    "father_name",
    "grandfather_name",
    "mother_name",
    "by_name",
    "village",
    "birthplace",
    "phone",
)
INVISIBLE = {"Cc", "Cf", "Co", "Cs"}


class LineField(forms.CharField):
    """One line of text, in any script, without the signs that cannot be seen (they hide or turn names around)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 200} | kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "")
        kept = "".join(" " if sign.isspace() else sign for sign in text)
        return " ".join("".join(s for s in kept if unicodedata.category(s) not in INVISIBLE).split())


class AgeForm(Form):
    """An age as it is said: a number, its unit, and how far it may lie from the truth."""

    age = forms.IntegerField(
        label=_("Âge estimé à l’arrivée"),
        required=False,
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3, "autocomplete": "off"}),
        error_messages={"invalid": _("Écrivez l’âge en chiffres, par exemple 12.")},
        help_text=_("Laissez vide si personne ne peut le dire."),
    )
    unit = forms.ChoiceField(label=_("En années ou en mois"), choices=UNITS, initial="12", required=False)
    margin = forms.IntegerField(
        label=_("À combien près"),
        required=False,
        min_value=0,
        max_value=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 2, "autocomplete": "off"}),
        error_messages={"invalid": _("Écrivez la marge en chiffres, par exemple 2.")},
        help_text=_("Par exemple 2, si la personne peut avoir deux ans de plus ou de moins."),
    )

    def clean_unit(self) -> int:
        return int(self.cleaned_data["unit"] or 12)

    def said_age(self) -> Age | None:
        """Return (months, exact to, margin in months) once the form is valid; None for an unknown age."""
        unit, number = self.cleaned_data["unit"], self.cleaned_data["age"]
        return None if number is None else (number * unit, unit, (self.cleaned_data["margin"] or 0) * unit)


class ReceiveForm(AgeForm):
    """What is known at the gate. Only the day, the way and the sex are asked for."""

    field_order = ["centre", "arrived_on", "brought_by", "detail", "returned_from", "sex"]

    arrived_on = DateBoxesField(
        label=_("Date d’arrivée"),
        help_text=_("Par exemple 12 10 2026"),
        missing=_("Indiquez la date d’arrivée."),
    )
    brought_by = forms.ChoiceField(
        label=_("Comment la personne arrive-t-elle ?"),
        choices=BROUGHT_BY,
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez comment la personne arrive.")},
    )
    detail = LineField(label=_("Qui l’amène"), help_text=_("Par exemple le commissariat ou l’organisation."))
    returned_from = forms.ChoiceField(
        label=_("De retour d’un autre pays"),
        required=False,
        choices=[("", _("Non, ou pas connu")), *countries.choices()[1:]],
    )
    sex = forms.ChoiceField(
        label=_("C’est"),
        choices=SEXES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez le sexe, ou « pas encore précisé ».")},
    )
    circumstances = forms.CharField(
        label=_("Remarques urgentes"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Blessure, maladie, grossesse, peur de quelqu’un, frère ou sœur à ne pas séparer."),
    )

    def __init__(self, *args: Any, centres: list[Any], today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"arrived_on": today} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.centres = {str(centre.pk): centre for centre in centres}
        self.today = today
        if len(centres) != 1:
            self.fields["centre"] = forms.ChoiceField(
                label=gettext("Centre"),
                choices=[
                    ("", gettext("Choisir…")),
                    *((key, each.name) for key, each in self.centres.items()),
                ],
                error_messages={"required": gettext("Choisissez le centre.")},
            )
            self.order_fields(self.field_order)

    def clean_arrived_on(self) -> date:
        day = self.cleaned_data["arrived_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("Cette date n’est pas encore venue."))
        return day

    def told(self) -> dict[str, Any]:
        """Return the arguments of `operations.receive`, once the form is valid."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in ("unit", "margin")}
        chosen = told.pop("centre", None) or next(iter(self.centres))
        return told | {"centre": self.centres[chosen], "age": self.said_age()}


class RegistrationForm(AgeForm):
    """Who somebody is. The names here are a person's own and those of the parents: there is no family name."""

    field_order = [
        "own_name", "father_name", "grandfather_name", "mother_name", "by_name", "sex", "age", "unit", "margin",
        "age_basis", "languages", "nationality", "commune", "commune_choice", "village", "birthplace", "phone",
    ]  # fmt: skip

    own_name = LineField(label=_("Nom propre"), help_text=_("Celui que la personne a reçu à la naissance."))
    father_name = LineField(label=_("Nom du père"))
    grandfather_name = LineField(label=_("Nom du grand-père"))
    mother_name = LineField(label=_("Nom de la mère"))
    by_name = LineField(label=_("Surnom"), help_text=_("Celui sous lequel on l’appelle tous les jours."))
    sex = forms.ChoiceField(label=_("C’est"), choices=SEXES, widget=forms.RadioSelect)
    age_basis = forms.ChoiceField(label=_("Sur quoi repose l’âge"), choices=BASES, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=_("Langues parlées"), required=False, choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    nationality = forms.ChoiceField(label=_("Nationalité"), required=False)
    commune = LineField(
        label=_("Commune d’origine"), help_text=_("Dans n’importe quelle orthographe, ancien nom compris.")
    )
    commune_choice = forms.CharField(label=_("Laquelle ?"), required=False, widget=forms.RadioSelect)
    village = LineField(label=_("Village ou quartier"))
    birthplace = LineField(label=_("Lieu de naissance"))
    phone = LineField(label=_("Téléphone"), help_text=_("De la personne ou d’un proche qu’elle désigne."))

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(known), **kwargs)
        self.known = known
        others = [c for c in [known.nationality] if c and c not in countries.COUNTRIES]
        self.fields["nationality"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Pas connue")), *countries.choices(), *((code, code) for code in others)
        ]  # fmt: skip
        extra = [code for code in known.languages if code not in dict(LANGUAGES)]
        self.fields["languages"].choices = [*LANGUAGES, *((c, c) for c in extra)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the commune; where several answer, ask which one."""
        data = super().clean() or {}
        if not (data.get("own_name") or data.get("by_name") or self.known.names.written):
            self.add_error("own_name", gettext("Écrivez un nom, même incertain, ou un surnom."))
        found = origin(
            data.get("commune", ""), data.get("commune_choice", ""), self.known.names, self.known.region
        )
        if isinstance(found, Undecided):
            self._offer(found)
            self.add_error("commune", gettext("Plusieurs communes portent ce nom. Choisissez ci-dessous."))
        else:
            self.origin = found
        return data

    def _offer(self, undecided: Undecided) -> None:
        choices = [*undecided.choices, (AS_WRITTEN, gettext("Je ne sais pas : garder ce qui est écrit"))]
        self.fields["commune_choice"].widget.choices = choices

    def told(self) -> dict[str, Any]:
        """Return the arguments of `operations.register`, once the form is valid."""
        data, known = self.cleaned_data, self.known
        names = {**known.names.__dict__, **{name: data[name] for name in NAMES}}
        names |= {"commune": self.origin.commune, "origin_written": self.origin.written}
        plain = {name: data[name] for name in ("sex", "age_basis", "languages", "nationality")}
        return {"names": Identity(**names), "birth": self._birth(), "region": self.origin.region, **plain}

    def _birth(self) -> Birth | None:
        """Return the birth interval; the one that is known stays when nobody touched the age."""
        if not {"age", "unit", "margin"} & set(self.changed_data):
            return self.known.birth
        age = self.said_age()
        return age and from_age(months=age[0], exact_to=age[1], margin=age[2], on=self.known.arrived_on)


def _initial(known: Known) -> dict[str, Any]:
    said = estimate(known.birth, on=known.arrived_on) if known.birth else None
    return {
        **{name: getattr(known.names, name) for name in NAMES},
        "sex": known.sex,
        "age": said.number if said else None,
        "unit": str(said.exact_to) if said else "12",
        "margin": (said.margin or None) if said else None,
        "age_basis": known.age_basis,
        "languages": known.languages,
        "nationality": known.nationality,
        "commune": shown(known.names),
    }
