"""The state of the translations: the English catalogue is whole, and each way of not being whole is found."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from tests.house.source import plant
from tools.translations import PACKAGE, catalogue_path, check, compile_all

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
BED = 'msgid "Lit"\nmsgstr "Bed"\n\n'
COUNT = (
    '#, python-format\nmsgid "%(n)s dossier"\nmsgid_plural "%(n)s dossiers"\n'
    'msgstr[0] "%(n)s case"\nmsgstr[1] "%(n)s cases"\n\n'
)
PAGE = (
    "<h1>{% translate 'Lit' %}</h1>{% blocktranslate count n=n %}{{ n }} dossier{% plural %}{{ n }} dossiers"
    "{% endblocktranslate %}"
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package with two texts, both translated."""
    plant(tmp_path, "house/templates/a.html", PAGE)
    write(tmp_path / "house", HEADER + BED + COUNT)
    return tmp_path / "house"


def write(package: Path, catalogue: str) -> None:
    plant(package, "locale/en/LC_MESSAGES/django.po", catalogue)


def test_the_english_of_the_house_is_whole() -> None:
    faults = check(PACKAGE)
    assert not faults, f"make messages, then fill in {len(faults)}:\n" + "\n".join(faults[:40])


def test_a_whole_catalogue_passes_and_nothing_is_rewritten(package: Path) -> None:
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    assert check(package) == []
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("catalogue", "fault"),
    [
        (HEADER + COUNT, "missing: « Lit »"),
        (HEADER + BED + BED.replace("Lit", "Porte") + COUNT, "no longer in the code: « Porte »"),
        (HEADER + BED.replace("Bed", "") + COUNT, "not translated: « Lit »"),
        (HEADER + BED + COUNT.replace("%(n)s cases", ""), "not translated: « %(n)s dossier »"),
        (HEADER + "#, fuzzy\n" + BED + COUNT, "fuzzy: « Lit »"),
        (HEADER + BED + COUNT + '#~ msgid "Ancien"\n#~ msgstr "Old"\n', "obsolete entry: « Ancien »"),
        (
            HEADER + BED + COUNT.replace("%(n)s cases", "cases"),
            "other variables or tags (['%(n)s'], []): « %(n)s dossier »",
        ),
    ],
)
def test_each_lack_is_found(package: Path, catalogue: str, fault: str) -> None:
    write(package, catalogue)
    assert check(package) == [f"django.po: {fault}"]


def test_a_text_marked_in_python_counts_too(package: Path) -> None:
    plant(package, "labels.py", 'from django.utils.translation import gettext as _\nA = _("Porte")\n')
    assert check(package) == ["django.po: missing: « Porte »"]


def test_without_a_catalogue_everything_is_missing(package: Path) -> None:
    catalogue_path(package, "en").unlink()
    assert check(package) == ["django.po: missing: « %(n)s dossier »", "django.po: missing: « Lit »"]


def test_what_is_compiled_can_be_read(package: Path) -> None:
    written = compile_all(package)
    assert {path.parent.parent.name for path in written} == {"en", "fr"}
    english = gettext.translation("django", package / "locale", ["en"])
    assert english.gettext("Lit") == "Bed"
    assert english.ngettext("%(n)s dossier", "%(n)s dossiers", 0) == "%(n)s cases"


def test_in_french_nought_is_singular(package: Path) -> None:
    compile_all(package)
    french = gettext.translation("django", package / "locale", ["fr"])
    numbers = [french.ngettext("%(n)s dossier", "%(n)s dossiers", n) for n in (0, 1, 2)]
    assert numbers == ["%(n)s dossier", "%(n)s dossier", "%(n)s dossiers"]
    assert french.gettext("Lit") == "Lit"
