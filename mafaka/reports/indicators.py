"""What each figure counts: one definition that makes both the count and the list behind it.

Every figure counts people among the arrivals of a period. A person who arrived twice is one person, and is
what they were at their first arrival (child or adult, month, region); only what may come in several at once,
or later, is looked for at each of their arrivals (`every_arrival`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField, Window
from django.db.models.functions import Cast, RowNumber, Substr
from django.utils import formats
from django.utils.translation import gettext as _

from mafaka.assessments.labels import FORMS
from mafaka.cases.labels import BROUGHT_BY
from mafaka.cases.models import CaseFact
from mafaka.locations import gazetteer
from mafaka.locations.countries import COUNTRIES
from mafaka.people.labels import Sex
from mafaka.reports.period import Period, Source
from mafaka.ui import text

MALE, FEMALE = Q(sex=Sex.MALE), Q(sex=Sex.FEMALE)
OF_UNKNOWN_SEX = ~(MALE | FEMALE)
CHILD, ADULT = Q(is_child_at_arrival=True), Q(is_child_at_arrival=False)
OF_UNKNOWN_AGE = Q(is_child_at_arrival__isnull=True)

# The least and the greatest age of each group, in whole years at the arrival.
AGE_GROUPS = [(0, 4), (5, 9), (10, 14), (15, 17), (18, 24), (25, None)]


@dataclass(frozen=True)
class Figure:
    """What is counted: `where` says of whom, on facts as `counted` gives them; `base` says it in words."""

    code: str
    label: str
    base: str
    where: Q
    every_arrival: bool = False


# Not shown as a number: whether the figures hold invented people, of whom the page warns.
FICTITIOUS = Figure("fictitious", "", "", Q(is_fictitious=True))


@dataclass(frozen=True)
class Breakdown:
    """People told apart by one thing: a title, and a figure for each line."""

    code: str
    title: str
    base: str
    figures: list[Figure]


def counted(source: Source, *, every_arrival: bool) -> QuerySet[CaseFact]:
    """Return the facts that figures filter: the first arrival of each person in the period, or every one."""
    arrivals = source.arrivals()
    if not every_arrival:
        arrivals = arrivals.exclude(pk__in=_later(arrivals))
    return arrivals.annotate(
        forms_text=Cast("forms", TextField()),
        # 05-31: of the date as text, for SQLite would call back for each part of each date.
        born_day=Substr(Cast("birth_latest", TextField()), 6, 5),
        came_day=Substr(Cast("arrived_on", TextField()), 6, 5),
    )


def _later(arrivals: QuerySet[CaseFact]) -> QuerySet[CaseFact, Any]:
    """Return the keys of the arrivals that are not the first of their person; only who came twice is ranked."""
    again = arrivals.order_by().values("person_id").annotate(times=Count("person_id")).filter(times__gt=1)
    rank = Window(RowNumber(), partition_by="person_id", order_by=["arrived_on", "case_id"])
    ranked = arrivals.filter(person_id__in=again.values("person_id")).annotate(rank=rank)
    return ranked.filter(rank__gt=1).values("pk")


def people(period: Period) -> list[Figure]:
    """Return the figures of the report's first lines; boys, girls, men, women and unknown make the total."""
    any_age, minor = _("sexe noté, tous âges"), _("moins de 18 ans à l’arrivée ; dans le doute, enfant")
    adult = _("18 ans ou plus à l’arrivée")
    apart = _("comptées dans le total, dans aucune des quatre lignes précédentes")
    every_sex = _("moins de 18 ans à l’arrivée, tous sexes et sexe non précisé ; dans le doute, enfant")
    supported = _("parmi ces mêmes personnes, celles dont un soutien est noté, quelle qu’en soit la date")
    return [
        Figure("total", _("Personnes assistées"), arrived(period), Q()),
        Figure("male", _("De sexe masculin"), any_age, MALE),
        Figure("female", _("De sexe féminin"), any_age, FEMALE),
        Figure("boys", _("Garçons"), minor, MALE & CHILD),
        Figure("girls", _("Filles"), minor, FEMALE & CHILD),
        Figure("men", _("Hommes"), adult, MALE & ADULT),
        Figure("women", _("Femmes"), adult, FEMALE & ADULT),
        Figure("unknown", _("Sexe ou âge inconnu"), apart, OF_UNKNOWN_SEX | OF_UNKNOWN_AGE),
        Figure("unknown_sex", _("dont sexe non précisé"), _("ni masculin ni féminin ici"), OF_UNKNOWN_SEX),
        Figure("unknown_age", _("dont âge inconnu"), _("ni enfants ni adultes ici"), OF_UNKNOWN_AGE),
        Figure("children", _("Enfants"), every_sex, CHILD),
        Figure(
            "reintegrated",
            _("Soutenues dans leur réintégration"),
            supported,
            Q(reintegration_on__isnull=False),
            every_arrival=True,
        ),
    ]


def arrived(period: Period) -> str:
    """Say the base of arrivals in words."""
    return _("personnes arrivées du {first} au {last}, chacune comptée une fois").format(
        first=text.day(period.first), last=text.day(max(period.first, period.until))
    )


def breakdowns(source: Source) -> list[Breakdown]:
    """Return the tables of the report for a period; lines of open lists are those that occur (one query)."""
    columns = ("region", "returned_from", "brought_by")
    seen = list(source.arrivals().order_by().values_list(*columns).distinct())
    regions, countries, bringers = (sorted({row[i] for row in seen}) for i in range(3))
    once = _("chaque personne est comptée une fois, à sa première arrivée de la période")
    several = _(
        "formes signalées ; une personne peut en avoir subi plusieurs, la somme dépasse alors le total"
    )
    return [
        Breakdown("month", _("Par mois d’arrivée"), once, list(_months(source.period))),
        Breakdown("form", _("Par forme d’exploitation"), several, list(_forms(source))),
        Breakdown("region", _("Par région d’origine"), once, list(_values("region", regions, _region))),
        Breakdown(
            "country",
            _("Par pays de retour"),
            once,
            list(
                _values(
                    "returned_from",
                    countries,
                    _named(COUNTRIES.items(), _("Pas de retour noté")),
                    "country",
                )
            ),
        ),
        Breakdown(
            "age",
            _("Par âge à l’arrivée"),
            _("années révolues ; quand l’âge est estimé, le plus jeune âge possible"),
            list(_ages(source.period)),
        ),
        Breakdown(
            "brought",
            _("Par qui les a amenées"),
            once,
            list(_values("brought_by", bringers, _named(BROUGHT_BY, _("Non précisé")), "brought")),
        ),
    ]


def _months(period: Period) -> Iterator[Figure]:
    for month in range(1, 13):
        first = date(period.year, month, 1)
        after = date(period.year + month // 12, month % 12 + 1, 1)
        name = formats.date_format(first, "F")
        yield Figure(f"month-{month:02}", name, "", Q(arrived_on__gte=first, arrived_on__lt=after))


def _forms(source: Source) -> Iterator[Figure]:
    for code, label in FORMS:
        said = Q(forms_text__contains=f'"{code}"')
        yield Figure(f"form-{code}", str(label), "", said, every_arrival=True)
    with_some = source.arrivals().exclude(forms=[]).values("person_id")
    yield Figure("form-none", _("Aucune forme signalée"), "", ~Q(person_id__in=with_some))


def _values(column: str, values: Iterable[str], say: Any, code: str = "") -> Iterator[Figure]:
    """Yield a line for each value of a column; the empty one, unknown, comes last."""
    for value in sorted(values, key=lambda each: (not each, str(say(each)))):
        yield Figure(f"{code or column}-{value or 'none'}", say(value), "", Q(**{column: value}))


def _region(code: str) -> str:
    try:
        return gazetteer.name(code) if code else _("Région inconnue")
    except KeyError:
        return code


def _named(known: Iterable[tuple[str, Any]], empty: str) -> Any:
    labels = {code: str(label) for code, label in known} | {"": empty}
    return lambda code: labels.get(code, code)


def _ages(period: Period) -> Iterator[Figure]:
    for least, most in AGE_GROUPS:
        where = CHILD if least < 18 else ADULT
        where = where & _at_least(least, period) if least not in (0, 18) else where
        where = where & ~_at_least(most + 1, period) if most not in (17, None) else where
        label = _("{least} ans ou plus") if most is None else _("{least} à {most} ans")
        code = f"age-{least}" if most is None else f"age-{least}-{most}"
        yield Figure(code, label.format(least=least, most=most), "", where)
    yield Figure("age-unknown", _("Âge inconnu"), "", OF_UNKNOWN_AGE)


def _at_least(years: int, period: Period) -> Q:
    """Return the filter of who was of an age at the arrival; only those born that very year need their day."""
    year = period.year - years
    birthday_passed = Q(birth_latest__lte=date(year, 12, 31)) & Q(born_day__lte=F("came_day"))
    return Q(birth_latest__lt=date(year, 1, 1)) | birthday_passed
