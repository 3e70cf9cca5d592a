"""What waits for a first step: each open case once, at the first stage that it has not passed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.cases import operations, queries
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
MONTH_AGO = TODAY - timedelta(days=30)
STAGES = ("registered_on", "interviewed_on", "planned_on", "assisted_on")


def pass_stages(case: Any, number: int) -> None:
    operations.note_facts(case=case, **dict.fromkeys(STAGES[:number], TODAY))


def test_nothing_waits_for_who_may_see_no_case(user: Any, make_case: Any) -> None:
    make_case()
    assert queries.waiting(by=user(Role.DONOR), since=MONTH_AGO) == []


def test_a_case_of_another_centre_does_not_wait_here(binta: Any, make_case: Any) -> None:
    make_case()
    assert queries.waiting(by=binta, since=MONTH_AGO) == []


def test_each_open_case_waits_once_at_the_first_stage_it_has_not_passed(amina: Any, make_case: Any) -> None:
    cases = [make_case(names=None) for _stage in range(5)]
    for number, case in enumerate(cases):
        type(case.fact).objects.filter(case=case).update(**dict.fromkeys(STAGES))
        pass_stages(case, number)
    operations.close(case=make_case(), reason="lost", closed_on=TODAY, by=SETUP, at=NOW)
    found = queries.waiting(by=amina, since=MONTH_AGO)
    assert [each.stage for each in found] == list(STAGES)
    assert [[case.reference for case in each.oldest] for each in found] == [
        [case.reference] for case in cases[:4]
    ]
    assert [each.count for each in found] == [1, 1, 1, 1]


def test_those_that_wait_longest_come_first_and_only_some_are_named(amina: Any, make_case: Any) -> None:
    cases = [make_case() for _each in range(4)]
    for days, case in enumerate(cases):
        type(case.fact).objects.filter(case=case).update(**dict.fromkeys(STAGES))
        type(case).objects.filter(pk=case.pk).update(opened_on=TODAY - timedelta(days=days))
    [found] = queries.waiting(by=amina, since=MONTH_AGO, shown=2)
    assert found.count == 4
    assert [case.reference for case in found.oldest] == [cases[3].reference, cases[2].reference]


def test_the_number_of_queries_does_not_grow(
    amina: Any, make_case: Any, django_assert_max_num_queries: Any
) -> None:
    for _each in range(3):
        type(make_case().fact).objects.update(**dict.fromkeys(STAGES))
    with django_assert_max_num_queries(5):
        queries.waiting(by=amina, since=MONTH_AGO)


def test_an_old_register_does_not_bury_the_work_of_today(amina: Any, make_case: Any) -> None:
    old, new = make_case(opened_on=TODAY - timedelta(days=400)), make_case()
    for case in (old, new):
        type(case.fact).objects.filter(case=case).update(**dict.fromkeys(STAGES))
    [found] = queries.waiting(by=amina, since=MONTH_AGO)
    assert [case.reference for case in found.oldest] == [new.reference]
