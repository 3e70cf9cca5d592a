"""What is read of a search: the last verification counts, what waits comes in order, a place reads as a place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.tracing import operations, queries, rules
from tests.conftest import NOW, TODAY
from tests.tracing.conftest import RETURN, SOUGHT

pytestmark = pytest.mark.django_db


def note(search: Any, by: Any, *, days_ago: int, detail: str = "…", result: str = "found") -> Any:
    return operations.add_lead(
        request=search, found_on=TODAY - timedelta(days=days_ago), result=result, detail=detail, by=by, at=NOW
    )


def test_a_family_verified_twice_is_verified_since_the_second_time(verified, case, amina, hadiza) -> None:
    again = note(verified, amina, days_ago=3)
    operations.verify(lead=again, verification="confirmed", verified_on=TODAY, how="…", by=hadiza, at=NOW)
    assert queries.verified_on(verified, by=amina) == TODAY
    with pytest.raises(rules.NotVerified):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN | {"on": TODAY - timedelta(days=1)})
    assert operations.reunify(case=case, by=amina, at=NOW, **RETURN).verified_on == TODAY


def test_a_rejected_lead_verifies_nothing(search, lead, amina, hadiza) -> None:
    operations.verify(lead=lead, verification="rejected", verified_on=TODAY, how="…", by=hadiza, at=NOW)
    assert queries.verified_on(search, by=amina) is None


def test_what_waits_for_a_second_person_comes_oldest_first_without_what_led_nowhere(search, amina) -> None:
    late = note(search, amina, days_ago=1)
    note(search, amina, days_ago=4, result="nobody")
    early = note(search, amina, days_ago=6, result="to_verify")
    assert queries.leads_to_verify(search, by=amina) == [early, late]


def test_a_lead_is_chosen_by_its_result_its_day_and_its_first_words(search, amina) -> None:
    lead = note(search, amina, days_ago=1, detail="Chez le chef Garba. " + "x" * 500)
    ((key, words),) = queries.lead_choices(search, by=amina, at=NOW)
    assert key == str(lead.pk)
    assert words.startswith("Famille trouvée, ")
    assert "Chez le chef Garba." in words
    assert len(words) < 140


def test_a_contact_is_chosen_by_relation_and_by_name_where_there_is_one(case, amina) -> None:
    for relation, name in (("father", "Maïdabo"), ("other", "")):
        operations.note_risk_contact(case=case, relation=relation, name=name, reason="…", by=amina, at=NOW)
    assert [words for _key, words in queries.risk_choices(case, by=amina, at=NOW)] == [
        "Père – Maïdabo",
        "Autre",
    ]


def test_who_may_not_open_tracing_chooses_among_relations_without_names(case, amina, user) -> None:
    operations.note_risk_contact(case=case, relation="father", name="Maïdabo", reason="…", by=amina, at=NOW)
    before = Entry.objects.filter(act="vault.opened").count()
    assert [words for _key, words in queries.risk_choices(case, by=user(Role.LAWYER), at=NOW)] == ["Père"]
    assert Entry.objects.filter(act="vault.opened").count() == before


@pytest.mark.parametrize(
    ("change", "zone"),
    [
        ({}, "Kantché, Zinder"),
        ({"commune": ""}, "Zinder"),
        ({"commune": "Xyzzyville"}, "Xyzzyville, Zinder"),
        ({"commune": "", "region": "abroad"}, "Hors du Niger"),
        ({"commune": "Katsina", "region": "abroad"}, "Katsina, Hors du Niger"),
    ],
)
def test_where_a_search_goes_on_reads_as_a_place(case, agree, amina, change, zone) -> None:
    agree(case)
    operations.open_request(case=case, by=amina, at=NOW, **SOUGHT | change)
    panel = queries.panel(case, by=amina, at=NOW)
    assert panel.zone == zone


def test_the_eight_regions_and_abroad_may_be_chosen(amina) -> None:
    codes = dict(queries.regions(by=amina))
    assert len(codes) == 9
    assert codes["NE007"] == "Zinder"
    assert codes["abroad"] == "Hors du Niger"


def test_the_panel_shows_the_search_that_goes_on_else_the_last_one(search, case, amina) -> None:
    operations.end_request(request=search, closed_on=TODAY, reason="…", by=amina, at=NOW)
    assert queries.panel(case, by=amina, at=NOW).state == "Close"
    again = operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)
    assert queries.panel(case, by=amina, at=NOW).number == again.number


def test_a_warning_that_was_lifted_no_longer_warns(case, amina) -> None:
    contact = operations.note_risk_contact(
        case=case, relation="father", name="", reason="…", by=amina, at=NOW
    )
    assert queries.at_risk(case, by=amina)
    operations.lift_risk_contact(contact=contact, reason="Erreur.", by=amina, at=NOW)
    assert not queries.at_risk(case, by=amina)
    assert queries.live_contacts(case, by=amina) == []
