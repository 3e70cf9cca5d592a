"""The acts that rooms record, and the sentence each becomes in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Act:
    """How an act reads: `sentence` is French with `{fields}` of the entry's data; `room` says where it happened.

    `timeline` acts stand in the case's journal; the others are openings, shown under "Accès".
    """

    sentence: str | Promise
    room: str | Promise
    timeline: bool = True


_ACTS: dict[str, Act] = {}


def register(acts: Mapping[str, Act]) -> None:
    """Make a room's acts known; called once when the room is loaded.

    Raises:
        ValueError: an act is registered twice with another meaning.
    """
    for code, act in acts.items():
        if _ACTS.setdefault(code, act) is not act:
            raise ValueError(f"The act {code} is registered twice.")


def known(code: str) -> bool:
    """Return whether a room has registered this act."""
    return code in _ACTS


def room_of(code: str) -> str:
    """Return the French name of the room that registered this act."""
    return str(_ACTS[code].room)


def timeline() -> list[str]:
    """Return the codes of the acts that a case's journal shows."""
    return [code for code, act in _ACTS.items() if act.timeline]


class _Codes(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, data: Mapping[str, Any]) -> str:
    """Return the entry as a sentence; codes are put in words by the labels registered with `name_codes`."""
    words = _Codes(
        {
            key: _LABELS.get((key, value), value) if isinstance(value, str) else value
            for key, value in data.items()
        }
    )
    return str(_ACTS[code].sentence).format_map(words)


_LABELS: dict[tuple[str, str], str | Promise] = {}


def name_codes(field: str, labels: Mapping[str, str | Promise]) -> None:
    """Say how the codes that stand under `field` in an entry's data are called in French."""
    _LABELS.update({(field, code): label for code, label in labels.items()})
