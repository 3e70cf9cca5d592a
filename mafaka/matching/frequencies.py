"""How common each name, place, year and sex is in the index, and what agreeing on it is worth in bits.

Fellegi and Sunter: the weight of an observation is log2(m / u), where m is how often records of one person
show it and u how often records of two people do. The u are counted on the live index, for the very word asked
about; the m were learned on simulated registers and are kept here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log2

from mafaka.matching import lexicon
from mafaka.matching.closeness import Level, Vocabulary
from mafaka.matching.entry import FIRST_YEAR, LAST_YEAR, WORD_FIELDS, Reading

# Cumulated m from the strictest level downwards, and a penalty in bits because loose agreement is also what
# typing errors produce.
_NAME_M = {Level.SOUND: 0.60, Level.CONSONANTS: 0.75, Level.NEAR: 0.87, Level.LOOSE: 0.90}
_VILLAGE_M = {Level.SOUND: 0.60, Level.CONSONANTS: 0.70, Level.NEAR: 0.77, Level.LOOSE: 0.80}
_PENALTY = {Level.SOUND: 0.0, Level.CONSONANTS: 0.2, Level.NEAR: 1.2, Level.LOOSE: 3.0}
_NO_MATCH_M = {"village": 0.20}
_DISTINCT_BITS = -4.5  # both names are known and are two names: Hassane, Ousseini
_AGE_M = ((0, 0, 0.26), (1, 1, 0.34), (2, 2, 0.20), (3, 3, 0.13), (4, 5, 0.06))
_FAR_AGE_M = 0.01
_OTHER_SEX_M = 0.005
_PLACE_M = (("same", 11, 0.72), ("department", 8, 0.14), ("region", 5, 0.07))
_ELSEWHERE_M = 0.07

# A small register says little about how common a name is: a hundred imagined people with ordinary names stand
# beside the real ones.
_IMAGINED = 100
_ORDINARY = {
    "village": 0.005,
    "commune": 0.02,
    "department": 0.06,
    "region": 0.2,
    "birth_year": 0.05,
    "sex": 0.5,
}
_ORDINARY_NAME = 0.01


class Frequencies:
    """Counts of people, kept exact as entries come and go."""

    def __init__(self) -> None:
        self.people = 0
        fields = (*WORD_FIELDS, "any", "village", "commune", "birth_year", "sex")
        self._counts: dict[str, defaultdict[str | int, int]] = {field: defaultdict(int) for field in fields}
        self._present: dict[str, int] = dict.fromkeys(fields, 0)

    def counted(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The same readings, each counted as it passes."""
        for reading in readings:
            self.count(reading, +1)
            yield reading

    def count(self, reading: Reading, step: int) -> None:
        """Add (+1) or take away (-1) one person."""
        self.people += step
        everywhere: set[str] = set()
        for field in WORD_FIELDS:
            if words := getattr(reading, field):
                forms = {word.normal for word in words}
                self._add(field, forms, step)
                everywhere |= forms
        self._add("any", everywhere, step)
        for field in ("village", "commune", "birth_year", "sex"):
            if value := getattr(reading, field):
                self._add(field, (value,), step)

    def _add(self, field: str, values: Iterable[str | int], step: int) -> None:
        counts = self._counts[field]
        for value in values:
            counts[value] += step
        self._present[field] += step

    def share(self, field: str, count: int, ordinary_like: str | None = None) -> float:
        """Share of the people for whom the field is known, with the imagined ones.

        Always between 0 and 1, both excluded.
        """
        ordinary = _ORDINARY.get(ordinary_like or field, _ORDINARY_NAME)
        known = self._present[field] + _IMAGINED
        return min((max(count, 0) + _IMAGINED * ordinary) / known, 0.999)

    def counts(self, field: str) -> Mapping[str | int, int]:
        """How many people have each value of a field."""
        return self._counts[field]

    def prefix_count(self, prefix: str) -> int:
        """How many people come from the communes whose P-code begins so."""
        return sum(n for code, n in self._counts["commune"].items() if str(code).startswith(prefix))


class Scale:
    """Weights in bits as of now.

    Made for one question and thrown away: it remembers what it has worked out.
    """

    def __init__(self, vocabulary: Vocabulary, frequencies: Frequencies) -> None:
        self.vocabulary = vocabulary
        self.frequencies = frequencies
        self._names: dict[tuple[str, str], dict[Level, float]] = {}
        self._values: dict[tuple[str, ...], float] = {}

    def shares(self, field: str, form: str) -> dict[Level, float]:
        """For each level the share of people who have a word at least so near to this one."""
        counts = self.frequencies.counts(field)
        found = dict.fromkeys(Level, 0)
        for other, level in self.vocabulary.near(form).items():
            found[level] += counts.get(other, 0)
        total, shares = 0, {}
        for level in (Level.SOUND, Level.CONSONANTS, Level.NEAR, Level.LOOSE):
            total += found[level]
            shares[level] = self.frequencies.share(field, total)
        return shares

    def name(self, field: str, form: str) -> dict[Level, float]:
        """Weight of each level of agreement on one word of a name, or on a village."""
        weights = self._names.get((field, form))
        if weights is None:
            learned = _VILLAGE_M if field == "village" else _NAME_M
            shares = self.shares(field, form)
            weights, ceiling = {}, 99.0
            for level in (Level.SOUND, Level.CONSONANTS, Level.NEAR, Level.LOOSE):
                ceiling = min(ceiling, log2(learned[level] / shares[level]) - _PENALTY[level])
                weights[level] = ceiling
            weights[Level.WRITTEN] = weights[Level.SOUND]
            weights[Level.NONE] = log2(_NO_MATCH_M.get(field, 0.10) / (1 - shares[Level.LOOSE] + 0.001))
            self._names[field, form] = weights
        return weights

    def word(self, field: str, mine: str, theirs: str, level: Level) -> float:
        """Weight of comparing two words that were found at this level of each other."""
        if level <= Level.LOOSE and lexicon.distinct(mine, theirs):
            return _DISTINCT_BITS
        return self.name(field, mine)[level]

    def commune(self, mine: str, theirs: str) -> tuple[str, float]:
        """Relation of two P-codes ('same', 'department', 'region', 'elsewhere') and its weight."""
        nearer, best = 0, 99.0
        for relation, length, m in _PLACE_M:
            prefix = mine[:length]
            count = self._prefix_count(prefix)
            kind = "commune" if relation == "same" else relation
            share = self.frequencies.share("commune", count - nearer, kind)
            best = min(best, log2(m / share))
            if theirs[:length] == prefix:
                return relation, best
            nearer = count
        share = self.frequencies.share("commune", nearer, "region")
        return "elsewhere", log2(_ELSEWHERE_M / max(1 - share, 0.05))

    def _prefix_count(self, prefix: str) -> int:
        key = ("prefix", prefix)
        if key not in self._values:
            self._values[key] = self.frequencies.prefix_count(prefix)
        return int(self._values[key])

    def age(self, mine: int, theirs: int) -> tuple[str, float]:
        """Difference of two years of birth, in years as text, and its weight.

        Estimates are often one or two years off.
        """
        apart = abs(mine - theirs)
        for least, most, m in _AGE_M:
            if apart <= most:
                return str(apart), log2(m / self._share_of_years(mine, least, most))
        return str(apart), log2(_FAR_AGE_M / max(1 - self._share_of_years(mine, 0, 5), 0.05))

    def _share_of_years(self, year: int, least: int, most: int) -> float:
        key = ("years", str(year), str(least), str(most))
        if key not in self._values:
            counts = self.frequencies.counts("birth_year")
            years = {year + sign * apart for apart in range(least, most + 1) for sign in (-1, 1)}
            people = sum(counts.get(y, 0) for y in years if FIRST_YEAR <= y <= LAST_YEAR)
            known = self.frequencies.share("birth_year", 0)  # the imagined share, for one year
            self._values[key] = min(
                self.frequencies.share("birth_year", people) + known * (len(years) - 1), 0.95
            )
        return self._values[key]

    def sex(self, mine: str, theirs: str) -> tuple[str, float]:
        """Same or other sex, and its weight: a wrong sex is rare, so a difference is strong."""
        share = self.frequencies.share("sex", self.frequencies.counts("sex").get(mine, 0))
        if mine == theirs:
            return "same", log2((1 - _OTHER_SEX_M) / share)
        return "other", log2(_OTHER_SEX_M / (1 - share))
