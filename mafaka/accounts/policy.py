"""Who may do what: one table, compiled to a filter and to a yes or no. What is not written here is refused.

Rows are acts, columns are roles, cells say on which cases: those followed by oneself, those of one's centre,
or all. Pages declare their act with `page`; queries and operations ask `scope` and `allows`.
Sources: DESIGN §1 and §8, SECURITY §5.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.db.models import Q

from mafaka.accounts.roles import Role


class Reach(Enum):
    """On which cases a role may do an act. A person posted to no centre works for all of them."""

    OWN = "own"
    CENTRE = "centre"


OWN, CENTRE = Reach.OWN, Reach.CENTRE
WORKER, ASSISTANT, MANAGER, LAWYER = Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER, Role.LAWYER
GUARD, STORE, STATS, DPO = Role.GUARD, Role.STOREKEEPER, Role.STATISTICIAN, Role.DPO
CARE = {WORKER: CENTRE, ASSISTANT: CENTRE, MANAGER: CENTRE}
EVERYONE = dict.fromkeys(Role, CENTRE)

POLICY: Mapping[str, Mapping[Role, Reach]] = {
    "office.today": EVERYONE,
    "office.preferences": EVERYONE,
    "office.search": CARE | {LAWYER: CENTRE},
    "ui.gallery": {Role.ADMINISTRATOR: CENTRE, MANAGER: CENTRE},
    "cases.list": CARE | {LAWYER: CENTRE},
    "cases.read": CARE | {LAWYER: CENTRE},
    "cases.accesses": CARE | {LAWYER: CENTRE, DPO: CENTRE},
    "cases.reveal_name": CARE | {LAWYER: CENTRE},
    "cases.receive": CARE | {GUARD: CENTRE},
    "cases.register": CARE,
    "cases.assign": {MANAGER: CENTRE, ASSISTANT: CENTRE},
    "cases.consent": CARE,
    "cases.close": {MANAGER: CENTRE, ASSISTANT: CENTRE, WORKER: OWN},
    "assessments.interview": {WORKER: CENTRE, ASSISTANT: CENTRE},
    "assessments.read": {WORKER: CENTRE, ASSISTANT: CENTRE},
    "assessments.needs": CARE,
    "plans.read": CARE | {LAWYER: CENTRE},
    "plans.write": CARE,
    "stays.board": CARE | {GUARD: CENTRE},
    "stays.read": CARE | {LAWYER: CENTRE},
    "stays.write": CARE,
    "tracing.read": CARE,
    "tracing.write": CARE,
    "reintegration.read": CARE,
    "reintegration.write": CARE,
    "exchange.import": {MANAGER: CENTRE, ASSISTANT: CENTRE},
    "reports.figures": {MANAGER: CENTRE, ASSISTANT: CENTRE, STATS: CENTRE},
    "reports.list": {MANAGER: CENTRE, ASSISTANT: CENTRE},
    "audit.read": {DPO: CENTRE},
}

# Which compartments a role may have opened for it, beyond the act itself (SECURITY §5).
COMPARTMENTS: Mapping[Role | None, frozenset[str]] = {
    WORKER: frozenset({"identity", "psychosocial", "tracing", "medical"}),
    ASSISTANT: frozenset({"identity", "psychosocial", "tracing", "medical"}),
    MANAGER: frozenset({"identity", "tracing"}),
    LAWYER: frozenset({"identity", "legal"}),
}


def may(by: Any, act: str) -> bool:
    """Return whether this person may do the act at all, on some case or page."""
    return _reach(by, act) is not None


def scope(by: Any, act: str) -> Q:
    """Return the filter on cases within which this person may do the act (none: matches nothing)."""
    reach = _reach(by, act)
    if reach is None:
        return Q(pk__in=[])
    within = Q(centre_id=by.centre_id) if by.centre_id else Q()
    return within & Q(worker_id=by.pk) if reach is OWN else within


def allows(by: Any, act: str, case: Any) -> bool:
    """Return whether this person may do the act on this case; always agrees with `scope` (tested)."""
    reach = _reach(by, act)
    if reach is None or (by.centre_id and case.centre_id != by.centre_id):
        return False
    return reach is not OWN or case.worker_id == by.pk


def may_open(by: Any, compartment: str) -> bool:
    """Return whether this person's role may have this compartment opened."""
    return compartment in COMPARTMENTS.get(getattr(by, "role", None), frozenset())


def _reach(by: Any, act: str) -> Reach | None:
    row = POLICY[act]
    if not getattr(by, "is_active", False):
        return None
    role: Role = by.role
    return row.get(role)
