from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.matching import Entry, Hit, Index
from mafaka.matching.normalise import tokens
from tests.matching.people import COMMUNES, child, register, village_people
from tests.matching.people import entry as row_entry

some_names = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="aeioubdhjklmnrst ï-'", max_size=25),
    st.lists(
        st.sampled_from(["Moussa", "Ali", "Elhadji", "Abdoul", "Aïssa", "Issa", "ag", "Dan", "عبد", "X"]),
        max_size=5,
    ).map(" ".join),
)
some_entries = st.lists(some_names, min_size=1, max_size=12).map(
    lambda names: [Entry(key=key, own=(name,), father=(names[key - 1],)) for key, name in enumerate(names)]
)


@pytest.fixture(scope="module")
def index() -> Index:
    people = [
        *village_people(),
        child(1, "Maïdabo Illiassou", village="Guidan Roumdji", commune="NE004005002"),
        child(2, "Issoufou Malam", father=("Malam Ousmane",), mother=("Rakia",)),
        child(3, "Khadija Bachir", sex="female"),
        child(4, "Nana-Aïcha Idi", sex="female"),
        child(5, "Sadissou", other=("Tchiroma",), father=("Nafiou",)),
    ]
    return Index.build(people, communes=COMMUNES)


def first(index: Index, text: str) -> Hit:
    return index.search(text)[0]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Maidabo Iliasou", 1),
        ("MAÏDABO ILLIASSOU", 1),
        ("Issufu Malam", 2),
        ("malam issoufou", 2),
        ("Yusuf Mallam Usman", 2),
        ("Hadiza Bashir", 3),
        ("خديجة بشير", 3),
        ("aicha idi", 4),
        ("Idi Nana", 4),
        ("Ciroma", 5),
        ("tchiroma nafiu", 5),
        ("Issoufou Malam Ousmane Rakia", 2),
        ("Maidabo guidan roumji", 1),
        ("\u202eMaïdabo\u200f Illi\u200bassou", 1),
    ],
)
def test_a_name_is_found_in_any_spelling_and_order(index: Index, text: str, key: int) -> None:
    assert first(index, text).key == key


def test_one_word_is_found_among_many() -> None:
    people = [
        child(key, name)
        for key, name in enumerate(["Maïdabo Sani", "Issoufou Sani", "Khadija Sani", "Moussa Sani"])
    ]
    index = Index.build(people)
    assert [first(index, text).key for text in ("Maidabo", "Issufu", "Hadiza", "موسى")] == [0, 1, 2, 3]


def test_the_exact_spelling_comes_first_then_the_same_sound_then_the_near() -> None:
    index = Index.build(
        [child(1, "Issoufi Ali"), child(2, "Issufu Ali"), child(3, "Issoufou Ali"), child(4, "Moussa Sani")]
    )
    hits = index.search("Issoufou Ali")
    assert [hit.key for hit in hits] == [3, 2, 1]
    assert [hit.reasons[0].level for hit in hits] == ["written", "sound", "consonants"]


def test_the_own_name_comes_before_the_fathers_and_the_mothers() -> None:
    index = Index.build(
        [
            child(1, "Ali", mother=("Zeinabou",)),
            child(2, "Ali", father=("Zeinabou",)),
            child(3, "Zeinabou"),
            child(4, "Sani"),
        ]
    )
    hits = index.search("Zainabu")
    assert [(hit.key, hit.reasons[0].field) for hit in hits] == [(3, "own"), (2, "father"), (1, "mother")]


def test_every_word_of_the_question_weighs(index: Index) -> None:
    all_words, one_word = first(index, "Moussa Oumarou Guidan Roumdji"), first(index, "Moussa")
    assert {reason.field for reason in all_words.reasons} == {"own", "place"}
    assert all_words.score > one_word.score
    missing = first(index, "Moussa Wxyz")
    assert ("", "none", "wxyz") in [reason[:3] for reason in missing.reasons]


def test_people_are_found_by_village_and_by_commune_however_spelled(index: Index) -> None:
    assert {reason.field for reason in first(index, "G. Roumdji").reasons} == {"place"}
    assert "place" in {reason.field for reason in first(index, "Kantchi").reasons}
    assert Index.build(village_people()).search("Kantchi") == []


def test_the_score_is_the_sum_of_its_reasons(index: Index) -> None:
    for hit in index.search("Issoufou Oumarou Kantché"):
        assert hit.score == pytest.approx(sum(reason.weight for reason in hit.reasons))


def test_a_twin_is_not_an_answer_for_the_other() -> None:
    index = Index.build([child(1, "Hassane Oumarou"), child(2, "Ousseini Oumarou")])
    assert first(index, "Hassan Oumarou").key == 1
    assert first(index, "Housseini Umaru").key == 2
    assert [hit.key for hit in index.search("Hassane")] == [1]


@pytest.mark.parametrize("text", ["", " ", "\x00", "123", "\u202e", "…"])
def test_a_question_without_words_has_no_answer(index: Index, text: str) -> None:
    assert index.search(text) == []


def test_an_empty_index_has_no_answer() -> None:
    index = Index.build([])
    assert index.search("Moussa") == []
    assert index.duplicates(child(1, "Moussa")) == []
    assert len(index) == 0


@pytest.mark.parametrize("text", ["a" * 2000, "Moussa " * 300, "é̀" * 1000, "ag " * 600])
def test_two_thousand_characters_are_survived(index: Index, text: str) -> None:
    index.search(text)
    index.duplicates(child(9, text, father=(text,), other=(text,), village=text))
    changing = Index.build([child(1, text, village=text)])
    changing.put(child(2, text, mother=(text,)))
    assert {hit.key for hit in changing.search(text)} == {1, 2}


@settings(max_examples=60, deadline=None)
@given(some_entries)
def test_an_exact_own_name_is_always_found(entries: list[Entry]) -> None:
    index = Index.build(entries)
    for entry in entries:
        if tokens(entry.own[0]):
            assert entry.key in [hit.key for hit in index.search(entry.own[0], limit=len(entries))]


def test_everybody_in_the_register_finds_himself_first() -> None:
    rows = register()
    index = Index.build(map(row_entry, rows.values()))
    for number, row in rows.items():
        named = [key for key, other in rows.items() if tokens(other["name"]) == tokens(row["name"])]
        assert first(index, row["name"]).key in named, number


# --- Written and forgotten between two renewals ----------------------------------------------------------------


def answers(index: Index, texts: list[str]) -> list[list[tuple[object, float]]]:
    return [[(hit.key, round(hit.score, 6)) for hit in index.search(text)] for text in texts]


@settings(max_examples=40, deadline=None)
@given(
    some_entries,
    st.lists(st.tuples(st.integers(0, 15), some_names), max_size=8),
    st.sets(st.integers(0, 15), max_size=4),
)
def test_putting_and_removing_answers_like_building_anew(
    entries: list[Entry], puts: list[tuple[int, str]], removed: set[int]
) -> None:
    index = Index.build(entries)
    people = {entry.key: entry for entry in entries}
    for key, name in puts:
        people[key] = Entry(key=key, own=(name,), birth_year=2010)
        index.put(people[key])
    for key in removed:
        people.pop(key, None)
        index.remove(key)
    fresh = Index.build(people.values())
    texts = [entry.own[0] for entry in [*entries, *people.values()]]
    assert len(index) == len(fresh) == len(people)
    assert answers(index, texts) == answers(fresh, texts)
    for entry in people.values():
        ours, theirs = index.duplicates(entry), fresh.duplicates(entry)
        assert [(s.key, round(s.score, 6)) for s in ours] == [(s.key, round(s.score, 6)) for s in theirs]
    assert answers(index.renewal()(), texts) == answers(fresh, texts)


def test_what_was_overwritten_or_removed_is_not_found() -> None:
    index = Index.build(village_people())
    index.put(child(1, "Balkissa Tahirou"))
    index.put(child(1, "Noura Tahirou"))
    assert first(index, "Noura").key == 1
    assert 1 not in [hit.key for hit in index.search("Balkissa")]
    index.remove(1)
    index.remove(1)
    assert 1 not in index
    assert index.search("Noura") == []


def test_a_renewal_is_asked_for_after_a_thousand_changes() -> None:
    index = Index.build(village_people())
    for key in range(1001):
        index.put(child(10_000 + key, "Moussa Ibrahim"))
    assert index.renewal_needed
    make = index.renewal()
    index.put(child(2, "Noura Tahirou"))
    renewed = make()
    assert 2 not in renewed
    index.remove(2)
    assert not renewed.renewal_needed
    assert len(renewed) == len(index) == 1061
    renewed.put(child(1, "Balkissa Tahirou"))
    assert 1 not in index


def test_readers_and_writers_do_not_disturb_each_other() -> None:
    index, failures = Index.build(village_people()), []

    def read() -> None:
        failures.extend(key for key in (first(index, "Maidabo Umaru").key for _ in range(30)) if key != 103)

    def write(base: int) -> None:
        for key in range(base, base + 60):
            index.put(child(key, f"Tahirou Nafiou {key}"))
            index.remove(key)

    threads = [
        Thread(target=read),
        Thread(target=read),
        Thread(target=write, args=(500,)),
        Thread(target=write, args=(900,)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(index) == 60


MINE, ALSO, NEW = 9001, 9002, 9003


def crowd() -> list[Entry]:
    """Two thousand people, three hundred namesakes among them, and two of nearly their name."""
    others = [replace(each, key=100 * each.key + turn) for each in village_people() for turn in range(30)]
    namesakes = [child(key, "Mahamadou Issa") for key in range(1000, 1300)]
    return [*others, *namesakes, child(MINE, "Mahamadu Isa"), child(ALSO, "Mahamadu Isa Kane")]


def test_only_those_who_count_are_found_however_many_are_nearer() -> None:
    index = Index.build(crowd())
    index.put(child(NEW, "Mahamadou Isa"))
    for counting in ({MINE, ALSO, NEW}, {MINE}, {ALSO}, {NEW}, {1299}, set()):
        found = index.search("Mahamadou Issa", limit=5, among=lambda _keys, counting=counting: counting)
        assert {hit.key for hit in found} == counting
    nearest = index.search("Mahamadou Issa", among=lambda _keys: {MINE, ALSO})
    assert [hit.key for hit in nearest] == [MINE, ALSO]


def test_those_who_count_are_asked_for_in_few_batches_and_once() -> None:
    index = Index.build(child(key, "Mahamadou Issa") for key in range(3000))
    batches: list[list[int]] = []

    def none(keys: Sequence[int]) -> set[int]:
        batches.append(list(keys))
        return set()

    assert index.search("Mahamadou", among=none) == []
    assert sorted(key for batch in batches for key in batch) == list(range(3000))
    assert len(batches) == 3


def test_doubles_are_sought_among_those_who_count() -> None:
    index, asked = Index.build(crowd()), child(1, "Mahamadou Issa")
    assert MINE not in [each.key for each in index.duplicates(asked)]
    assert [each.key for each in index.duplicates(asked, among=lambda _keys: {MINE})] == [MINE]


@given(some_entries, some_names, st.sets(st.integers(0, 11)))
def test_who_counts_changes_nothing_else(entries: list[Entry], text: str, counting: set[int]) -> None:
    index = Index.build(entries)
    whole = [hit for hit in index.search(text, limit=50) if hit.key in counting]
    assert index.search(text, limit=50, among=lambda _keys: counting) == whole
