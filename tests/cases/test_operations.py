"""Cases: numbers, facts, consent, closing; what is refused, and what the database refuses by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mafaka.accounts.roles import Role
from mafaka.audit import acts, journal
from mafaka.cases import operations
from mafaka.cases.models import Case, CaseFact, Consent, PresenceFact
from mafaka.cases.operations import CaseRefused, ConsentMissing
from mafaka.people import operations as people
from mafaka.people.ages import from_age
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
BY = {"by": SETUP, "at": NOW}
DAY = timedelta(days=1)


def fact(case: Case) -> CaseFact:
    return CaseFact.objects.get(case=case)


def last_sentence(case: Case) -> str:
    entry = journal.of_case(case.pk, timeline=True)[0]
    return acts.sentence(entry.act, entry.data)


def consent(
    case: Case, *, agreed: bool = True, given_on: date = TODAY, until: date | None = None, note: str = ""
) -> Any:
    return operations.note_consent(
        case=case, purpose="tracing", agreed=agreed, giver="person", mode="oral", language="ha",
        given_on=given_on, until=until, note=note, **BY,
    )  # fmt: skip


# --- Numbers -------------------------------------------------------------------------------------------------------


def test_numbers_follow_one_another_in_each_centre_and_year(make_case: Any, agadez: Any) -> None:
    asked = [(None, TODAY), (None, TODAY), (agadez, TODAY), (None, date(2022, 3, 1)), (None, TODAY)]
    given = [make_case(centre, opened_on=day).reference for centre, day in asked]
    assert given == ["ZIN-2026-0001", "ZIN-2026-0002", "AGZ-2026-0001", "ZIN-2022-0001", "ZIN-2026-0003"]


@transaction.atomic
def opened_and_given_up(make_case: Any) -> None:
    make_case()
    raise RuntimeError


def test_a_number_that_was_given_up_is_given_again(make_case: Any) -> None:
    with pytest.raises(RuntimeError):
        opened_and_given_up(make_case)
    assert make_case().reference == "ZIN-2026-0001"


# --- The database has the last word ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"status": "closed"},  # closed without a day
        {"status": "closed", "closed_on": TODAY - DAY},  # closed before it was opened
        {"closed_on": TODAY},  # open with a day of closure
        {"reference": "ZIN-2026-0001"},  # the number of another
    ],
)
def test_the_database_itself_refuses_an_impossible_case(make_case: Any, change: dict[str, Any]) -> None:
    make_case()
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


def test_the_database_itself_refuses_two_answers_in_force_for_one_purpose(make_case: Any) -> None:
    case = make_case()
    consent(case)
    told = {"giver": "person", "mode": "oral", "language": "ha", "given_on": TODAY, "created_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(case=case, purpose="tracing", agreed=False, **told)


# --- Facts ---------------------------------------------------------------------------------------------------------


def test_facts_begin_with_the_person_and_name_nobody(make_case: Any) -> None:
    case = make_case()
    known = fact(case)
    assert (known.sex, known.nationality, known.region, known.is_child_at_arrival) == (
        "female",
        "NE",
        "NE007",
        True,
    )
    assert "Rakia" not in str(known.__dict__)


def test_age_is_taken_at_the_arrival(make_case: Any) -> None:
    case = make_case(years=17)
    assert fact(case).is_child_at_arrival is True
    operations.note_facts(case=case, arrived_on=TODAY)
    later = make_case(years=17, opened_on=TODAY)
    CaseFact.objects.filter(case=later).update(arrived_on=None)
    operations.note_facts(case=later, arrived_on=TODAY.replace(year=2028))
    assert fact(later).is_child_at_arrival is False


def test_a_stage_keeps_its_first_day_and_closing_its_last(make_case: Any) -> None:
    case = make_case()
    for day in (TODAY, TODAY + DAY, TODAY - DAY, TODAY):
        operations.note_facts(case=case, interviewed_on=day, closed_on=day)
    assert (fact(case).interviewed_on, fact(case).closed_on) == (TODAY - DAY, TODAY)


def test_a_corrected_person_moves_all_their_cases(make_case: Any, agadez: Any) -> None:
    case = make_case()
    other = operations.open_case(person=case.person, centre=agadez, opened_on=TODAY, **BY)
    operations.note_facts(case=other, arrived_on=TODAY)
    operations.note_presence(case=case, from_date=TODAY, left_on=None, at=NOW)
    people.correct(person=case.person, sex="male", birth=from_age(months=360, on=TODAY), region="", **BY)
    operations.note_person(person=case.person)
    for each in (case, other):
        known = fact(each)
        assert (known.sex, known.region, known.is_child_at_arrival) == ("male", "", False)
    assert PresenceFact.objects.get().birth_latest == case.person.birth_latest


def test_a_span_of_presence_is_replaced_and_not_repeated(make_case: Any) -> None:
    case = make_case()
    operations.note_presence(case=case, from_date=TODAY, left_on=None, at=NOW)
    operations.note_presence(case=case, from_date=TODAY, left_on=TODAY + DAY, at=NOW)
    operations.note_presence(case=case, from_date=TODAY + 2 * DAY, left_on=None, exit_known=False, at=NOW)
    spans = PresenceFact.objects.order_by("from_date").values_list("from_date", "left_on", "exit_known")
    assert list(spans) == [(TODAY, TODAY + DAY, True), (TODAY + 2 * DAY, None, False)]


def test_a_span_of_presence_knows_whose_it_is_without_the_case(make_case: Any, agadez: Any) -> None:
    case = make_case()
    again = operations.open_case(person=case.person, centre=agadez, opened_on=TODAY, **BY)
    stranger = make_case()
    for each in (case, again, stranger):
        operations.note_presence(case=each, from_date=TODAY, left_on=None, at=NOW)
    spans = PresenceFact.objects.values_list("case_id", "person_id")
    assert dict(spans) == {each.pk: fact(each).person_id for each in (case, again, stranger)}
    assert fact(again).person_id == fact(case).person_id == case.person_id


# --- The person responsible ------------------------------------------------------------------------------------------


def test_only_who_may_follow_cases_of_the_centre_is_made_responsible(
    make_case: Any, amina: Any, binta: Any, user: Any
) -> None:
    case = make_case()
    for nobody in (binta, user(Role.GUARD), user(Role.MANAGER), user(Role.DPO)):
        with pytest.raises(CaseRefused, match="ne peut pas suivre"):
            operations.assign(case=case, worker=nobody, **BY)
    for somebody in (amina, user(Role.PROTECTION_ASSISTANT)):
        assert operations.assign(case=case, worker=somebody, **BY).worker == somebody


# --- Consent -------------------------------------------------------------------------------------------------------


def test_without_consent_nothing_that_needs_it_is_done(make_case: Any) -> None:
    with pytest.raises(ConsentMissing, match="Recherche de la famille"):
        operations.require_consent(case=make_case(), purpose="tracing", on=TODAY)


@pytest.mark.parametrize(
    ("told", "on", "enough"),
    [
        ({}, TODAY, True),
        ({"agreed": False}, TODAY, False),
        ({"given_on": TODAY + DAY}, TODAY, False),
        ({"until": TODAY + DAY}, TODAY + DAY, True),
        ({"until": TODAY + DAY}, TODAY + 2 * DAY, False),
    ],
)
def test_consent_counts_from_its_day_to_its_end(make_case: Any, told: Any, on: date, enough: bool) -> None:
    case = make_case()
    consent(case, **told)
    if enough:
        operations.require_consent(case=case, purpose="tracing", on=on)
        return
    with pytest.raises(ConsentMissing):
        operations.require_consent(case=case, purpose="tracing", on=on)


def test_agreeing_to_one_purpose_is_not_agreeing_to_another(make_case: Any) -> None:
    case, other = make_case(), make_case()
    consent(case)
    for asked, purpose in ((case, "media"), (other, "tracing")):
        with pytest.raises(ConsentMissing):
            operations.require_consent(case=asked, purpose=purpose, on=TODAY)


def test_a_new_answer_ends_the_one_before(make_case: Any) -> None:
    case = make_case()
    consent(case)
    consent(case, agreed=False)
    assert list(Consent.objects.filter(withdrawn_on__isnull=True).values_list("agreed", flat=True)) == [False]
    assert last_sentence(case) == "Consentement noté\u00a0: Recherche de la famille, refus."


def test_a_withdrawn_consent_counts_no_more(make_case: Any) -> None:
    case = make_case()
    with pytest.raises(CaseRefused, match="pas d’accord en cours"):
        operations.withdraw_consent(case=case, purpose="tracing", on=TODAY, **BY)
    consent(case)
    operations.withdraw_consent(case=case, purpose="tracing", on=TODAY, **BY)
    with pytest.raises(ConsentMissing):
        operations.require_consent(case=case, purpose="tracing", on=TODAY)


@pytest.mark.parametrize("purpose", ["", "nothing", "a\0b"])
def test_a_purpose_that_is_none_cannot_be_withdrawn(make_case: Any, purpose: str) -> None:
    with pytest.raises(CaseRefused, match="pas d’accord en cours"):
        operations.withdraw_consent(case=make_case(), purpose=purpose, on=TODAY, **BY)


def test_a_consent_ends_after_it_began_and_in_an_open_case(make_case: Any) -> None:
    case = make_case()
    with pytest.raises(CaseRefused) as caught:
        consent(case, until=TODAY)
    assert "until" in caught.value.fields
    operations.close(case=case, reason="left", closed_on=TODAY, **BY)
    with pytest.raises(CaseRefused, match="clos"):
        consent(case)


def test_the_remark_of_a_consent_is_sealed(make_case: Any) -> None:
    assert b"oncle" not in bytes(consent(make_case(), note="Elle a peur de son oncle").sealed)


# --- Closing -------------------------------------------------------------------------------------------------------


def test_a_case_closes_and_opens_again(make_case: Any) -> None:
    case = make_case()
    with pytest.raises(CaseRefused, match="déjà ouvert"):
        operations.reopen(case=case, **BY)
    operations.close(case=case, reason="reunified", closed_on=TODAY, **BY)
    assert (fact(case).closed_on, case.status) == (TODAY, "closed")
    assert last_sentence(case).startswith("Dossier clos\u00a0: Réunie avec sa famille")
    with pytest.raises(CaseRefused, match="clos"):
        operations.close(case=case, reason="left", closed_on=TODAY, **BY)
    operations.reopen(case=case, **BY)
    assert (fact(case).closed_on, case.status, case.closing_reason) == (None, "open", "")


def test_of_two_hands_that_close_a_case_one_is_refused_and_so_with_reopening(make_case: Any) -> None:
    mine = make_case()
    yours = type(mine).objects.get(pk=mine.pk)
    operations.close(case=mine, reason="reunified", closed_on=TODAY, **BY)
    with pytest.raises(CaseRefused, match="clos"):
        operations.close(case=yours, reason="left", closed_on=TODAY, **BY)
    late = type(mine).objects.get(pk=mine.pk)
    operations.reopen(case=mine, **BY)
    with pytest.raises(CaseRefused, match="déjà ouvert"):
        operations.reopen(case=late, **BY)


def test_a_case_does_not_close_before_it_opened_nor_while_somebody_is_housed(make_case: Any) -> None:
    case = make_case()
    with pytest.raises(CaseRefused) as caught:
        operations.close(case=case, reason="left", closed_on=TODAY - DAY, **BY)
    assert "closed_on" in caught.value.fields
    operations.note_facts(case=case, housed=True)
    with pytest.raises(CaseRefused, match="hébergée"):
        operations.close(case=case, reason="left", closed_on=TODAY, **BY)


# --- Showing a name --------------------------------------------------------------------------------------------------


def test_asking_for_a_name_is_recorded_and_its_reason_sealed(make_case: Any, amina: Any) -> None:
    case = make_case()
    operations.reveal_name(case=case, purpose="other", detail="Appel de sa tante", by=amina, at=NOW)
    entry = journal.of_case(case.pk, timeline=False)[0]
    assert acts.sentence(entry.act, entry.data) == "Nom affiché\u00a0: Autre motif, à préciser."
    assert entry.actor == str(amina.pk)
    assert entry.sealed
    assert b"tante" not in bytes(entry.sealed)
