"""People written down twice in one register: pairs for a person to decide on, never merged here.

The name engine weighs name, age, sex and place; the register adds what it says of the two stays. The same name
alone is never enough: in Zinder two children of one name and one village are common.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mafaka.matching import Entry, Index, Reason
from mafaka.registers.evidence import Register, Sign, separate
from mafaka.registers.readrow import ReadRow

# Set on the demonstration register and on registers made from it with other names, ages and dates (see the tests).
PROBABLE_BITS = 4.0
POSSIBLE_BITS = 0.0
HOPELESS_BITS = -6.0  # no evidence of the stays makes up for names that speak so much against
LEAST_NAME_BITS = 0.0  # name, age, sex and place must already speak for one person
LEAST_AGREEMENTS = 3  # among the dates, needs, country and so on of the register
_CANDIDATES = 10

Progress = Callable[[int, int], None]


class Strength(StrEnum):
    """How a pair is proposed: `probable` ones are put first, and are what --merge-suspected accepts."""

    PROBABLE = "probable"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two rows (by place in the list, first < second) that may be one person."""

    first: int
    second: int
    score: float
    strength: Strength
    signs: tuple[Sign, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for one person, the strongest first."""
        return tuple(sign.sentence for sign in sorted(self.signs, key=lambda s: -s.weight) if sign.agrees)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What speaks against it."""
        return tuple(sign.sentence for sign in self.signs if not sign.agrees)


def find_repeats(rows: Sequence[ReadRow], *, progress: Progress | None = None) -> tuple[Repeat, ...]:
    """All pairs of rows that may be one person, the surest first. `progress` is told (done, of) now and then."""
    entries = [_entry(place, row) for place, row in enumerate(rows)]
    named = [entry for entry in entries if entry.own]
    index = Index.build(named)
    register = Register(rows)
    pairs: dict[tuple[int, int], float] = {}
    for done, entry in enumerate(named):
        for suggestion in index.duplicates(entry, limit=_CANDIDATES):
            first, second = sorted((int(entry.key), int(suggestion.key)))
            if suggestion.score >= HOPELESS_BITS:
                pairs[first, second] = max(suggestion.score, pairs.get((first, second), HOPELESS_BITS))
        if progress and done % 100 == 0:
            progress(done, len(named))
    found = (_weigh(index, register, entries, rows, pair, pairs[pair]) for pair in sorted(pairs))
    return tuple(sorted((pair for pair in found if pair), key=lambda pair: (-pair.score, pair.first)))


def _entry(place: int, row: ReadRow) -> Entry:
    born = row.age.born_between(row.arrived_on) if row.age and row.arrived_on else None
    return Entry(
        key=place,
        own=(row.name,) if row.name else (),
        father=(row.father,) if row.father else (),
        mother=(row.mother,) if row.mother else (),
        village=row.village or None,
        commune=row.origin.pcode if row.origin else None,
        birth_year=(born[0] + (born[1] - born[0]) / 2).year if born else None,
        sex=row.sex if row.sex != "unknown" else None,
    )


def _weigh(
    index: Index,
    register: Register,
    entries: list[Entry],
    rows: Sequence[ReadRow],
    pair: tuple[int, int],
    alone: float,
) -> Repeat | None:
    """`alone`: what the engine makes of names, age, sex and place without the register's evidence."""
    a, b = rows[pair[0]], rows[pair[1]]
    beside = register.signs(a, b)
    extra = {sign.field: sign.weight for sign in beside}
    compared = index.compare(entries[pair[0]], entries[pair[1]], extra=extra)
    if max(compared.score, alone) < POSSIBLE_BITS:
        return None
    agreements = sum(sign.agrees for sign in beside)
    stays_meet = any(sign.agrees and sign.field in {"arrived_on", "left_on"} for sign in beside)
    sexes_differ = {a.sex, b.sex} == {"male", "female"}
    distinct = any(reason.level == "distinct" for reason in compared.reasons)
    probable = (
        compared.score >= PROBABLE_BITS
        and alone >= LEAST_NAME_BITS
        and agreements >= LEAST_AGREEMENTS
        and stays_meet
        and not (sexes_differ or distinct or separate(a, b))
    )
    strength = Strength.PROBABLE if probable else Strength.POSSIBLE
    signs = (*_signs_of_engine(compared.reasons, a, b), *beside)
    return Repeat(pair[0], pair[1], round(compared.score, 2), strength, signs)


def _signs_of_engine(reasons: Sequence[Reason], a: ReadRow, b: ReadRow) -> list[Sign]:
    """The engine's reasons in words; the names themselves are shown beside the pair, not repeated here."""
    found = []
    for reason in reasons:
        sentence = _sentence(reason, a, b)
        if sentence:
            found.append(Sign(reason.field, sentence, agrees=reason.weight > 0, weight=reason.weight))
    return found


def _sentence(reason: Reason, a: ReadRow, b: ReadRow) -> str | None:
    match reason.field:
        case "given" | "family" | "father" | "mother":
            return _name_sentence(reason)
        case "order":
            return _("Nom et prénom dans un autre ordre.")
        case "age":
            return _age_sentence(a, b)
        case "sex":
            return _("Même sexe.") if a.sex == b.sex else _("Sexes différents.")
        case "commune":
            same = a.origin and b.origin and a.origin.pcode == b.origin.pcode
            return _("Même commune de provenance.") if same else _("Communes de provenance différentes.")
        case "village":
            return _("Même village.") if reason.weight > 0 else _("Villages différents.")
    return None


def _name_sentence(reason: Reason) -> str:
    field = {
        "given": _("Prénom"),
        "family": _("Second nom"),
        "father": _("Nom du père"),
        "mother": _("Nom de la mère"),
    }[reason.field]
    likeness = {
        "written": _("écrit pareil"),
        "sound": _("même prononciation"),
        "consonants": _("mêmes consonnes ou graphie connue"),
        "near": _("presque le même"),
        "loose": _("peu ressemblant"),
        "distinct": _("deux noms distincts"),
    }.get(reason.level, _("différent"))
    return _("{field} : {likeness}.").format(field=field, likeness=likeness)


def _age_sentence(a: ReadRow, b: ReadRow) -> str | None:
    if not a.age or not b.age:
        return None
    one, other = _age(a.age.months), _age(b.age.months)
    if one == other:
        return _("Même âge : {age}.").format(age=one)
    return _("Âges : {one} et {other}.").format(one=one, other=other)


def _age(months: int) -> str:
    if months < 24:
        return ngettext("{n} mois", "{n} mois", months).format(n=months)
    return ngettext("{n} an", "{n} ans", months // 12).format(n=months // 12)
