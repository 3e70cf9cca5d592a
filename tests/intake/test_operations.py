"""The arrival as one act, and the identity: what is written, what moves, what stays sealed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connections

from mafaka.accounts.roles import Role
from mafaka.audit import acts, journal
from mafaka.cases import operations as cases
from mafaka.cases.models import Case, CaseFact, PresenceFact
from mafaka.intake import operations, queries
from mafaka.intake.models import Arrival
from mafaka.people import queries as people
from mafaka.people.ages import from_age, is_child
from mafaka.people.models import Person
from mafaka.people.names import Identity
from mafaka.people.operations import PersonRefused
from mafaka.stays import operations as stays
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
BY = {"by": SETUP, "at": NOW}
NAMES = Identity(
    own_name="Issoufou", father_name="Maïdabo", mother_name="Hadjara", by_name="Dogo", village="Tsaouni",
    birthplace="Magaria", phone="+227 90 12 34 56", origin_written="Kantché-ville",
)  # fmt: skip


@pytest.fixture
def received(zinder: Any) -> Case:
    return operations.receive(
        centre=zinder, arrived_on=TODAY, brought_by="police", returned_from="DZ", sex="female",
        age=(144, 12, 24), detail="Commissariat central", circumstances="Fièvre depuis Assamaka", **BY,
    )  # fmt: skip


def take_down(case: Any, **told: Any) -> Any:
    told = {
        "names": NAMES, "sex": "male", "birth": from_age(months=108, on=TODAY), "age_basis": "declared",
        "languages": ["ha"], "nationality": "NE", "region": "NE007", "on": TODAY, **BY, **told,
    }  # fmt: skip
    return operations.register(case=case, **told)


def sentences(case: Any) -> list[str]:
    return [acts.sentence(e.act, e.data) for e in journal.of_case(case.pk, timeline=True)]


# --- Receiving -----------------------------------------------------------------------------------------------------


def test_an_arrival_is_a_person_a_case_and_facts_at_once(received: Case) -> None:
    fact = CaseFact.objects.get(case=received)
    assert (fact.arrived_on, fact.brought_by, fact.returned_from) == (TODAY, "police", "DZ")
    assert (fact.sex, fact.is_child_at_arrival, fact.registered_on) == ("female", True, None)
    assert received.reference == "ZIN-2026-0001"
    birth = from_age(months=144, margin=24, on=TODAY)
    assert (received.person.birth_earliest, received.person.birth_latest) == (birth.earliest, birth.latest)
    assert sentences(received)[0] == "Arrivée au centre\u00a0: Police, retour\u00a0: Algérie."


def test_the_remarks_of_the_gate_are_sealed_and_open_for_care_only(
    received: Case, amina: Any, binta: Any, user: Any
) -> None:
    row = queries.arrival(received, by=amina)
    assert row is not None
    told = queries.told(row, by=amina, at=NOW)
    assert (told.brought_by_detail, told.circumstances) == ("Commissariat central", "Fièvre depuis Assamaka")
    assert queries.arrival(received, by=binta) is None
    assert queries.arrival(received, by=user(Role.GUARD)) is None
    assert queries.told(row, by=user(Role.STATISTICIAN), at=NOW) == queries.Told()


def test_a_register_gives_the_whole_identity_and_dates_of_its_own(zinder: Any, amina: Any) -> None:
    arrived = TODAY.replace(year=2022)
    case = operations.receive(
        centre=zinder, arrived_on=arrived, brought_by="", names=NAMES, worker=amina, nationality="NE",
        region="NE007", languages=["ha"], **BY,
    )  # fmt: skip
    fact = CaseFact.objects.get(case=case)
    assert (case.reference, case.opened_on, case.worker) == ("ZIN-2022-0001", arrived, amina)
    assert (fact.registered_on, fact.region, fact.nationality) == (arrived, "NE007", "NE")
    assert (fact.sex, fact.is_child_at_arrival) == ("unknown", None)
    assert people.search("Issufu Maidabo", by=amina, at=NOW)[0].key == case.person_id
    assert sentences(case)[0] == "Arrivée au centre."


def test_a_refused_arrival_leaves_nothing(zinder: Any) -> None:
    with pytest.raises(PersonRefused):
        operations.receive(
            centre=zinder, arrived_on=TODAY, brought_by="police", names=Identity(own_name="a" * 201), **BY
        )
    assert (Person.objects.count(), Case.objects.count(), Arrival.objects.count()) == (0, 0, 0)


# --- Registering ----------------------------------------------------------------------------------------------------


def test_registering_takes_down_who_somebody_is(received: Case, amina: Any) -> None:
    take_down(received)
    known = queries.known(received, by=amina, at=NOW)
    assert known.names == NAMES
    assert (known.sex, known.languages, known.age_basis) == ("male", ["ha"], "declared")
    assert CaseFact.objects.get(case=received).registered_on == TODAY
    assert sentences(received)[:2] == ["Identité relevée.", "Identité complétée ou corrigée."]


def test_the_first_registration_keeps_its_day(received: Case) -> None:
    take_down(received)
    case = Case.objects.select_related("fact", "person").get(pk=received.pk)
    take_down(case, on=TODAY.replace(month=11), sex="female")
    assert CaseFact.objects.get(case=received).registered_on == TODAY
    assert sentences(received).count("Identité relevée.") == 1


def test_correcting_sex_and_age_moves_the_facts(received: Case) -> None:
    stays.admit(case=received, from_date=TODAY, **BY)
    birth = from_age(months=30 * 12, on=TODAY)
    take_down(received, sex="male", birth=birth, nationality="NG", region="")
    fact = CaseFact.objects.get(case=received)
    assert (fact.sex, fact.is_child_at_arrival, fact.nationality, fact.region) == ("male", False, "NG", "")
    assert PresenceFact.objects.get(case=received).birth_latest == birth.latest
    take_down(received, birth=None)
    fact.refresh_from_db()
    assert (fact.birth_earliest, fact.birth_latest, fact.is_child_at_arrival) == (None, None, None)


def test_the_new_name_is_found_and_the_wrong_one_is_not(received: Case, amina: Any) -> None:
    take_down(received)

    def found(text: str) -> bool:
        return received.person_id in [hit.key for hit in people.search(text, by=amina, at=NOW)]

    assert found("Issufu")
    assert found("maidabo")
    assert found("tsaouni")
    take_down(received, names=Identity(own_name="Rabiou", father_name="Garba"))
    assert found("Rabiu Garba")
    assert not found("Issufu")
    assert is_child(received.person.birth_latest, on=TODAY)


def test_a_closed_case_is_not_written_in(received: Case) -> None:
    cases.close(case=received, reason="left", closed_on=TODAY, **BY)
    with pytest.raises(cases.CaseRefused, match="clos"):
        take_down(received)


def test_who_may_not_register_opens_no_identity(received: Case, binta: Any, user: Any) -> None:
    seq = journal.head()
    for nobody in (binta, user(Role.GUARD), user(Role.LAWYER), user(Role.DPO)):
        with pytest.raises(queries.cases.NotFound):
            queries.known(received, by=nobody, at=NOW)
        assert queries.possible_duplicates(received, by=nobody, at=NOW) == []
    assert journal.head() == seq


# --- Sealed at rest --------------------------------------------------------------------------------------------------


def forms_of(text: str) -> set[str]:
    """Return the ways in which a text may lie in a row: as it is, as UTF-8 bytes, escaped in JSON."""
    forms = (text, text.encode().decode("latin-1"), json.dumps(text).strip('"'))
    return {form.casefold() for form in forms}


def rows_at_rest() -> str:
    """Return every value of every table of both databases, as text, bytes read as they lie."""
    found = []
    for alias in ("default", "keyring"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own table names
                for row in cursor.fetchall():
                    found += [
                        bytes(value).decode("latin-1")
                        if isinstance(value, bytes | memoryview)
                        else str(value)
                        for value in row
                    ]
    return "\n".join(found).casefold()


def test_no_name_no_place_no_remark_lies_in_plain_anywhere(received: Case) -> None:
    take_down(received)
    take_down(received, names=Identity(own_name="Rabiou", origin_written="Guidan Zozo"))
    at_rest = rows_at_rest()
    assert received.reference.casefold() in at_rest
    secrets = [
        "Issoufou", "Maïdabo", "Maidabo", "Hadjara", "Dogo", "Tsaouni", "Magaria", "90 12 34", "Kantché",
        "Rabiou", "Zozo", "Commissariat", "Fièvre", "Assamaka",
    ]  # fmt: skip
    for secret in secrets:
        assert not any(form in at_rest for form in forms_of(secret)), secret


@pytest.mark.parametrize("name", ["Rakia", "Maïdabo"])
def test_the_scan_would_find_a_name_left_in_plain(received: Case, name: str) -> None:
    Person.objects.filter(pk=received.person_id).update(languages=[name])
    assert any(form in rows_at_rest() for form in forms_of(name))
