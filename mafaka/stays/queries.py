"""Reads on stays. The board names nobody: a bed leads to its case for those who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mafaka.accounts import policy
from mafaka.cases import queries as cases
from mafaka.people.ages import is_child
from mafaka.stays.labels import LEAVING_REASONS
from mafaka.stays.models import OPEN, Bed, Stay
from mafaka.ui.text import short_day

YEAR = timedelta(days=365)
REASONS = dict(LEAVING_REASONS)


@dataclass(frozen=True)
class BedOnBoard:
    """A bed and its state: occupied, free or out; `reference` is the case's, for who may read it."""

    id: UUID
    label: str
    state: str
    reference: str
    may_change: bool

    @property
    def url(self) -> str:
        """Return where the bed leads: to the stay of its case, or to its own page, or nowhere."""
        if self.reference:
            return reverse("stays:stay", args=[self.reference])
        return reverse("stays:bed", args=[self.id]) if self.may_change and self.state != "occupied" else ""


@dataclass(frozen=True)
class RoomOnBoard:
    """A room with its beds; `in_service` counts the beds that can be slept in."""

    code: str
    name: str
    centre_name: str
    beds: list[BedOnBoard]
    occupied: int
    in_service: int


@dataclass(frozen=True)
class Kpi:
    """A large figure, and in `base` whom it counts."""

    label: str
    value: str
    base: str


@dataclass(frozen=True)
class Board:
    """The beds of the centres of one person, and five figures.

    children: those housed who are under 18 on the day, age in doubt included. arrivals: cases whose person came
    from Monday to the day. median_nights: of the stays that ended in the year before, None without any.
    without_bed: how many are housed with no bed yet, and their cases for who may read them.
    """

    rooms: list[RoomOnBoard]
    occupied: int
    in_service: int
    children: int
    arrivals: int
    since: date
    median_nights: int | None
    without_bed: int
    without_bed_references: list[str]

    @property
    def kpis(self) -> list[Kpi]:
        """Return the large figures, each with whom it counts."""
        taken = _("{taken} sur {total}").format(taken=self.occupied, total=self.in_service)
        monday = _("depuis lundi {day}").format(day=short_day(self.since))
        nights = "–"
        if self.median_nights is not None:
            said = ngettext("%(count)d nuit", "%(count)d nuits", self.median_nights)
            nights = said % {"count": self.median_nights}
        return [
            Kpi(_("Lits occupés"), taken, _("lits en service")),
            Kpi(_("Enfants"), str(self.children), _("hébergés aujourd’hui")),
            Kpi(_("Arrivées cette semaine"), str(self.arrivals), monday),
            Kpi(_("Durée médiane"), nights, _("séjours finis depuis un an")),
        ]


def board(*, by: Any, on: date) -> Board:
    """Return the board of a day, in six SQL queries whatever the number of beds."""
    stays = list(_open_stays(by))
    rooms = _rooms(_beds(by), {stay.bed_id: stay for stay in stays if stay.bed_id}, by)
    monday = on - timedelta(days=on.weekday())
    without = [stay.case for stay in stays if stay.bed_id is None]
    return Board(
        rooms=rooms,
        occupied=sum(room.occupied for room in rooms),
        in_service=sum(room.in_service for room in rooms),
        children=sum(is_child(stay.case.fact.birth_latest, on=on) is not False for stay in stays),
        arrivals=cases.arrivals(by=by, first=monday, last=on, act="stays.board"),
        since=monday,
        median_nights=_median_nights(by, on),
        without_bed=len(without),
        without_bed_references=sorted(c.reference for c in without if policy.allows(by, "stays.read", c)),
    )


def free_beds(*, by: Any, centre_id: UUID | None = None) -> list[Bed]:
    """Return the beds that can be given now, with their rooms; those of one centre where it is named."""
    taken = Stay.objects.filter(OPEN, bed__isnull=False).values("bed_id")
    chosen = _beds(by).filter(out_of_service=False).exclude(pk__in=taken)
    return list(chosen.filter(room__centre_id=centre_id) if centre_id else chosen)


@dataclass(frozen=True)
class StayLine:
    """One stay; `reason` of the departure in words; `nights` to the departure or today, None if unknown."""

    is_open: bool
    bed: str
    room_name: str
    from_date: date
    left_on: date | None
    exit_known: bool
    reason: str
    nights: int | None


def stays_of(case: Any, *, by: Any, on: date) -> list[StayLine]:
    """Return the stays of a case, newest first; nothing for who may not read them."""
    if not policy.allows(by, "stays.read", case):
        return []
    stays = Stay.objects.filter(case=case).select_related("bed__room").order_by("-from_date", "-created_at")
    return [_line(stay, on) for stay in stays]


def panel(case: Any, *, by: Any, on: date) -> StayLine | None:
    """Return the present stay of a case for the case file's first page, or None."""
    return next((stay for stay in stays_of(case, by=by, on=on) if stay.is_open), None)


def bed(bed_id: UUID, *, by: Any) -> Bed | None:
    """Return a bed of one's centre, with its room, or None."""
    return _beds(by).filter(pk=bed_id).first()


def _line(stay: Stay, on: date) -> StayLine:
    is_open = stay.left_on is None and stay.exit_known
    until = on if is_open else stay.left_on
    return StayLine(
        is_open=is_open,
        bed=stay.bed.label if stay.bed else "",
        room_name=stay.bed.room.name if stay.bed else "",
        from_date=stay.from_date,
        left_on=stay.left_on,
        exit_known=stay.exit_known,
        reason=str(REASONS.get(stay.leaving_reason, "")),
        nights=max(0, (until - stay.from_date).days) if until else None,
    )


def _open_stays(by: Any) -> QuerySet[Stay]:
    if not policy.may(by, "stays.board"):
        return Stay.objects.none()
    mine = Q(case__centre_id=by.centre_id) if by.centre_id else Q()
    stays = Stay.objects.filter(OPEN, mine).select_related("case__fact")
    return stays.only(
        "bed_id", "case__reference", "case__centre_id", "case__worker_id", "case__fact__birth_latest"
    )


def _beds(by: Any) -> QuerySet[Bed]:
    if not policy.may(by, "stays.board"):
        return Bed.objects.none()
    mine = Q(room__centre_id=by.centre_id) if by.centre_id else Q()
    order = ("room__centre__code", "room__created_at", "room__code", "number")
    return Bed.objects.filter(mine).prefetch_related("room__centre").order_by(*order)


def _rooms(beds: Iterable[Bed], stays: dict[UUID, Stay], by: Any) -> list[RoomOnBoard]:
    grouped: dict[UUID, list[Bed]] = {}
    for each in beds:
        grouped.setdefault(each.room_id, []).append(each)
    return [_room(room, stays, by) for room in grouped.values()]


def _room(beds: list[Bed], stays: dict[UUID, Stay], by: Any) -> RoomOnBoard:
    room = beds[0].room
    shown = [_bed(each, stays.get(each.pk), by) for each in beds]
    return RoomOnBoard(
        code=room.code,
        name=room.name,
        centre_name=room.centre.name,
        beds=shown,
        occupied=sum(each.state == "occupied" for each in shown),
        in_service=sum(each.state != "out" for each in shown),
    )


def _bed(bed: Bed, stay: Stay | None, by: Any) -> BedOnBoard:
    state = "occupied" if stay else "out" if bed.out_of_service else "free"
    reference = stay.case.reference if stay and policy.allows(by, "stays.read", stay.case) else ""
    may_change = policy.may(by, "stays.write")
    return BedOnBoard(id=bed.pk, label=bed.label, state=state, reference=reference, may_change=may_change)


def _median_nights(by: Any, on: date) -> int | None:
    nights = cases.nights_of_ended_spans(by=by, after=on - YEAR, until=on, act="stays.board")
    return round(median(nights.elements())) if nights else None
