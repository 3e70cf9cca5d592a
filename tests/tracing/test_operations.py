"""The search itself: numbers, leads, verification, return; one audit entry per write, nothing plain at rest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.cases.models import CaseFact
from mafaka.tracing import operations, rules
from mafaka.tracing.models import Lead, Request, Reunification, RiskContact
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose
from tests.conftest import NOW, TODAY
from tests.tracing.conftest import RETURN, SOUGHT

pytestmark = pytest.mark.django_db


def opened(record: Any, by: Any) -> dict[str, Any]:
    return safe.open([record], by=by, at=NOW, purpose=Purpose.TRACING)[record.pk]


def test_numbers_follow_each_other_in_a_centre_and_begin_again_elsewhere(
    search, case, agree, make_case, amina, binta, agadez
) -> None:
    operations.end_request(request=search, closed_on=TODAY, reason="…", by=amina, at=NOW)
    second = operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)
    other = make_case(centre=agadez, opened_on=case.opened_on)
    agree(other)
    elsewhere = operations.open_request(case=other, by=binta, at=NOW, **SOUGHT)
    assert [search.number, second.number, elsewhere.number] == ["TR-2026-001", "TR-2026-002", "TR-2026-001"]


def test_a_case_has_one_search_at_a_time(search, case, amina) -> None:
    with pytest.raises(rules.TracingRefused, match="TR-2026-001"):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)


def test_opening_a_search_moves_the_path_and_keeps_the_place_with_its_code(search, case, amina) -> None:
    assert CaseFact.objects.get(case=case).tracing_on == SOUGHT["opened_on"]
    content = opened(search, amina)
    assert content["name"] == "Hadjara Souley"
    assert content["commune"] == "Kantché"
    assert content["pcode"].startswith("NE007005")


def test_a_commune_nobody_knows_is_kept_as_written(case, agree, amina) -> None:
    agree(case)
    found = operations.open_request(case=case, by=amina, at=NOW, **SOUGHT | {"commune": "Xyzzyville"})
    assert opened(found, amina) | {"commune": "Xyzzyville", "pcode": None} == opened(found, amina)


def test_that_nobody_knows_the_family_is_kept_and_changes_nothing(search, amina) -> None:
    lead = operations.add_lead(
        request=search, found_on=TODAY, result="nobody", detail="Inconnue à Doungou.", by=amina, at=NOW
    )
    assert opened(lead, amina) == {"detail": "Inconnue à Doungou."}
    search.refresh_from_db()
    assert search.state == "open"


@pytest.mark.parametrize("result", ["found", "to_verify"])
def test_a_lead_puts_the_search_under_verification(search, amina, result) -> None:
    operations.add_lead(request=search, found_on=TODAY, result=result, detail="…", by=amina, at=NOW)
    search.refresh_from_db()
    assert search.state == "lead"


def test_a_lead_is_not_older_than_its_search(search, amina) -> None:
    day = SOUGHT["opened_on"] - timedelta(days=1)
    with pytest.raises(rules.TracingRefused):
        operations.add_lead(request=search, found_on=day, result="found", detail="…", by=amina, at=NOW)


def test_a_confirmed_lead_verifies_the_search(verified, lead, amina) -> None:
    verified.refresh_from_db()
    assert verified.state == "verified"
    assert opened(lead, amina)["how"] == "Photo reconnue des deux côtés."
    assert opened(lead, amina)["detail"] == "Le chef Garba connaît la grand-mère."


def test_a_rejected_lead_gives_the_search_back(lead, search, hadiza) -> None:
    answer = {"verification": "rejected", "verified_on": TODAY, "how": "…", "by": hadiza, "at": NOW}
    operations.verify(lead=lead, **answer)
    search.refresh_from_db()
    assert search.state == "open"
    with pytest.raises(rules.TracingRefused):
        operations.verify(lead=lead, **answer)


def test_a_rejected_lead_leaves_the_search_under_verification_while_another_waits(
    lead, search, amina, hadiza
) -> None:
    operations.add_lead(request=search, found_on=TODAY, result="to_verify", detail="…", by=amina, at=NOW)
    operations.verify(lead=lead, verification="rejected", verified_on=TODAY, how="…", by=hadiza, at=NOW)
    search.refresh_from_db()
    assert search.state == "lead"


def test_a_lead_that_led_nowhere_has_nothing_to_verify_nor_before_its_day(
    search, lead, amina, hadiza
) -> None:
    nowhere = operations.add_lead(
        request=search, found_on=TODAY, result="nobody", detail="…", by=amina, at=NOW
    )
    for which, day in ((nowhere, TODAY), (lead, lead.found_on - timedelta(days=1))):
        with pytest.raises(rules.TracingRefused):
            operations.verify(
                lead=which, verification="confirmed", verified_on=day, how="…", by=hadiza, at=NOW
            )


def test_nobody_returns_to_a_family_that_was_not_verified(lead, case, amina) -> None:
    with pytest.raises(rules.NotVerified):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN)


def test_nobody_returns_without_a_search(case, agree, amina) -> None:
    agree(case)
    with pytest.raises(rules.NotVerified):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN)


def test_nobody_returns_before_the_verification(verified, case, amina) -> None:
    with pytest.raises(rules.NotVerified) as refused:
        operations.reunify(case=case, by=amina, at=NOW, **RETURN | {"on": TODAY - timedelta(days=3)})
    assert "on" in refused.value.fields


def test_a_return_ends_the_search_and_moves_the_path(verified, case, amina) -> None:
    reunion = operations.reunify(case=case, by=amina, at=NOW, **RETURN)
    verified.refresh_from_db()
    assert (verified.state, verified.closed_on) == ("closed", TODAY)
    assert CaseFact.objects.get(case=case).reunified_on == TODAY
    assert opened(reunion, amina) == {"whom": "Hadjara Souley", "place": "Tsaouni", "escort": "Amina Issa"}
    with pytest.raises(rules.NotVerified):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN)


def test_a_search_that_ended_takes_nothing_more(search, amina) -> None:
    early = SOUGHT["opened_on"] - timedelta(days=1)
    with pytest.raises(rules.TracingRefused):
        operations.end_request(request=search, closed_on=early, reason="…", by=amina, at=NOW)
    operations.end_request(request=search, closed_on=TODAY, reason="Elle ne veut plus.", by=amina, at=NOW)
    assert opened(search, amina)["ending"] == "Elle ne veut plus."
    with pytest.raises(rules.TracingRefused):
        operations.add_lead(request=search, found_on=TODAY, result="found", detail="…", by=amina, at=NOW)
    with pytest.raises(rules.TracingRefused):
        operations.end_request(request=search, closed_on=TODAY, reason="…", by=amina, at=NOW)


def test_a_closed_case_takes_no_search_and_no_lead(search, case, amina) -> None:
    cases.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    search.case = case
    with pytest.raises(cases.CaseRefused):
        operations.add_lead(request=search, found_on=TODAY, result="found", detail="…", by=amina, at=NOW)
    with pytest.raises(cases.CaseRefused):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)
    with pytest.raises(cases.CaseRefused):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN)


def test_every_write_leaves_one_entry_and_none_says_who(verified, case, amina) -> None:
    contact = operations.note_risk_contact(
        case=case, relation="uncle_aunt", name="Oumarou Sani", reason="Recruteur.", by=amina, at=NOW
    )
    operations.lift_risk_contact(contact=contact, reason="Erreur.", by=amina, at=NOW)
    operations.reunify(case=case, by=amina, at=NOW, **RETURN)
    entries = Entry.objects.filter(case_id=case.pk, act__startswith="tracing.").order_by("seq")
    assert [entry.act.removeprefix("tracing.") for entry in entries] == [
        "requested", "lead_noted", "verified", "risk_noted", "risk_lifted", "reunified",
    ]  # fmt: skip
    told = str([entry.data for entry in entries])
    assert not any(word in told for word in ("Hadjara", "Oumarou", "Tsaouni", "uncle_aunt", "grandparent"))


def test_no_plain_text_lies_in_the_sealed_columns(verified, case, amina) -> None:
    operations.note_risk_contact(
        case=case, relation="uncle_aunt", name="Oumarou Sani", reason="Recruteur.", by=amina, at=NOW
    )
    operations.reunify(case=case, by=amina, at=NOW, **RETURN)
    secrets = [
        "Hadjara",
        "Souley",
        "Tsaouni",
        "Kantch",
        "90 11 22",
        "Garba",
        "Oumarou",
        "Recruteur",
        "Amina Issa",
    ]
    for model in (RiskContact, Request, Lead, Reunification):
        (row,) = model.objects.values()
        assert row["sealed"]
        stored = b"|".join(v if isinstance(v, bytes) else str(v).encode() for v in row.values())
        assert not [secret for secret in secrets if secret.encode() in stored]
