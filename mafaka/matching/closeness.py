"""How near two normal forms are, in five levels, and the vocabulary that finds all near forms at once."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from mafaka.matching import lexicon
from mafaka.matching.normalise import skeleton


class Level(IntEnum):
    """Nearness of two words. WRITTEN needs the spelling itself; `closeness` of normal forms ends at SOUND."""

    NONE = 0
    LOOSE = 1
    NEAR = 2  # one letter, a beginning (Souley), an end (Karim), a short form
    CONSONANTS = 3  # same consonants, or a spelling that the list of names knows
    SOUND = 4
    WRITTEN = 5


def _by_letters(one: str, other: str, bones: str, other_bones: str) -> Level:
    """Level by spelling alone, for forms whose consonants differ."""
    short, long = sorted((one, other), key=len)
    alike = JaroWinkler.similarity(one, other)
    if len(short) >= 4 and OSA.distance(one, other, score_cutoff=1) <= 1:
        return Level.NEAR
    if (len(short) >= 3 and long.startswith(short)) or (len(short) >= 4 and long.endswith(short)):
        return Level.NEAR
    comparable = min(len(bones), len(other_bones)) >= 3 and "_" not in (bones[0], other_bones[0])
    if comparable and OSA.distance(bones, other_bones, score_cutoff=1) <= 1:
        return Level.NEAR if alike >= 0.86 else Level.LOOSE
    if (
        (len(short) == 2 and long.startswith(short))
        or (len(short) == 3 and long.endswith(short))
        or alike >= 0.90
    ):
        return Level.LOOSE
    return Level.NONE


@lru_cache(maxsize=500_000)
def closeness(one: str, other: str) -> Level:
    """Level of two normal forms.

    Two known names that are distinct are not near, however alike they look.
    """
    if not one or not other:
        return Level.NONE
    if one == other:
        return Level.SOUND
    listed = lexicon.kinship(one, other)
    if listed == lexicon.VARIANT:
        return Level.CONSONANTS
    bones, other_bones = skeleton(one), skeleton(other)
    if bones == other_bones:
        spelling = Level.CONSONANTS
    else:
        spelling = max(_by_letters(one, other, bones, other_bones), Level.NEAR if listed else Level.NONE)
    if not lexicon.distinct(one, other):
        return spelling
    half_typed = one.startswith(other) or other.startswith(one)  # who types Issa may be on the way to Issaka
    return min(spelling, Level.LOOSE) if half_typed else Level.NONE


class Vocabulary:
    """The distinct normal forms in use.

    `near` is exact for every level but LOOSE, which it gives to the forms it meets.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = set(forms)
        self._sorted = sorted(self._forms)
        self._reversed = sorted(form[::-1] for form in self._forms)
        self._by_skeleton: dict[str, list[str]] = {}
        for form in self._sorted:
            self._by_skeleton.setdefault(skeleton(form), []).append(form)
        self._skeletons = list(self._by_skeleton)
        self._known: dict[str, dict[str, Level]] = {}

    def __len__(self) -> int:
        return len(self._forms)

    def add(self, form: str) -> None:
        """Take in one more form; what was found before is forgotten."""
        if form in self._forms:
            return
        self._forms.add(form)
        insort(self._sorted, form)
        insort(self._reversed, form[::-1])
        bones = skeleton(form)
        if bones not in self._by_skeleton:
            self._skeletons.append(bones)
        self._by_skeleton.setdefault(bones, []).append(form)
        self._known.clear()

    def near(self, form: str) -> dict[str, Level]:
        """Every form in use that is near this one, with its level."""
        found = self._known.get(form)
        if found is None:
            levels = {other: closeness(form, other) for other in self._candidates(form)}
            found = {other: level for other, level in levels.items() if level > Level.NONE}
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[form] = found
        return found

    def _candidates(self, form: str) -> set[str]:
        found = {form} & self._forms
        found.update(lexicon.relatives(form) & self._forms)
        bones = skeleton(form)
        found.update(self._by_skeleton.get(bones, ()))
        if len(form) >= 4:
            found.update(self._one_edit_from(form, self._sorted))
        if len(bones) >= 3 and bones[0] != "_":
            for near in self._one_edit_from(bones, self._skeletons):
                found.update(self._by_skeleton[near])
        if len(form) >= 2:
            found.update(_starting_with(form, self._sorted))
        if len(form) >= 3:
            found.update(other[::-1] for other in _starting_with(form[::-1], self._reversed))
        for length in range(3, len(form)):
            found.update({form[:length], form[-length:]} & self._forms)
        return found

    @staticmethod
    def _one_edit_from(form: str, forms: list[str]) -> list[str]:
        """Comparing with all of 10,000 forms takes half a millisecond: no index of deletions to keep."""
        distances = process.cdist([form], forms, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)[0]
        return [forms[place] for place in np.flatnonzero(distances <= 1)]


def _starting_with(beginning: str, ordered: list[str]) -> list[str]:
    start = bisect_left(ordered, beginning)
    return ordered[start : bisect_left(ordered, beginning + "\U0010ffff", lo=start)]
