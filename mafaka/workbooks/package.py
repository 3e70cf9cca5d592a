"""What an uploaded file is, before anything is read from it: only a sound XLSX of reasonable size goes further."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from django.utils.translation import gettext as _

from mafaka.common.refusals import Refused

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_RATIO = 250  # a real sheet shrinks 5 to 50 times
MOST_MEMBERS = 1_000
MOST_ELEMENTS = 3_000_000  # 50,000 rows of twenty cells stay below
MOST_OTHERS = 200_000  # styles, merged cells, names: each costs openpyxl or us fifty times a cell
_OF_CELLS = frozenset({"row", "c", "v", "f", "is", "si", "t", "r"})
_RATIO_MATTERS_FROM = 30 * 1024 * 1024  # below it, reading costs less than a second
_CHUNK = 64 * 1024


class UnreadableWorkbook(Refused):
    """The uploaded file cannot be read; the sentence says what to do."""


def open_package(content: bytes) -> zipfile.ZipFile:
    """The XLSX as a zip whose members are bounded and whose XML is plain; raises UnreadableWorkbook."""
    if not content:
        raise UnreadableWorkbook(_("Le fichier est vide. Choisissez le classeur du registre."))
    if len(content) > LARGEST_FILE:
        sentence = _(
            "Le fichier dépasse {limit} Mo. Retirez les images et les feuilles inutiles, puis recommencez."
        )
        raise UnreadableWorkbook(sentence.format(limit=LARGEST_FILE // 1024 // 1024))
    if not content.startswith(b"PK"):
        raise UnreadableWorkbook(_not_a_workbook(content))
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as damage:
        raise UnreadableWorkbook(_damaged()) from damage
    _check_members(package)
    _check_kind(package)
    _check_content(package)
    return package


def _damaged() -> str:
    return _("Le fichier est abîmé. Ouvrez-le dans le tableur, enregistrez-le de nouveau, puis recommencez.")


def _not_a_workbook(content: bytes) -> str:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _(
                "Le classeur est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis recommencez."
            )
        return _("C’est un ancien classeur (.xls). Dans le tableur, « Enregistrer sous », choisissez .xlsx.")
    if start.startswith(b"%pdf"):
        return _("C’est un document PDF. Il faut le classeur lui-même, au format .xlsx.")
    if re.match(rb"<!doctype html|<html|<table|<\?xml", start):
        return _(
            "C’est une page web, pas un classeur. Ouvrez-la dans le tableur et enregistrez-la au format .xlsx."
        )
    if b"\0" not in content[:4096] and re.search(rb"[;,\t]", start):
        return _(
            "C’est un fichier de texte (CSV). Ouvrez-le dans le tableur et enregistrez-le au format .xlsx."
        )
    return _("Ce n’est pas un classeur Excel. Enregistrez le registre au format .xlsx, puis recommencez.")


def _check_members(package: zipfile.ZipFile) -> None:
    """Refuse bombs by what the directory declares: zipfile never unpacks more than that from a member."""
    members = package.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableWorkbook(
            _(
                "Le fichier est protégé par un mot de passe. Enregistrez-le sans mot de passe, puis recommencez."
            )
        )
    bomb = any(
        member.file_size > _RATIO_MATTERS_FROM
        and member.file_size > LARGEST_RATIO * max(1, member.compress_size)
        for member in members
    )
    if bomb or unpacked > LARGEST_UNPACKED or len(members) > MOST_MEMBERS or len(names) < len(members):
        raise UnreadableWorkbook(_too_large())


def _too_large() -> str:
    return _(
        "Le fichier est anormalement gros une fois ouvert. "
        "Copiez le registre dans un classeur neuf, puis recommencez."
    )


def _check_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "xl/workbook.bin" in names:
        raise UnreadableWorkbook(
            _("C’est un classeur binaire (.xlsb). Dans le tableur, « Enregistrer sous », choisissez .xlsx.")
        )
    if "content.xml" in names:
        raise UnreadableWorkbook(
            _(
                "C’est un classeur LibreOffice (.ods). Dans le tableur, « Enregistrer sous », choisissez .xlsx."
            )
        )
    if "word/document.xml" in names:
        raise UnreadableWorkbook(
            _("C’est un document Word. Copiez le tableau dans un classeur et enregistrez-le au format .xlsx.")
        )
    if "[Content_Types].xml" not in names:
        raise UnreadableWorkbook(
            _("Ce n’est pas un classeur Excel. Enregistrez le registre au format .xlsx, puis recommencez.")
        )


def _check_content(package: zipfile.ZipFile) -> None:
    """Read every member once: a document type (the door of entity bombs), a false size, a crowd are refused.

    Whatever a member is called: the relations of a workbook may name any member a sheet.
    """
    crowd = _Crowd()
    for member in package.infolist():
        is_xml = member.filename.lower().endswith((".xml", ".rels"))
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.StartElementHandler = crowd.count
        try:
            with package.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except expat.ExpatError as damage:
            if is_xml:
                raise UnreadableWorkbook(_damaged()) from damage
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            ValueError,
            OSError,
        ) as damage:
            raise UnreadableWorkbook(_damaged()) from damage


class _Crowd:
    """Counts elements: a small file can hold millions, and minutes and gigabytes of work with them."""

    def __init__(self) -> None:
        self.all = self.others = 0

    def count(self, name: str, _attributes: object) -> None:
        self.all += 1
        if name.rpartition(":")[2] not in _OF_CELLS:
            self.others += 1
        if self.all > MOST_ELEMENTS or self.others > MOST_OTHERS:
            raise UnreadableWorkbook(_too_large())


def _no_document_type(*_declaration: object) -> None:
    raise UnreadableWorkbook(
        _(
            "Le fichier contient un code inhabituel. Copiez le registre dans un classeur neuf, puis recommencez."
        )
    )
