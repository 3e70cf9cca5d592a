"""Reading assessments: each sees what is theirs, each opening leaves its entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mafaka.accounts.roles import Role
from mafaka.assessments import operations, queries
from mafaka.assessments.models import Interview
from mafaka.audit.models import Entry
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
CANARY = "On lui prenait l’argent le soir à Tamanrasset"
EARLIER = TODAY - timedelta(days=30)


def interview(case: Any, by: Any, **changed: Any) -> Interview:
    answers = {"held_on": TODAY, "language": "ha", "interviewer": by, "narrative": CANARY, **changed}
    return operations.record_interview(case=case, by=by, at=NOW, **answers)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in ("social_worker", "protection_assistant")]
)
def test_interviews_and_forms_are_read_by_those_who_hold_them_alone(
    make_case: Callable[..., Any], amina: Any, user: Callable[..., Any], role: Role
) -> None:
    case = make_case()
    interview(case, amina, forms_told=["forced_begging"])
    before = Entry.objects.count()
    other = user(role)
    assert queries.interviews(case, by=other, at=NOW) == []
    assert queries.form_labels(case, by=other) == []
    assert Entry.objects.count() == before


def test_another_centre_reads_nothing(make_case: Callable[..., Any], amina: Any, binta: Any) -> None:
    case = make_case()
    interview(case, amina)
    (need,) = operations.identify_needs(case=case, needs=["food"], on=TODAY, by=amina, at=NOW)
    assert queries.interviews(case, by=binta, at=NOW) == []
    assert queries.needs(case, by=binta, at=NOW) == []
    assert queries.open_need(case, "food", by=binta) is None
    with pytest.raises(queries.NotFound):
        queries.need(case, need.pk, by=binta)


def test_reading_interviews_opens_them_with_one_entry(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case(opened_on=EARLIER)
    interview(case, amina, held_on=EARLIER, narrative="premier")
    interview(case, amina, narrative="second", remarks="calme")
    before = Entry.objects.count()
    read = queries.interviews(case, by=amina, at=NOW)
    assert [(each.narrative, each.remarks) for each in read] == [("second", "calme"), ("premier", "")]
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.data["compartments"]) == ("vault.opened", ["psychosocial"])


def test_the_rule_looks_at_the_age_on_arrival(make_case: Callable[..., Any], amina: Any) -> None:
    child, adult = make_case(years=16), make_case(years=30)
    unknown = make_case(years=40)
    unknown.person.birth_latest = None
    counted = [queries.counts_as_child(case, by=amina) for case in (child, adult, unknown)]
    assert counted == [True, False, True]


def test_someone_who_comes_of_age_at_the_centre_keeps_the_rule_of_a_child(
    make_case: Callable[..., Any], amina: Any
) -> None:
    case = make_case(years=17, opened_on=TODAY - timedelta(days=500))
    assert queries.counts_as_child(case, by=amina)


def test_open_needs_come_first_and_the_most_urgent_before(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    for kind, urgency in (("food", "low"), ("medical", "high"), ("legal", "medium"), ("clothing", "high")):
        operations.identify_needs(case=case, needs=[kind], urgency=urgency, on=TODAY, by=amina, at=NOW)
    operations.meet_need(need=queries.open_need(case, "clothing", by=amina), met_on=TODAY, by=amina, at=NOW)
    assert [line.code for line in queries.needs(case, by=amina, at=NOW)] == [
        "medical",
        "legal",
        "food",
        "clothing",
    ]


def test_the_manager_sees_needs_but_not_their_notes(
    make_case: Callable[..., Any], amina: Any, moussa: Any
) -> None:
    case = make_case()
    operations.identify_needs(case=case, needs=["psychosocial"], on=TODAY, note=CANARY, by=amina, at=NOW)
    (seen,) = queries.needs(case, by=moussa, at=NOW)
    assert (seen.note, seen.reserved) == ("", True)
    (read,) = queries.needs(case, by=amina, at=NOW)
    assert (read.note, read.reserved) == (CANARY, False)


def test_reading_takes_the_same_queries_whatever_there_is(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    kinds = iter([code for code, _label in queries.NEED_KINDS])
    counts = []
    for more in (1, 1, 4):  # the first warms the keys up
        for _each in range(more):
            interview(case, amina, forms_told=["other"])
            operations.identify_needs(case=case, needs=[next(kinds)], on=TODAY, note="x", by=amina, at=NOW)
        with CaptureQueriesContext(connection) as run:
            queries.interviews(case, by=amina, at=NOW)
            queries.needs(case, by=amina, at=NOW)
            queries.form_labels(case, by=amina)
        counts.append(len(run))
    assert counts[1] == counts[2]
