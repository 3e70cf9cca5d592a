"""From the commune that somebody wrote to a P-code, to a list to choose from, or to the words as they are."""

from __future__ import annotations

from dataclasses import dataclass

from mafaka.locations import gazetteer
from mafaka.people.names import Identity

AS_WRITTEN = "written"


@dataclass(frozen=True)
class Origin:
    """Where somebody comes from: a commune (P-code) or the words that no commune answers to."""

    commune: str
    written: str
    region: str


@dataclass(frozen=True)
class Undecided:
    """Several communes answer to what was written: P-codes with their full names."""

    choices: list[tuple[str, str]]


def shown(names: Identity) -> str:
    """Return what the box of the commune shows: its name, else the words that were kept."""
    return gazetteer.name(names.commune) if names.commune else names.origin_written


def unknown(names: Identity) -> bool:
    """Return whether words are kept that no commune answers to."""
    return bool(names.origin_written and not names.commune)


def origin(text: str, chosen: str, known: Identity, region: str) -> Origin | Undecided:
    """Find the commune that a text names.

    Args:
        text: what stands in the box. chosen: the P-code picked from an earlier list, `AS_WRITTEN`, or empty.
        known: the identity so far, which stays when the box was not touched. region: the region so far.
    """
    if text == shown(known) and not chosen:
        return Origin(known.commune, known.origin_written, region)
    found = gazetteer.resolve(text, level=gazetteer.COMMUNE) if text else None
    if found is None:
        return Origin("", "", region)
    pcode = found.pcode or (chosen if chosen in found.candidates else "")
    if pcode:
        return Origin(pcode, known.origin_written or text, gazetteer.region_of(pcode))
    if found.how is gazetteer.How.AMBIGUOUS and chosen != AS_WRITTEN:
        return Undecided([(code, gazetteer.label(code)) for code in found.candidates])
    return Origin("", text, _region(text) or region)


def suggestions(names: Identity) -> list[str]:
    """Return the full names of communes that resemble the words that were kept."""
    found = gazetteer.resolve(names.origin_written, level=gazetteer.COMMUNE)
    return [gazetteer.label(pcode) for pcode in found.candidates]


def _region(text: str) -> str:
    """Return the region that holds every place of this name, or nothing when that is not certain."""
    found = gazetteer.resolve(text)
    if found.how is gazetteer.How.UNKNOWN:
        return ""
    regions = {gazetteer.region_of(pcode) for pcode in found.candidates}
    return regions.pop() if len(regions) == 1 else ""
