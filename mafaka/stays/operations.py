"""Writes on stays: admissions, departures, beds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mafaka.audit import journal
from mafaka.cases import operations as cases
from mafaka.common.refusals import Refused
from mafaka.stays.models import OPEN, Bed, Room, Stay
from mafaka.ui.text import day

MOST_BEDS = 200


class StayRefused(Refused):
    """The stay or the bed cannot be changed as asked."""


@transaction.atomic
def set_up_room(*, centre: Any, code: str, name: str, kind: str, beds: int, by: Any, at: datetime) -> Room:
    """Furnish a room with its beds, numbered from 1 (F-01, F-02, …).

    Args:
        kind: a `Room.Kind`: girls, boys, women, men, family, isolation.

    Raises:
        StayRefused: the centre has a room of this code, the code is not one to three letters, or there are
            no beds or more than a room can hold.
    """
    if not (code.isascii() and code.isalpha() and code.isupper() and len(code) <= 3):
        raise StayRefused(_("Le code d’une pièce compte une à trois lettres majuscules, par exemple F."))
    if Room.objects.filter(centre=centre, code=code).exists():
        raise StayRefused(_("Une pièce du centre porte déjà le code {code}.").format(code=code))
    if not 1 <= beds <= MOST_BEDS:
        raise StayRefused(_("Une pièce compte de 1 à {most} lits.").format(most=MOST_BEDS))
    room = Room.objects.create(centre=centre, code=code, name=name, kind=kind, created_at=at)
    Bed.objects.bulk_create(
        Bed(room=room, number=number, label=f"{code}-{number:02d}", created_at=at)
        for number in range(1, beds + 1)
    )
    journal.record("stays.room_set_up", by=by, at=at, obj=room, data={"room_kind": kind, "beds": beds})
    return room


@transaction.atomic
def admit(*, case: Any, bed: Bed | None = None, from_date: date, by: Any, at: datetime) -> Stay:
    """Take a person in, in a bed or (None) with the bed still to be found.

    Raises:
        CaseRefused: the case is closed.
        StayRefused: the person is housed already or was on that day, had not arrived yet, or the bed is
            taken, out of service or in another centre.
    """
    cases.require_open(case)
    _check_admission(case, from_date)
    if bed is not None:
        bed = _usable(bed, case)
    stay = Stay(case=case, bed=bed, from_date=from_date, created_at=at)
    _save(stay)
    cases.note_facts(case=case, housed=True)
    cases.note_presence(case=case, from_date=from_date, left_on=None, at=at)
    act = "stays.admitted" if bed else "stays.admitted_without_bed"
    journal.record(act, by=by, at=at, on=from_date, obj=stay, case=case, data=_where(bed))
    return stay


@transaction.atomic
def change_bed(*, case: Any, bed: Bed, by: Any, at: datetime) -> Stay:
    """Give a housed person another bed, or their first one; the stay goes on.

    Raises:
        StayRefused: the person is not housed, or the bed cannot be given.
    """
    stay = _open_stay(case)
    stay.bed = _usable(bed, case)
    _save(stay)
    journal.record("stays.bed_changed", by=by, at=at, obj=stay, case=case, data=_where(stay.bed))
    return stay


@transaction.atomic
def leave(*, case: Any, left_on: date, reason: str, by: Any, at: datetime) -> Stay:
    """End the stay of a person; the bed is free at once.

    Args:
        reason: a code of `labels.LEAVING_REASONS`.

    Raises:
        StayRefused: the person is not housed, or would leave before having come.
    """
    stay = _open_stay(case)
    if left_on < stay.from_date:
        sentence = _("Le départ vient avant l’admission, le {day}.").format(day=day(stay.from_date))
        raise StayRefused(sentence, {"left_on": sentence})
    stay.left_on, stay.leaving_reason = left_on, reason
    stay.save(update_fields=["left_on", "leaving_reason"])
    cases.note_facts(case=case, housed=False)
    cases.note_presence(case=case, from_date=stay.from_date, left_on=left_on, at=at)
    journal.record("stays.left", by=by, at=at, on=left_on, obj=stay, case=case, data={"leaving": reason})
    return stay


@transaction.atomic
def undo_leave(*, case: Any, by: Any, at: datetime) -> Stay:
    """Take back the last departure, noted by mistake: the stay goes on, in its bed if nobody was given it.

    Raises:
        CaseRefused: the case is closed.
        StayRefused: the person is housed, or no departure was noted.
    """
    cases.require_open(case)
    stays = Stay.objects.select_for_update(of=("self",)).filter(case=case)
    stay = stays.order_by("-from_date", "-created_at").first()
    if stay is None or stay.left_on is None:
        raise StayRefused(_("Il n’y a pas de départ à reprendre."))
    gone = Stay.objects.filter(OPEN, bed=stay.bed) if stay.bed else Stay.objects.none()
    if gone.exists() or (stay.bed and stay.bed.out_of_service):
        stay.bed = None
    stay.left_on, stay.leaving_reason = None, ""
    _save(stay)
    cases.note_facts(case=case, housed=True)
    cases.note_presence(case=case, from_date=stay.from_date, left_on=None, at=at)
    journal.record("stays.leave_undone", by=by, at=at, obj=stay, case=case)
    return stay


@transaction.atomic
def record_past_stay(
    *,
    case: Any,
    from_date: date,
    left_on: date | None = None,
    exit_known: bool = True,
    by: Any,
    at: datetime,
) -> Stay:
    """Write down a stay that a register tells of, without a bed; closed cases are welcome.

    Args:
        left_on: None with `exit_known`: here still. None without: left on a day the register does not say.

    Raises:
        StayRefused: the departure comes before the admission, or the person is housed already.
    """
    if left_on and left_on < from_date:
        raise StayRefused(_("Le départ vient avant l’admission."), {"left_on": _("Vérifiez les deux dates.")})
    stay = Stay(
        case=case,
        from_date=from_date,
        left_on=left_on,
        exit_known=exit_known or left_on is not None,
        created_at=at,
    )
    _save(stay)
    if left_on is None and stay.exit_known:
        cases.note_facts(case=case, housed=True)
    cases.note_presence(case=case, from_date=from_date, left_on=left_on, exit_known=stay.exit_known, at=at)
    journal.record("stays.recorded", by=by, at=at, on=from_date, obj=stay, case=case)
    return stay


@transaction.atomic
def put_out_of_service(*, bed: Bed, by: Any, at: datetime) -> Bed:
    """Take a free bed away from those that can be given.

    Raises:
        StayRefused: somebody sleeps in it.
    """
    bed = Bed.objects.select_for_update(of=("self",)).get(pk=bed.pk)
    if Stay.objects.filter(OPEN, bed=bed).exists():
        raise StayRefused(_("Le lit {bed} est occupé. Donnez d’abord un autre lit.").format(bed=bed.label))
    return _set_service(bed, "stays.bed_out_of_service", out=True, by=by, at=at)


@transaction.atomic
def return_to_service(*, bed: Bed, by: Any, at: datetime) -> Bed:
    """Put a bed back among those that can be given."""
    return _set_service(bed, "stays.bed_back_in_service", out=False, by=by, at=at)


def _set_service(bed: Bed, act: str, *, out: bool, by: Any, at: datetime) -> Bed:
    bed.out_of_service = out
    bed.save(update_fields=["out_of_service"])
    journal.record(act, by=by, at=at, obj=bed, data={"bed": bed.label})
    return bed


def _check_admission(case: Any, from_date: date) -> None:
    if Stay.objects.filter(OPEN, case=case).exists():
        raise StayRefused(_("Cette personne est déjà hébergée. Enregistrez d’abord son départ."))
    if case.fact.arrived_on and from_date < case.fact.arrived_on:
        sentence = _("L’admission vient avant l’arrivée, le {day}.").format(day=day(case.fact.arrived_on))
        raise StayRefused(sentence, {"from_date": sentence})
    if Stay.objects.filter(case=case, left_on__gt=from_date).exists():
        sentence = _("Ce jour-là, un séjour précédent n’était pas fini. Vérifiez la date.")
        raise StayRefused(sentence, {"from_date": sentence})


def _usable(bed: Bed, case: Any) -> Bed:
    """Return the bed as it is now, locked; refuse the one that cannot be given."""
    bed = Bed.objects.select_for_update(of=("self",)).select_related("room").get(pk=bed.pk)
    if bed.room.centre_id != case.centre_id:
        sentence = _("Ce lit est dans un autre centre.")
    elif bed.out_of_service:
        sentence = _("Le lit {bed} est hors service.").format(bed=bed.label)
    elif Stay.objects.filter(OPEN, bed=bed).exists():
        sentence = _taken(bed)
    else:
        return bed
    raise StayRefused(sentence, {"bed": _("{why} Choisissez un lit libre.").format(why=sentence)})


def _save(stay: Stay) -> None:
    """Save a stay; what another hand did at the same moment is refused by the database, and said in French."""
    try:
        with transaction.atomic():
            stay.save()
    except IntegrityError as error:
        if stay.bed and Stay.objects.filter(OPEN, bed=stay.bed).exclude(pk=stay.pk).exists():
            sentence = _taken(stay.bed)
            raise StayRefused(sentence, {"bed": sentence}) from error
        raise StayRefused(_("Cette personne est déjà hébergée.")) from error


def _taken(bed: Bed) -> str:
    return _("Le lit {bed} vient d’être donné.").format(bed=bed.label)


def _open_stay(case: Any) -> Stay:
    stay = Stay.objects.select_for_update().filter(OPEN, case=case).first()
    if stay is None:
        raise StayRefused(_("Cette personne n’est pas hébergée au centre."))
    return stay


def _where(bed: Bed | None) -> dict[str, str]:
    return {"room_kind": bed.room.kind, "bed": bed.label} if bed else {}
