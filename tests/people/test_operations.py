"""People: registered, corrected, other spellings kept; names sealed, openings recorded, search fresh."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.people import operations, queries
from mafaka.people.ages import Birth, from_age
from mafaka.people.models import Identity as Row
from mafaka.people.models import Person
from mafaka.people.names import Identity
from mafaka.vault.purposes import Purpose
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
BY = {"by": SETUP, "at": NOW}
RAKIA = Identity(own_name="Rakia", father_name="Maïdabo", village="Tsaouni", written="RAKIA MAIDABO")


@pytest.fixture
def rakia() -> Person:
    return operations.register(names=RAKIA, sex="female", birth=from_age(months=168, on=TODAY), **BY)


def found(text: str, by: Any) -> list[Any]:
    return [hit.key for hit in queries.search(text, by=by, at=NOW)]


def opened(person: Person, by: Any) -> Identity | None:
    return queries.identities([person.pk], by=by, at=NOW, purpose=Purpose.CASE_WORK).get(person.pk)


# --- Who may not ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["guard", "storekeeper", "statistician", "dpo", "police", "partner", "donor", "administrator"]
)
def test_these_roles_open_no_identity_and_leave_no_trace_of_one(role: str, user: Any, rakia: Person) -> None:
    assert opened(rakia, user(Role(role))) is None
    assert not Entry.objects.filter(act="vault.opened").exists()


def test_opening_is_recorded_with_its_purpose(rakia: Person, amina: Any) -> None:
    assert opened(rakia, amina) == RAKIA
    entry = Entry.objects.get(act="vault.opened")
    assert (entry.actor, entry.data["purpose"], entry.data["count"]) == (str(amina.pk), "case_work", 1)


# --- The database has the last word --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earliest", "latest"), [(TODAY, TODAY.replace(year=2000)), (TODAY, None), (None, TODAY)]
)
def test_the_database_refuses_a_birth_interval_out_of_order_or_half_open(earliest: Any, latest: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(birth_earliest=earliest, birth_latest=latest, created_at=NOW, languages=[])


# --- Writing -------------------------------------------------------------------------------------------------------


def test_the_names_are_sealed(rakia: Person) -> None:
    sealed = bytes(Row.objects.get(person=rakia).sealed)
    assert b"Rakia" not in sealed
    assert "Maïdabo".encode() not in sealed


def test_a_person_is_found_in_any_spelling_by_name_and_village(rakia: Person, amina: Any) -> None:
    for text in ("Rakiya", "rakia maidabo", "MAÏDABO", "tsawni"):
        assert rakia.pk in found(text, amina), text


def test_a_correction_is_found_at_once(rakia: Person, amina: Any) -> None:
    assert rakia.pk in found("Rakia", amina)
    operations.correct(person=rakia, names=Identity(own_name="Issoufou"), sex="male", **BY)
    assert rakia.pk in found("Issufu", amina)
    assert found("Rakia", amina) == []
    entry = Entry.objects.get(act="people.corrected")
    assert entry.data == {"fields": ["sex", "identity"]}


def test_what_does_not_change_is_not_recorded(rakia: Person) -> None:
    birth = from_age(months=168, on=TODAY)
    operations.correct(person=rakia, sex="female", birth=Birth(birth.earliest, birth.latest), **BY)
    assert not Entry.objects.filter(act="people.corrected").exists()


def test_an_age_can_become_unknown_again(rakia: Person) -> None:
    operations.correct(person=rakia, birth=None, **BY)
    rakia.refresh_from_db()
    assert (rakia.birth_earliest, rakia.birth_latest) == (None, None)


def test_another_spelling_is_kept_once_and_found(rakia: Person, amina: Any) -> None:
    for written in ("Rachida M.", "Rachida M.", "RAKIA MAIDABO"):
        operations.add_spelling(person=rakia, written=written, **BY)
    names = opened(rakia, amina)
    assert names is not None
    assert (names.written, names.spellings) == ("RAKIA MAIDABO", ("Rachida M.",))
    assert rakia.pk in found("Rachida", amina)


@pytest.mark.parametrize("field", ["own_name", "father_name", "by_name", "village", "phone"])
def test_an_endless_name_is_refused_and_leaves_nothing(field: str) -> None:
    with pytest.raises(operations.PersonRefused) as caught:
        operations.register(names=Identity(**{field: "a" * 2000}), sex="male", birth=None, **BY)
    assert field in caught.value.fields
    assert not Person.objects.exists()


def test_what_a_register_wrote_is_kept_whole(amina: Any) -> None:
    names = Identity(written="a" * 2000, origin_written="b" * 900)
    person = operations.register(names=names, sex="unknown", birth=None, **BY)
    assert opened(person, amina) == names


def test_who_is_alike_is_never_oneself(rakia: Person, amina: Any) -> None:
    twice = operations.register(names=RAKIA, sex="female", birth=None, **BY)
    assert [each.key for each in queries.alike(rakia.pk, by=amina, at=NOW)] == [twice.pk]
