"""The pages of figures: who may not, what they show, what they link to."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from django.urls import reverse

from mafaka.accounts.roles import Role
from mafaka.cases import operations as cases
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

PAGE = "/chiffres/"
ALLOWED = {Role.MANAGER, Role.PROTECTION_ASSISTANT, Role.STATISTICIAN}


def behind(figure: str, year: int = 2026) -> str:
    return reverse("reports:list", args=[year, figure])


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED))
def test_other_roles_find_nothing_here(role: Role, user: Any, browse: Any) -> None:
    client = browse(user(role))
    assert client.get(PAGE).status_code == 404
    assert client.get(behind("total")).status_code == 404


def test_nobody_is_asked_to_sign_in(browse: Any) -> None:
    for url in (PAGE, behind("total")):
        assert browse(None).get(url).status_code == 302


def test_a_statistician_sees_numbers_without_lists(user: Any, browse: Any, make_case: Any) -> None:
    make_case()
    client = browse(user(Role.STATISTICIAN))
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "/liste/" not in response.content.decode()
    assert client.get(behind("total")).status_code == 404


def test_a_manager_of_another_centre_sees_only_theirs(
    user: Any, agadez: Any, browse: Any, make_case: Any
) -> None:
    reference = make_case().reference
    client = browse(user(Role.MANAGER, agadez))
    assert client.get(PAGE).context["report"].is_empty
    assert reference not in client.get(behind("total")).content.decode()
    assert client.get(behind("total"), {"centre": "ZIN"}).status_code == 404


def test_every_number_that_is_not_nil_opens_its_list(moussa: Any, browse: Any, make_case: Any) -> None:
    case = make_case()
    cases.note_presence(case=case, from_date=date(2026, 10, 1), left_on=None, at=NOW)
    client = browse(moussa)
    html = client.get(PAGE).content.decode()
    links = set(re.findall(r'href="(/chiffres/2026/liste/[^"]+)"', html))
    assert len(links) >= 12
    for link in links:
        assert case.reference in client.get(link.replace("&amp;", "&")).content.decode(), link


def test_the_page_says_the_sentence_and_the_bases(moussa: Any, browse: Any, make_case: Any) -> None:
    make_case()
    response = browse(moussa).get(PAGE)
    html = response.content.decode()
    report = response.context["report"]
    assert report.sentence in html
    for said in (*report.numbers.values(), *report.shares):
        assert said.base in html


def test_the_last_year_with_arrivals_comes_first(moussa: Any, browse: Any, make_case: Any) -> None:
    make_case(opened_on=date(2022, 5, 1))
    make_case(opened_on=date(2024, 5, 1))
    client = browse(moussa)
    assert client.get(PAGE).context["report"].year == 2024
    chosen = client.get(PAGE, {"year": "2022", "day_0": "1", "day_1": "6", "day_2": "2022"}).context["report"]
    assert (chosen.year, chosen.day) == (2022, date(2022, 6, 1))
    assert client.get(PAGE, {"year": "2023"}).context["report"].is_empty


def test_a_day_of_another_year_gives_way_to_the_last_day(moussa: Any, browse: Any, make_case: Any) -> None:
    make_case(opened_on=date(2024, 5, 1))
    asked = {"year": "2024", "day_0": "1", "day_1": "6", "day_2": "2022"}
    assert browse(moussa).get(PAGE, asked).context["report"].day == date(2024, 12, 31)


@pytest.mark.parametrize(
    "asked", [{"year": "1022"}, {"year": "x"}, {"day_0": "31", "day_1": "2", "day_2": "2022"}]
)
def test_what_cannot_be_asked_is_said_beside_its_field(asked: Any, moussa: Any, browse: Any) -> None:
    response = browse(moussa).get(PAGE, asked)
    assert response.status_code == 422
    assert response.context["form"].errors


def test_the_agency_chooses_a_centre(
    user: Any, zinder: Any, agadez: Any, browse: Any, make_case: Any
) -> None:
    make_case()
    make_case(agadez)
    client = browse(user(Role.PROTECTION_ASSISTANT, None))
    assert client.get(PAGE).context["report"].numbers["total"].value == 2
    response = client.get(PAGE, {"year": "2026", "centre": "AGZ"})
    assert response.context["report"].numbers["total"].value == 1
    link = re.search(r'href="(/chiffres/2026/liste/total/[^"]+)"', response.content.decode())
    assert link
    assert "AGZ-2026" in client.get(link[1].replace("&amp;", "&")).content.decode()


def test_an_empty_house_says_what_will_come(moussa: Any, browse: Any) -> None:
    response = browse(moussa).get(PAGE)
    assert response.status_code == 200
    assert "Personne n’est arrivé" in response.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/chiffres/2026/liste/x/",
        "/chiffres/9999/liste/total/",
        "/chiffres/0/liste/total/",
        "/chiffres/2026/liste/total/?centre=%00",
    ],
)
def test_no_list_behind_what_does_not_exist(url: str, moussa: Any, browse: Any) -> None:
    assert browse(moussa).get(url).status_code == 404


@pytest.mark.parametrize("asked", ["page=0", "page=x", "page=99", "day=x", "day=1900-01-01"])
def test_odd_addresses_of_a_list_do_no_harm(asked: str, moussa: Any, browse: Any, make_case: Any) -> None:
    make_case()
    assert browse(moussa).get(f"{behind('present')}?{asked}").status_code == 200


def test_a_list_shows_no_name(moussa: Any, browse: Any, make_case: Any) -> None:
    case = make_case()
    cases.note_presence(case=case, from_date=date(2026, 10, 1), left_on=None, at=NOW)
    client = browse(moussa)
    for figure in ("total", "present", "nights"):
        html = client.get(behind(figure)).content.decode()
        assert case.reference in html
        assert "Rakia" not in html
        assert "Maïdabo" not in html


def test_the_chart_is_drawn_whole_and_says_what_it_is(moussa: Any, browse: Any, make_case: Any) -> None:
    make_case()
    html = browse(moussa).get(PAGE).content.decode()
    assert " style=" not in html
    drawing = Xml.fromstring(re.search(r'<svg viewBox="0 0 480 200".*?</svg>', html, re.DOTALL)[0])  # noqa: S314
    assert drawing.find("title").text == "Arrivées par mois en 2026"
    assert drawing.get("aria-labelledby") == "chart-title chart-desc"
    bars = drawing.findall(".//rect")
    assert len(bars) == 12
    assert [bar.get("height") for bar in bars].count("0.0") == 11
