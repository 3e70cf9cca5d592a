"""Centres: opened once under a code of their own, seen by those who work for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.organisations import operations, queries
from mafaka.organisations.models import Centre
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db


def opened(code: str, **more: Any) -> Centre:
    return operations.open_centre(
        code=code, name=more.pop("name", f"Centre {code}"), by=SETUP, at=NOW, **more
    )


# --- Who sees which ------------------------------------------------------------------------------------------------


def test_whoever_is_posted_to_a_centre_sees_no_other(
    zinder: Centre, agadez: Centre, amina: User, binta: User
) -> None:
    assert queries.centres(by=amina) == [zinder]
    assert queries.centres(by=binta) == [agadez]
    assert queries.centre(code="AGZ", by=amina) is None
    assert queries.centre(centre_id=agadez.pk, by=amina) is None
    assert queries.centre(code="AGZ", by=binta) == agadez


def test_whoever_works_for_the_agency_sees_all_in_order_of_code(
    zinder: Centre, agadez: Centre, user: Callable[..., User]
) -> None:
    assert queries.centres(by=user(Role.STATISTICIAN)) == [agadez, zinder]
    assert queries.centres(by=SETUP) == [agadez, zinder]
    assert queries.centre(centre_id=zinder.pk, by=SETUP) == zinder


@pytest.mark.parametrize("asked", [{}, {"code": ""}, {"code": "zin"}, {"code": "XXX"}])
def test_a_question_about_no_centre_finds_none(zinder: Centre, asked: dict[str, str]) -> None:
    assert queries.centre(by=SETUP, **asked) is None


# --- Opening -------------------------------------------------------------------------------------------------------


def test_a_centre_is_kept_as_it_was_said() -> None:
    centre = opened("MRD", name="Centre d’accueil de Maradi", region="NE004")
    centre.refresh_from_db()
    assert (centre.code, centre.name, centre.region) == ("MRD", "Centre d’accueil de Maradi", "NE004")
    assert centre.created_at == NOW
    assert not centre.is_fictitious
    assert str(centre) == "Centre d’accueil de Maradi"


def test_opening_one_is_told_with_its_code_and_not_its_name() -> None:
    centre = opened("MRD", name="Centre de Maradi")
    entry = Entry.objects.latest("seq")
    assert (entry.act, entry.actor, entry.at) == ("organisations.centre_opened", "system:tests", NOW)
    assert (entry.object_id, entry.data) == (str(centre.pk), {"code": "MRD"})


@given(st.text(max_size=6))
def test_a_code_is_two_to_four_capital_letters_and_nothing_else(code: str) -> None:
    """It opens every reference of the centre's cases, in addresses and on paper."""
    lawful = 2 <= len(code) <= 4 and all("A" <= letter <= "Z" for letter in code)
    if not lawful:
        with pytest.raises(operations.CentreRefused, match="majuscules"):
            opened(code)
        assert code not in Centre.objects.values_list("code", flat=True)


@pytest.mark.parametrize("code", ["ZI", "ZIN", "ZIND"])
def test_these_are_codes(code: str) -> None:
    assert opened(code).code == code


@pytest.mark.parametrize("code", ["Z", "ZINDE", "zin", "ZÏN", "Z1N", " ZIN", "ZIN\n", "", "ꓜꓲꓠ", "ZIN "])
def test_these_are_none(code: str) -> None:
    with pytest.raises(operations.CentreRefused):
        opened(code)


def test_a_code_is_given_once(zinder: Centre) -> None:
    before = Entry.objects.count()
    with pytest.raises(operations.CentreRefused, match="ZIN"):
        opened("ZIN", name="Un autre")
    assert Centre.objects.get(code="ZIN").name == zinder.name
    assert Entry.objects.count() == before


def test_the_database_itself_refuses_a_second_centre_of_one_code(zinder: Centre) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Centre.objects.create(code="ZIN", name="Un autre", created_at=NOW)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_centre_without_a_name_or_with_an_endless_one_is_refused(name: str) -> None:
    with pytest.raises(operations.CentreRefused, match="nom"):
        opened("MRD", name=name)
    assert not Centre.objects.exists()


def test_an_opening_that_cannot_be_told_leaves_no_centre(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(operations.journal, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        opened("MRD")
    assert not Centre.objects.exists()


def test_a_fictitious_centre_stays_marked() -> None:
    assert Centre.objects.get(pk=opened("DEM", is_fictitious=True).pk).is_fictitious
