from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests.conftest import NOW, TODAY


@pytest.fixture
def today(monkeypatch: Any) -> date:
    """The pages believe that it is the day of the cast."""
    monkeypatch.setattr(timezone, "localdate", lambda *_a: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return TODAY


@pytest.fixture
def gate() -> dict[str, Any]:
    """What a guard writes when the police bring a girl back from Algeria."""
    return {
        "arrived_on_0": TODAY.day,
        "arrived_on_1": TODAY.month,
        "arrived_on_2": TODAY.year,
        "brought_by": "police",
        "detail": "Commissariat central",
        "returned_from": "DZ",
        "sex": "female",
        "age": "12",
        "unit": "12",
        "margin": "2",
        "circumstances": "Fièvre depuis Assamaka",
    }


@pytest.fixture
def answers() -> dict[str, Any]:
    """What a social worker takes down."""
    return {
        "own_name": "Issoufou",
        "father_name": "Maïdabo",
        "grandfather_name": "Tankari",
        "mother_name": "Hadjara",
        "by_name": "Dogo",
        "sex": "male",
        "age": "9",
        "unit": "12",
        "margin": "1",
        "age_basis": "declared",
        "languages": ["ha", "fr"],
        "nationality": "NE",
        "commune": "Kantche",
        "village": "Tsaouni",
        "birthplace": "Magaria",
        "phone": "+227 90 12 34 56",
    }
