"""A name is shown to who asks with a reason, for a quarter of an hour, and the asking is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_others_cannot_ask(
    browse: Callable[..., Client], binta: User, user: Callable[..., User], make_case: Any
) -> None:
    url = f"/dossiers/{make_case().reference}/nom/"
    for person in (binta, user(Role.GUARD), user(Role.STATISTICIAN), user(Role.ADMINISTRATOR)):
        assert browse(person).get(url).status_code == 404
        assert browse(person).post(url, {"purpose": "care"}).status_code == 404
    assert not Entry.objects.filter(act="people.name_shown").exists()


def test_a_name_is_masked_until_asked_for(browse: Callable[..., Client], amina: User, make_case: Any) -> None:
    case, client = make_case(), browse(amina)
    url = f"/dossiers/{case.reference}/"
    page = client.get(url).content.decode()
    assert "R••••• M••••" in page
    assert "Maïdabo" not in page
    assert client.post(f"{url}nom/", {"purpose": "care"}).status_code == 303
    assert "Rakia Maïdabo" in client.get(url).content.decode()


def test_the_asking_is_kept_and_what_was_typed_is_sealed(
    browse: Callable[..., Client], amina: User, make_case: Any
) -> None:
    case = make_case()
    browse(amina).post(f"/dossiers/{case.reference}/nom/", {"purpose": "other", "detail": "sa tante appelle"})
    entry = Entry.objects.get(act="people.name_shown")
    assert (entry.actor, entry.case_id, entry.data) == (str(amina.pk), case.pk, {"purpose": "other"})
    assert b"tante" not in bytes(entry.sealed)


@pytest.mark.parametrize(
    "answer", [{}, {"purpose": "curiosity"}, {"purpose": "other"}, {"purpose": "search"}]
)
def test_without_a_lawful_reason_nothing_is_shown(
    browse: Callable[..., Client], amina: User, make_case: Any, answer: dict[str, str]
) -> None:
    case, client = make_case(), browse(amina)
    assert client.post(f"/dossiers/{case.reference}/nom/", answer).status_code == 422
    assert "Maïdabo" not in client.get(f"/dossiers/{case.reference}/").content.decode()


def test_it_ends_after_a_quarter_of_an_hour(
    browse: Callable[..., Client], amina: User, make_case: Any
) -> None:
    case, client = make_case(), browse(amina)
    client.post(f"/dossiers/{case.reference}/nom/", {"purpose": "care"})
    session = client.session
    session["shown"] = {str(case.pk): (timezone.now() - timedelta(seconds=1)).timestamp()}
    session.save()
    assert "Maïdabo" not in client.get(f"/dossiers/{case.reference}/").content.decode()


def test_it_is_shown_on_that_file_alone(browse: Callable[..., Client], amina: User, make_case: Any) -> None:
    one, other, client = make_case(), make_case(), browse(amina)
    client.post(f"/dossiers/{one.reference}/nom/", {"purpose": "care"})
    assert "Maïdabo" not in client.get(f"/dossiers/{other.reference}/").content.decode()
