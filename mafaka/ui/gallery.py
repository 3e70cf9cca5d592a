"""What the gallery shows: invented people, beds and dates, and one form with every kind of field."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from mafaka.common.forms import DateBoxesField, Form
from mafaka.ui import text

Task = namedtuple("Task", "label url due kind detail")
Entry = namedtuple("Entry", "at sentence detail")
Bed = namedtuple("Bed", "label state url")
Figure = namedtuple("Figure", "value label base url")
HERE = "#main"

BED = [("", _("Choisir…")), ("F-06", _("F-06, dortoir des filles")), ("F-10", _("F-10, dortoir des filles"))]
ARRIVES = [
    ("police", _("Orientée par la police")),
    ("return", _("Retour d’Algérie ou de Libye")),
    ("self", _("D’elle-même, ou amenée par un proche")),
]
HANDED = [("meal", _("Repas et eau")), ("kit", _("Kit de dignité")), ("mat", _("Natte et couverture"))]


class ArrivalForm(Form):
    """The form of the mock-up."""

    how = forms.ChoiceField(
        label=_("Comment la personne arrive-t-elle ?"),
        choices=ARRIVES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment la personne arrive")},
    )
    arrived_on = DateBoxesField(
        label=_("Date d’arrivée"),
        help_text=_("Par exemple 12 10 2026"),
        missing=_("Indiquez la date d’arrivée"),
    )
    bed = forms.ChoiceField(
        label=_("Lit"),
        choices=BED,
        help_text=_("10 lits libres. Dortoir des filles : 4."),
        error_messages={"required": _("Choisissez un lit libre")},
    )
    handed = forms.MultipleChoiceField(
        label=_("À remettre tout de suite"),
        choices=HANDED,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class EveryFieldForm(ArrivalForm):
    """One of each."""

    own_name = forms.CharField(
        label=_("Nom de la personne"),
        help_text=_("Tel qu’elle le dit ; les lettres ɓ ɗ ƙ ƴ comptent."),
        error_messages={"required": _("Écrivez au moins un nom, même d’usage")},
    )
    age = forms.IntegerField(
        label=_("Âge estimé"),
        required=False,
        widget=forms.TextInput(attrs={"size": 3, "inputmode": "numeric"}),
    )
    note = forms.CharField(label=_("Observations"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.FileField(label=_("Document"), required=False)
    consents = forms.BooleanField(
        label=_("La personne accepte que son dossier soit ouvert"),
        error_messages={"required": _("Sans cet accord, n’ouvrez pas le dossier")},
    )


class SearchForm(Form):
    """The filters above a list."""

    village = forms.CharField(label=_("Village"), required=False)
    status = forms.ChoiceField(
        label=_("État"), required=False, choices=[("", _("Tous")), ("open", _("Ouverts"))]
    )


@dataclass(frozen=True)
class File:
    """The head of a case file, as `ui/case.html` reads it."""

    reference: str = "ZIN-2026-0147"
    centre_name: str = "Zinder"
    masked_name: str = text.mask("Amina Moussa")
    shown_name: str | None = None
    age_text: Any = _("14 ans (estimé)")
    sex_label: Any = _("Fille")
    opened_on: date = date(2026, 10, 12)
    worker_name: str = "S. Abdou"
    reveal_url: str = HERE
    can_reveal: bool = True

    @property
    def tags(self) -> list[tuple[Any, str]]:
        return [
            (_("Hébergée"), "accent"),
            (_("Risque élevé"), "danger"),
            (_("Mineure non accompagnée"), "warn"),
        ]

    @property
    def path(self) -> list[tuple[Any, str]]:
        steps = [
            _("Accueil"),
            _("Identification"),
            _("Plan"),
            _("Assistance"),
            _("Recherche"),
            _("Réunification"),
            _("Réintégration"),
            _("Clôture"),
        ]
        states = ["done"] * 3 + ["current"] + ["next"] * 4
        return list(zip(steps, states, strict=True))

    @property
    def tabs(self) -> list[tuple[Any, str, bool]]:
        labels = [
            _("Aperçu"),
            _("Identification"),
            _("Plan d’assistance"),
            _("Séjour"),
            _("Recherche familiale"),
            _("Réintégration"),
            _("Justice"),
            _("Documents"),
            _("Accès"),
        ]
        return [(label, HERE, number == 0) for number, label in enumerate(labels)]


def tasks() -> list[Task]:
    """Things to do, late, today and later."""
    return [
        Task(
            _("Entretien de suivi psychosocial"),
            HERE,
            _("En retard de 2 jours"),
            "danger",
            _("Prévu avec M. Souley, salle calme"),
        ),
        Task(
            _("Appeler le chef de village de Kantché"),
            HERE,
            _("Aujourd’hui"),
            "warn",
            _("Vérification de la famille, 2e tentative"),
        ),
        Task(_("Revoir le plan d’assistance"), HERE, _("24 novembre"), "", _("Revue à 30 jours")),
    ]


def services() -> list[tuple[Any, Any, str, date, str, Any]]:
    """Lines of a plan: need, service, who, until when, kind of the tag, state."""
    return [
        (_("Soins"), _("Consultation et bilan de santé"), "CSI Birni", date(2026, 10, 16), "ok", _("Fourni")),
        (
            _("Soutien psychosocial"),
            _("Entretiens individuels, 6 séances"),
            "M. Souley",
            date(2026, 12, 2),
            "info",
            _("En cours"),
        ),
        (
            _("Éducation"),
            _("Cours d’alphabétisation en haoussa"),
            "Centre",
            date(2026, 11, 30),
            "info",
            _("En cours"),
        ),
        (
            _("Aide juridique"),
            _("Audition accompagnée"),
            "Me Ibrahim",
            date(2026, 12, 8),
            "warn",
            _("À programmer"),
        ),
        (
            _("Kit de dignité"),
            _("Distribution à l’arrivée"),
            "Magasin",
            date(2026, 10, 12),
            "ok",
            _("Fourni"),
        ),
    ]


def entries() -> list[Entry]:
    """A journal, latest first."""
    return [
        Entry(
            datetime(2026, 11, 21, 15, 40, tzinfo=UTC),
            _("Piste familiale trouvée à Kantché."),
            _("Recherche familiale, H. Maâzou"),
        ),
        Entry(
            datetime(2026, 11, 19, 8, 10, tzinfo=UTC),
            _("Deuxième séance de soutien psychosocial."),
            _("Service fourni, M. Souley"),
        ),
        Entry(
            datetime(2026, 10, 12, 17, 25, tzinfo=UTC),
            _("Admise au centre, dortoir des filles, lit F-07."),
            _("Séjour, garde de nuit"),
        ),
    ]


def rooms() -> list[dict[str, Any]]:
    """The bed board of the mock-up."""
    plan = [
        (_("Dortoir des filles"), "F", 16, {6, 10, 11, 13}, set()),
        (_("Dortoir des garçons"), "G", 20, {6, 9}, {20}),
        (_("Chambres familiales"), "M", 8, {2, 4}, set()),
        (_("Isolement sanitaire"), "I", 4, {1, 2}, set()),
    ]
    return [
        {
            "label": label,
            "code": code,
            "beds": beds,
            "taken": _taken(beds),
            "full": _taken(beds) > 0.8 * count,
        }
        for label, code, count, free, out in plan
        if (beds := _beds(code, count, free, out))
    ]


def _beds(code: str, count: int, free: set[int], out: set[int]) -> list[Bed]:
    def state(number: int) -> str:
        return "free" if number in free else "out" if number in out else "occupied"

    return [Bed(f"{code}-{number:02}", state(number), HERE) for number in range(1, count + 1)]


def _taken(beds: list[Bed]) -> int:
    return sum(bed.state == "occupied" for bed in beds)


def figures() -> list[Figure]:
    """Large figures; the third says whom it counts, the fourth opens its list."""
    return [
        Figure(_("37 sur 48"), _("Lits occupés"), "", ""),
        Figure("22", _("Enfants"), _("présents aujourd’hui"), ""),
        Figure("6", _("Arrivées cette semaine"), "", HERE),
        Figure(_("19 nuits"), _("Durée médiane"), "", ""),
    ]


def third_page() -> Page[int]:
    """The third of nine pages."""
    return Paginator(range(90), 10).page(3)
