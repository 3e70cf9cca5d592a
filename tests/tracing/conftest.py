"""Rakia's search: her consent, a favourable check, her grandmother at Kantché; Hadiza is the second pair of eyes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.cases import operations as cases
from mafaka.tracing import operations
from tests.conftest import NOW, TODAY

OPENED = TODAY - timedelta(days=20)
SOUGHT = {
    "relation": "grandparent",
    "region": "NE007",
    "opened_on": TODAY - timedelta(days=10),
    "best_interests_on": TODAY - timedelta(days=10),
    "best_interests_outcome": "favourable",
    "reasons": "Elle demande sa grand-mère, qui l’a élevée.",
    "name": "Hadjara Souley",
    "village": "Tsaouni",
    "commune": "Kantché",
    "phone": "+227 90 11 22 33",
    "known": "Vend des beignets au marché.",
}


@pytest.fixture
def case(make_case: Callable[..., Any], amina: Any) -> Any:
    return make_case(opened_on=OPENED, worker=amina)


@pytest.fixture
def hadiza(user: Callable[..., Any]) -> Any:
    return user(Role.SOCIAL_WORKER, username="hadiza")


@pytest.fixture
def agree(amina: Any) -> Callable[..., Any]:
    """Note Rakia's consent to the search."""

    def note(case: Any, *, agreed: bool = True, until: Any = None, purpose: str = "tracing") -> Any:
        return cases.note_consent(
            case=case, purpose=purpose, agreed=agreed, giver="person", mode="oral", language="ha",
            given_on=OPENED, until=until, by=amina, at=NOW,
        )  # fmt: skip

    return note


@pytest.fixture
def search(case: Any, agree: Callable[..., Any], amina: Any) -> Any:
    """A search that goes on."""
    agree(case)
    return operations.open_request(case=case, by=amina, at=NOW, **SOUGHT)


@pytest.fixture
def lead(search: Any, amina: Any) -> Any:
    """What Amina found at Tsaouni."""
    return operations.add_lead(
        request=search, found_on=TODAY - timedelta(days=5), result="found",
        detail="Le chef Garba connaît la grand-mère.", by=amina, at=NOW,
    )  # fmt: skip


@pytest.fixture
def verified(lead: Any, hadiza: Any) -> Any:
    """The search whose lead Hadiza verified."""
    operations.verify(
        lead=lead, verification="confirmed", verified_on=TODAY - timedelta(days=2),
        how="Photo reconnue des deux côtés.", by=hadiza, at=NOW,
    )  # fmt: skip
    return lead.request


RETURN = {
    "on": TODAY,
    "relation": "grandparent",
    "region": "NE007",
    "whom": "Hadjara Souley",
    "place": "Tsaouni",
    "escort": "Amina Issa",
}
