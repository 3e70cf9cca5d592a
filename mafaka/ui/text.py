"""French sentences made of numbers, dates and names. Plain functions: templates reach them through the `ui` tags."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

_SHORT_MONTHS = (
    pgettext_lazy("mois abrégé", "janv."),
    pgettext_lazy("mois abrégé", "févr."),
    pgettext_lazy("mois abrégé", "mars"),
    pgettext_lazy("mois abrégé", "avr."),
    pgettext_lazy("mois abrégé", "mai"),
    pgettext_lazy("mois abrégé", "juin"),
    pgettext_lazy("mois abrégé", "juil."),
    pgettext_lazy("mois abrégé", "août"),
    pgettext_lazy("mois abrégé", "sept."),
    pgettext_lazy("mois abrégé", "oct."),
    pgettext_lazy("mois abrégé", "nov."),
    pgettext_lazy("mois abrégé", "déc."),
)

_WORDS = (
    _("zéro"),
    _("un"),
    _("deux"),
    _("trois"),
    _("quatre"),
    _("cinq"),
    _("six"),
    _("sept"),
    _("huit"),
    _("neuf"),
)

NO_BREAK = "\u00a0"


def speaks_french() -> bool:
    """Whether the reader's language is French (the source language, hence the fallback)."""
    return (get_language() or "fr").startswith("fr")


def day(value: date) -> str:
    """A day in full: "12 octobre 2026", and "1er octobre 2026" in French."""
    return f"{_day_of_month(value)} {formats.date_format(value, 'F Y')}"


def short_day(value: date) -> str:
    """A day of the current year: "12 oct."."""
    return f"{_day_of_month(value)}{NO_BREAK}{_SHORT_MONTHS[value.month - 1]}"


def short_date(value: date) -> str:
    """A day for tables: "12 oct. 2026"."""
    return f"{short_day(value)}{NO_BREAK}{value.year}"


def moment(value: datetime) -> str:
    """A day and hour, local time: "12 oct., 18:25"."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{short_day(local)}, {local:%H:%M}"


def _day_of_month(value: date) -> str:
    return "1er" if value.day == 1 and speaks_french() else str(value.day)


def in_words(number: int) -> str:
    """A small number in words ("deux"), figures from ten on, as French prose writes it."""
    return str(_WORDS[number]) if 0 <= number < len(_WORDS) else str(number)


def plural(number: int, forms: str) -> str:
    """The form of "lit,lits" that goes with a number: French counts zero and one alike ("0 lit")."""
    one, many = forms.split(",", 1)
    alone = abs(number) < 2 if speaks_french() else number == 1
    return one if alone else many


def to_correct(number: int) -> str:
    """The heading of an error summary: "Il reste deux points à corriger"."""
    sentence = ngettext(
        "Il reste %(number)s point à corriger", "Il reste %(number)s points à corriger", number
    )
    return sentence % {"number": in_words(number)}


def mask(name: str) -> str:
    """A name that tells nobody who it is: "Amina Moussa Ibrahim" gives "A••••• M••••".

    The number of dots is fixed, since the length of a name helps to guess it, and at most two initials are shown.
    """
    initials = [next((sign for sign in part if sign.isalpha()), "") for part in name.split()]
    kept = [initial.upper() for initial in initials if initial][:2]
    return " ".join(initial + "•" * dots for initial, dots in zip(kept, (5, 4), strict=False)) or "•••••"
