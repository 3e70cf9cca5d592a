"""What must not change an answer: case, accents, blanks, order of words, unrelated people, who is asked about whom."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.matching import Entry, Index
from mafaka.matching.closeness import Level, closeness
from mafaka.matching.normalise import tokens
from tests.matching.people import COMMUNES, child, register, village_people
from tests.matching.people import entry as row_entry

GIVEN = [
    "Moussa", "Ibrahim", "Issoufou", "Maïdabo", "Hadiza", "Aïchatou", "Zeinabou", "Chaïbou", "Laouali", "Hassane",
    "Ousseini", "Rabi", "Sadissou", "Nafiou", "Balkissa", "Tahirou", "Ghoumour", "Nana-Aïcha", "Dan-Ladi", "Ɗanjuma",
]  # fmt: skip
given_names = st.sampled_from(GIVEN)
two_names = st.tuples(given_names, given_names).filter(lambda pair: pair[0] != pair[1]).map(" ".join)
entries = st.builds(
    lambda name, father, mother, year, sex, village: Entry(
        key="asked", own=(name,), father=(father,) if father else (), mother=(mother,) if mother else (),
        birth_year=year, sex=sex, village=village, commune="NE007005005" if village else None,
    ),
    two_names, st.none() | given_names, st.none() | given_names, st.none() | st.integers(1990, 2022),
    st.sampled_from([None, "male", "female"]), st.sampled_from([None, "Guidan Roumdji", "Dan Barto", "Garin Malam"]),
)  # fmt: skip
whole = st.builds(
    lambda name, father, year, sex: child(
        1, name, father=(father,), birth_year=year, sex=sex, village="Guidan Roumdji"
    ),
    two_names, given_names, st.integers(2000, 2015), st.sampled_from(["male", "female"]),
)  # fmt: skip
some_people = st.lists(entries, min_size=1, max_size=8).map(
    lambda found: [_renamed(entry, key) for key, entry in enumerate(found)]
)
INDEX = Index.build([*village_people(), *(row_entry(row) for row in register().values())], communes=COMMUNES)


def _renamed(entry: Entry, key: object) -> Entry:
    return Entry(key, *(getattr(entry, field) for field in Entry.__dataclass_fields__ if field != "key"))


def without_marks(text: str) -> str:
    """Without accents; the hooks of Hausa stay, they are letters."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def answers(index: Index, text: str) -> list[tuple[object, float]]:
    return [(hit.key, round(hit.score, 4)) for hit in index.search(text, limit=20)]


# --- The search box


@settings(max_examples=60, deadline=None)
@given(
    two_names,
    st.sampled_from(
        [str.upper, str.lower, without_marks, lambda t: f"  {t}\t", lambda t: t.replace(" ", ",  ")]
    ),
)
def test_case_accents_and_blanks_do_not_change_an_answer(name: str, change: object) -> None:
    assert answers(INDEX, change(name)) == answers(INDEX, name)  # type: ignore[operator]


@settings(max_examples=60, deadline=None)
@given(st.tuples(given_names, given_names, given_names).filter(lambda names: len(set(names)) == 3))
def test_the_order_of_the_words_only_costs_what_an_order_is_worth(names: tuple[str, str, str]) -> None:
    """Written another way round, the same people are found; a whole name in order is worth half a bit more."""
    straight = {hit.key: hit.score for hit in INDEX.search(" ".join(names), limit=300)}
    turned = {hit.key: hit.score for hit in INDEX.search(" ".join(reversed(names)), limit=300)}
    strong = {key for key, score in straight.items() if score > 4}
    assert strong <= set(turned)
    assert all(abs(straight[key] - turned[key]) < 4 for key in strong)


@settings(max_examples=25, deadline=None)
@given(two_names, some_people)
def test_unrelated_people_do_not_take_away_an_exact_answer(name: str, others: list[Entry]) -> None:
    alone = Index.build([*village_people(), child("asked", name)])
    crowded = Index.build([*village_people(), child("asked", name), *others])
    for index in (alone, crowded):
        assert "asked" in [hit.key for hit in index.search(name, limit=len(index))]


@settings(max_examples=40, deadline=None)
@given(two_names, some_people, st.randoms(use_true_random=False))
def test_the_order_in_which_people_were_written_does_not_matter(
    name: str, people: list[Entry], chance: object
) -> None:
    turned = list(people)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    assert answers(Index.build(people), name) == answers(Index.build(turned), name)


@settings(max_examples=40, deadline=None)
@given(two_names, st.integers(1, 10))
def test_a_shorter_list_is_the_beginning_of_a_longer_one(name: str, limit: int) -> None:
    assert INDEX.search(name, limit=limit) == INDEX.search(name, limit=20)[:limit]


@settings(max_examples=40, deadline=None)
@given(two_names)
def test_answers_come_best_first_with_reasons_that_add_up(name: str) -> None:
    hits = INDEX.search(name, limit=30)
    scores = [round(hit.score, 6) for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert len({hit.key for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.score == pytest.approx(sum(reason.weight for reason in hit.reasons))
        assert hit.score > 0


@settings(max_examples=40, deadline=None)
@given(two_names, st.sampled_from(["Vrdzk", "Pltbrg", "Wxyzd"]))
def test_a_word_found_nowhere_costs_and_never_helps(name: str, strange: str) -> None:
    before = {hit.key: hit.score for hit in INDEX.search(name, limit=50)}
    after = {hit.key: hit.score for hit in INDEX.search(f"{name} {strange}", limit=50)}
    assert all(after[key] < before[key] for key in before.keys() & after.keys())


# --- Two records side by side


@settings(max_examples=60, deadline=None)
@given(entries, entries)
def test_what_one_side_proposes_the_other_does_not_deny(one: Entry, other: Entry) -> None:
    """The rarity is that of the spelling asked about: scores may differ, but not what they propose."""
    forth, back = INDEX.compare(one, other), INDEX.compare(other, one)
    assert not (forth.score > 3 and back.score < 0)
    assert {reason.field for reason in forth.reasons} - {"order"} >= {"household", "prior"}


@settings(max_examples=60, deadline=None)
@given(whole, whole)
def test_nobody_who_tells_as_much_is_more_like_another_than_like_themselves(one: Entry, other: Entry) -> None:
    assert INDEX.compare(one, other).score <= INDEX.compare(one, one).score + 0.01


@settings(max_examples=60, deadline=None)
@given(entries)
def test_case_and_accents_do_not_tell_two_records_apart(one: Entry) -> None:
    turned = _renamed(one, "other")
    loud = Entry(
        "other", own=(turned.own[0].upper(),), father=tuple(map(str.upper, turned.father)),
        mother=tuple(map(without_marks, turned.mother)), village=turned.village, commune=turned.commune,
        birth_year=turned.birth_year, sex=turned.sex,
    )  # fmt: skip
    assert INDEX.compare(one, loud).score == pytest.approx(INDEX.compare(one, turned).score)


@settings(max_examples=60, deadline=None)
@given(entries, entries)
def test_the_other_sex_always_speaks_against(one: Entry, other: Entry) -> None:
    def of(entry: Entry, sex: str) -> Entry:
        fields = {name: getattr(entry, name) for name in Entry.__dataclass_fields__} | {"sex": sex}
        return Entry(**fields)

    same = INDEX.compare(of(one, "female"), of(other, "female"))
    differ = INDEX.compare(of(one, "female"), of(other, "male"))
    [weight] = [reason.weight for reason in differ.reasons if reason.field == "sex"]
    assert weight < -5
    assert [reason.weight > 0 for reason in same.reasons if reason.field == "sex"] == [True]


@settings(max_examples=60, deadline=None)
@given(entries, entries, st.floats(0, 8), st.floats(-8, 0))
def test_more_evidence_moves_a_score_its_own_way(one: Entry, other: Entry, good: float, bad: float) -> None:
    plain = INDEX.compare(one, other).score
    assert INDEX.compare(one, other, extra={"needs": good}).score >= plain - 0.001
    assert INDEX.compare(one, other, extra={"needs": bad}).score <= plain + 0.001


@settings(max_examples=30, deadline=None)
@given(entries)
def test_possible_doubles_are_found_whichever_of_the_two_is_asked_about(one: Entry) -> None:
    first, second = _renamed(one, "first"), _renamed(one, "second")
    index = Index.build([*village_people(), first, second])
    assert "second" in [each.key for each in index.duplicates(first, limit=70)]
    assert "first" in [each.key for each in index.duplicates(second, limit=70)]


# --- Words


@settings(max_examples=100, deadline=None)
@given(given_names, given_names)
def test_only_one_sound_is_one_sound(one: str, other: str) -> None:
    mine, theirs = (tokens(name)[0].normal for name in (one, other))
    assert (closeness(mine, theirs) == Level.SOUND) == (mine == theirs)
    assert closeness(mine, theirs) == closeness(theirs, mine)


@settings(max_examples=60, deadline=None)
@given(given_names, st.integers(4, 8))
def test_whoever_types_a_name_finds_it_before_its_end(name: str, typed: int) -> None:
    index = Index.build([child("asked", f"{name} Wazir"), child(1, "Oumoul Kheiri")])
    beginning = without_marks(name)[:typed]
    assert "asked" in [hit.key for hit in index.search(beginning)]
