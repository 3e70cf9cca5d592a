from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mafaka.matching.normalise import LONGEST_WORD, MOST_WORDS, normal, place_words, skeleton, tokens, village

# Everything Python can hold in a string, lone surrogates included, and what registers really hold.
anything = st.text(st.characters(exclude_categories=()), max_size=300)
names = st.text(alphabet="aàâbcçdeéèêfghiïjklmnoôpqrstuûvwxyzɓɗƙƴ'’- ", max_size=40)
arabic = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةىئؤ ًَُّ", max_size=30)


def normals(text: str) -> list[str]:
    return [word.normal for word in tokens(text)]


@given(st.one_of(anything, names, arabic))
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.one_of(anything, names, arabic))
def test_any_string_can_be_read(text: str) -> None:
    for word in tokens(text):
        assert word.normal
        assert skeleton(word.normal)
    assert isinstance(village(text), str)


@given(names)
def test_case_accents_and_hooks_do_not_matter(text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert normals(bare) == normals(text) == normals(text.upper().lower())


@pytest.mark.parametrize("text", ["", " ", "\n\t", "…", "123", "\u202e\u200f", "\x00", "---", "'", "\ud800"])
def test_what_holds_no_letter_has_no_words(text: str) -> None:
    assert tokens(text) == ()
    assert village(text) == ""


@pytest.mark.parametrize(
    "text", ["a" * 2000, "Moussa " * 300, "al-" * 700, "ﷺ" * 2000, "é̀" * 1000, "ab1" * 700]
)
def test_a_name_of_two_thousand_characters_is_cut_short(text: str) -> None:
    words = tokens(text)
    assert 0 < len(words) <= MOST_WORDS
    assert all(len(word.normal) <= LONGEST_WORD for word in words)
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ["Moussa", "Musa", "Moosa", "MOUSSA"],
        ["Maïdabo", "Maidabo", "Maïdabou"],
        ["Issoufou", "Issufu", "Isoufou"],
        ["Djibo", "Jibo"],
        ["Zeinabou", "Zainabu", "Zeïnabou"],
        ["Chaibou", "Shaibu"],
        ["Kassoum", "Ƙasum", "Qassoum"],
        ["N'Gourti", "Ngourti", "N’Gourti"],
        ["Mou\u200bssa", "\u202eMoussa\u202c", "Mous\x00sa", "Moussa"],
        ["Abdourahamane", "Abdoul Rahamane", "Abdoul-Rahamane"],
        ["Dan-Ladi", "Dan Ladi", "Danladi"],
    ],
)
def test_spellings_of_one_name_have_one_form(spellings: list[str]) -> None:
    assert len({tuple(normals(spelling)) for spelling in spellings}) == 1


def test_issa_the_boy_is_not_aissa_the_girl() -> None:
    assert normal("Issa") != normal("Aïssa")
    assert skeleton(normal("Issa")) != skeleton(normal("Aïssa"))


def test_a_double_name_is_two_words_and_a_compound_is_one() -> None:
    assert len(tokens("Nana-Aïcha Maman-Sani")) == 4
    assert len(tokens("Abdoul-Aziz El-Hadji")) == 2
    assert len(tokens("عبد الله")) == 1


def test_a_title_is_weak_only_where_a_name_remains() -> None:
    assert [word.weak for word in tokens("Elhadji Moussa Issa")] == [True, False, False]
    assert [word.weak for word in tokens("Malam Souleymane")] == [False, False]
    assert [word.weak for word in tokens("Ghoumour ag Akli")] == [False, True, False]
    assert [word.weak for word in tokens("Malam")] == [False]


def test_arabic_script_has_the_consonants_of_the_latin_spelling() -> None:
    assert skeleton(normal("عائشة")) == skeleton(normal("Aïchatou"))
    assert skeleton(normal("موسى")) == skeleton(normal("Moussa"))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Guidan Roumdji", "G. Roumdji"), ("GARIN MALAM", "Garin  malam"), ("Dan-Barto", "Dan Barto")],
)
def test_generic_words_do_not_hide_a_village(one: str, other: str) -> None:
    assert village(one) == village(other) != ""


def test_a_place_of_generic_words_only_keeps_them() -> None:
    assert place_words("Birni") != ()
