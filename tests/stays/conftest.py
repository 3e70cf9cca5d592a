from __future__ import annotations

from typing import Any

import pytest

from mafaka.stays import operations
from mafaka.stays.models import Bed
from tests.conftest import NOW, SETUP


@pytest.fixture
def girls(zinder: Any) -> list[Bed]:
    """Three beds of the girls' dormitory at Zinder: F-01, F-02, F-03."""
    room = operations.set_up_room(
        centre=zinder, code="F", name="Dortoir des filles", kind="girls", beds=3, by=SETUP, at=NOW
    )
    return list(room.beds.order_by("number"))


@pytest.fixture
def elsewhere(agadez: Any) -> list[Bed]:
    room = operations.set_up_room(
        centre=agadez, code="F", name="Dortoir des filles", kind="girls", beds=1, by=SETUP, at=NOW
    )
    return list(room.beds.all())
