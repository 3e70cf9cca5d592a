"""What no search passes over. « Ne pas contacter » wins over consent, best interests and a verified family."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.tracing import operations, rules
from mafaka.tracing.models import Lead, Relation, Request, Reunification, RiskContact
from tests.conftest import NOW, TODAY
from tests.tracing.conftest import OPENED, RETURN, SOUGHT

pytestmark = pytest.mark.django_db


def flag(case: Any, by: Any, *, relation: str = "uncle_aunt", name: str = "") -> RiskContact:
    return operations.note_risk_contact(
        case=case, relation=relation, name=name, reason="Cité comme recruteur.", by=by, at=NOW
    )


@pytest.mark.parametrize("relation", Relation.values)
def test_a_flagged_relation_is_never_looked_for(case, agree, amina, relation) -> None:
    agree(case)
    flag(case, amina, relation=relation)
    with pytest.raises(rules.ContactAtRisk, match="Ne pas contacter"):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT | {"relation": relation})
    assert not Request.objects.exists()


def test_the_warning_is_told_before_anything_else_is_found_missing(case, amina) -> None:
    flag(case, amina, relation="grandparent")
    with pytest.raises(rules.ContactAtRisk):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)


def test_another_relation_may_still_be_looked_for(case, agree, amina) -> None:
    agree(case)
    flag(case, amina, relation="uncle_aunt", name="Oumarou Souley")
    assert operations.open_request(case=case, by=amina, at=NOW, **SOUGHT).state == "open"


@pytest.mark.parametrize(
    "written", ["Hadjara Souley", "HADJARA SOULEY", "Souley Hajara", "Hadjara Souley Garba"]
)
def test_a_flagged_name_is_not_looked_for_under_another_relation_or_spelling(
    case, agree, amina, written
) -> None:
    agree(case)
    flag(case, amina, relation="other", name=written)
    with pytest.raises(rules.ContactAtRisk) as refused:
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)
    assert "name" in refused.value.fields


def test_that_a_flagged_name_was_compared_stays_in_the_journal_though_the_search_is_refused(
    case, agree, amina
) -> None:
    agree(case)
    flag(case, amina, relation="other", name="Hadjara Souley")
    before = Entry.objects.filter(act="vault.opened").count()
    with pytest.raises(rules.ContactAtRisk):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)
    assert Entry.objects.filter(act="vault.opened").count() == before + 1


@pytest.mark.parametrize(
    ("one", "other"), [("Moussa", "Moussa"), ("", ""), ("Moussa Ali", "Moussa Idi"), ("Ali", "")]
)
def test_one_common_name_alone_makes_nobody_the_same(one: str, other: str) -> None:
    assert not rules.same_name(one, other)


@given(st.text(max_size=80), st.text(max_size=80))
def test_comparing_names_survives_any_text_and_has_no_order(one: str, other: str) -> None:
    assert rules.same_name(one, other) == rules.same_name(other, one)


def test_a_warning_stops_the_search_that_goes_on(search, case, amina) -> None:
    flag(case, amina, relation="grandparent")
    search.refresh_from_db()
    assert search.state == "closed"
    assert Entry.objects.filter(act="tracing.stopped", case_id=case.pk).count() == 1


def test_a_warning_about_the_name_sought_stops_the_search_too(search, case, amina) -> None:
    flag(case, amina, relation="other", name="Hajara Souley")
    search.refresh_from_db()
    assert search.state == "closed"


def test_a_warning_about_somebody_else_lets_the_search_go_on(search, case, amina) -> None:
    flag(case, amina, relation="other", name="Garba Oumarou")
    search.refresh_from_db()
    assert search.state == "open"


def test_a_warning_wins_over_a_verified_family(verified, case, amina) -> None:
    flag(case, amina, relation="grandparent")
    with pytest.raises(rules.ContactAtRisk):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN)
    assert not Reunification.objects.exists()


def test_nobody_is_handed_to_a_flagged_relation_or_name_found_while_looking_for_another(
    verified, case, amina
) -> None:
    flag(case, amina, relation="father", name="Souley Garba")
    with pytest.raises(rules.ContactAtRisk):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN | {"relation": "father", "whom": "Souley"})
    with pytest.raises(rules.ContactAtRisk) as refused:
        operations.reunify(case=case, by=amina, at=NOW, **RETURN | {"whom": "Garba Souley"})
    assert "whom" in refused.value.fields


def test_a_warning_is_taken_even_on_a_closed_case(case, amina) -> None:
    cases.close(case=case, reason="left", closed_on=TODAY, by=amina, at=NOW)
    assert flag(case, amina).pk


def test_a_lifted_warning_keeps_its_reason_and_frees_the_relation(case, agree, amina) -> None:
    agree(case)
    contact = flag(case, amina, relation="grandparent")
    with pytest.raises(rules.TracingRefused):
        operations.lift_risk_contact(contact=contact, reason="  ", by=amina, at=NOW)
    operations.lift_risk_contact(contact=contact, reason="Confusion de noms.", by=amina, at=NOW)
    assert operations.open_request(case=case, by=amina, at=NOW, **SOUGHT).state == "open"
    with pytest.raises(rules.TracingRefused):
        operations.lift_risk_contact(contact=contact, reason="Encore.", by=amina, at=NOW)


def test_no_search_without_consent(case, amina) -> None:
    with pytest.raises(cases.ConsentMissing):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)


def test_no_search_after_a_refusal_or_for_another_purpose(case, agree, amina) -> None:
    agree(case, purpose="care")
    agree(case, agreed=False)
    with pytest.raises(cases.ConsentMissing):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)


def test_no_search_after_the_consent_ran_out(case, agree, amina) -> None:
    agree(case, until=SOUGHT["opened_on"] - timedelta(days=1))
    with pytest.raises(cases.ConsentMissing):
        operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)


def test_once_consent_is_withdrawn_nothing_goes_on(verified, lead, case, amina, hadiza) -> None:
    cases.withdraw_consent(case=case, purpose="tracing", on=TODAY, by=amina, at=NOW)
    with pytest.raises(cases.ConsentMissing):
        operations.add_lead(request=verified, found_on=TODAY, result="nobody", detail="…", by=amina, at=NOW)
    with pytest.raises(cases.ConsentMissing):
        operations.verify(lead=lead, verification="confirmed", verified_on=TODAY, how="…", by=hadiza, at=NOW)
    with pytest.raises(cases.ConsentMissing):
        operations.reunify(case=case, by=amina, at=NOW, **RETURN)


def test_no_search_without_a_favourable_check_that_came_first(case, agree, amina) -> None:
    agree(case)
    for wrong in (
        {"best_interests_outcome": "unfavourable"},
        {"best_interests_outcome": ""},
        {"best_interests_on": SOUGHT["opened_on"] + timedelta(days=1)},
    ):
        with pytest.raises(rules.BestInterestsMissing):
            operations.open_request(case=case, by=amina, at=NOW, **SOUGHT | wrong)
    assert not Request.objects.exists()


def test_a_no_ends_the_search_and_only_a_later_yes_undoes_it(search, case, amina) -> None:
    no = {
        "relation": "grandparent",
        "region": "NE007",
        "reasons": "Le grand-père a vendu la chèvre et l’enfant.",
    }
    day = SOUGHT["opened_on"] + timedelta(days=2)
    operations.decline_request(case=case, best_interests_on=day, by=amina, at=NOW, **no)
    search.refresh_from_db()
    assert search.state == "closed"
    with pytest.raises(rules.BestInterestsMissing):
        operations.open_request(
            case=case, by=amina, at=NOW, **SOUGHT | {"best_interests_on": day, "opened_on": day}
        )
    later = {"best_interests_on": day + timedelta(days=1), "opened_on": day + timedelta(days=1)}
    assert operations.open_request(case=case, by=amina, at=NOW, **SOUGHT | later).number == "TR-2026-003"


def test_the_database_itself_refuses_a_search_against_the_best_interests(search) -> None:
    for change in (
        {"best_interests_outcome": "unfavourable"},
        {"best_interests_on": TODAY},
        {"closed_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Request.objects.filter(pk=search.pk).update(**change)


def test_the_database_itself_refuses_that_one_verifies_their_own_lead_in_silence(lead) -> None:
    alone = {"verification": "confirmed", "verified_on": TODAY, "verified_by": lead.noted_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(**alone)
    assert Lead.objects.filter(pk=lead.pk).update(**alone, verified_alone=True) == 1


def test_who_noted_a_lead_does_not_verify_it_while_a_colleague_can(lead, amina, hadiza) -> None:
    answer = {"verification": "confirmed", "verified_on": TODAY, "how": "…", "at": NOW}
    with pytest.raises(rules.SecondPersonNeeded, match="seconde personne"):
        operations.verify(lead=lead, alone="Je suis pressée.", by=amina, **answer)
    assert operations.verify(lead=lead, by=hadiza, **answer).verified_alone is False


def test_the_manager_is_a_second_person_too(lead, amina, moussa) -> None:
    with pytest.raises(rules.SecondPersonNeeded):
        operations.verify(
            lead=lead, verification="confirmed", verified_on=TODAY, how="…", alone="Seule.", by=amina, at=NOW
        )


def test_where_nobody_else_is_posted_one_person_suffices_with_a_reason(lead, amina, binta) -> None:
    answer = {"verification": "confirmed", "verified_on": TODAY, "how": "…", "by": amina, "at": NOW}
    with pytest.raises(rules.SecondPersonNeeded) as refused:
        operations.verify(lead=lead, **answer)
    assert "alone" in refused.value.fields
    assert operations.verify(lead=lead, alone="Seule au centre ce mois-ci.", **answer).verified_alone
    assert Entry.objects.get(act="tracing.verified").data["alone"] is True


def test_a_search_does_not_begin_before_its_case(case, agree, amina) -> None:
    agree(case)
    early = OPENED - timedelta(days=1)
    cases.note_consent(
        case=case, purpose="tracing", agreed=True, giver="person", mode="oral", language="ha",
        given_on=early, until=None, by=amina, at=NOW,
    )  # fmt: skip
    with pytest.raises(rules.TracingRefused):
        operations.open_request(
            case=case, by=amina, at=NOW, **SOUGHT | {"opened_on": early, "best_interests_on": early}
        )
