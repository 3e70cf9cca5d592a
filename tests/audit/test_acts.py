"""Every act of the house: recorded somewhere, registered once, a whole sentence in French and in English."""

from __future__ import annotations

import ast
import string
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.functional import Promise

from mafaka.audit import acts
from mafaka.audit.acts import Act

PACKAGE = Path(acts.__file__).resolve().parent.parent
CATALOGUE = read_po(BytesIO((PACKAGE / "locale/en/LC_MESSAGES/django.po").read_bytes()))
ENGLISH = {message.id: message.string for message in CATALOGUE if isinstance(message.id, str) and message.id}
ALL = sorted(acts._ACTS.items())
CODES = [code for code, _act in ALL]
# What stands in sentences as it is: numbers, and codes that are themselves what people say (a bed, a centre).
PLAIN = {"number", "bed", "beds", "count", "rows", "code", "people", "merged", "aside", "imported"}


def fields(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


@cache
def recorded() -> tuple[set[str], tuple[str, ...]]:
    """Return every text in the source that reads like an act, and the beginnings of those that are composed."""
    rooms = {config.label for config in apps.get_app_configs()}
    whole: set[str] = set()
    begun: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts or path.name in ("labels.py", "apps.py", "policy.py", "urls.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                room, _dot, verb = node.value.partition(".")
                if room in rooms and verb.isidentifier():
                    (begun if verb.endswith("_") else whole).add(node.value)
    return whole, tuple(begun)


def test_there_are_acts_of_every_room_that_writes() -> None:
    rooms = {code.partition(".")[0] for code in CODES}
    assert rooms >= {"accounts", "organisations", "people", "cases", "intake", "stays", "plans", "tracing"}
    assert rooms >= {"assessments", "reintegration", "exchange", "vault"}


@pytest.mark.parametrize("code", CODES)
def test_an_act_is_named_by_its_room_and_fits_the_column(code: str) -> None:
    room, _dot, verb = code.partition(".")
    assert apps.is_installed(f"mafaka.{room}")
    assert verb.isidentifier()
    assert len(code) <= 60


@pytest.mark.parametrize("code", CODES)
def test_somebody_records_it(code: str) -> None:
    """A sentence that no operation ever writes is a promise that nobody keeps."""
    whole, begun = recorded()
    assert code in whole or code.startswith(begun), f"{code} is registered and never recorded"


@pytest.mark.parametrize(("code", "act"), ALL)
def test_its_french_is_a_sentence_and_its_room_a_name(code: str, act: Act) -> None:
    french = str(act.sentence)
    assert french[0].isupper()
    assert french.endswith(".")
    assert "\n" not in french
    assert str(act.room)
    assert not str(act.room).endswith(".")


@pytest.mark.parametrize(("code", "act"), ALL)
def test_both_texts_wait_for_the_reader_to_be_known(code: str, act: Act) -> None:
    """A text translated when the program starts would be of that moment's language for ever."""
    assert isinstance(act.sentence, Promise)
    assert isinstance(act.room, Promise)


@pytest.mark.parametrize(("code", "act"), ALL)
def test_its_english_says_the_same_fields(code: str, act: Act) -> None:
    english = ENGLISH[str(act.sentence)]
    assert english
    assert fields(english) == fields(str(act.sentence))
    assert english.endswith(".")
    assert ENGLISH[str(act.room)]


@pytest.mark.parametrize(("code", "act"), ALL)
def test_every_field_it_says_is_plain_or_has_words(code: str, act: Act) -> None:
    worded = {field for field, _code in acts._LABELS}
    assert fields(str(act.sentence)) <= worded | PLAIN


@pytest.mark.parametrize("code", CODES)
def test_it_reads_well_with_every_code_it_may_carry(code: str) -> None:
    """Each label in its turn: no code shows through, no field is left open."""
    said = fields(str(acts._ACTS[code].sentence))
    for (field, value), label in acts._LABELS.items():
        if field in said:
            data = dict.fromkeys(said - {field}, 1) | {field: value}
            sentence = acts.sentence(code, data)
            assert str(label) in sentence
            assert "{" not in sentence
            assert "…" not in sentence


@pytest.mark.parametrize("code", CODES)
def test_it_reads_without_its_data_too(code: str) -> None:
    assert acts.sentence(code, {}).count("…") == len(fields(str(acts._ACTS[code].sentence)))


@pytest.mark.parametrize(("field", "code"), sorted(acts._LABELS))
def test_every_code_has_words_in_both_languages(field: str, code: str) -> None:
    label = acts._LABELS[field, code]
    assert isinstance(label, Promise)
    assert str(label) != code
    assert ENGLISH[str(label)]


def test_an_unknown_code_stands_as_it_is_and_numbers_are_numbers() -> None:
    assert "teleported" in acts.sentence("cases.closed", {"closing": "teleported"})
    assert "7" in acts.sentence("assessments.needs_identified", {"count": 7})


def test_what_stands_in_the_data_is_never_read_as_a_field() -> None:
    """A code that looks like a field of the sentence must not pull anything in."""
    told = acts.sentence("cases.closed", {"closing": "{answer.__class__}", "answer": "agreed"})
    assert "{answer.__class__}" in told


def test_the_same_act_with_another_meaning_is_refused_and_the_first_one_stays() -> None:
    known = acts._ACTS["cases.opened"]
    with pytest.raises(ValueError, match=r"cases\.opened"):
        acts.register({"cases.opened": Act("Autre chose.", "Dossier")})
    assert acts._ACTS["cases.opened"] is known
    acts.register({"cases.opened": known})


def test_openings_are_not_told_as_work_on_the_case() -> None:
    told = set(acts.timeline())
    assert told.isdisjoint({"vault.opened", "people.name_shown", "accounts.signed_in"})
    assert {"cases.opened", "stays.admitted", "tracing.reunified"} <= told


def test_an_act_is_known_only_once_it_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "_ACTS", dict(acts._ACTS))
    assert not acts.known("cases.painted")
    acts.register({"cases.painted": Act("Dossier repeint.", "Atelier", timeline=False)})
    assert acts.known("cases.painted")
    assert acts.room_of("cases.painted") == "Atelier"
    assert "cases.painted" not in acts.timeline()
