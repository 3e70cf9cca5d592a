"""What headers name: every known way of writing one, whatever its case and order, and nothing for other words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.registers.codes import FIELDS
from mafaka.registers.columns import SEVERAL, guess
from mafaka.registers.headers import EXACT, HEADERS, LONGEST_HEADER, header_key, likely_fields
from mafaka.workbooks.workbook import Cell, Grid, Line

PHRASES = [(field, phrase) for field, phrases in HEADERS.items() for phrase in phrases.split("|")]

# One header for each field, as a careful clerk writes it.
ONE_OF_EACH = {
    "N°": "number", "Date d’entrée": "arrived_on", "Nom et prénom": "name", "Nom du père": "father",
    "Nom de la mère": "mother", "Sexe": "sex", "Âge": "age", "Nationalité": "nationality",
    "Commune de provenance": "origin", "Village": "village", "Téléphone": "phone", "Pays de retour": "returned_from",
    "Amené par": "brought_by", "Type d’exploitation": "forms", "Besoins": "needs", "Date de sortie": "left_on",
    "Réinsertion": "reintegration", "Observations": "remarks",
}  # fmt: skip


def sheet(*rows: tuple[str, ...]) -> Grid:
    """A sheet of texts, its first row being row 1."""
    lines = tuple(
        Line(number, tuple(Cell(text or None, text) for text in row))
        for number, row in enumerate(rows, start=1)
    )
    return Grid("Registre", lines, len(rows[0]))


def fields_of(headers: tuple[str, ...]) -> list[str | None]:
    return [column.field for column in guess(sheet(headers, ("x",) * len(headers))).columns]


@pytest.mark.parametrize(("field", "phrase"), PHRASES, ids=str)
def test_every_known_phrase_names_its_own_field_before_all_others(field: str, phrase: str) -> None:
    found = likely_fields(header_key(phrase))
    others = [score for other, score in found.items() if other != field]
    assert found[field] > max(others, default=0)


def test_no_phrase_is_claimed_by_two_fields() -> None:
    phrases = [phrase for _field, phrase in PHRASES]
    assert len(phrases) == len(set(phrases))


def test_every_phrase_is_written_as_headers_are_compared() -> None:
    assert [phrase for _field, phrase in PHRASES if header_key(phrase) != phrase] == []


@given(st.text(max_size=80))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = header_key(text)
    assert header_key(key) == key
    assert key == key.strip()
    assert "  " not in key


def test_a_header_without_end_is_cut_before_it_is_compared() -> None:
    assert len(header_key("nom " * 5_000)) <= LONGEST_HEADER


@given(
    st.sampled_from(PHRASES),
    st.sampled_from([str.upper, str.title, str.capitalize]),
    st.sampled_from(["", " :", " *", "."]),
)
def test_case_and_signs_around_a_header_do_not_matter(
    pair: tuple[str, str], change: object, sign: str
) -> None:
    _field, phrase = pair
    assert likely_fields(header_key(f" {change(phrase)}{sign}")) == likely_fields(phrase)  # type: ignore[operator]


def test_a_date_alone_is_weaker_than_a_date_that_says_of_what() -> None:
    assert likely_fields("date")["arrived_on"] < EXACT
    assert fields_of(("Nom", "Date", "Date d'arrivée")) == ["name", None, "arrived_on"]


@pytest.mark.parametrize(
    "text", ["", "  ", "Groupe sanguin", "Taille", "Photo", "Signature", "Religion", "…", "12"]
)
def test_a_header_of_something_else_names_no_field(text: str) -> None:
    assert likely_fields(header_key(text)) == {}


def test_a_date_of_something_else_is_no_field_but_a_date() -> None:
    assert set(likely_fields(header_key("Date de naissance du père"))) <= {"arrived_on", "left_on"}


@settings(max_examples=60)
@given(st.permutations(list(ONE_OF_EACH)))
def test_the_order_of_the_columns_does_not_matter(headers: list[str]) -> None:
    assert fields_of(tuple(headers)) == [ONE_OF_EACH[header] for header in headers]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(list(ONE_OF_EACH)), min_size=2, max_size=8, unique=True), st.data())
def test_a_column_of_something_else_changes_nothing_for_the_others(
    headers: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(headers)))
    wider = [*headers[:place], "Groupe sanguin", *headers[place:]]
    fields = fields_of(tuple(wider))
    assert fields.pop(place) is None
    assert fields == fields_of(tuple(headers)) == [ONE_OF_EACH[header] for header in headers]


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*ONE_OF_EACH, "Date", "Nom", "Taille", ""]), min_size=3, max_size=10).filter(
        lambda h: len(set(h) & set(ONE_OF_EACH)) > 1
    )
)
def test_a_field_is_never_given_twice_unless_it_may_be_spread(headers: list[str]) -> None:
    mapping = guess(sheet(tuple(headers), ("x",) * len(headers)))
    held = [column.field for column in mapping.columns if column.field]
    assert mapping.clashes == ()
    assert all(held.count(field) == 1 for field in held if field not in SEVERAL - {"name"})
    assert len({column.key for column in mapping.columns}) == len(mapping.columns)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(list(ONE_OF_EACH)), st.sampled_from([*FIELDS, ""]), max_size=6))
def test_what_a_person_settled_before_wins_over_every_guess(known: dict[str, str]) -> None:
    kept = {header_key(header): field for header, field in known.items()}
    grid = sheet(tuple(ONE_OF_EACH), ("x",) * len(ONE_OF_EACH))
    for column in guess(grid, known=kept).columns:
        if column.key in kept:
            assert (column.field or "") == kept[column.key]


def test_samples_are_a_few_different_values_from_below_the_headers() -> None:
    rows = [
        ("Nom", "Sexe"),
        ("Ali", "M"),
        ("Issa", "M"),
        ("Rabi", "F"),
        ("Ali", ""),
        ("Sani", "M"),
        ("Abdou", "M"),
    ]
    name, sex = guess(sheet(*rows)).columns
    assert (name.samples, sex.samples) == (("Ali", "Issa", "Rabi"), ("M", "F"))


@pytest.mark.parametrize(("field", "label"), FIELDS.items(), ids=str)
def test_the_words_shown_for_a_field_are_recognised_as_its_header(field: str, label: object) -> None:
    """Whoever names a column as our own page names the field is understood."""
    found = likely_fields(header_key(str(label)))
    assert max(found, key=lambda name: found[name], default=None) == field
