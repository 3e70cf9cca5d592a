"""Speed and memory of the name engine on invented people, as JSON: `python bench/matching_speed.py [people]`.

The people come in households: children share the father's name, the village and the mother. Spellings are
drawn from the list of names and damaged by a typing error now and then; a tail of names that the list does
not know stands for real life.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mafaka.matching import Entry, Index

NAMES = json.loads(
    (Path(__file__).resolve().parent.parent / "mafaka/matching/data/names_variants.json").read_text()
)["names"]
SYLLABLES = [c + v for c in (*"bdfgklmnrstz", "dj", "ch") for v in ("a", "i", "ou", "é")]
COMMUNES = [
    f"NE{region:03d}{department:03d}{commune:03d}"
    for region in range(1, 9)
    for department in range(1, 9)
    for commune in range(1, 5)
]


class Generator:
    """Invented people, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        tail = [
            "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))).capitalize()
            for _ in range(2_500)
        ]
        self.boys = [[n["canonical"], *n["variants"]] for n in NAMES if n["sex"] != "female"] + [
            [name] for name in tail
        ]
        self.girls = [[n["canonical"], *n["variants"]] for n in NAMES if n["sex"] != "male"] + [
            [name] for name in tail
        ]
        self.weights = {
            id(names): [1 / (rank + 3) ** 0.9 for rank in range(len(names))]
            for names in (self.boys, self.girls)
        }
        self.villages = [
            (
                f"{self.random.choice(['', 'Guidan ', 'Garin ', 'Dan '])}{self.random.choice(tail)}",
                self.random.choice(COMMUNES),
            )
            for _ in range(8_000)
        ]

    def name(self, names: list[list[str]]) -> list[str]:
        return self.random.choices(names, self.weights[id(names)])[0]

    def written(self, spellings: list[str]) -> str:
        """One of the spellings, most often the usual one; one in thirty has a letter wrong."""
        name = spellings[0] if self.random.random() < 0.5 else self.random.choice(spellings)
        if self.random.random() > 0.03:
            return name
        place = self.random.randrange(len(name))
        return name[:place] + self.random.choice("aeioulmnrst") + name[place + self.random.randint(0, 1) :]

    def people(self, count: int) -> Iterator[Entry]:
        """So many people, household by household."""
        key = 0
        while key < count:
            father, mother = self.name(self.boys), self.name(self.girls)
            village, commune = self.random.choice(self.villages)
            for _ in range(min(self.random.randint(1, 8), count - key)):
                key += 1
                boy = self.random.random() < 0.6
                own = self.written(self.name(self.boys if boy else self.girls))
                yield Entry(
                    key=key,
                    own=(f"{own} {self.written(father)}",),
                    father=(self.written(father),),
                    mother=(self.written(mother),) if self.random.random() < 0.8 else (),
                    village=village if self.random.random() < 0.9 else None,
                    commune=commune,
                    birth_year=2022 - self.random.randint(1, 40),
                    sex="male" if boy else "female",
                )

    def again(self, entry: Entry) -> Entry:
        """The same person as another clerk would write them."""
        own = entry.own[0].split(" ")
        known = {name: spellings for spellings in self.boys + self.girls for name in spellings}
        words = [self.written(known.get(word, [word])) for word in own]
        if self.random.random() < 0.15:
            words.reverse()
        return Entry(
            key=-entry.key,
            own=(" ".join(words),),
            father=entry.father if self.random.random() < 0.8 else (),
            village=entry.village if self.random.random() < 0.7 else None,
            commune=entry.commune if self.random.random() < 0.85 else None,
            birth_year=(entry.birth_year or 0) + self.random.choice([-2, -1, 0, 0, 1, 2]),
            sex=entry.sex,
        )


def timed(calls: list[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(calls)
    return {
        "p50_ms": round(ordered[len(ordered) // 2] * 1e3, 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1e3, 2),
    }


def resident_mb() -> float:
    """Memory of this process in megabytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def main(count: int = 100_000, questions: int = 500) -> None:
    """Build, ask, print."""
    generator = Generator()
    entries = list(generator.people(count))
    asked = generator.random.sample(entries, questions)
    before, start = resident_mb(), time.perf_counter()
    index = Index.build(entries)
    figures: dict[str, object] = {
        "people": count,
        "build_s": round(time.perf_counter() - start, 2),
        "memory_mb": round(resident_mb() - before, 1),
    }
    figures["words"] = len(index._vocabulary)
    again = [generator.again(entry) for entry in asked]
    for title, texts in (("search_cold", again), ("search_warm", again)):
        calls, first, ten = [], 0, 0
        for entry, person in zip(asked, texts, strict=True):
            text = f"{person.own[0]} {person.village or ''}"
            start = time.perf_counter()
            hits = index.search(text)
            calls.append(time.perf_counter() - start)
            first += bool(hits) and hits[0].key == entry.key
            ten += entry.key in [hit.key for hit in hits]
        figures[title] = timed(calls) | {"recall_at_1": first / questions, "recall_at_10": ten / questions}
    calls, first, ten = [], 0, 0
    for entry, person in zip(asked, again, strict=True):
        start = time.perf_counter()
        found = index.duplicates(person)
        calls.append(time.perf_counter() - start)
        first += bool(found) and found[0].key == entry.key
        ten += entry.key in [suggestion.key for suggestion in found]
    figures["duplicates"] = timed(calls) | {"recall_at_1": first / questions, "recall_at_10": ten / questions}
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
