"""At Zinder it is already tomorrow when it is half past eleven in the evening in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client, override_settings

from mafaka.common.days import local_day

EVENING = datetime(2026, 10, 12, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Africa/Niamey", date(2026, 10, 13)),
        ("UTC", date(2026, 10, 12)),
        ("America/Bogota", date(2026, 10, 12)),
    ],
)
def test_the_day_is_that_of_the_centre(zone: str, day: date) -> None:
    with override_settings(TIME_ZONE=zone):
        assert local_day(EVENING) == day


@pytest.mark.django_db
def test_somebody_admitted_late_in_the_evening_is_on_the_board_at_once(
    browse: Callable[..., Client], amina: Any, make_case: Any, zinder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    from mafaka.office import queries
    from mafaka.stays import operations
    from tests.conftest import NOW, SETUP

    monkeypatch.setattr(timezone, "now", lambda: EVENING)
    room = operations.set_up_room(
        centre=zinder, code="F", name="Filles", kind="girls", beds=2, by=SETUP, at=NOW
    )
    case = make_case(opened_on=date(2026, 10, 13))
    operations.admit(case=case, bed=room.beds.first(), from_date=date(2026, 10, 13), by=amina, at=EVENING)
    board = queries.today(by=amina, at=EVENING).board
    assert next(kpi.value for kpi in board.kpis).startswith("1 ")
