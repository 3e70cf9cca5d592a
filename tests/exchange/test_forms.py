"""The forms of the import: what they ask, what they fill in, what they refuse, and what they never decide."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from mafaka.exchange.forms import (
    BESIDE,
    DIFFERENT,
    SAME,
    ColumnsForm,
    PairsForm,
    RunForm,
    SheetForm,
    UploadForm,
)
from mafaka.exchange.operations import Answer
from mafaka.exchange.queries import Asked, Settling
from mafaka.registers.codes import FIELDS
from mafaka.registers.columns import Column

ZINDER, AGADEZ = (SimpleNamespace(pk=uuid4(), name=name) for name in ("Zinder", "Agadez"))
PAIR = Asked("3-2", 3, 2, "Ligne 2", "Ligne 3", [], False, 1.0, (), (), True, None)
SETTLING = Settling(
    "registre.xlsx", ("Notes", "Registre"), 1, (1,),
    (
        Column(0, "A", "Nom", "nom", "name", ("Ali", "Issa")),
        Column(1, "B", "Taille", "taille", None),
        Column(2, "C", "T" * 300, "t", "sex", ("x" * 300,)),
    ),
    4,
)  # fmt: skip


def file(name: str = "registre.xlsx", content: bytes = b"PK") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


# --- A file


def test_who_has_one_centre_is_not_asked_which() -> None:
    form = UploadForm({}, file(), centres=[ZINDER])
    assert list(form.fields) == ["file"]
    assert form.is_valid()
    assert form.centre is ZINDER


def test_who_has_several_centres_chooses_one_of_them() -> None:
    form = UploadForm({"centre": str(AGADEZ.pk)}, file(), centres=[ZINDER, AGADEZ])
    assert list(form.fields) == ["centre", "file"]
    assert form.is_valid()
    assert form.centre is AGADEZ


@pytest.mark.parametrize("chosen", ["", "Zinder", str(uuid4())])
def test_no_centre_and_another_centre_are_refused(chosen: str) -> None:
    form = UploadForm({"centre": chosen}, file(), centres=[ZINDER, AGADEZ])
    assert not form.is_valid()
    assert list(form.errors) == ["centre"]


def test_without_a_file_one_is_asked_for_with_what_is_taken() -> None:
    form = UploadForm({}, {}, centres=[ZINDER])
    assert form.errors["file"] == ["Choisissez un classeur .xlsx de 10 Mo au plus."]


def test_an_empty_file_is_left_to_the_reader_to_refuse_with_its_sentence() -> None:
    assert UploadForm({}, file(content=b""), centres=[ZINDER]).is_valid()


# --- Sheets and columns


def test_the_sheet_that_is_read_is_filled_in_and_another_must_exist() -> None:
    form = SheetForm(settling=SETTLING)
    assert form.fields["sheet"].choices == [(0, "Notes"), (1, "Registre")]
    assert form["sheet"].value() == 1
    assert SheetForm({"sheet": "0"}, settling=SETTLING).is_valid()
    for wrong in ("2", "-1", "Notes", ""):
        assert not SheetForm({"sheet": wrong}, settling=SETTLING).is_valid()


def test_each_column_shows_its_guess_and_one_without_a_guess_stays_beside() -> None:
    form = ColumnsForm(settling=SETTLING)
    assert [form[name].value() for name in form.fields] == ["name", BESIDE, "sex"]
    assert [code for code, _label in form.fields["column-A"].choices] == [BESIDE, *FIELDS]
    assert form.fields["column-A"].help_text == "Par exemple\u00a0: Ali · Issa"
    assert form.fields["column-B"].help_text == ""


def test_a_header_or_a_sample_without_end_is_cut() -> None:
    form = ColumnsForm(settling=SETTLING)
    assert len(str(form.fields["column-C"].label)) == 120
    assert len(form.fields["column-C"].help_text) < 100


@given(st.lists(st.sampled_from([BESIDE, *FIELDS]), min_size=3, max_size=3))
def test_what_is_chosen_becomes_a_mapping_by_letter(chosen: list[str]) -> None:
    by_letter = dict(zip("ABC", chosen, strict=True))
    form = ColumnsForm({f"column-{letter}": field for letter, field in by_letter.items()}, settling=SETTLING)
    assert form.is_valid()
    assert form.mapping == {letter: "" if field == BESIDE else field for letter, field in by_letter.items()}


@pytest.mark.parametrize("field", ["shoe_size", "", "<script>"])
def test_a_field_that_does_not_exist_is_refused(field: str) -> None:
    posted = {"column-A": field, "column-B": BESIDE, "column-C": BESIDE}
    assert not ColumnsForm(posted, settling=SETTLING).is_valid()


# --- Pairs


@pytest.mark.parametrize(
    ("decided", "probable", "mergeable", "filled_in"),
    [
        (None, False, True, ""),
        (None, True, True, SAME),
        (None, True, False, ""),
        (True, False, True, SAME),
        (False, True, True, DIFFERENT),
    ],
)
def test_an_earlier_answer_wins_over_a_suggestion_and_neither_makes_one_of_two_sexes(
    decided: bool | None, probable: bool, mergeable: bool, filled_in: str
) -> None:
    pair = replace(PAIR, decided=decided, probable=probable, mergeable=mergeable)
    assert PairsForm(pairs=[pair])["pair-3-2"].value() == filled_in


def test_a_pair_left_open_is_no_answer() -> None:
    other = replace(PAIR, key="9-ZIN-2026-0001", row=9, other="ZIN-2026-0001")
    form = PairsForm({"pair-9-ZIN-2026-0001": SAME}, pairs=[PAIR, other])
    assert form.is_valid()
    assert form.answers == [Answer(9, "ZIN-2026-0001", same=True)]


@given(st.lists(st.sampled_from([SAME, DIFFERENT, ""]), min_size=1, max_size=6))
def test_every_answer_is_taken_to_its_own_pair(chosen: list[str]) -> None:
    pairs = [replace(PAIR, key=f"{n}-1", row=n, other=1) for n in range(2, len(chosen) + 2)]
    form = PairsForm({f"pair-{p.key}": c for p, c in zip(pairs, chosen, strict=True)}, pairs=pairs)
    assert form.is_valid()
    expected = [Answer(p.row, 1, c == SAME) for p, c in zip(pairs, chosen, strict=True) if c]
    assert form.answers == expected
    assert [pair for pair, _field in form.asked] == pairs


def test_a_pair_of_another_page_is_not_answered_here() -> None:
    form = PairsForm({"pair-7-2": SAME}, pairs=[PAIR])
    assert form.is_valid()
    assert form.answers == []


# --- The import itself


def test_with_pairs_undecided_one_must_say_that_one_knows() -> None:
    assert not RunForm({}, undecided=2).is_valid()
    assert RunForm({"confirmed": "on"}, undecided=2).is_valid()


def test_without_pairs_undecided_nothing_is_asked() -> None:
    form = RunForm({}, undecided=0)
    assert list(form.fields) == []
    assert form.is_valid()
