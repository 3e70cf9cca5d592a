"""The figures of a year: who may have them, whom they count, and what moves them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mafaka.accounts.roles import Role
from mafaka.audit.journal import System
from mafaka.cases import operations as cases
from mafaka.people import operations as people
from mafaka.people.ages import Birth
from mafaka.reports import queries
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db

YEAR = 2026


def report(by: Any, year: int = YEAR, **asked: Any) -> queries.Figures:
    return queries.figures(year=year, by=by, at=NOW, **asked)


def values(by: Any, year: int = YEAR, **asked: Any) -> dict[str, int]:
    return {code: each.value for code, each in report(by, year, **asked).numbers.items()}


def table(by: Any, code: str, year: int = YEAR) -> dict[str, int]:
    found = next(each for each in report(by, year).tables if each.code == code)
    return {line.code: line.value for line in found.lines if line.value}


def everything(by: Any, year: int = YEAR, **asked: Any) -> list[tuple[str, int]]:
    """Return each figure with its code, those of the tables too."""
    found = report(by, year, **asked)
    return [
        *((code, each.value) for code, each in found.numbers.items()),
        *((line.code, line.value) for each in found.tables for line in each.lines),
        ("present", found.shares[1].everyone),
        ("present_children", found.shares[1].children),
    ]


def listed(by: Any, code: str, year: int = YEAR, **asked: Any) -> list[queries.Line]:
    """Return all lines behind a figure, page after page."""
    first = queries.listing(year=year, code=code, by=by, at=NOW, **asked)
    lines = list(first.page)
    for number in range(2, first.page.paginator.num_pages + 1):
        lines += queries.listing(year=year, code=code, page=number, by=by, at=NOW, **asked).page
    return lines


def again(case: Any, on: date) -> Any:
    """Let the person of a case arrive a second time."""
    second = cases.open_case(person=case.person, centre=case.centre, opened_on=on, by=SETUP, at=NOW)
    cases.note_facts(case=second, arrived_on=on)
    return second


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.GUARD, Role.DONOR, Role.POLICE, Role.LAWYER])
def test_nobody_counts_whose_role_has_no_figures(role: Role, user: Any, make_case: Any) -> None:
    make_case()
    assert not any(value for _code, value in everything(user(role)))


def test_a_manager_counts_their_own_centre_only(user: Any, moussa: Any, agadez: Any, make_case: Any) -> None:
    make_case()
    make_case(agadez, sex="male")
    assert values(moussa)["total"] == values(moussa)["female"] == 1
    assert values(user(Role.MANAGER, agadez))["male"] == 1
    assert values(moussa, centre=agadez)["total"] == 0


def test_a_statistician_of_the_agency_counts_all_centres_or_one(
    user: Any, agadez: Any, make_case: Any
) -> None:
    make_case()
    make_case(agadez)
    statistician = user(Role.STATISTICIAN)
    assert values(statistician)["total"] == 2
    assert values(statistician, centre=agadez)["total"] == 1
    assert report(statistician).centre == "Tous les centres"
    assert report(statistician, centre=agadez).centre == agadez.name


def test_who_has_no_lists_gets_empty_ones(user: Any, make_case: Any) -> None:
    make_case()
    assert listed(user(Role.STATISTICIAN), "total") == []


def test_boys_girls_men_women_and_unknown_make_the_total(moussa: Any, make_case: Any) -> None:
    for sex in ("male", "female", "unknown"):
        for years in (9, 17, 18, 40):
            make_case(sex=sex, years=years)
    ageless = make_case(sex="male")
    people.correct(person=ageless.person, by=SETUP, at=NOW, birth_earliest=None, birth_latest=None)
    cases.note_person(person=ageless.person)
    found = values(moussa)
    assert found["total"] == 13
    assert sum(found[code] for code in ("boys", "girls", "men", "women", "unknown")) == 13
    assert (found["male"], found["female"], found["unknown_sex"], found["unknown_age"]) == (5, 4, 4, 1)
    assert (found["boys"], found["girls"], found["men"], found["women"]) == (2, 2, 2, 2)
    assert (found["children"], found["unknown"]) == (6, 5)
    assert "1 personne d’âge inconnu" in report(moussa).shares[0].base


def test_changing_one_persons_sex_moves_the_figures(moussa: Any, make_case: Any) -> None:
    make_case()
    girl = make_case()
    before = values(moussa)
    assert "parmi lesquelles 2 filles" in report(moussa).sentence
    people.correct(person=girl.person, sex="male", by=SETUP, at=NOW)
    cases.note_person(person=girl.person)
    after = values(moussa)
    assert (before["girls"], before["boys"], after["girls"], after["boys"]) == (2, 0, 1, 1)
    assert "1 garçon et 1 fille" in report(moussa).sentence


@pytest.mark.parametrize(("day", "counted"), [(date(2025, 1, 1), 1), (date(2025, 12, 31), 1)])
def test_the_first_and_the_last_day_belong_to_the_year(
    day: date, counted: int, moussa: Any, make_case: Any
) -> None:
    make_case(opened_on=day)
    assert [values(moussa, year)["total"] for year in (2024, 2025, 2026)] == [0, counted, 0]


def test_who_arrived_twice_is_one_person_as_at_the_first_arrival(moussa: Any, make_case: Any) -> None:
    case = make_case(sex="male", opened_on=date(2025, 2, 3))
    birth = Birth(date(2007, 4, 1), date(2007, 4, 1))
    people.correct(person=case.person, birth=birth, by=SETUP, at=NOW)
    cases.note_person(person=case.person)
    second = again(case, date(2025, 6, 1))
    cases.note_facts(case=second, reintegration_on=date(2025, 9, 1), forms=["forced_labour"])
    cases.note_facts(case=case, forms=["forced_begging"])
    found = values(moussa, 2025)
    assert (found["total"], found["boys"], found["men"], found["reintegrated"]) == (1, 1, 0, 1)
    assert table(moussa, "month", 2025) == {"month-02": 1}
    assert table(moussa, "form", 2025) == {"form-forced_begging": 1, "form-forced_labour": 1}
    assert [line.references for line in listed(moussa, "reintegrated", 2025)] == [[second.reference]]


def test_of_several_arrivals_only_the_first_of_each_person_counts(moussa: Any, make_case: Any) -> None:
    restless, hurried = make_case(opened_on=date(2025, 8, 1)), make_case(opened_on=date(2025, 5, 1))
    make_case(opened_on=date(2025, 12, 1))
    for day in (date(2025, 3, 1), date(2025, 11, 1), date(2024, 2, 1), date(2026, 2, 1)):
        again(restless, day)
    again(hurried, date(2025, 5, 1))
    assert table(moussa, "month", 2025) == {"month-03": 1, "month-05": 1, "month-12": 1}
    assert [len(listed(moussa, code, 2025)) for code in ("total", "month-03", "month-08")] == [3, 1, 0]
    assert table(moussa, "month", 2024) == {"month-02": 1}


def test_support_counts_for_the_year_of_the_arrival(moussa: Any, make_case: Any) -> None:
    helped, _other = make_case(opened_on=date(2025, 12, 1)), make_case(opened_on=date(2025, 12, 1))
    cases.note_facts(case=helped, reintegration_on=date(2026, 2, 1))
    assert values(moussa, 2025)["reintegrated"] == 1
    assert values(moussa, 2026)["reintegrated"] == 0


def test_who_has_no_form_in_any_case_has_no_form(moussa: Any, make_case: Any) -> None:
    first = make_case(opened_on=date(2026, 1, 5))
    cases.note_facts(case=again(first, date(2026, 3, 1)), forms=["slavery"])
    make_case()
    assert table(moussa, "form") == {"form-slavery": 1, "form-none": 1}


def test_ages_stop_and_start_on_birthdays(moussa: Any, make_case: Any) -> None:
    on = date(2025, 3, 10)
    for years, days in ((5, 0), (5, 1), (15, 0), (15, 1), (18, 0), (18, 1), (25, 0), (25, 1), (0, -5)):
        case = make_case(opened_on=on)
        born = on.replace(year=on.year - years) + timedelta(days=days)
        people.correct(person=case.person, birth=Birth(born, born), by=SETUP, at=NOW)
        cases.note_person(person=case.person)
    assert table(moussa, "age", 2025) == {
        "age-0-4": 2, "age-5-9": 1, "age-10-14": 1, "age-15-17": 2, "age-18-24": 2, "age-25": 1,
    }  # fmt: skip


def test_regions_countries_and_who_brought_them_are_said_in_words(moussa: Any, make_case: Any) -> None:
    cases.note_facts(case=make_case(), returned_from="DZ", brought_by="police", region="NE007")
    cases.note_facts(case=make_case(), returned_from="XK", brought_by="", region="")
    labels = {table.code: [line.label for line in table.lines] for table in report(moussa).tables}
    assert labels["region"] == ["Zinder", "Région inconnue"]
    assert labels["country"] == ["Algérie", "XK"]
    assert labels["brought"] == ["Police", "Non précisé"]


def test_breakdowns_by_one_thing_make_the_total(moussa: Any, make_case: Any) -> None:
    for number in range(7):
        case = make_case(years=3 + 5 * number, opened_on=date(2026, 1 + number, 2))
        cases.note_facts(case=case, region=["NE001", "NE007", ""][number % 3], brought_by="iom")
    again(case, date(2026, 9, 1))
    for each in report(moussa).tables:
        if each.code != "form":
            assert sum(line.value for line in each.lines) == 7, each.code


def test_every_figure_is_the_number_of_people_in_its_list(moussa: Any, make_case: Any) -> None:
    for number in range(55):
        case = make_case(
            sex=["male", "female", "unknown"][number % 3],
            years=number % 30,
            opened_on=date(2026, 1, 1) + timedelta(days=5 * number),
        )
        cases.note_facts(
            case=case,
            forms=["forced_begging", "slavery", "other"][: number % 4],
            region=["NE001", "NE007", ""][number % 3],
            returned_from=["DZ", "LY", ""][number % 3],
            brought_by=["police", ""][number % 2],
            **({"reintegration_on": date(2026, 10, 1)} if number % 5 == 0 else {}),
        )
        cases.note_presence(case=case, from_date=case.opened_on, left_on=None, at=NOW)
        if number % 9 == 0:
            second = again(case, date(2026, 10, 2))
            cases.note_presence(case=second, from_date=date(2026, 10, 2), left_on=None, at=NOW)
    for code, value in everything(moussa):
        assert value == len({line.person for line in listed(moussa, code)}), code
        assert value == queries.listing(year=YEAR, code=code, by=moussa, at=NOW).people, code


def test_a_list_has_no_name_and_says_the_age_at_the_arrival(moussa: Any, make_case: Any) -> None:
    case = make_case(years=14)
    (line,) = listed(moussa, "girls")
    assert (line.references, line.sex, line.age) == ([case.reference], "female", "14 ans")
    assert "Rakia" not in repr(line)


def test_there_is_no_list_of_an_invented_figure(moussa: Any) -> None:
    with pytest.raises(queries.NoSuchFigure):
        listed(moussa, "fictitious")


def test_a_coming_year_and_an_empty_one_are_all_zeros(moussa: Any) -> None:
    for year in (1990, 2030, 2100):
        assert not any(value for _code, value in everything(moussa, year))
        assert report(moussa, year).is_empty
        assert report(moussa, year).shares[2].percent_text == "–"


def test_the_command_line_counts_everything(make_case: Any, agadez: Any) -> None:
    make_case()
    make_case(agadez)
    assert values(System("command"))["total"] == 2


def test_invented_people_are_announced(moussa: Any, zinder: Any, make_case: Any) -> None:
    case = make_case()
    assert not report(moussa).is_fictitious
    cases.note_facts(case=case, is_fictitious=True)
    assert report(moussa).is_fictitious


def test_the_years_go_from_the_last_arrival_to_the_first(moussa: Any, binta: Any, make_case: Any) -> None:
    assert queries.last_years(by=moussa, at=NOW) == [2026]
    make_case(opened_on=date(2022, 5, 1))
    make_case(opened_on=date(2024, 5, 1))
    assert queries.last_years(by=moussa, at=NOW) == [2024, 2023, 2022]


def test_more_people_cost_no_more_queries(moussa: Any, make_case: Callable[..., Any]) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queried:
            report(moussa)
        return len(queried)

    empty = cost()
    for number in range(12):
        case = make_case(years=17 + number % 2, opened_on=date(2026, 2, 1) + timedelta(days=number))
        cases.note_facts(case=case, region=f"NE00{1 + number % 8}", brought_by=["police", "iom"][number % 2])
        cases.note_presence(case=case, from_date=case.opened_on, left_on=None, at=NOW)
    again(case, date(2026, 9, 1))
    assert cost() <= 12
    assert empty <= cost()
