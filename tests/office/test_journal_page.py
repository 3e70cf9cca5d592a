"""The journal of the house, for the data-protection officer alone; who opened a file, on the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db


def test_only_the_officer_reads_the_whole_journal(
    browse: Callable[..., Client], user: Callable[..., User]
) -> None:
    for role in Role:
        assert browse(user(role)).get("/journal/").status_code == (200 if role is Role.DPO else 404)


def test_it_names_who_did_what_and_no_person_received(
    browse: Callable[..., Client], amina: User, user: Callable[..., User], make_case: Any
) -> None:
    case = make_case()
    browse(amina).get(f"/dossiers/{case.reference}/")
    page = browse(user(Role.DPO)).get("/journal/").content.decode()
    assert amina.display_name in page
    assert case.reference in page
    assert "Maïdabo" not in page


def test_older_entries_have_their_own_page(
    browse: Callable[..., Client], user: Callable[..., User], zinder: Any
) -> None:
    from mafaka.audit import journal

    for _entry in range(120):
        journal.record("cases.reopened", by=SETUP, at=NOW)
    client = browse(user(Role.DPO))
    assert "Entrées plus anciennes" in client.get("/journal/").content.decode()
    assert "Entrées plus anciennes" not in client.get("/journal/", {"avant": "20"}).content.decode()
    assert client.get("/journal/", {"avant": "x"}).status_code == 200


def test_a_file_shows_who_opened_it(
    browse: Callable[..., Client], amina: User, moussa: User, make_case: Any
) -> None:
    case = make_case()
    browse(moussa).get(f"/dossiers/{case.reference}/")
    page = browse(amina).get(f"/dossiers/{case.reference}/acces/").content.decode()
    assert moussa.display_name in page
    assert "Données protégées ouvertes\xa0: Travail sur le dossier." in page


def test_the_officer_sees_the_openings_of_a_file_but_not_the_file(
    browse: Callable[..., Client], amina: User, user: Callable[..., User], make_case: Any
) -> None:
    case = make_case()
    browse(amina).get(f"/dossiers/{case.reference}/")
    client = browse(user(Role.DPO))
    assert amina.display_name in client.get(f"/dossiers/{case.reference}/acces/").content.decode()
    assert client.get(f"/dossiers/{case.reference}/").status_code == 404


def test_openings_that_follow_each_other_are_told_once_with_their_number(
    browse: Callable[..., Client], amina: User, make_case: Any
) -> None:
    case, client = make_case(), browse(amina)
    for _time in range(5):
        client.get(f"/dossiers/{case.reference}/")
    page = client.get(f"/dossiers/{case.reference}/acces/").content.decode()
    assert page.count("Travail sur le dossier") == 1
    assert "fois en une heure" in page
