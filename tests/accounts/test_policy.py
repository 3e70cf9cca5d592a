"""The policy: what is not written is refused, and the filter agrees with the yes or no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mafaka.accounts.policy import COMPARTMENTS, POLICY, allows, may, may_open, scope
from mafaka.accounts.roles import Role
from mafaka.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", POLICY)
def test_the_filter_and_the_answer_agree(
    act: str, role: Role, user: Callable[..., Any], make_case: Any, agadez: Any
) -> None:
    here = user(role)
    other = user(role, agadez, "elsewhere")
    everywhere = user(role, None, "everywhere")
    cases = [make_case(), make_case(worker=here), make_case(agadez), make_case(agadez, worker=other)]
    for person in (here, other, everywhere):
        found = set(Case.objects.filter(scope(person, act)))
        assert found == {case for case in cases if allows(person, act, case)}
        assert bool(found) <= may(person, act)


def test_whoever_left_may_nothing(user: Callable[..., Any], make_case: Any) -> None:
    gone = user(Role.MANAGER)
    gone.is_active = False
    case = make_case()
    assert not any(may(gone, act) or allows(gone, act, case) for act in POLICY)


@pytest.mark.parametrize(
    "role", [Role.POLICE, Role.PARTNER, Role.DONOR, Role.ADMINISTRATOR, Role.DPO, Role.STATISTICIAN]
)
def test_those_who_follow_nobody_read_no_case(role: Role, user: Callable[..., Any], make_case: Any) -> None:
    person, case = user(role), make_case()
    assert not any(
        allows(person, act, case) for act in POLICY if act.startswith("cases.") and act != "cases.accesses"
    )


def test_the_administrator_opens_no_compartment(user: Callable[..., Any]) -> None:
    from mafaka.vault.models import Compartment

    assert Role.ADMINISTRATOR not in COMPARTMENTS
    administrator = user(Role.ADMINISTRATOR)
    assert not any(may_open(administrator, part) for part in Compartment)


def test_an_act_that_is_not_in_the_table_cannot_be_asked(user: Callable[..., Any]) -> None:
    with pytest.raises(KeyError):
        may(user(Role.MANAGER), "cases.burn")
