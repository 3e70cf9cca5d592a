"""Admissions, departures, beds: what is refused, what is written, what the database itself refuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mafaka.audit import acts, journal
from mafaka.cases import operations as cases
from mafaka.cases.models import CaseFact, PresenceFact
from mafaka.stays import operations
from mafaka.stays.models import Bed, Room, Stay
from mafaka.stays.operations import StayRefused
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
BY = {"by": SETUP, "at": NOW}
DAY = timedelta(days=1)


def sentences(case: Any) -> list[str]:
    return [acts.sentence(e.act, e.data) for e in journal.of_case(case.pk, timeline=True)]


# --- The database has the last word ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"case": 0},  # the same case, another bed
        {"bed": 0},  # the same bed, another case
        {"case": 2, "bed": 2, "left_on": TODAY - DAY},  # left before having come
        {"case": 2, "bed": 2, "left_on": TODAY, "exit_known": False},  # left on a day both known and unknown
    ],
)
def test_the_database_itself_refuses_an_impossible_stay(
    girls: list[Bed], make_case: Any, change: Any
) -> None:
    people = [make_case() for _each in range(3)]
    operations.admit(case=people[0], bed=girls[0], from_date=TODAY, **BY)
    told = {"case": 1, "bed": 1, "from_date": TODAY, "created_at": NOW} | change
    told |= {"case": people[told["case"]], "bed": girls[told["bed"]]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(**told)


def test_a_stay_that_is_over_leaves_bed_and_person_free(girls: list[Bed], make_case: Any) -> None:
    case, other = make_case(), make_case()
    for past in ({"left_on": TODAY}, {"left_on": None, "exit_known": False}):
        Stay.objects.create(case=case, bed=girls[0], from_date=TODAY, created_at=NOW, **past)
    Stay.objects.create(case=other, bed=girls[0], from_date=TODAY, created_at=NOW)
    Stay.objects.create(case=case, bed=girls[1], from_date=TODAY, created_at=NOW)


def test_two_rooms_of_a_centre_never_have_one_code(girls: list[Bed], zinder: Any) -> None:
    with pytest.raises(StayRefused, match="porte déjà le code F"):
        operations.set_up_room(centre=zinder, code="F", name="Autre", kind="girls", beds=1, **BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.create(centre=zinder, code="F", name="Autre", kind="girls", created_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bed.objects.create(room=girls[0].room, number=1, label="F-01", created_at=NOW)


# --- Rooms ----------------------------------------------------------------------------------------------------


def test_beds_are_numbered_from_one(girls: list[Bed]) -> None:
    assert [bed.label for bed in girls] == ["F-01", "F-02", "F-03"]


@pytest.mark.parametrize("beds", [0, -1, operations.MOST_BEDS + 1])
def test_a_room_without_beds_or_with_too_many_is_refused(zinder: Any, beds: int) -> None:
    with pytest.raises(StayRefused, match="de 1 à 200 lits"):
        operations.set_up_room(centre=zinder, code="G", name="Vide", kind="boys", beds=beds, **BY)


@pytest.mark.parametrize("code", ["", "ABCD", "f", "F1", "É"])
def test_the_code_of_a_room_can_be_painted_on_a_bed(zinder: Any, code: str) -> None:
    with pytest.raises(StayRefused, match="lettres majuscules"):
        operations.set_up_room(centre=zinder, code=code, name="Pièce", kind="boys", beds=1, **BY)


# --- Admission ------------------------------------------------------------------------------------------------


def test_a_person_is_admitted_and_the_facts_know(girls: list[Bed], make_case: Any) -> None:
    case = make_case()
    stay = operations.admit(case=case, bed=girls[1], from_date=TODAY, **BY)
    assert (stay.bed, stay.from_date, stay.left_on) == (girls[1], TODAY, None)
    assert CaseFact.objects.get(case=case).housed
    presence = PresenceFact.objects.get(case=case)
    assert (presence.from_date, presence.left_on, presence.exit_known) == (TODAY, None, True)
    assert presence.birth_latest == case.person.birth_latest
    assert sentences(case)[0] == "Admission au centre, dortoir des filles, lit F-02."


def test_a_person_may_be_admitted_before_a_bed_is_found(make_case: Any) -> None:
    case = make_case()
    operations.admit(case=case, from_date=TODAY, **BY)
    assert CaseFact.objects.get(case=case).housed
    assert sentences(case)[0] == "Admission au centre, lit à attribuer."


def refused(case: Any, bed: Bed | None = None, on: date = TODAY) -> StayRefused:
    """Try an admission that must be refused, and see that it left nothing behind."""
    before = (Stay.objects.count(), PresenceFact.objects.count(), journal.head())
    with pytest.raises(StayRefused) as caught:
        operations.admit(case=case, bed=bed, from_date=on, **BY)
    assert (Stay.objects.count(), PresenceFact.objects.count(), journal.head()) == before
    return caught.value


def test_a_taken_bed_is_refused(girls: list[Bed], make_case: Any) -> None:
    operations.admit(case=make_case(), bed=girls[0], from_date=TODAY, **BY)
    error = refused(make_case(), girls[0])
    assert error.sentence == "Le lit F-01 vient d’être donné."
    assert error.fields["bed"].endswith("Choisissez un lit libre.")


def test_a_bed_out_of_service_is_refused_even_to_a_page_that_was_opened_before(
    girls: list[Bed], make_case: Any
) -> None:
    seen_before = girls[0]
    operations.put_out_of_service(bed=Bed.objects.get(pk=girls[0].pk), **BY)
    assert not seen_before.out_of_service
    assert refused(make_case(), seen_before).sentence == "Le lit F-01 est hors service."


def test_a_bed_of_another_centre_is_refused(elsewhere: list[Bed], make_case: Any) -> None:
    assert refused(make_case(), elsewhere[0]).sentence == "Ce lit est dans un autre centre."


def test_a_housed_person_is_refused(girls: list[Bed], make_case: Any) -> None:
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    assert "déjà hébergée" in refused(case, girls[1]).sentence


def test_nobody_is_admitted_before_having_arrived(girls: list[Bed], make_case: Any) -> None:
    assert (
        "avant l’arrivée, le 12 octobre 2026"
        in refused(make_case(), girls[0], TODAY - DAY).fields["from_date"]
    )


def test_stays_do_not_overlap(girls: list[Bed], make_case: Any) -> None:
    case = make_case(opened_on=TODAY - 9 * DAY)
    operations.admit(case=case, bed=girls[0], from_date=TODAY - 9 * DAY, **BY)
    operations.leave(case=case, left_on=TODAY - 3 * DAY, reason="family", **BY)
    assert "n’était pas fini" in refused(case, girls[0], TODAY - 4 * DAY).fields["from_date"]
    operations.admit(case=case, bed=girls[0], from_date=TODAY - 3 * DAY, **BY)


def test_a_closed_case_is_refused(girls: list[Bed], make_case: Any) -> None:
    case = make_case()
    cases.close(case=case, reason="left", closed_on=TODAY, **BY)
    with pytest.raises(cases.CaseRefused, match="clos"):
        operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    assert not Stay.objects.exists()


# --- Another bed, departure ------------------------------------------------------------------------------------


def test_another_bed_keeps_the_stay(girls: list[Bed], make_case: Any) -> None:
    case, other = make_case(), make_case()
    operations.admit(case=case, from_date=TODAY, **BY)
    operations.admit(case=other, bed=girls[0], from_date=TODAY, **BY)
    with pytest.raises(StayRefused, match="vient d’être donné"):
        operations.change_bed(case=case, bed=girls[0], **BY)
    operations.change_bed(case=case, bed=girls[2], **BY)
    assert Stay.objects.get(case=case).bed == girls[2]
    assert sentences(case)[0] == "Changement de lit : dortoir des filles, lit F-03."


def test_only_a_housed_person_changes_bed_or_leaves(girls: list[Bed], make_case: Any) -> None:
    case = make_case()
    with pytest.raises(StayRefused, match="pas hébergée"):
        operations.change_bed(case=case, bed=girls[0], **BY)
    with pytest.raises(StayRefused, match="pas hébergée"):
        operations.leave(case=case, left_on=TODAY, reason="family", **BY)


def test_a_departure_frees_the_bed_and_ends_the_presence(girls: list[Bed], make_case: Any) -> None:
    case = make_case(opened_on=TODAY - 5 * DAY)
    operations.admit(case=case, bed=girls[0], from_date=TODAY - 5 * DAY, **BY)
    operations.leave(case=case, left_on=TODAY, reason="family", **BY)
    assert not CaseFact.objects.get(case=case).housed
    presence = PresenceFact.objects.get(case=case)
    assert (presence.from_date, presence.left_on) == (TODAY - 5 * DAY, TODAY)
    assert sentences(case)[0] == "Départ du centre : Retour en famille."
    operations.admit(case=make_case(), bed=girls[0], from_date=TODAY, **BY)


def test_nobody_leaves_before_having_come(girls: list[Bed], make_case: Any) -> None:
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    with pytest.raises(StayRefused) as caught:
        operations.leave(case=case, left_on=TODAY - DAY, reason="family", **BY)
    assert "le 12 octobre 2026" in caught.value.fields["left_on"]
    assert CaseFact.objects.get(case=case).housed


def test_a_case_closes_only_after_the_departure(girls: list[Bed], make_case: Any) -> None:
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    with pytest.raises(cases.CaseRefused, match="son départ"):
        cases.close(case=case, reason="left", closed_on=TODAY, **BY)
    operations.leave(case=case, left_on=TODAY, reason="own_choice", **BY)
    cases.close(case=case, reason="left", closed_on=TODAY, **BY)


# --- Registers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "housed", "presence"),
    [
        ({"left_on": TODAY + 8 * DAY}, False, (TODAY + 8 * DAY, True)),
        ({"left_on": None}, True, (None, True)),
        ({"left_on": None, "exit_known": False}, False, (None, False)),
        ({"left_on": TODAY, "exit_known": False}, False, (TODAY, True)),
    ],
)
def test_a_stay_of_a_register_is_kept_as_it_is_told(
    make_case: Any, told: Any, housed: bool, presence: Any
) -> None:
    case = make_case()
    operations.record_past_stay(case=case, from_date=TODAY, **told, **BY)
    assert CaseFact.objects.get(case=case).housed is housed
    fact = PresenceFact.objects.get(case=case)
    assert (fact.left_on, fact.exit_known) == presence
    assert sentences(case)[0] == "Séjour repris du registre."


def test_a_register_cannot_house_somebody_twice_nor_backwards(make_case: Any) -> None:
    case = make_case()
    operations.record_past_stay(case=case, from_date=TODAY, **BY)
    with pytest.raises(StayRefused, match="déjà hébergée"):
        operations.record_past_stay(case=case, from_date=TODAY, **BY)
    with pytest.raises(StayRefused, match="avant l’admission"):
        operations.record_past_stay(case=case, from_date=TODAY, left_on=TODAY - DAY, **BY)


# --- Beds out of service ------------------------------------------------------------------------------------------


def test_an_occupied_bed_stays_in_service(girls: list[Bed], make_case: Any) -> None:
    operations.admit(case=make_case(), bed=girls[0], from_date=TODAY, **BY)
    with pytest.raises(StayRefused, match="F-01 est occupé"):
        operations.put_out_of_service(bed=girls[0], **BY)


def test_a_bed_goes_out_of_service_and_comes_back(girls: list[Bed]) -> None:
    bed = operations.put_out_of_service(bed=girls[0], **BY)
    assert bed.out_of_service
    assert not operations.return_to_service(bed=bed, **BY).out_of_service
    last = [acts.sentence(e.act, e.data) for e in journal.recent(limit=2)]
    assert last == ["Lit F-01 remis en service.", "Lit F-01 mis hors service."]
