"""Ages as registers write them: 9, "env. 9", "± 12 ans", "14 mois", "10-12 ans", "5 ans et demi", "3 jours"."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mafaka.registers.values import OLDEST, Age, Parsed, plain, says_nothing
from mafaka.workbooks.written import written

# Our own choice, to be reviewed with real registers: an estimate is a year either way for a child, two for an adult.
CHILD_MARGIN, ADULT_MARGIN = 12, 24
ADULT_MONTHS = 18 * 12

_ABOUT = re.compile(
    r"^(?:env(?:iron)?\b\.?|vers\b|a peu pres\b|peut-etre\b|approx\w*\.?|about\b|ca\b\.?|±|\+/-|\+-|≈|~)\s*"
)
_ABOUT_AFTER = re.compile(r"\s*(?:env(?:iron)?\.?|approx\w*\.?|\(?estime\w*\)?|\?|±|≈|~)$")
_YEARS = r"(?:ans?|a|annees?|years?|yrs?|yo|y)\.?(?: old)?"
_MONTHS = r"(?:mois|m|months?|mths?)\.?"
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_IN_YEARS = re.compile(rf"^{_NUMBER}\s*(?:{_YEARS})?$")
_AND_HALF = re.compile(rf"^(\d{{1,3}})\s*{_YEARS}\s*(?:et demie?|1/2|½)$")
_AND_MONTHS = re.compile(rf"^(\d{{1,3}})\s*{_YEARS}\s*(?:et )?\s*(\d{{1,2}})\s*(?:{_MONTHS})?$")
_IN_MONTHS = re.compile(rf"^(\d{{1,3}})\s*{_MONTHS}$")
_IN_WEEKS = re.compile(r"^(\d{1,3})\s*(?:semaines?|sem\.?|weeks?)$")
_IN_DAYS = re.compile(r"^(\d{1,3})\s*(?:jours?|j|jrs?|days?)\.?$")
_RANGE = re.compile(
    rf"^(?:entre )?(\d{{1,3}})\s*(?:{_YEARS})?\s*(?:-|–|—|/|a|et|ou|to)\s*(\d{{1,3}})\s*(?:{_YEARS})?$"
)
_NEWBORN = {"nouveau-ne", "nouveau ne", "nouvelle-nee", "nouvelle nee", "newborn"}


def parse_age(value: Any) -> Parsed[Age | None]:
    """Read an age; refuses more than 120 years. An estimate ("env.", "±", a range) carries a margin in months."""
    text = written(value).strip()
    if isinstance(value, date):
        return Parsed(
            None, text, _("Une date est écrite à la place de l’âge : « {text} ».").format(text=text)
        )
    if says_nothing(text):
        return Parsed(None, text)
    tidy = _tidy(text)
    bare = _ABOUT_AFTER.sub("", _ABOUT.sub("", tidy)).strip()
    age = _age_of(bare)
    if age is None:
        problem = _("L’âge « {text} » n’est pas compris : écrivez par exemple 9, env. 9 ou 14 mois.")
        return Parsed(None, text, problem.format(text=text))
    if age.years > OLDEST:
        return Parsed(None, text, _("L’âge « {text} » n’est pas possible : vérifiez.").format(text=text))
    if bare != tidy and not age.margin:
        margin = CHILD_MARGIN if age.months < ADULT_MONTHS else ADULT_MARGIN
        age = Age(age.months, age.to_the_year, min(margin, age.months), estimated=True)
    return Parsed(age, text)


def _tidy(text: str) -> str:
    """`plain`, but with the signs that Unicode would take apart kept whole."""
    return plain(text.replace("½", " 1/2").replace("≅", "≈").replace("∼", "~"))


def _age_of(text: str) -> Age | None:
    if text in _NEWBORN:
        return Age(0, to_the_year=False)
    if found := _RANGE.match(text):
        return _between(int(found[1]), int(found[2]))
    if found := _AND_HALF.match(text):
        return Age(int(found[1]) * 12 + 6, to_the_year=False)
    if found := _IN_YEARS.match(text):
        years = float(found[1].replace(",", "."))
        return Age(round(years * 12), to_the_year=years.is_integer())
    if found := _AND_MONTHS.match(text):
        return Age(int(found[1]) * 12 + int(found[2]), to_the_year=False) if int(found[2]) < 12 else None
    if found := _IN_MONTHS.match(text):
        return Age(int(found[1]), to_the_year=False)
    if found := _IN_WEEKS.match(text):
        return Age(int(found[1]) * 7 // 30, to_the_year=False)
    if found := _IN_DAYS.match(text):
        return Age(int(found[1]) // 30, to_the_year=False)
    return None


def _between(first: int, last: int) -> Age | None:
    """A range of ages becomes its middle with a margin that covers both ends."""
    if first >= last:
        return None
    low, high = first * 12, last * 12
    margin = -(-(high - low) // 2)
    return Age(low + margin, to_the_year=True, margin=margin, estimated=True)
