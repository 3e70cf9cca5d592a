"""What is refused before anything is read, each with a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mafaka.workbooks import package
from mafaka.workbooks.package import UnreadableWorkbook, open_package
from mafaka.workbooks.workbook import open_book
from tests.registers.sheets import HEADERS, ROW, edited, xlsx

SOUND = xlsx(HEADERS, ROW)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def sentence_about(content: bytes) -> str:
    with pytest.raises(UnreadableWorkbook) as refusal:
        open_book(content)
    return refusal.value.sentence


def refusal_of(content: bytes) -> str:
    """The sentence of a refusal, nothing when every sheet could be read."""
    try:
        book = open_book(content)
        for sheet in book.sheets:
            book.grid(sheet.name)
    except UnreadableWorkbook as refusal:
        return refusal.sentence
    return ""


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "vide"),
        (OLE, ".xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "page web"),
        (b"\xef\xbb\xbfNom;Sexe\nAli;M\n", "CSV"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "pas un classeur"),
        (b"bonjour", "pas un classeur"),
        (b"PK\x03\x04 and nothing more", "abîmé"),
        (SOUND[: len(SOUND) // 2], "abîmé"),
        (zipped({"photo.txt": b"x"}), "pas un classeur"),
        (zipped({"content.xml": b"<a/>", "mimetype": b"x"}), ".ods"),
        (zipped({"xl/workbook.bin": b"x"}), ".xlsb"),
        (zipped({"word/document.xml": b"<a/>"}), "Word"),
        (zipped({"[Content_Types].xml": b"<Types/>"}), "ne peut pas être lu"),
        (zipped({"[Content_Types].xml": b"<Types>"}), "abîmé"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_what_to_do(content: bytes, word: str) -> None:
    assert word in sentence_about(content)


def test_a_file_above_ten_megabytes_is_refused_unopened() -> None:
    assert "10 Mo" in sentence_about(b"PK" + b"\0" * package.LARGEST_FILE)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000})
    assert len(bomb) < 100_000
    assert "anormalement gros" in sentence_about(bomb)


def test_a_thousand_small_members_are_refused() -> None:
    assert "anormalement gros" in sentence_about(
        zipped({f"{n}.txt": b"" for n in range(package.MOST_MEMBERS + 1)})
    )


def test_a_member_that_lies_about_its_size_does_not_unpack_beyond_it() -> None:
    honest = zipped({"[Content_Types].xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    lying = honest.replace((3_000_007).to_bytes(4, "little"), (64).to_bytes(4, "little"))
    assert lying != honest
    assert sentence_about(lying)


def test_an_encrypted_member_is_refused() -> None:
    archive = bytearray(SOUND)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.find(signature) + offset] |= 1
    assert "mot de passe" in sentence_about(bytes(archive))


def test_entities_are_refused_wherever_they_stand() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
    for member in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"):
        evil = edited(
            SOUND, member, lambda xml: laughs + xml.partition(b"?>")[2] if b"?>" in xml else laughs + xml
        )
        assert "inhabituel" in sentence_about(evil)


def test_a_sound_workbook_goes_through() -> None:
    assert "xl/workbook.xml" in open_package(SOUND).namelist()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_anywhere_gives_a_sentence_and_never_a_crash(data: st.DataObject) -> None:
    content = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    sentence = refusal_of(bytes(content))
    assert not sentence or sentence.endswith(".")


def remade(changes: dict[str, tuple[bytes, bytes]], names: dict[str, str] | None = None) -> bytes:
    """A sound workbook in which bytes of some members are replaced, and members bear other names."""
    with zipfile.ZipFile(io.BytesIO(SOUND)) as sound:
        members = {name: sound.read(name) for name in sound.namelist()}
    for name, (old, new) in changes.items():
        assert old in members[name]
        members[name] = members[name].replace(old, new)
    return zipped({(names or {}).get(name, name): content for name, content in members.items()})


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "changes",
    [
        {"xl/styles.xml": (b"</cellXfs>", b"<xf/>" * 300_000 + b"</cellXfs>")},
        {SHEET: (b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A2"/>' * 300_000 + b"</mergeCells>")},
        {SHEET: (b"</sheetData>", b'<row r="900">' + b"<c><f/></c>" * 1_600_000 + b"</row></sheetData>")},
    ],
    ids=["styles", "merged", "formulas"],
)  # fmt: skip
def test_a_small_file_of_very_many_elements_is_refused_before_they_are_worked_on(
    changes: dict[str, tuple[bytes, bytes]],
) -> None:
    bomb = remade(changes)
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableWorkbook) as refusal:
        open_package(bomb)
    assert "anormalement gros" in refusal.value.sentence


def test_an_entity_bomb_is_refused_whatever_its_member_is_called() -> None:
    bomb = remade(
        {
            SHEET: (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet'),
            "[Content_Types].xml": (b"sheet1.xml", b"sheet1.dat"),
            "xl/_rels/workbook.xml.rels": (b"sheet1.xml", b"sheet1.dat"),
        },
        {SHEET: "xl/worksheets/sheet1.dat"},
    )
    assert "code inhabituel" in sentence_about(bomb)


def test_a_member_that_is_no_xml_does_not_hinder() -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as sound:
        members = {name: sound.read(name) for name in sound.namelist()}
    photo = zipped(members | {"xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "xl/empty.bin": b""})
    assert refusal_of(photo) == ""


def test_a_cell_longer_than_a_spreadsheet_writes_is_refused() -> None:
    def of(length: int) -> bytes:
        return edited(xlsx(HEADERS, [1, "Zzname"]), SHEET, lambda xml: xml.replace(b"Zzname", b"A" * length))

    assert refusal_of(of(32_767)) == ""
    assert "ne peut pas être lu" in refusal_of(of(32_768))
