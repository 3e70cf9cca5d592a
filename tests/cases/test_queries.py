"""What somebody sees of cases: their centre's, narrowed by filters, in a fixed number of queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.cases import operations, queries
from mafaka.cases.queries import Filters, NotFound
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
BY = {"by": SETUP, "at": NOW}
READERS = {Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER, Role.LAWYER}


# --- Who may not ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_other_roles_see_no_case(role: Role, user: Any, make_case: Any) -> None:
    case, somebody = make_case(), user(role)
    assert list(queries.visible(somebody)) == []
    assert queries.of_people([case.person_id], by=somebody) == {}
    assert queries.name_of(case, by=somebody, at=NOW) is None
    with pytest.raises(NotFound):
        queries.find(case.reference, by=somebody)


def test_another_centre_and_an_absent_number_look_the_same(binta: Any, make_case: Any) -> None:
    case = make_case()
    assert list(queries.visible(binta)) == []
    for reference in (case.reference, "ZIN-2026-9999", "", "' OR 1=1"):
        with pytest.raises(NotFound):
            queries.find(reference, by=binta)


def test_a_worker_closes_only_the_cases_they_follow(make_case: Any, amina: Any) -> None:
    case = make_case()
    with pytest.raises(NotFound):
        queries.find(case.reference, by=amina, act="cases.close")
    operations.assign(case=case, worker=amina, **BY)
    assert queries.find(case.reference, by=amina, act="cases.close") == case


def test_somebody_of_no_centre_sees_all_and_who_left_sees_nothing(
    user: Any, make_case: Any, agadez: Any, amina: Any
) -> None:
    make_case()
    make_case(agadez)
    assert queries.visible(user(Role.PROTECTION_ASSISTANT)).count() == 2
    assert queries.visible(amina).count() == 1
    amina.is_active = False
    assert queries.visible(amina).count() == 0


# --- Filters -------------------------------------------------------------------------------------------------------


@pytest.fixture
def four(make_case: Any, amina: Any) -> dict[str, Any]:
    """A girl followed by Amina, a man, a girl of 2022, a boy whose case is closed."""
    cases = {
        "girl": make_case(worker=amina),
        "man": make_case(sex="male", years=30),
        "old": make_case(opened_on=date(2022, 3, 1)),
        "boy": make_case(sex="male"),
    }
    operations.close(case=cases["boy"], reason="left", closed_on=TODAY, **BY)
    operations.note_facts(case=cases["man"], interviewed_on=TODAY)
    return cases


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"girl", "man", "old", "boy"}),
        ({"status": "open"}, {"girl", "man", "old"}),
        ({"status": "closed"}, {"boy"}),
        ({"sex": "male"}, {"man", "boy"}),
        ({"age": "child"}, {"girl", "old", "boy"}),
        ({"age": "adult"}, {"man"}),
        ({"stage": "interviewed_on"}, {"girl", "old", "boy"}),
        ({"region": "NE001"}, set()),
        ({"worker": "me"}, {"girl"}),
        ({"worker": "none"}, {"man", "old", "boy"}),
        ({"year": "2022"}, {"old"}),
        ({"year": "abc"}, {"girl", "man", "old", "boy"}),
        ({"people": ()}, set()),
        ({"sex": "male", "status": "open"}, {"man"}),
    ],
)
def test_filters_narrow_the_list(four: dict[str, Any], amina: Any, filters: Any, expected: set[str]) -> None:
    found = set(queries.narrowed(Filters(**filters), by=amina))
    assert {name for name, case in four.items() if case in found} == expected


def test_the_newest_comes_first(four: dict[str, Any], amina: Any) -> None:
    assert [case.reference for case in queries.narrowed(Filters(), by=amina)] == [
        "ZIN-2026-0003",
        "ZIN-2026-0002",
        "ZIN-2026-0001",
        "ZIN-2022-0001",
    ]


def test_reading_asks_the_database_a_fixed_number_of_times(
    make_case: Any, amina: Any, django_assert_num_queries: Any
) -> None:
    cases = [make_case(worker=amina) for _each in range(5)]
    with django_assert_num_queries(1):
        for case in queries.narrowed(Filters(), by=amina):
            assert (case.fact.sex, case.worker.display_name) == ("female", "Amina")
    with django_assert_num_queries(1):
        case = queries.find(cases[0].reference, by=amina)
        assert (case.fact.sex, case.person.sex, case.centre.code) == ("female", "female", "ZIN")
    with django_assert_num_queries(1):
        assert len(queries.of_people([case.person_id for case in cases], by=amina)) == 5
    operations.assign(case=case, worker=amina, by=amina, at=NOW)
    with django_assert_num_queries(2):
        assert len(queries.journal_lines(case, by=amina, timeline=True)) == 2


# --- The journal ----------------------------------------------------------------------------------------------------


def test_the_journal_says_acts_apart_from_openings(make_case: Any, amina: Any) -> None:
    case = make_case()
    operations.assign(case=case, worker=amina, by=amina, at=NOW)
    assert queries.name_of(case, by=amina, at=NOW).display == "Rakia Maïdabo"
    done = queries.journal_lines(case, by=amina, timeline=True)
    assert [(line.sentence, line.actor) for line in done] == [
        ("Référent·e désigné·e.", "Amina"),
        ("Dossier ouvert.", "Mafaka"),
    ]
    openings = queries.journal_lines(case, by=amina, timeline=False)
    assert [line.actor for line in openings] == ["Amina"]
    assert openings[0].sentence.startswith("Données protégées ouvertes")


def test_a_line_says_the_day_of_the_act_only_where_it_was_written_on_another(
    make_case: Any, amina: Any
) -> None:
    case = make_case(opened_on=TODAY - timedelta(days=2))
    operations.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    closed, opened = queries.journal_lines(case, by=amina, timeline=True)
    assert (closed.on, opened.on) == (None, TODAY - timedelta(days=2))
