"""How common things are, what agreeing on them is worth, and the table in which people are kept as numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.matching.closeness import Level, Vocabulary, closeness
from mafaka.matching.entry import FIRST_YEAR, LAST_YEAR, WORD_FIELDS, Entry, Reading, read
from mafaka.matching.frequencies import Frequencies, Scale
from mafaka.matching.normalise import skeleton, tokens
from mafaka.matching.table import Table
from tests.matching.people import COMMUNES, child, register, village_people
from tests.matching.people import entry as row_entry

COMMUNE = "NE007005005"
words = st.sampled_from(
    ["moussa", "issoufou", "issufu", "hadiza", "rabi", "ghoumour", "aïcha", "ali", "oumarou"]
)
texts = st.lists(words, max_size=3).map(" ".join)
entries = st.builds(
    lambda key, own, father, mother, other, village, commune, year, sex: Entry(
        key, (own,), (father,), (mother,), (other,), village, commune, year, sex
    ),
    st.integers(0, 10_000), texts, texts, texts, texts, st.none() | st.sampled_from(["Tsaouni", "Dan Barto", "12"]),
    st.sampled_from([None, COMMUNE, "NE004005002"]), st.none() | st.integers(1850, 2150),
    st.sampled_from([None, "male", "female", "unknown"]),
)  # fmt: skip
people = st.lists(entries, max_size=8, unique_by=lambda entry: entry.key)


def readings(found: list[Entry]) -> list[Reading]:
    return [read(entry, COMMUNES) for entry in found]


def scale_of(found: list[Reading]) -> Scale:
    frequencies = Frequencies()
    for reading in found:
        frequencies.count(reading, +1)
    forms = {word.normal for reading in found for field in WORD_FIELDS for word in getattr(reading, field)}
    return Scale(Vocabulary(forms | {reading.village for reading in found if reading.village}), frequencies)


EVERYBODY = readings([*village_people(), *(row_entry(row) for row in register().values())])
SCALE = scale_of(EVERYBODY)


# --- Entries


@given(entries)
def test_what_is_implausible_is_read_as_unknown(entry: Entry) -> None:
    found = read(entry, COMMUNES)
    lawful = entry.birth_year is not None and FIRST_YEAR <= entry.birth_year <= LAST_YEAR
    assert found.birth_year == (entry.birth_year if lawful else 0)
    assert found.sex in {"", "male", "female"}
    assert (found.village == "") == (entry.village in {None, "12"})


def test_the_names_of_a_commune_are_among_the_words_of_a_place() -> None:
    found = read(child(1, "Ali", village="Tsaouni"), COMMUNES)
    assert {word.normal for word in tokens("Kantché Kantchi Tsaouni")} <= {
        word.normal for word in found.place
    }
    assert read(child(1, "Ali", commune="NE999"), COMMUNES).place == ()


# --- The table


@settings(max_examples=60, deadline=None)
@given(people)
def test_whoever_is_put_into_the_table_comes_out_as_they_were(found: list[Entry]) -> None:
    taken = readings(found)
    table = Table(taken)
    assert len(table) == len(taken)
    for row, reading in enumerate(taken):
        assert table.reading(row) == reading
        assert table.row_of[reading.key] == row
        assert table.standing[row]


@settings(max_examples=60, deadline=None)
@given(people)
def test_every_word_leads_to_exactly_the_rows_that_hold_it(found: list[Entry]) -> None:
    taken = readings(found)
    table = Table(taken)
    for field in WORD_FIELDS:
        for number, word in enumerate(table.words):
            holding = [
                row for row, reading in enumerate(taken) for held in getattr(reading, field) if held == word
            ]
            assert list(table.fields[field].rows(number)) == holding


@settings(max_examples=60, deadline=None)
@given(people)
def test_villages_and_sexes_lead_to_their_rows(found: list[Entry]) -> None:
    taken = readings(found)
    table = Table(taken)
    for village in {"tsauni", "nowhere", *(reading.village for reading in taken if reading.village)}:
        rows = [row for row, reading in enumerate(taken) if reading.village == village]
        assert list(table.rows_of_village(village)) == rows
    for sex, other in (("male", "female"), ("female", "male")):
        assert list(table.of_other_sex(sex)) == [reading.sex == other for reading in taken]


def test_a_spelling_leads_to_all_ways_of_writing_it() -> None:
    table = Table(readings([child(1, "Issoufou"), child(2, "Issufu"), child(3, "ISSOUFOU")]))
    form = tokens("Issoufou")[0].normal
    assert {table.words[number].written for number in table.spellings(form)} == {"issoufou", "issufu"}
    assert table.spellings("never") == []


# --- Counting


@settings(max_examples=60, deadline=None)
@given(people, people)
def test_who_comes_and_goes_leaves_the_counts_as_they_were(found: list[Entry], passing: list[Entry]) -> None:
    frequencies = Frequencies()
    for reading in readings(found):
        frequencies.count(reading, +1)
    fields = [*WORD_FIELDS, "any", "village", "commune", "birth_year", "sex"]
    before = {field: {k: n for k, n in frequencies.counts(field).items() if n} for field in fields}
    for step in (+1, -1):
        for reading in readings(passing):
            frequencies.count(reading, step)
    assert {field: {k: n for k, n in frequencies.counts(field).items() if n} for field in fields} == before
    assert frequencies.people == len(found)


@settings(max_examples=60, deadline=None)
@given(people)
def test_a_person_counts_once_for_a_word_however_often_it_stands_in_their_names(found: list[Entry]) -> None:
    frequencies = Frequencies()
    taken = list(frequencies.counted(readings(found)))
    for form, number in frequencies.counts("any").items():
        holding = [
            r for r in taken if any(w.normal == form for field in WORD_FIELDS for w in getattr(r, field))
        ]
        assert number == len(holding)


@given(st.integers(-5, 10_000), st.sampled_from(["own", "village", "commune", "birth_year", "sex"]))
def test_a_share_is_never_nothing_nor_everything(count: int, field: str) -> None:
    for frequencies in (Frequencies(), SCALE.frequencies):
        assert 0 < frequencies.share(field, count) < 1


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_more_have_it_the_greater_the_share(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert SCALE.frequencies.share("own", few) <= SCALE.frequencies.share("own", many)


def test_people_of_a_region_are_those_of_its_communes() -> None:
    counted = SCALE.frequencies
    communes = counted.counts("commune")
    assert counted.prefix_count("NE007") == sum(n for code, n in communes.items() if str(code)[:5] == "NE007")
    assert counted.prefix_count("NE007") >= counted.prefix_count(COMMUNE) == communes[COMMUNE] > 0
    assert counted.prefix_count("XX") == 0


# --- Weights


@settings(max_examples=100, deadline=None)
@given(
    words | st.text(alphabet="abdiklmnrstu", min_size=1, max_size=9),
    st.sampled_from(["own", "father", "mother"]),
)
def test_a_nearer_spelling_is_never_worth_less(word: str, field: str) -> None:
    weights = SCALE.name(field, tokens(word)[0].normal)
    levels = [Level.LOOSE, Level.NEAR, Level.CONSONANTS, Level.SOUND, Level.WRITTEN]
    assert all(weights[far] <= weights[near] for far, near in pairwise(levels))
    assert weights[Level.NONE] < 0


def test_a_rare_name_is_worth_more_than_a_common_one() -> None:
    rare, common = (SCALE.name("own", tokens(name)[0].normal) for name in ("Ghoumour", "Moussa"))
    assert all(rare[level] > common[level] for level in (Level.WRITTEN, Level.SOUND, Level.CONSONANTS))


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        (COMMUNE, "same"),
        ("NE007005007", "department"),
        ("NE007006004", "region"),
        ("NE004005002", "elsewhere"),
    ],
)
def test_two_communes_are_related_by_what_holds_both(other: str, relation: str) -> None:
    assert SCALE.commune(COMMUNE, other)[0] == SCALE.commune(other, COMMUNE)[0] == relation


def test_the_nearer_the_commune_the_more_it_speaks_for_one_person() -> None:
    near = [SCALE.commune(COMMUNE, other)[1] for other in (COMMUNE, "NE007005007", "NE007006004")]
    assert near == sorted(near, reverse=True)
    assert SCALE.commune(COMMUNE, "NE004005002")[1] < 0


@given(st.integers(1995, 2020), st.integers(0, 15))
def test_ages_further_apart_never_speak_more_for_one_person(year: int, apart: int) -> None:
    said, weight = SCALE.age(year, year + apart)
    assert said == str(apart)
    if apart > 5:
        assert weight < 0
        assert weight < SCALE.age(year, year)[1]


# --- The vocabulary


@settings(max_examples=40, deadline=None)
@given(
    st.lists(words.map(lambda word: tokens(word)[0].normal), max_size=6), st.lists(words, max_size=6), words
)
def test_a_vocabulary_that_grew_knows_what_one_made_at_once_knows(
    first: list[str], later: list[str], asked: str
) -> None:
    grown = Vocabulary(first)
    form = tokens(asked)[0].normal
    for word in later:
        grown.near(form)
        grown.add(tokens(word)[0].normal)
    made = Vocabulary([*first, *(tokens(word)[0].normal for word in later)])
    assert len(grown) == len(made)
    assert {f: level for f, level in grown.near(form).items() if level > Level.LOOSE} == {
        f: level for f, level in made.near(form).items() if level > Level.LOOSE
    }


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abdfgijklmnrstuʃ", min_size=1, max_size=12))
def test_a_skeleton_has_no_vowel_unless_it_says_so_and_is_never_empty(form: str) -> None:
    bones = skeleton(form)
    assert bones
    assert bones[0] == "_" or not set(bones) & set("aiu")
    assert closeness(form, form) == Level.SOUND
