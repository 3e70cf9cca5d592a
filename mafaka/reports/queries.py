"""Reads on figures: a year's report, and the list behind each of its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mafaka.cases.models import CaseFact, PresenceFact
from mafaka.organisations import queries as organisations
from mafaka.people import ages
from mafaka.reports import indicators, nights
from mafaka.reports.indicators import Breakdown, Figure
from mafaka.reports.period import Period, Source
from mafaka.reports.sentence import sentence
from mafaka.ui import text

ACT, LIST_ACT = "reports.figures", "reports.list"
PER_PAGE = 50


class NoSuchFigure(Http404):
    """No figure has this code."""


@dataclass(frozen=True)
class Number:
    """A figure with its value and its base in words."""

    code: str
    label: str
    base: str
    value: int


@dataclass(frozen=True)
class Table:
    """A breakdown with its values."""

    code: str
    title: str
    base: str
    lines: list[Number]


@dataclass(frozen=True)
class ChildrenShare:
    """How many are children, on one base: `code` is arrivals, day or nights.

    `children_list` and `list` are the codes of the lists behind the two numbers.
    """

    code: str
    label: str
    children: int
    everyone: int
    base: str
    children_list: str
    list: str

    @property
    def percent(self) -> float | None:
        """Return the share in percent, or None where there is nobody."""
        return 100 * self.children / self.everyone if self.everyone else None

    @property
    def percent_text(self) -> str:
        """Return « 59,6 % », or a dash where there is nobody."""
        if self.percent is None:
            return "–"
        return _("{number} %").format(number=formats.number_format(round(self.percent, 1), 1))


@dataclass(frozen=True)
class Figures:
    """The figures of a year up to `until`. `excluded`: stays that no base of presence can count, and why."""

    year: int
    until: date
    day: date
    centre: str
    sentence: str
    numbers: dict[str, Number]
    shares: list[ChildrenShare]
    tables: list[Table]
    excluded: int
    excluded_text: str
    is_fictitious: bool

    @property
    def is_empty(self) -> bool:
        """Return whether nobody arrived, was there or spent a night."""
        return not any(share.everyone for share in self.shares)


def figures(*, year: int, centre: Any = None, day: date | None = None, by: Any, at: datetime) -> Figures:
    """Return the figures of a year within somebody's reach, in a fixed number of SQL queries.

    Args:
        centre: only this centre; without it, all of this person's centres.
        day: on which presence is counted; else the last day of the year, or the day of `at` in its course.
    """
    period = Period.of(year, at)
    source = Source.open(period=period, centre=centre, by=by, act=ACT)
    people, breakdowns = indicators.people(period), indicators.breakdowns(source)
    values = _count(
        source, [*people, indicators.FICTITIOUS, *(figure for each in breakdowns for figure in each.figures)]
    )
    chosen = period.day(day)
    on_day, in_year = source.unknown_ends(chosen, period.until)
    houses = [centre] if centre else organisations.centres(by=by)
    return Figures(
        year=year,
        until=period.until,
        day=chosen,
        centre=houses[0].name if len(houses) == 1 else _("Tous les centres"),
        sentence=sentence(values, year=year, centres=max(1, len(houses))),
        numbers={each.code: _number(each, values) for each in people},
        shares=[
            _among_arrivals(values, period),
            _on_a_day(nights.present(source, chosen), chosen, on_day),
            _in_nights(nights.nights(source), period, in_year),
        ],
        tables=[_table(each, values) for each in breakdowns],
        excluded=in_year,
        excluded_text=_left_out(in_year),
        is_fictitious=values[indicators.FICTITIOUS.code] > 0,
    )


def _count(source: Source, figures: list[Figure]) -> dict[str, int]:
    """Count all figures in two passes over the arrivals: the first of each person, and every one."""
    values: dict[str, int] = {}
    for every in (False, True):
        chosen = [each for each in figures if each.every_arrival is every]
        counts = {
            f"n{i}": Count("person_id", distinct=True, filter=each.where)
            if every
            else Count("pk", filter=each.where)
            for i, each in enumerate(chosen)
        }
        found = indicators.counted(source, every_arrival=every).aggregate(**counts)
        values |= {each.code: found[f"n{i}"] for i, each in enumerate(chosen)}
    return values


def _number(figure: Figure, values: dict[str, int]) -> Number:
    return Number(figure.code, figure.label, figure.base, values[figure.code])


def _table(breakdown: Breakdown, values: dict[str, int]) -> Table:
    lines = [_number(figure, values) for figure in breakdown.figures]
    return Table(breakdown.code, breakdown.title, breakdown.base, lines)


def _among_arrivals(values: dict[str, int], period: Period) -> ChildrenShare:
    base = _("{arrived} ; âge à l’arrivée").format(arrived=indicators.arrived(period))
    if unknown := values["unknown_age"]:
        base += ngettext(
            " ; {n} personne d’âge inconnu est dans la base, et non parmi les enfants",
            " ; {n} personnes d’âge inconnu sont dans la base, et non parmi les enfants",
            unknown,
        ).format(n=unknown)
    return ChildrenShare(
        "arrivals",
        _("Enfants parmi les arrivées"),
        values["children"],
        values["total"],
        base,
        "children",
        "total",
    )


def _on_a_day(share: nights.Share, day: date, unknown: int) -> ChildrenShare:
    base = _("personnes présentes le soir du {day}, chacune comptée une fois ; âge ce jour-là").format(
        day=text.day(day)
    )
    return ChildrenShare(
        "day", _("Enfants présents"), *share, _with(base, unknown), "present_children", "present"
    )


def _in_nights(share: nights.Share, period: Period, unknown: int) -> ChildrenShare:
    base = _(
        "nuits passées au centre du {first} au {last}, celle du départ non comprise ; âge de chaque nuit"
    ).format(first=text.day(period.first), last=text.day(max(period.first, period.until)))
    return ChildrenShare("nights", _("Nuits d’enfants"), *share, _with(base, unknown), "nights", "nights")


def _with(base: str, unknown: int) -> str:
    return f"{base}. {_left_out(unknown)}" if unknown else base


def _left_out(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "{n} séjour sans date de sortie connue n’est pas compté.",
        "{n} séjours sans date de sortie connue ne sont pas comptés.",
        number,
    ).format(n=number)


def last_years(*, centre: Any = None, by: Any, at: datetime) -> list[int]:
    """Return the years from the last arrival back to the first; only this year where nobody ever came."""
    period = Period.of(at.year, at)
    within = Source.open(period=period, centre=centre, by=by, act=ACT).within
    known = CaseFact.objects.filter(within, arrived_on__isnull=False, arrived_on__lte=period.until)
    days = known.order_by("arrived_on").values_list("arrived_on", flat=True)
    first, last = days.first(), days.last()
    return list(range(last.year, first.year - 1, -1)) if first and last else [period.year]


@dataclass(frozen=True)
class Line:
    """One line behind a figure, without a name: a case, or (presence, nights) a person with their cases."""

    references: list[str]
    person: UUID
    sex: str
    is_child: bool | None
    age: str
    arrived_on: date | None
    nights: nights.Share | None = None


@dataclass(frozen=True)
class Listing:
    """What is behind a figure: one page of its lines, and how many people they all are."""

    label: str
    base: str
    people: int
    page: Page[Line]
    age_label: str
    in_nights: bool = False


def listing(
    *,
    year: int,
    code: str,
    centre: Any = None,
    day: date | None = None,
    page: str | int = 1,
    by: Any,
    at: datetime,
) -> Listing:
    """Return a page of the list behind a figure, in the order of arrival.

    Raises:
        NoSuchFigure: no figure has this code.
    """
    period = Period.of(year, at)
    source = Source.open(period=period, centre=centre, by=by, act=LIST_ACT)
    if code == "nights":
        return _nights(source, page)
    if code in ("present", "present_children"):
        return _present(source, code, period.day(day), page)
    found = [*indicators.people(period), *(f for each in indicators.breakdowns(source) for f in each.figures)]
    figure = next((each for each in found if each.code == code), None)
    if figure is None:
        raise NoSuchFigure
    facts = indicators.counted(source, every_arrival=figure.every_arrival).filter(figure.where)
    people = facts.aggregate(n=Count("person_id", distinct=True))["n"]
    shown: Any = _page(facts.select_related("case").order_by("arrived_on", "case_id"), page)
    shown.object_list = [_line([fact], fact.arrived_on) for fact in shown.object_list]
    base = figure.base or indicators.arrived(period)
    return Listing(figure.label, base, people, shown, _("Âge à l’arrivée"))


def _page(lines: Any, number: str | int) -> Page[Any]:
    return Paginator(lines, PER_PAGE).get_page(number)


def _line(facts: list[CaseFact], on: date | None, share: nights.Share | None = None) -> Line:
    """Return a person's line, with their age on a day."""
    fact = facts[0]
    return Line(
        references=[each.case.reference for each in facts],
        person=fact.person_id,
        sex=fact.sex,
        is_child=ages.is_child(fact.birth_latest, on=on) if on else None,
        age=ages.text(fact.birth_earliest, fact.birth_latest, on=on) if on else "",
        arrived_on=fact.arrived_on,
        nights=share,
    )


def _present(source: Source, code: str, day: date, page: str | int) -> Listing:
    spans = source.presences(day, day)
    label = _("Personnes présentes")
    if code == "present_children":
        spans, label = spans.filter(nights.children_on(day)), _("Enfants présents")
    people = list(dict.fromkeys(span.person for span in nights.read(spans)))
    shown: Any = _page(people, page)
    facts = _facts(shown, spans)
    shown.object_list = [_line(facts[person], day) for person in shown]
    base = _on_a_day(nights.Share(0, 0), day, 0).base
    return Listing(label, base, len(people), shown, _("Âge ce jour-là"))


def _nights(source: Source, page: str | int) -> Listing:
    spans = source.stays()
    spent = nights.by_person(nights.read(spans), source.period)
    people = [person for person, share in spent.items() if share.everyone]
    shown: Any = _page(people, page)
    facts = _facts(shown, spans)
    shown.object_list = [_line(facts[each], facts[each][0].arrived_on, spent[each]) for each in shown]
    base = _in_nights(nights.Share(0, 0), source.period, 0).base
    label, age = _("Nuits passées au centre"), _("Âge à l’arrivée")
    return Listing(label, base, len(people), shown, age, in_nights=True)


def _facts(people: Iterable[UUID], spans: QuerySet[PresenceFact]) -> dict[UUID, list[CaseFact]]:
    """Return the cases behind the spans of some people, each person's in the order of arrival."""
    chosen = spans.filter(person_id__in=list(people)).values("case_id")
    gathered: dict[UUID, list[CaseFact]] = {}
    for fact in CaseFact.objects.filter(case_id__in=chosen).select_related("case").order_by("arrived_on"):
        gathered.setdefault(fact.person_id, []).append(fact)
    return gathered
