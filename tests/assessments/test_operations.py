"""Interviews, reported forms and needs: what is kept, sealed, told to the figures and the journal; what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from mafaka.assessments import operations
from mafaka.assessments.models import Interview, Need, ReportedForm
from mafaka.audit import acts
from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.cases.operations import CaseRefused
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
CANARY = "On lui prenait l’argent le soir à Tamanrasset"
EARLIER = TODAY - timedelta(days=30)


def interview(case: Any, by: Any, **changed: Any) -> Interview:
    answers: dict[str, Any] = {
        "held_on": TODAY,
        "language": "ha",
        "interviewer": by,
        "acts": ["transportation"],
        "purposes": ["begging"],
        "status": "possible",
        "narrative": CANARY,
    }
    return operations.record_interview(case=case, by=by, at=NOW, **{**answers, **changed})


def last_entry() -> Entry:
    return Entry.objects.latest("seq")


@pytest.fixture
def closed_case(make_case: Callable[..., Any], moussa: Any) -> Any:
    return cases.close(case=make_case(), reason="left", closed_on=TODAY, by=moussa, at=NOW)


def test_the_account_is_not_in_the_raw_columns(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    interview(case, amina, remarks=CANARY)
    operations.report_forms(case=case, forms=[("forced_begging", CANARY)], by=amina, at=NOW)
    operations.identify_needs(case=case, needs=["medical"], on=TODAY, note=CANARY, by=amina, at=NOW)
    for model in (Interview, ReportedForm, Need):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            row = cursor.fetchone()
        assert "Tamanrasset" not in repr(row)
        assert all(b"Tamanrasset" not in bytes(v) for v in row if isinstance(v, (bytes, memoryview)))


def test_an_interview_notes_its_facts_and_one_entry(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    before = Entry.objects.count()
    held = interview(case, amina, forms_told=["forced_begging", "forced_labour"])
    case.fact.refresh_from_db()
    assert (case.fact.interviewed_on, case.fact.trafficking_status) == (TODAY, "possible")
    assert case.fact.forms == ["forced_begging", "forced_labour"]
    assert Entry.objects.count() == before + 1
    entry = last_entry()
    assert (entry.act, entry.object_id, entry.case_id) == ("assessments.interviewed", str(held.pk), case.pk)
    assert acts.sentence(entry.act, entry.data) == "Entretien d’identification tenu."


def test_the_last_conclusion_stands_whatever_is_typed_in_last(
    make_case: Callable[..., Any], amina: Any
) -> None:
    case = make_case(opened_on=EARLIER)
    interview(case, amina, held_on=TODAY - timedelta(days=2), status="actual")
    interview(case, amina, held_on=TODAY - timedelta(days=9), status="not")
    interview(case, amina, status="")
    case.fact.refresh_from_db()
    assert case.fact.trafficking_status == "actual"
    assert case.fact.interviewed_on == TODAY - timedelta(days=9)


def test_a_form_told_again_is_kept_once_for_the_interview(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    operations.report_forms(case=case, forms=[("forced_begging", "mendicité")], by=amina, at=NOW)
    interview(case, amina, forms_told=["forced_begging"])
    assert ReportedForm.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"held_on": TODAY - timedelta(days=1)}, "held_on"),
        ({"acts": ["kidnap"]}, "acts"),
        ({"means": ["begging"]}, "means"),
        ({"purposes": [""]}, "purposes"),
        ({"status": "victim"}, "status"),
        ({"forms_told": ["begging"]}, "forms_told"),
    ],
)
def test_an_impossible_interview_is_refused_and_leaves_nothing(
    make_case: Callable[..., Any], amina: Any, changed: dict[str, Any], field: str
) -> None:
    case = make_case()
    before = Entry.objects.count()
    with pytest.raises(operations.AssessmentRefused) as refused:
        interview(case, amina, **changed)
    assert field in refused.value.fields
    case.fact.refresh_from_db()
    assert (Interview.objects.count(), ReportedForm.objects.count()) == (0, 0)
    assert Entry.objects.count() == before
    assert case.fact.interviewed_on is None


def test_a_closed_case_takes_no_interview_no_form_no_need(closed_case: Any, amina: Any) -> None:
    with pytest.raises(CaseRefused):
        interview(closed_case, amina)
    with pytest.raises(CaseRefused):
        operations.report_forms(case=closed_case, forms=[("other", "")], by=amina, at=NOW)
    with pytest.raises(CaseRefused):
        operations.identify_needs(case=closed_case, needs=["medical"], on=TODAY, by=amina, at=NOW)


def test_reported_forms_make_sorted_distinct_facts(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    written = [
        ("forced_labour", "travaux forcés"),
        ("forced_begging", "mendicité"),
        ("forced_begging", "quête"),
    ]
    operations.report_forms(case=case, forms=written, by=amina, at=NOW)
    assert last_entry().data == {"forms": ["forced_begging", "forced_labour"]}
    operations.report_forms(case=case, forms=[("domestic_servitude", "")], by=amina, at=NOW)
    case.fact.refresh_from_db()
    assert case.fact.forms == ["domestic_servitude", "forced_begging", "forced_labour"]
    assert ReportedForm.objects.count() == 4


def test_no_form_writes_no_entry(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    before = Entry.objects.count()
    assert operations.report_forms(case=case, forms=[], by=amina, at=NOW) == []
    assert Entry.objects.count() == before


def test_needs_are_noted_once_while_they_are_open(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    first = operations.identify_needs(case=case, needs=["medical", "food"], on=TODAY, by=amina, at=NOW)
    entry = last_entry()
    assert entry.data == {"needs": ["medical", "food"], "count": 2}
    assert acts.sentence(entry.act, entry.data) == "Besoins constatés\u00a0: 2."
    again = operations.identify_needs(case=case, needs=["food", "medical"], on=TODAY, by=amina, at=NOW)
    assert ([need.kind for need in first], again) == (["medical", "food"], [])
    assert last_entry() == entry


def test_the_database_refuses_a_second_open_need(make_case: Callable[..., Any]) -> None:
    need = {"case": make_case(), "kind": "legal", "urgency": "low", "identified_on": TODAY, "created_at": NOW}
    Need.objects.create(**need)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.create(**need)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"needs": ["hospital"]}, "kind"),
        ({"urgency": "now"}, "urgency"),
        ({"on": TODAY - timedelta(days=1)}, "on"),
    ],
)
def test_an_impossible_need_is_refused(
    make_case: Callable[..., Any], amina: Any, changed: dict[str, Any], field: str
) -> None:
    seen = {"needs": ["medical"], "on": TODAY, **changed}
    with pytest.raises(operations.AssessmentRefused) as refused:
        operations.identify_needs(case=make_case(), by=amina, at=NOW, **seen)
    assert field in refused.value.fields
    assert not Need.objects.exists()


def test_a_need_is_met_once_and_may_come_again(make_case: Callable[..., Any], amina: Any) -> None:
    case = make_case()
    (need,) = operations.identify_needs(case=case, needs=["clothing"], on=TODAY, by=amina, at=NOW)
    operations.meet_need(need=need, met_on=TODAY, by=amina, at=NOW)
    entry = last_entry()
    assert acts.sentence(entry.act, entry.data) == "Besoin comblé\u00a0: Vêtements."
    with pytest.raises(operations.AssessmentRefused):
        operations.meet_need(need=need, met_on=TODAY, by=amina, at=NOW)
    assert len(operations.identify_needs(case=case, needs=["clothing"], on=TODAY, by=amina, at=NOW)) == 1


def test_a_need_is_not_met_before_it_was_seen(make_case: Callable[..., Any], amina: Any) -> None:
    (need,) = operations.identify_needs(case=make_case(), needs=["food"], on=TODAY, by=amina, at=NOW)
    with pytest.raises(operations.AssessmentRefused) as refused:
        operations.meet_need(need=need, met_on=TODAY - timedelta(days=1), by=amina, at=NOW)
    assert "met_on" in refused.value.fields
    need.refresh_from_db()
    assert need.met_on is None
