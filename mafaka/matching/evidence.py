"""Two records side by side, to tell one person from a brother and from a stranger.

The evidence is weighed in two halves. What a child has alone (given name, age, sex) tells them from their
brothers. What they share with them (father, mother, village, the convoy they came with) tells the household
from strangers, and no amount of it proves that two records are one child: it is weighed against the
hypothesis "same household, another child", which explains it just as well. Text similarity alone puts
brothers first; this is what keeps them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from typing import NamedTuple

from mafaka.matching import lexicon
from mafaka.matching.closeness import Level, closeness
from mafaka.matching.entry import Comparison, Reading, Reason
from mafaka.matching.frequencies import Scale
from mafaka.matching.normalise import Word

# Learned on simulated registers (bits).
_PRIOR = 2.5  # a household has several children: a shared household alone speaks against one person
_HOUSEHOLD_SIZE = 5
_SWAPPED = -1.5  # Moussa Ibrahim and Ibrahim Moussa: often one person, sometimes father and son
_WEAK_WORD = 0.3
_OTHER_NAME = 0.5
_REPEATED_AGREEMENT, _REPEATED_CONFLICT = 0.15, 0.3
_COMMUNE_BESIDE_VILLAGE = 0.25
# What the caller adds (same day of entry, same needs) is shared by those who came together almost as much as
# by one person with himself.
_EXTRA_EXPLAINED_BY_COMPANY = 0.8


class Pair(NamedTuple):
    """A word of the one record, the word of the other it was set against, and how near they are."""

    mine: Word
    theirs: Word
    level: Level


def level_of(mine: Word, theirs: Word) -> Level:
    """Level of two words, the spelling included."""
    level = closeness(mine.normal, theirs.normal)
    return Level.WRITTEN if level == Level.SOUND and mine.written == theirs.written else level


def align(mine: Sequence[Word], theirs: Sequence[Word]) -> list[Pair]:
    """Set each word of mine against its nearest word of theirs, one to one, in any order.

    Words with nothing left to face are left out.
    """
    found = sorted(
        ((-level_of(one, other), i, j) for i, one in enumerate(mine) for j, other in enumerate(theirs)),
    )
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    for negative, i, j in found:
        if i not in pairs and j not in taken:
            pairs[i] = Pair(mine[i], theirs[j], Level(-negative))
            taken.add(j)
    return [pairs[i] for i in sorted(pairs)]


def _reason(field: str, counted_in: str, pair: Pair, scale: Scale) -> Reason | None:
    weight = scale.word(counted_in, pair.mine.normal, pair.theirs.normal, pair.level)
    level = pair.level.name.lower()
    if pair.level <= Level.LOOSE and lexicon.distinct(pair.mine.normal, pair.theirs.normal):
        level = "distinct"
    if pair.mine.weak or pair.theirs.weak:  # a title that one clerk wrote and the other did not
        if weight <= 0:
            return None
        weight *= _WEAK_WORD
    return Reason(field, level, pair.mine.written, weight)


def _words(field: str, mine: Sequence[Word], theirs: Sequence[Word], scale: Scale) -> list[Reason]:
    reasons = (_reason(field, field, pair, scale) for pair in align(mine, theirs))
    return [reason for reason in reasons if reason is not None]


def given_place(reading: Reading) -> int:
    """Which own word is the child's own.

    The first that is no title and not known to be of the other sex; the rest is the family's.
    """
    opposite = {"male": "female", "female": "male"}.get(reading.sex)
    strong = [place for place, word in enumerate(reading.own) if not word.weak]
    for place in strong:
        if opposite is None or lexicon.sex_of(reading.own[place].normal) != opposite:
            return place
    return strong[0] if strong else 0


def _own_words(a: Reading, b: Reading, scale: Scale) -> tuple[list[Reason], list[Reason]]:
    """Evidence of the own name: the given name (with the order of the words), and the family words."""
    mine, theirs = given_place(a), given_place(b)
    given: list[Reason] = []
    family: list[Reason] = []
    for pair in align(a.own, b.own):
        is_given = pair.mine is a.own[mine]
        reason = _reason("given" if is_given else "family", "own", pair, scale)
        if reason is None:
            continue
        (given if is_given else family).append(reason)
        if (
            is_given
            and len(a.own) > 1
            and len(b.own) > 1
            and pair.level >= Level.NEAR
            and pair.theirs is not b.own[theirs]
        ):
            given.append(Reason("order", "swapped", "", _SWAPPED))
    return given, family


def _family_words(reading: Reading) -> tuple[Word, ...]:
    given = given_place(reading)
    return tuple(word for place, word in enumerate(reading.own) if place != given and not word.weak)


def _father(a: Reading, b: Reading, scale: Scale) -> list[Reason]:
    """The father's name.

    Where one record has none, it may stand as the family word of the own name, and then only agreement
    counts.
    """
    if a.father and b.father:
        return _words("father", a.father, b.father, scale)
    mine, theirs = (a.father[:1], _family_words(b)) if a.father else (_family_words(a), b.father[:1])
    return [reason for reason in _words("father", mine, theirs, scale) if reason.weight > 0]


def _lineage(a: Reading, b: Reading, family: list[Reason], scale: Scale) -> list[Reason]:
    """Family word and father's first name, counted once.

    A child's second name nearly always is the father's first.
    """
    father = _father(a, b, scale)
    if not family or not father:
        return family + father
    names = _family_words(a)
    fathers = a.father or b.father
    if not any(closeness(name.normal, fathers[0].normal) >= Level.NEAR for name in names):
        return family + father
    said, repeated = family[-1], father[0]
    if (said.weight > 0) != (repeated.weight > 0):
        return family + father
    share = _REPEATED_AGREEMENT if said.weight > 0 else _REPEATED_CONFLICT
    if abs(said.weight) >= abs(repeated.weight):
        return [*family, repeated._replace(weight=repeated.weight * share), *father[1:]]
    return [*family[:-1], said._replace(weight=said.weight * share), *father]


def _other_names(a: Reading, b: Reading, scale: Scale) -> list[Reason]:
    """By-names, grandfather, other spellings.

    They can only speak for, by half, and not again for what the own names said.
    """

    def fresh(reading: Reading) -> list[Word]:
        return [
            w
            for w in reading.other
            if all(closeness(w.normal, o.normal) < Level.CONSONANTS for o in reading.own)
        ]

    mine, theirs = fresh(a), fresh(b)
    pairs = align(mine, [*theirs, *b.own]) + align([w for w in a.own if not w.weak], theirs)
    matched = [_reason("other", "own", pair, scale) for pair in pairs if pair.level >= Level.NEAR]
    return [
        reason._replace(weight=reason.weight * _OTHER_NAME)
        for reason in matched
        if reason and reason.weight > 0
    ]


def _place(a: Reading, b: Reading, scale: Scale) -> list[Reason]:
    """Village and commune. A village that agrees already says most of what its commune says."""
    reasons: list[Reason] = []
    commune = 0.0
    if a.commune and b.commune:
        relation, commune = scale.commune(a.commune, b.commune)
        reasons.append(Reason("commune", relation, a.commune, commune))
    if a.village and b.village:
        level = closeness(a.village, b.village)
        reasons.append(
            Reason(
                "village", level.name.lower(), a.village, max(scale.name("village", a.village)[level], -2.2)
            )
        )
        if level >= Level.NEAR and commune > 0:
            reasons[0] = reasons[0]._replace(weight=commune * _COMMUNE_BESIDE_VILLAGE)
    return reasons


def _age_and_sex(a: Reading, b: Reading, scale: Scale) -> list[Reason]:
    reasons = []
    if a.birth_year and b.birth_year:
        apart, weight = scale.age(a.birth_year, b.birth_year)
        reasons.append(Reason("age", apart, str(a.birth_year), weight))
    if a.sex and b.sex:
        same, weight = scale.sex(a.sex, b.sex)
        reasons.append(Reason("sex", same, a.sex, weight))
    return reasons


def _total(reasons: Iterable[Reason]) -> float:
    return sum(reason.weight for reason in reasons)


def _log2_of_one_plus(exponent: float) -> float:
    """log2(1 + 2**exponent) without overflow."""
    return exponent if exponent > 50 else log2(1 + 2.0**exponent)


def weigh(a: Reading, b: Reading, scale: Scale, extra: Mapping[str, float] | None = None) -> Comparison:
    """Log-odds in bits that two readings are one person, with every piece of evidence.

    The weights are those of a's spellings.
    """
    given, family = _own_words(a, b, scale)
    alone = [*given, *_age_and_sex(a, b, scale)]
    shared = [
        *_lineage(a, b, family, scale),
        *_words("mother", a.mother, b.mother, scale),
        *_other_names(a, b, scale),
        *_place(a, b, scale),
    ]
    added = [Reason(f"extra:{name}", "given", "", weight) for name, weight in (extra or {}).items()]
    strangers = log2(max(scale.frequencies.people / _HOUSEHOLD_SIZE, 2))
    household = _total(shared) - strangers + _EXTRA_EXPLAINED_BY_COMPANY * _total(added)
    reasons = [
        *alone,
        *shared,
        *added,
        Reason("household", "shared", "", -_log2_of_one_plus(household)),
        Reason("prior", "people", "", -strangers - _PRIOR),
    ]
    return Comparison(score=_total(reasons), reasons=tuple(reasons))
