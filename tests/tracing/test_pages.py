"""The pages of tracing: first who may not, then what they show and take."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mafaka.accounts.roles import Role
from mafaka.cases import operations as cases
from mafaka.cases.models import CaseFact
from mafaka.tracing import operations, queries
from mafaka.tracing.models import Lead, Request, Reunification, RiskContact
from tests.conftest import NOW, TODAY
from tests.tracing.conftest import RETURN, SOUGHT

pytestmark = pytest.mark.django_db

PAGES = ["tracing", "risk", "lift", "request", "end", "lead", "verification", "reunification"]
MAY = {Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER}


def address(case: Any, name: str = "tracing") -> str:
    return reverse(f"tracing:{name}", args=[case.reference])


def boxes(name: str, day: Any) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def request_form(**changes: Any) -> dict[str, Any]:
    plain = {key: value for key, value in SOUGHT.items() if not key.endswith("_on")}
    days = boxes("opened_on", SOUGHT["opened_on"]) | boxes("best_interests_on", SOUGHT["best_interests_on"])
    return plain | days | changes


@pytest.mark.parametrize("name", PAGES)
def test_nobody_enters_without_signing_in(case, browse, name) -> None:
    answer = browse(None).get(address(case, name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("office:sign_in"))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(set(Role) - MAY))
def test_other_roles_find_no_such_page(case, browse, user, role, name) -> None:
    assert browse(user(role)).get(address(case, name)).status_code == 404
    assert browse(user(role, username="again")).post(address(case, name), {}).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_another_centre_finds_no_such_page(case, browse, binta, name) -> None:
    assert browse(binta).get(address(case, name)).status_code == 404
    if name != "tracing":
        assert browse(binta).post(address(case, name), {}).status_code == 404


@pytest.mark.parametrize("role", sorted(MAY))
def test_care_staff_see_the_search(verified, case, browse, user, role) -> None:
    text = browse(user(role)).get(address(case)).content.decode()
    assert "TR-2026-001" in text
    assert "Hadjara Souley" in text
    assert "Le chef Garba connaît la grand-mère." in text
    assert "Kantché, Zinder" in text
    assert address(case, "reunification") in text


def test_an_empty_search_says_what_comes_first(case, browse, amina) -> None:
    text = browse(amina).get(address(case)).content.decode()
    assert "Aucune recherche pour le moment" in text
    assert "Il manque l’accord de la personne" in text
    assert reverse("cases:consent", args=[case.reference]) in text
    assert address(case, "request") in text


def test_who_must_not_be_contacted_stands_before_the_search(verified, case, browse, amina) -> None:
    flag = {"relation": "uncle_aunt", "name": "Oumarou Sani", "reason": "Cité comme recruteur."}
    answer = browse(amina).post(address(case, "risk"), flag)
    assert answer.status_code == 303
    text = browse(amina).get(address(case)).content.decode()
    assert text.index("Ne pas contacter") < text.index("Oumarou Sani") < text.index("Pistes")


def test_everyone_who_reads_the_case_knows_that_somebody_is_at_risk_and_few_know_who(
    case, amina, user, binta
) -> None:
    operations.note_risk_contact(case=case, relation="father", name="Maïdabo", reason="…", by=amina, at=NOW)
    assert queries.at_risk(case, by=user(Role.LAWYER))
    assert queries.at_risk(case, by=amina)
    for other in (user(Role.GUARD), user(Role.STOREKEEPER), user(Role.STATISTICIAN), user(Role.DPO), binta):
        assert not queries.at_risk(case, by=other)
    seen = queries.tracing(case, by=user(Role.LAWYER, username="seen"), at=NOW)
    assert [(contact.name, contact.reason) for contact in seen.contacts] == [("", "")]


def test_a_warning_is_lifted_with_a_reason(case, browse, amina) -> None:
    contact = operations.note_risk_contact(
        case=case, relation="father", name="Maïdabo", reason="…", by=amina, at=NOW
    )
    page = browse(amina).get(address(case, "lift")).content.decode()
    assert "Père – Maïdabo" in page
    assert browse(amina).post(address(case, "lift"), {"contact": contact.pk}).status_code == 422
    sent = {"contact": contact.pk, "reason": "Confusion."}
    assert browse(amina).post(address(case, "lift"), sent).status_code == 303
    assert RiskContact.objects.get().lifted_at
    assert browse(amina).get(address(case, "lift")).status_code == 303


def test_a_search_is_opened_from_the_page(case, agree, browse, amina) -> None:
    agree(case)
    assert browse(amina).post(address(case, "request"), request_form()).status_code == 303
    assert Request.objects.get().state == "open"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"relation": "uncle_aunt"}, "Ne pas contacter"),
        ({"reasons": ""}, "Donnez les raisons."),
        ({"region": "FR"}, "Sélectionnez un choix valide"),
        ({"opened_on_2": "2099"}, "Cette date n’est pas encore venue."),
        ({"name": "x" * 201}, "200 caractères"),
    ],
)
def test_what_is_wrong_with_a_search_is_said_and_nothing_is_kept(
    case, agree, browse, amina, change, said
) -> None:
    agree(case)
    operations.note_risk_contact(case=case, relation="uncle_aunt", name="", reason="…", by=amina, at=NOW)
    answer = browse(amina).post(address(case, "request"), request_form(**change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Request.objects.exists()


def test_without_consent_the_page_says_so(case, browse, amina) -> None:
    answer = browse(amina).post(address(case, "request"), request_form())
    assert answer.status_code == 422
    assert "Il manque l’accord" in answer.content.decode()


def test_the_decision_not_to_search_is_kept_and_shown(case, browse, amina) -> None:
    client = browse(amina)
    sent = request_form(best_interests_outcome="unfavourable", reasons="La famille l’a confiée au recruteur.")
    assert client.post(address(case, "request"), sent).status_code == 303
    text = client.get(address(case)).content.decode()
    assert "La décision est gardée" in text
    assert "Famille non recherchée" in text
    assert "La famille l’a confiée au recruteur." in text
    assert CaseFact.objects.get(case=case).tracing_on is None


def test_pages_that_have_nothing_to_ask_lead_back(case, browse, amina) -> None:
    for name in ("lead", "end", "verification", "lift"):
        answer = browse(amina).get(address(case, name))
        assert (answer.status_code, answer["Location"]) == (303, address(case))


def test_a_lead_is_noted_and_a_colleague_verifies_it(search, case, browse, amina, hadiza) -> None:
    sent = {"result": "found", "detail": "Chez le chef."} | boxes("found_on", TODAY)
    assert browse(amina).post(address(case, "lead"), sent).status_code == 303
    lead = Lead.objects.get()
    assert "Chez le chef." in browse(hadiza).get(address(case, "verification")).content.decode()
    answer = {"lead": lead.pk, "verification": "confirmed", "how": "Photo."} | boxes("verified_on", TODAY)
    refused = browse(amina).post(address(case, "verification"), answer)
    assert refused.status_code == 422
    assert "une seconde personne" in refused.content.decode()
    assert browse(hadiza).post(address(case, "verification"), answer).status_code == 303
    search.refresh_from_db()
    assert search.state == "verified"


def test_a_lead_of_another_case_is_not_verified_here(
    lead, search, make_case, agree, browse, hadiza, amina
) -> None:
    other = make_case(opened_on=search.case.opened_on)
    agree(other)
    elsewhere = operations.open_request(case=other, by=amina, at=NOW, **SOUGHT)
    operations.add_lead(request=elsewhere, found_on=TODAY, result="found", detail="…", by=amina, at=NOW)
    answer = {"lead": lead.pk, "verification": "confirmed", "how": "Photo."} | boxes("verified_on", TODAY)
    assert browse(hadiza).post(address(other, "verification"), answer).status_code == 422
    lead.refresh_from_db()
    assert lead.verification == ""


def test_a_search_is_ended_from_the_page(search, case, browse, amina) -> None:
    sent = {"reason": "La famille est partie au Nigeria."} | boxes("closed_on", TODAY)
    assert browse(amina).post(address(case, "end"), sent).status_code == 303
    assert "La famille est partie au Nigeria." in browse(amina).get(address(case)).content.decode()


def test_a_return_is_noted_and_warns_while_the_person_still_sleeps_here(
    verified, case, browse, amina
) -> None:
    cases.note_facts(case=case, housed=True)
    client = browse(amina)
    sent = {key: value for key, value in RETURN.items() if key != "on"} | boxes("on", TODAY)
    assert client.post(address(case, "reunification"), sent).status_code == 303
    text = client.get(address(case)).content.decode()
    assert Reunification.objects.count() == 1
    assert "encore hébergée" in text
    assert "Amina Issa" in text


def test_the_same_form_sent_twice_writes_once(search, case, browse, amina) -> None:
    client = browse(amina)
    once = {"once": "7f9d9b1e-0000-4000-8000-000000000001"}
    sent = {"result": "nobody", "detail": "Inconnue ici."} | boxes("found_on", TODAY) | once
    assert [client.post(address(case, "lead"), sent).status_code for _turn in range(2)] == [303, 303]
    assert Lead.objects.count() == 1


def test_the_panel_tells_number_zone_and_state_to_those_allowed(lead, case, amina, user) -> None:
    panel = queries.panel(case, by=amina, at=NOW)
    assert (panel.number, panel.zone, panel.state) == ("TR-2026-001", "Kantché, Zinder", "Vérification")
    assert queries.panel(case, by=user(Role.LAWYER), at=NOW) is None


def test_there_is_no_panel_without_a_search(case, amina) -> None:
    assert queries.panel(case, by=amina, at=NOW) is None


def test_the_page_takes_as_many_queries_for_many_leads_as_for_one(verified, case, browse, amina) -> None:
    client = browse(amina)
    client.get(address(case))

    def queries_taken() -> int:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            assert client.get(address(case)).status_code == 200
        return len(taken)

    before = queries_taken()
    for _turn in range(5):
        operations.add_lead(request=verified, found_on=TODAY, result="nobody", detail="…", by=amina, at=NOW)
        operations.note_risk_contact(case=case, relation="other", name="", reason="…", by=amina, at=NOW)
    assert queries_taken() == before
