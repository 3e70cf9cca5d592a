"""From what somebody wrote to forms that can be compared.

One child is Mouhammadou for a French clerk, Muhammadu for an English one and محمدو at the Algerian border.
`normal` folds the three conventions and the Hausa letters into one short phonetic spelling with three vowels;
`skeleton` keeps its consonants only. No list of names is used here (see `lexicon`). Every function accepts
any string whatever, and its time is bounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST_TEXT = 2_000
LONGEST_WORD = 60
MOST_WORDS = 12


class Word(NamedTuple):
    """One word of a name.

    As written (no case, no accents), its normal form, and whether it says little (a title, a particle).
    """

    written: str
    normal: str
    weak: bool = False


# Arabic writes consonants and long vowels only; short vowels, when marked, are dropped with the other marks.
_ARABIC = str.maketrans(
    {
        **dict(zip("اأآٱةىإيئوؤ", "aaaaaaiiiuu", strict=True)),
        **dict(zip("بتثجحدذرزسصضطظفقكگڭڨلمنهپڤ", "btsjhdzrzssdtzfkkggglmnhpb", strict=True)),
        "خ": "kh",
        "ش": "ch",
        "غ": "gh",
        "چ": "ch",
        **dict.fromkeys("عءـ", ""),
    }
)
_HOOKS = str.maketrans(
    {
        "ɓ": "b",
        "ɗ": "d",
        "ƙ": "k",
        "ƴ": "y",
        "ŋ": "n",
        "ɲ": "ny",
        "ə": "a",
        "ɛ": "e",
        "ɔ": "o",
        "œ": "oe",
        "æ": "ae",
    }
)
_APOSTROPHES = re.compile("['’‘ʼʾʿ`´ˈ]")

# In this order. ʃ is the sound of French ch, Hausa sh and c: a letter no clerk writes, so that a second pass
# changes nothing.
_RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        ("tch|tsch|sch|tsh|ch|sh|ci(?=[aou])", "ʃ"),
        ("ts", "s"),
        ("dj|dy|zh|di(?=[aou])", "j"),
        ("gn|ny|ni(?=[aou])", "n"),
        ("kh|qu|q|ck", "k"),
        ("gh|rh", "g"),
        ("gu(?=[eiy])", "g"),
        ("ph", "f"),
        ("dh", "z"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("x", "ks"),
        ("v", "b"),
        ("p", "f"),
        ("h", ""),
        ("ou|oo|w|o", "u"),
        ("^a[iy]", "A"),  # Issa is a boy and Aïssa a girl: an opening ai keeps its a
        ("ee|ai|ei|ay|ey|e|y", "i"),
        ("A", "ai"),
        ("n(?=[bf])", "m"),
        (r"(.)\1+", r"\1"),
        ("^abdul(?=[rsztdnʃ])", "abdu"),  # Abdoul Rahamane = Abdourahamane
    ]
]
_FEMININE_ENDING = re.compile(r"(?<=.{3})(at[iu]?|ata)$")
_VOWELS = re.compile("[aiu]")
_DOUBLED = re.compile(r"(.)\1+")


def _letters(text: str) -> str:
    """Letters only, small, Latin where a rule is known; letters of other scripts stay as they are."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if text.startswith("ع"):  # a full vowel at the beginning of a word: Abdou, Oumar, Ali
        text = "a" + text[1:]
    text = text.translate(_ARABIC).translate(_HOOKS)
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if c.isalpha())


@lru_cache(maxsize=200_000)
def normal(token: str) -> str:
    """The phonetic form of one word, '' when it holds no letter: Mouhammadou, Muhammadu -> muamadu.

    normal(normal(x)) == normal(x).
    """
    form = token[:LONGEST_TEXT]
    for _ in range(12):  # each pass shortens or settles the form; three are enough in practice
        before = form
        form = _letters(form)
        for pattern, sound in _RULES:
            form = pattern.sub(sound, form)
        form = form[:LONGEST_WORD]
        if form == before:
            break
    return form


@lru_cache(maxsize=200_000)
def skeleton(form: str) -> str:
    """Consonants of a normal form, feminine -atou and article al- removed.

    With fewer than two consonants the vowels stay (mark _).
    """
    stem = _FEMININE_ENDING.sub("a", form)
    if len(stem) > 5 and stem[:2] in ("al", "il") and stem[2] not in "aiu":
        stem = stem[2:]
    consonants = _VOWELS.sub("", stem)
    if len(consonants) > 3:
        consonants = _DOUBLED.sub(r"\1", consonants)
    if len(consonants) >= 2:
        return consonants
    return "_" + (re.sub("(?<=.)[aiu]$", "", stem) if len(stem) > 2 else stem)


@lru_cache(maxsize=200_000)
def _pieces(chunk: str) -> tuple[tuple[Word, bool], ...]:
    """The words of a text without spaces, each with whether a hyphen binds it to the one before."""
    chunk = unicodedata.normalize("NFKC", chunk).casefold()
    chunk = "".join(c for c in unicodedata.normalize("NFKD", chunk) if unicodedata.category(c)[0] not in "CM")
    found = []
    for part in re.split(r"[^\w\-‐‑–]|[\d_]", _APOSTROPHES.sub("", chunk)):
        for place, piece in enumerate(re.split(r"[\-‐‑–]", part)):
            if form := normal(piece):
                found.append((Word(piece[:LONGEST_WORD], form), place > 0))
    return tuple(found)


def _normals(words: str) -> frozenset[str]:
    return frozenset(normal(word) for word in words.split())


_TITLES = _normals(
    "elhadji elhadj alhaji elh hadjia hajiya malam mallam mal sarki chef magaji maigari lawan laouan alfa"
)
_PARTICLES = _normals(
    "ag agg ould uld oult ult walet wallet welet yar bin ben ibn bint mint"
    " mme mlle mr dr dit dite alias ne nee"
)
_OPENS_A_NAME = _normals("abdoul abdel abdal abd al el oumoul ummul oumal dan mai zoul")
_HYPHENED = _normals("abdou abou oumou")
_NAMES_OF_GOD = _normals(
    "kader kadir kadri karim salam rahamane rahmane rahim razak aziz wahab wahid nasser nassir latif"
    " moumouni majid rachid hamid samad bacar bakar baker bakr بكر"
)


def _join_compounds(pieces: list[tuple[Word, bool]]) -> Iterator[Word]:
    """Abdoul Karim, El-Hadji, Dan Ladi are one name each; Nana-Aïcha and Maman-Sani are two."""
    held: Word | None = None
    for word, hyphen in pieces:
        if held is None:
            held = word
        elif held.normal in _OPENS_A_NAME or (
            held.normal in _HYPHENED and (hyphen or word.normal in _NAMES_OF_GOD)
        ):
            held = Word(held.written + word.written, normal(held.normal + word.normal))
        else:
            yield held
            held = word
    if held is not None:
        yield held


def _words(text: str) -> list[Word]:
    pieces = [piece for chunk in text[:LONGEST_TEXT].split() for piece in _pieces(chunk)]
    return list(_join_compounds(pieces[: 2 * MOST_WORDS]))[:MOST_WORDS]


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[Word, ...]:
    """The words of a written name, at most twelve.

    A title that opens a name of three words or more is weak, as are particles.
    """
    words = _words(text)
    if len(words) == 1:
        return tuple(words)
    many = sum(word.normal not in _PARTICLES for word in words) > 2
    return tuple(
        word._replace(weak=True)
        if word.normal in _PARTICLES
        or len(word.normal) == 1
        or (many and place == 0 and word.normal in _TITLES)
        else word
        for place, word in enumerate(words)
    )


_GENERIC_PLACE = _normals(
    "guidan guidam gidan garin gari zongon zongo toudoun tudun toudou kouara koira kouera bangou rafin rafi"
    " birnin birni rijia rijiya dogon gangara kauye village quartier commune ville de du des la le les"
    " rurale urbaine"
)


def is_generic_place(form: str) -> bool:
    """Whether a normal form is a word like Guidan or Birni, which opens the names of hundreds of villages."""
    return form in _GENERIC_PLACE


@lru_cache(maxsize=20_000)
def place_words(text: str) -> tuple[Word, ...]:
    """The words of a place name that tell it from others; all of them when all are generic.

    Guidan Roumdji and G. Roumdji -> rumji.
    """
    words = _words(text)
    telling = [word for word in words if len(word.normal) > 1 and not is_generic_place(word.normal)]
    return tuple(telling or words)


@lru_cache(maxsize=20_000)
def village(text: str) -> str:
    """One comparable form of a place name, '' when it holds no letter: its telling words, joined."""
    return "".join(word.normal for word in place_words(text))
