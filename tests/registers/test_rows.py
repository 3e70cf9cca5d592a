"""Rows: each one comes out, with what was not understood said in words and kept as written."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from mafaka.locations import gazetteer
from mafaka.registers.columns import guess
from mafaka.registers.readrow import ReadRow
from mafaka.registers.rows import fingerprint, fingerprints, read
from tests.registers.sheets import HEADERS, ROW, grid_of, reading_of, register, xlsx


def row(**changes: object) -> ReadRow:
    """What is read of one row, with changed cells (number, arrival, name, sex, age, origin, exit)."""
    names = ("number", "arrival", "name", "sex", "age", "origin", "exit")
    cells = dict(zip(names, ROW, strict=True)) | changes
    [read_row] = register([cells[name] for name in names]).rows
    return read_row


def sentences(read_row: ReadRow, field: str) -> list[str]:
    return [problem.sentence for problem in read_row.problems if problem.field == field]


def test_a_plain_row_is_read_without_a_word() -> None:
    found = row()
    assert (found.row_number, found.number, found.name, found.sex) == (2, "1", "Ali Moustapha", "male")
    assert (found.arrived_on, found.left_on) == (date(2022, 1, 5), date(2022, 1, 20))
    assert found.age
    assert found.age.years == 9
    assert found.origin
    assert found.origin.pcode == "NE007005005"
    assert (found.problems, found.notes, found.blocked) == ((), (), False)


def test_all_that_was_written_is_kept_with_its_header() -> None:
    assert row(age=" env. 9").raw == {
        "N°": "1",
        "Date d'entrée": "05/01/2022",
        "Nom et prénom": "Ali Moustapha",
        "Sexe": "M",
        "Âge": " env. 9",
        "Provenance (commune)": "Kantché",
        "Date de sortie": "20/01/2022",
    }


@pytest.mark.parametrize("name", [None, "?", "X"])
def test_a_row_without_a_name_is_kept_and_waits_for_somebody(name: str | None) -> None:
    found = row(name=name)
    assert found.name == ""
    assert found.blocked
    assert sentences(found, "name") == ["Le nom manque."]


@pytest.mark.parametrize("arrival", [None, "hier", "05/01/2202", "31/02/2022"])
def test_a_row_without_a_day_of_arrival_is_kept_and_waits_for_somebody(arrival: str | None) -> None:
    found = row(arrival=arrival)
    assert (found.arrived_on, found.name, found.blocked) == (None, "Ali Moustapha", True)
    [problem] = [problem for problem in found.problems if problem.field == "arrived_on"]
    assert (problem.written, problem.blocking) == (arrival or "", True)


def test_age_and_sex_that_are_missing_are_unknown_and_block_nothing() -> None:
    found = row(age=None, sex=None)
    assert (found.age, found.sex, found.problems) == (None, "unknown", ())


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("age", {"age": 400}),
        ("sex", {"sex": "Z"}),
        ("origin", {"origin": "Tibiri"}),
        ("left_on", {"exit": "bientôt"}),
    ],
)
def test_what_is_not_understood_is_said_and_blocks_nothing(field: str, cells: dict[str, object]) -> None:
    found = row(**cells)
    [problem] = found.problems
    [written] = cells.values()
    assert (problem.field, problem.written, problem.blocking) == (field, str(written), False)


def test_an_exit_before_the_arrival_is_not_taken_over() -> None:
    found = row(exit="04/01/2022")
    assert found.left_on is None
    assert "avant l’arrivée" in sentences(found, "left_on")[0]
    assert found.raw["Date de sortie"] == "04/01/2022"


def test_a_name_of_two_thousand_characters_stays_in_its_row() -> None:
    found = row(name="A" * 2_000)
    assert len(found.name) == 2_000
    assert sentences(found, "name")
    assert not found.blocked


def test_an_uncalculated_formula_in_the_name_waits_for_somebody() -> None:
    found = row(name='=CONCATENATE("Ali"," Moussa")')
    assert found.blocked
    assert "formule" in sentences(found, "name")[0]


def test_columns_that_are_no_field_of_ours_are_never_dropped() -> None:
    reading = register([*ROW, "O+", "calme"], headers=[*HEADERS, "Groupe sanguin", ""])
    assert reading.rows[0].others == {"Groupe sanguin": "O+", "Colonne I": "calme"}


def test_a_first_name_in_its_own_column_joins_the_name() -> None:
    [found] = register(["Maïdabo", "Rakia", "05/01/2022"], headers=["Nom", "Prénom", "Date d'entrée"]).rows
    assert (found.name, found.own_name) == ("Rakia Maïdabo", "Rakia")
    [found] = register(
        ["Rakia Maïdabo", "Rakia", "05/01/2022"], headers=["Nom", "Prénom", "Date d'entrée"]
    ).rows
    assert found.name == "Rakia Maïdabo"


def test_blank_rows_are_counted() -> None:
    reading = register(ROW, [], [" "], ROW, [])
    assert (len(reading.rows), reading.blank) == (2, 2)
    assert [found.row_number for found in reading.rows] == [2, 5]


def test_rows_that_are_no_person_are_listed_with_the_reason() -> None:
    reading = register(
        ["FÉVRIER 2022"], ROW, HEADERS, [2], ["Total", None, None, None, 14], [None, None, "Issa Ali"]
    )
    assert [(skipped.row_number, skipped.reason) for skipped in reading.skipped] == [
        (2, "Titre ou note au milieu du tableau."),
        (4, "En-têtes répétés."),
        (5, "Ligne sans autre contenu que son numéro."),
        (6, "Ligne de total."),
    ]
    assert reading.skipped[0].text == "FÉVRIER 2022"
    assert [found.name for found in reading.rows] == ["Ali Moustapha", "Issa Ali"]


def test_a_person_is_not_skipped_for_a_word_or_for_dashes() -> None:
    headers = ["N°", "Nom", "Date d'entrée", "Sexe", "Âge", "Provenance", "Observations"]
    reading = register(["1", "Ali", "05/01/2022", "-", "?", "-", "Total rétablissement"], headers=headers)
    assert [found.remarks for found in reading.rows] == ["Total rétablissement"]


def test_every_filled_row_is_read_or_listed() -> None:
    reading = register(ROW, ["note"], [], HEADERS, [None, None, None, "M"], [3, None, None, None, 9])
    assert len(reading.rows) + len(reading.skipped) + reading.blank == 6


def test_merged_dates_are_read_for_each_person_and_it_is_said() -> None:
    def merge(page: Worksheet) -> None:
        page.merge_cells("B2:B3")

    second = [2, None, "Issa Ali", "M", 8, "Kourni", None]
    reading = reading_of(xlsx(HEADERS, ROW, second, change=merge))
    assert [found.arrived_on for found in reading.rows] == [date(2022, 1, 5)] * 2
    assert [len(found.notes) for found in reading.rows] == [0, 1]
    assert "Date d'entrée" in reading.rows[1].notes[0]


def test_a_title_merged_across_the_table_is_no_person() -> None:
    reading = reading_of(
        xlsx(HEADERS, ROW, ["Convoi du 5 mars"], ROW, change=lambda page: page.merge_cells("A3:G3"))
    )
    assert [skipped.text for skipped in reading.skipped] == ["Convoi du 5 mars"]
    assert len(reading.rows) == 2


def test_a_hidden_row_is_read_and_it_is_said() -> None:
    def hide(page: Worksheet) -> None:
        page.row_dimensions[2].hidden = True

    [found] = reading_of(xlsx(HEADERS, ROW, change=hide)).rows
    assert found.notes == ("Cette ligne est masquée dans le classeur.",)


def test_a_corrected_mapping_is_obeyed() -> None:
    content = xlsx(["Nom", "Date d'entrée", "Contact"], ["Ali", "05/01/2022", "Issa"])
    grid = grid_of(content)
    [found] = read(grid, guess(grid).corrected({"C": "father"}), places=gazetteer).rows
    assert (found.father, found.phone) == ("Issa", "")


def test_dates_after_today_are_refused_when_today_is_known() -> None:
    grid = grid_of(xlsx(HEADERS, ROW))
    [found] = read(grid, guess(grid), places=gazetteer, today=date(2022, 1, 10)).rows
    assert (found.arrived_on, found.left_on) == (date(2022, 1, 5), None)


def test_a_fingerprint_tells_content_and_not_place() -> None:
    first, moved = register(ROW).rows[0], register([], ROW).rows[0]
    assert first.row_number != moved.row_number
    assert fingerprint(first) == fingerprint(moved)
    assert fingerprint(row(name=" Ali  Moustapha ")) == fingerprint(first)
    assert fingerprint(row(sex="F")) != fingerprint(first)


def test_two_equal_rows_have_two_fingerprints_in_any_copy_of_the_file() -> None:
    once = fingerprints(register(ROW, ROW).rows)
    assert len(set(once)) == 2
    assert once == fingerprints(register([], ROW, [], ROW).rows)
