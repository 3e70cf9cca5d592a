"""A search in any order of events: consents come and go, warnings are noted and lifted, leads are found and verified.

The machine keeps its own small account of what is lawful. Whatever Hypothesis makes happen, a write goes through
exactly when that account says so, and after each step nobody who must not be contacted is being looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mafaka.audit import journal
from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.cases.models import CaseFact, Consent
from mafaka.tracing import operations, queries, rules
from mafaka.tracing.models import Lead, Request, Reunification, RiskContact
from tests.conftest import NOW, TODAY
from tests.tracing.conftest import OPENED, SOUGHT

pytestmark = pytest.mark.django_db

RELATIONS = ["mother", "father", "grandparent"]
NAMES = ["Hadjara Souley", "Oumarou Sani", ""]
relations, names = st.sampled_from(RELATIONS), st.sampled_from(NAMES)
days = st.sampled_from([8, 9, 10, 6, 19, 3, 0]).map(lambda number: OPENED + timedelta(days=number))
seldom = st.sampled_from([False, False, False, True])  # what ends everything must not end every walk
late = st.sampled_from([19, 19, 10, 8]).map(lambda number: OPENED + timedelta(days=number))
early = st.sampled_from([0, 3]).map(lambda number: OPENED + timedelta(days=number))


class Search(RuleBasedStateMachine):
    """One case, two social workers, and everything that may happen to the search for the family."""

    case: Any
    workers: tuple[Any, Any]
    make: Any

    @initialize(stage=st.sampled_from([4, 3, 3, 2, 1, 0]))
    def begin(self, stage: int) -> None:
        """Begin anywhere on the way: chance alone seldom walks as far as a verified family."""
        self.case = type(self).make()
        self.flags: dict[Any, tuple[str, str]] = {}
        self.agreed_from: date | None = None
        self.no_until: date | None = None
        self.live: Any = None
        self.sought: tuple[str, str] = ("", "")
        self.leads: list[Any] = []
        self.verified: date | None = None
        self.returned = 0
        if stage >= 1:
            self.answer(on=OPENED, agreed=True)
        if stage >= 2:
            self.look("grandparent", NAMES[0], on=OPENED + timedelta(days=3), checked=0)
        if stage >= 3:
            self.find(on=OPENED + timedelta(days=5), result="found", who=0)
        if stage >= 4:
            self.confirm(self.leads[0], on=OPENED + timedelta(days=8), good=True, who=1)

    # --- what the account says ---

    def flagged(self, relation: str, name: str) -> bool:
        return any(relation == each or (name and name == other) for each, other in self.flags.values())

    def agrees(self, on: date) -> bool:
        return self.agreed_from is not None and self.agreed_from <= on

    @contextmanager
    def expect(self, *reasons: tuple[bool, type[Exception]]) -> Iterator[list[Any]]:
        """Run a write that goes through when no reason stands against it, and else is refused for the first."""
        against = next((refusal for stands, refusal in reasons if stands), None)
        through: list[Any] = []
        entries = Entry.objects.filter(act__startswith="tracing.").count()
        if against is None:
            yield through
            assert through
            assert Entry.objects.filter(act__startswith="tracing.").count() > entries
        else:
            with pytest.raises(against), transaction.atomic():
                yield through
            assert Entry.objects.filter(act__startswith="tracing.").count() == entries

    # --- what may happen ---

    @rule(relation=relations, name=names)
    def warn(self, relation: str, name: str) -> None:
        contact = operations.note_risk_contact(
            case=self.case, relation=relation, name=name, reason="…", by=self.workers[0], at=NOW
        )
        self.flags[contact.pk] = (relation, name)
        if self.live and self.flagged(*self.sought):
            self.live = None

    @precondition(lambda self: self.flags)
    @rule(data=st.data())
    def lift(self, data: Any) -> None:
        key = data.draw(st.sampled_from(sorted(self.flags)))
        contact = RiskContact.objects.get(pk=key)
        operations.lift_risk_contact(contact=contact, reason="Confusion.", by=self.workers[1], at=NOW)
        del self.flags[key]

    @rule(on=early, agreed=st.sampled_from([True, True, True, True, False]))
    def answer(self, on: date, agreed: bool) -> None:
        cases.note_consent(
            case=self.case, purpose="tracing", agreed=agreed, giver="person", mode="oral", language="ha",
            given_on=on, until=None, by=self.workers[0], at=NOW,
        )  # fmt: skip
        self.agreed_from = on if agreed else None

    @precondition(lambda self: self.agreed_from)
    @rule(seldom=seldom)
    def withdraw(self, seldom: bool) -> None:
        assume(seldom)
        cases.withdraw_consent(case=self.case, purpose="tracing", on=TODAY, by=self.workers[0], at=NOW)
        self.agreed_from = None

    @rule(relation=relations, name=names, on=days, checked=st.integers(0, 3))
    def look(self, relation: str, name: str, on: date, checked: int) -> None:
        check = on - timedelta(days=checked)
        asked = SOUGHT | {"relation": relation, "name": name, "opened_on": on, "best_interests_on": check}
        with self.expect(
            (self.flagged(relation, name), rules.ContactAtRisk),
            (not self.agrees(on), cases.ConsentMissing),
            (self.no_until is not None and self.no_until >= check, rules.BestInterestsMissing),
            (self.live is not None, rules.TracingRefused),
        ) as through:
            through.append(operations.open_request(case=self.case, by=self.workers[0], at=NOW, **asked))
            (self.live,) = through
            self.sought, self.leads, self.verified = (relation, name), [], None

    @rule(on=early, seldom=seldom)
    def say_no(self, on: date, seldom: bool) -> None:
        assume(seldom)
        operations.decline_request(
            case=self.case, relation="mother", region="NE007", best_interests_on=on, reasons="…",
            by=self.workers[1], at=NOW,
        )  # fmt: skip
        self.no_until = max(on, self.no_until or on)
        self.live = None

    @precondition(lambda self: self.live)
    @rule(on=days, result=st.sampled_from(["found", "to_verify", "nobody"]), who=st.integers(0, 1))
    def find(self, on: date, result: str, who: int) -> None:
        with self.expect(
            (not self.agrees(on), cases.ConsentMissing),
            (on < self.live.opened_on, rules.TracingRefused),
        ) as through:
            lead = operations.add_lead(
                request=self.fresh(), found_on=on, result=result, detail="…", by=self.workers[who], at=NOW
            )
            through.append(lead)
            if result != "nobody":
                self.leads.append(lead.pk)

    @precondition(lambda self: self.live and self.leads)
    @rule(on=days, good=st.booleans(), who=st.integers(0, 1), data=st.data())
    def verify(self, on: date, good: bool, who: int, data: Any) -> None:
        self.confirm(data.draw(st.sampled_from(self.leads)), on=on, good=good, who=who)

    @precondition(lambda self: self.live and self.leads)
    @rule(on=days)
    def verify_what_one_noted_oneself(self, on: date) -> None:
        lead = Lead.objects.get(pk=self.leads[-1])
        self.confirm(
            lead.pk, on=on, good=True, who=[each.actor_id for each in self.workers].index(lead.noted_by)
        )

    def confirm(self, key: Any, *, on: date, good: bool, who: int) -> None:
        lead = Lead.objects.select_related("request__case").get(pk=key)
        by = self.workers[who]
        with self.expect(
            (not self.agrees(on), cases.ConsentMissing),
            (bool(lead.verification), rules.TracingRefused),
            (on < lead.found_on, rules.TracingRefused),
            (lead.noted_by == by.actor_id, rules.SecondPersonNeeded),
        ) as through:
            answer = "confirmed" if good else "rejected"
            through.append(
                operations.verify(
                    lead=lead, verification=answer, verified_on=on, how="…", alone="Seule.", by=by, at=NOW
                )
            )
            if good:
                self.verified = max(on, self.verified or on)

    @precondition(lambda self: self.live)
    @rule(on=days, seldom=seldom)
    def give_up(self, on: date, seldom: bool) -> None:
        assume(seldom)
        with self.expect((on < self.live.opened_on, rules.TracingRefused)) as through:
            through.append(
                operations.end_request(
                    request=self.fresh(), closed_on=on, reason="…", by=self.workers[0], at=NOW
                )
            )
            self.live = None

    @rule(relation=relations, name=st.sampled_from(NAMES[:2]), on=late)
    def bring_home(self, relation: str, name: str, on: date) -> None:
        ready = self.live is not None and self.verified is not None and on >= self.verified
        with self.expect(
            (self.flagged(relation, name), rules.ContactAtRisk),
            (not self.agrees(on), cases.ConsentMissing),
            (not ready, rules.NotVerified),
        ) as through:
            through.append(
                operations.reunify(
                    case=self.case,
                    on=on,
                    relation=relation,
                    region="NE007",
                    whom=name,
                    place="Tsaouni",
                    escort="Amina",
                    by=self.workers[0],
                    at=NOW,
                )
            )
            self.live = None
            self.returned += 1

    def fresh(self) -> Request:
        """Fetch the search as a page would."""
        found = queries.live_request(self.case, by=self.workers[0])
        assert found is not None
        return found

    # --- what always holds ---

    @invariant()
    def nobody_who_must_not_be_contacted_is_looked_for(self) -> None:
        live = queries.live_request(self.case, by=self.workers[0])
        assert (live.pk if live else None) == (self.live.pk if self.live else None)
        if live:
            assert not self.flagged(*self.sought)
            assert live.best_interests_outcome == "favourable"

    @invariant()
    def what_is_shown_is_what_happened(self) -> None:
        case = self.case
        assert queries.at_risk(case, by=self.workers[0]) == bool(self.flags)
        assert Reunification.objects.filter(case=case).count() == self.returned
        assert (CaseFact.objects.get(case=case).reunified_on is not None) == (self.returned > 0)
        if self.live:
            state = Request.objects.get(pk=self.live.pk).state
            assert state == "verified" if self.verified else state in ("open", "lead")

    @invariant()
    def one_answer_stands_at_most(self) -> None:
        standing = Consent.objects.filter(case=self.case, purpose="tracing", withdrawn_on=None)
        assert standing.count() <= 1


def test_whatever_happens_in_whatever_order(make_case: Any, amina: Any, hadiza: Any) -> None:
    machine = type(
        "OneCase",
        (Search,),
        {"workers": (amina, hadiza), "make": staticmethod(lambda: make_case(opened_on=OPENED, worker=amina))},
    )
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert journal.faults() == []
