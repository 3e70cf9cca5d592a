"""What one cell of a register says: dates, ages and sex. Never a guess: what is not understood is kept and said."""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from mafaka.workbooks.written import written

T = TypeVar("T")

FIRST_YEAR = 1990
LAST_DATE = date(2100, 12, 31)
OLDEST = 120  # years
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_SERIALS = range(32874, 73416)  # 1990-01-01 to 2100-12-31
_NOTHING = {
    "",
    "nsp",
    "inconnu",
    "inconnue",
    "nd",
    "na",
    "ne sait pas",
    "non precise",
    "non renseigne",
    "unknown",
}

# "jui" is missing on purpose: it may be either.
_MONTHS = {
    **dict.fromkeys(("jan", "janv", "janvier", "january"), 1),
    **dict.fromkeys(("fev", "fevr", "fevrier", "feb", "february"), 2),
    **dict.fromkeys(("mar", "mars", "march"), 3),
    **dict.fromkeys(("avr", "avril", "apr", "april"), 4),
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juin", "jun", "june"), 6),
    **dict.fromkeys(("juil", "juillet", "jul", "july"), 7),
    **dict.fromkeys(("aou", "aout", "aug", "august"), 8),
    **dict.fromkeys(("sep", "sept", "septembre", "september"), 9),
    **dict.fromkeys(("oct", "octobre", "october"), 10),
    **dict.fromkeys(("nov", "novembre", "november"), 11),
    **dict.fromkeys(("dec", "decembre", "december"), 12),
}

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?$")
_NUMERIC = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$")
_WORDED = re.compile(r"^(?:[a-z]{2,8}\.? )?(\d{1,2})(?:er)?[-/. ]+([a-z]{3,9})\.?[-/. ]+(\d{4}|\d{2})$")

_MALE = {"m", "masculin", "masc", "h", "homme", "g", "garcon", "male", "boy", "man", "ذكر"}
_FEMALE = {"f", "feminin", "fem", "femme", "fille", "fillette", "female", "girl", "woman", "انثى"}


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """What was understood of a cell, what was written there, and in words what a person should look at.

    A `problem` asks for a decision or says that something was not understood; a `note` only informs.
    """

    value: T
    written: str = ""
    problem: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Age:
    """An age as written: completed `months`, known to the month or only `to_the_year`, give or take `margin` months."""

    months: int
    to_the_year: bool
    margin: int = 0
    estimated: bool = False

    @property
    def years(self) -> int:
        """Completed years, as one says an age."""
        return self.months // 12

    def born_between(self, on: date) -> tuple[date, date]:
        """First and last possible day of birth of somebody of this age on the day `on`."""
        most = self.months + (11 if self.to_the_year else 0) + self.margin
        least = max(0, self.months - self.margin)
        return _months_before(on, most + 1) + timedelta(days=1), _months_before(on, least)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = max(1, index // 12), index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def plain(text: str) -> str:
    """Lower case, without accents, with single blanks and plain digits and apostrophes: for comparing words."""
    # Lower case comes last: the bold letters of a phone (𝐌) are only letters once they are taken apart.
    text = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    digits = (str(unicodedata.digit(c)) if c.isdigit() else c for c in text if not unicodedata.combining(c))
    return " ".join("".join(digits).split())


def says_nothing(text: str) -> bool:
    """Whether a cell is a way of writing that nothing is known: "-", "?", "NSP", "N/A"."""
    return re.sub(r"[^\w ]", "", plain(text)).strip() in _NOTHING


def parse_date(value: Any, *, latest: date | None = None) -> Parsed[date | None]:
    """Read a date, day before month. Refuses what is before 1990 or after `latest` (by default the year 2100)."""
    text = written(value)
    if isinstance(value, datetime):
        return _within(value.date(), text, latest)
    if isinstance(value, date):
        return _within(value, text, latest)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _serial(value, text, latest)
    return _date_text(text, latest)


def _serial(value: float, text: str, latest: date | None) -> Parsed[date | None]:
    """Excel counts days from 30 December 1899 (its year 1900 is wrongly a leap year)."""
    if math.isfinite(value) and int(value) in _EXCEL_SERIALS:
        return _within(_EXCEL_DAY_ZERO + timedelta(days=int(value)), text, latest)
    return Parsed(None, text, _("« {text} » n’est pas une date.").format(text=text))


def _date_text(text: str, latest: date | None) -> Parsed[date | None]:
    if says_nothing(text):
        return Parsed(None, text)
    tidy = plain(text)
    if found := _ISO.match(tidy):
        return _calendar(int(found[1]), int(found[2]), int(found[3]), text, latest)
    if found := _NUMERIC.match(tidy):
        day, month, year = int(found[1]), int(found[2]), _full_year(found[3])
        if day <= 12 < month:
            swapped = _calendar(year, day, month, text, latest)
            return Parsed(swapped.value, text, swapped.problem, _("Date lue mois d’abord, puis jour."))
        return _calendar(year, month, day, text, latest)
    found = _WORDED.match(tidy)
    if found and found[2] in _MONTHS:
        return _calendar(_full_year(found[3]), _MONTHS[found[2]], int(found[1]), text, latest)
    if tidy.isdigit() and len(tidy) == 5:
        return _serial(int(tidy), text, latest)
    problem = _("La date « {text} » n’est pas comprise : écrivez jour/mois/année.").format(text=text)
    return Parsed(None, text, problem)


def _full_year(text: str) -> int:
    """Two digits: 90 to 99 are the 1990s, the rest this century."""
    year = int(text)
    if len(text) == 4:
        return year
    return 1900 + year if year >= FIRST_YEAR % 100 else 2000 + year


def _calendar(year: int, month: int, day: int, text: str, latest: date | None) -> Parsed[date | None]:
    try:
        return _within(date(year, month, day), text, latest)
    except ValueError:
        problem = _("La date « {text} » n’existe pas dans le calendrier.").format(text=text)
        return Parsed(None, text, problem)


def _within(day: date, text: str, latest: date | None) -> Parsed[date | None]:
    if day.year < FIRST_YEAR:
        sentence = _("La date « {text} » est trop ancienne : vérifiez l’année.")
    elif day > (latest or LAST_DATE):
        sentence = _("La date « {text} » est dans l’avenir : vérifiez l’année.")
    else:
        return Parsed(day, text)
    return Parsed(None, text, sentence.format(text=text))


def parse_sex(value: Any) -> Parsed[str]:
    """Read male, female or unknown; a word that is neither is unknown, with a problem."""
    text = written(value).strip()
    word = plain(text).strip(" .")
    if word in _MALE:
        return Parsed("male", text)
    if word in _FEMALE:
        return Parsed("female", text)
    if says_nothing(text):
        return Parsed("unknown", text)
    problem = _("Le sexe « {text} » n’est pas compris : écrivez M ou F.").format(text=text)
    return Parsed("unknown", text, problem)
