"""The plan and the supports: kept, sealed, told once to the journal, counted in the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.cases.models import CaseFact
from mafaka.reintegration import operations, queries
from mafaka.reintegration.models import ReintegrationPlan, Support
from mafaka.reintegration.operations import ReintegrationRefused
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db

GOAL = "Reprendre l’école à Kantché et élever deux chèvres avec sa mère."
WRITTEN = "AGR petit commerce, kit"


def support(case: Any, by: Any, **changes: Any) -> list[Support]:
    given = {"kinds": ["income_generating", "kit"], "given_on": TODAY, "written": WRITTEN}
    return operations.record_support(case=case, by=by, at=NOW, **given | changes)


def test_the_register_records_several_supports_at_once_each_with_its_words(make_case, amina) -> None:
    case = make_case()
    support(case, SETUP)
    shown = queries.reintegration(case, by=amina, at=NOW)
    assert {(line.kind, line.written) for line in shown.supports} == {
        ("Activité génératrice de revenus (AGR)", WRITTEN),
        ("Kit de réintégration", WRITTEN),
    }


def test_a_support_and_not_a_plan_makes_a_person_supported(make_case, amina) -> None:
    case = make_case()
    operations.draw_plan(case=case, drawn_on=TODAY, goal=GOAL, by=amina, at=NOW)
    assert CaseFact.objects.get(case=case).reintegration_on is None
    support(case, amina)
    support(case, amina, given_on=TODAY + timedelta(days=30))
    assert CaseFact.objects.get(case=case).reintegration_on == TODAY


@pytest.mark.parametrize("kinds", [[], ["goat"], ["kit", "goat"]])
def test_an_unknown_support_is_refused_whole(make_case, amina, kinds) -> None:
    case = make_case()
    with pytest.raises(ReintegrationRefused):
        support(case, amina, kinds=kinds)
    assert not Support.objects.exists()
    assert CaseFact.objects.get(case=case).reintegration_on is None


def test_one_amount_is_never_counted_for_two_supports(make_case, amina) -> None:
    case = make_case()
    with pytest.raises(ReintegrationRefused):
        support(case, amina, amount_xof=100_000)
    support(case, amina, kinds=["kit", "kit"][:1], amount_xof=35_000)
    support(case, amina, kinds=["schooling"], amount_xof=40_000, for_whom="parents")
    assert queries.reintegration(case, by=amina, at=NOW).total == "75\u00a0000\u00a0F"


def test_the_same_kind_named_twice_is_one_support(make_case, amina) -> None:
    assert len(support(make_case(), amina, kinds=["kit", "kit"])) == 1


def test_the_database_itself_refuses_a_support_of_nothing(make_case, amina) -> None:
    support(make_case(), amina, kinds=["kit"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.update(amount_xof=0)


def test_a_case_has_one_plan_that_is_revised(make_case, amina) -> None:
    case = make_case()
    operations.draw_plan(case=case, drawn_on=TODAY, goal="Couture.", by=amina, at=NOW)
    operations.draw_plan(case=case, drawn_on=TODAY + timedelta(days=9), goal=GOAL, by=amina, at=NOW)
    shown = queries.reintegration(case, by=amina, at=NOW)
    assert (shown.goal, shown.drawn_on) == (GOAL, TODAY + timedelta(days=9))
    assert ReintegrationPlan.objects.count() == 1


def test_nobody_writes_over_a_goal_they_may_not_read(make_case, amina, moussa) -> None:
    case = make_case()
    operations.draw_plan(case=case, drawn_on=TODAY, goal=GOAL, by=amina, at=NOW)
    with pytest.raises(ReintegrationRefused):
        operations.draw_plan(case=case, drawn_on=TODAY, goal="Autre.", by=moussa, at=NOW)
    assert queries.reintegration(case, by=amina, at=NOW).goal == GOAL


def test_a_closed_case_takes_no_plan_and_no_support(make_case, amina) -> None:
    case = make_case()
    cases.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    with pytest.raises(cases.CaseRefused):
        operations.draw_plan(case=case, drawn_on=TODAY, goal=GOAL, by=amina, at=NOW)
    with pytest.raises(cases.CaseRefused):
        support(case, amina)


def test_every_write_leaves_one_entry_that_tells_no_words(make_case, amina) -> None:
    case = make_case()
    operations.draw_plan(case=case, drawn_on=TODAY, goal=GOAL, by=amina, at=NOW)
    operations.draw_plan(case=case, drawn_on=TODAY, goal=GOAL, by=amina, at=NOW)
    support(case, amina)
    entries = Entry.objects.filter(case_id=case.pk, act__startswith="reintegration.").order_by("seq")
    assert [(entry.act, entry.data) for entry in entries] == [
        ("reintegration.planned", {}),
        ("reintegration.revised", {}),
        ("reintegration.supported", {"support": "income_generating"}),
        ("reintegration.supported", {"support": "kit"}),
    ]


def test_no_plain_text_lies_in_the_sealed_columns(make_case, amina) -> None:
    case = make_case()
    operations.draw_plan(case=case, drawn_on=TODAY, goal=GOAL, by=amina, at=NOW)
    support(case, amina, kinds=["kit"])
    for model, secret in ((ReintegrationPlan, "Reprendre"), (Support, "petit commerce")):
        (row,) = model.objects.values()
        assert row["sealed"]
        assert secret.encode() not in bytes(row["sealed"])


def test_the_panel_opens_nothing_and_is_for_those_allowed(make_case, amina, binta, user) -> None:
    case = make_case()
    assert queries.panel(case, by=amina, at=NOW) is None
    support(case, amina)
    before = Entry.objects.count()
    assert len(queries.panel(case, by=amina, at=NOW).supports) == 2
    assert Entry.objects.count() == before
    for other in (binta, user(Role.LAWYER), user(Role.GUARD)):
        assert queries.panel(case, by=other, at=NOW) is None
