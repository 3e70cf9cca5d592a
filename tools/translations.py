"""Keep the translations whole: French is the source text, every other language has a catalogue beside it.

    python -m tools.translations check     fail if a text has no English, or the catalogue is out of date
    python -m tools.translations update    bring the English catalogue up to date (then fill in what is empty)
    python -m tools.translations compile   write the .mo files that Django reads

Extraction needs Debian's gettext (Django calls it). Compiling needs Babel only, so that `make demo` works on
a machine that has nothing but Python and Node. The .mo files are made, never committed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "mafaka"
REFERENCE = "en"
DOMAINS = ("django", "djangojs")
NOT_OURS = shutil.ignore_patterns("__pycache__", "built", "node_modules", "*.mo")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")


def catalogue_path(package: Path, language: str, domain: str = "django") -> Path:
    """Return where the catalogue of a language lies."""
    return package / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path) -> Catalog:
    """Read a catalogue."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def makemessages(package: Path, language: str, *options: str) -> None:
    """Let Django extract the texts of a package into its catalogues; needs no settings."""
    (package / "locale").mkdir(exist_ok=True)
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    for domain in DOMAINS:
        command = [sys.executable, "-m", "django", "makemessages", "-l", language, "-d", domain]
        command += ["--ignore=built/*", "--ignore=node_modules/*", "--add-location=file", *options]
        subprocess.run(command, cwd=package, env=env, check=True, stdout=subprocess.DEVNULL)


def texts(package: Path) -> dict[str, Catalog]:
    """Extract the French texts as they stand now, from a copy: nothing of the package is rewritten."""
    with tempfile.TemporaryDirectory(prefix="mafaka-texts-") as folder:
        copy = Path(folder) / package.name
        shutil.copytree(package, copy, ignore=NOT_OURS)
        shutil.rmtree(copy / "locale", ignore_errors=True)
        makemessages(copy, REFERENCE)
        found = {domain: catalogue_path(copy, REFERENCE, domain) for domain in DOMAINS}
        return {domain: read(path) for domain, path in found.items() if path.exists()}


def translations_of(message: Message) -> tuple[str, ...]:
    """Return the translations of a message, one per plural form."""
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def label(message: Message) -> str:
    """Return the French text of a message on one line, cut where it is long."""
    text = message.id[0] if isinstance(message.id, tuple | list) else message.id
    text = " ".join(text.split())
    return f"« {text[:80]}{'…' if len(text) > 80 else ''} »"


def placeholders(text: str) -> list[str]:
    """Return what a translation must keep as it is: variables and tags."""
    return sorted(set(PLACEHOLDER.findall(text)))


def faults_of(message: Message) -> list[str]:
    """Return what is wrong with one translated message."""
    if message.fuzzy:
        return [f"fuzzy: {label(message)}"]
    strings = translations_of(message)
    if not all(string and string.strip() for string in strings):
        return [f"not translated: {label(message)}"]
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wanted, given = placeholders(ids[-1]), placeholders(strings[-1])
    return [] if wanted == given else [f"other variables or tags ({wanted}, {given}): {label(message)}"]


def key(message: Message) -> tuple[str, str | None]:
    """Return what identifies a message: its text (the singular one) and its context."""
    return (message.id[0] if isinstance(message.id, tuple | list) else message.id, message.context)


def compare(source: Catalog, translated: Catalog) -> list[str]:
    """Return what a catalogue lacks, has too much, or has wrong, against the texts it should translate."""
    wanted = {key(message): message for message in source if message.id}
    given = {key(message): message for message in translated if message.id}
    faults = [f"missing: {label(wanted[name])}" for name in wanted.keys() - given.keys()]
    faults += [f"no longer in the code: {label(given[name])}" for name in given.keys() - wanted.keys()]
    faults += [f"obsolete entry: {label(message)}" for message in translated.obsolete.values()]
    for name in wanted.keys() & given.keys():
        faults += faults_of(given[name])
    return sorted(faults)


def check(package: Path) -> list[str]:
    """Return every fault of the reference catalogues."""
    faults = []
    for domain, source in texts(package).items():
        path = catalogue_path(package, REFERENCE, domain)
        translated = read(path) if path.exists() else Catalog(locale=REFERENCE)
        faults += [f"{path.name}: {fault}" for fault in compare(source, translated)]
    return faults


def french_plurals(source: Catalog) -> Catalog:
    """Return a French catalogue of the texts that count something, each its own translation.

    Without it Django falls back on the English rule and writes "0 dossiers"; French says "0 dossier".
    """
    french = Catalog(locale="fr")
    for message in source:
        if isinstance(message.id, tuple | list):
            french.add(tuple(message.id), tuple(message.id), context=message.context)
    return french


def compile_all(package: Path) -> list[Path]:
    """Write the .mo beside each .po, and the French plurals from the reference catalogue; return them."""
    written = []
    catalogues = {path: read(path) for path in sorted((package / "locale").glob("*/LC_MESSAGES/*.po"))}
    reference = catalogues.get(catalogue_path(package, REFERENCE))
    if reference is not None and catalogue_path(package, "fr") not in catalogues:
        catalogues[catalogue_path(package, "fr")] = french_plurals(reference)
    for path, catalogue in catalogues.items():
        target = path.with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, catalogue)
        written.append(target)
    return written


def main(arguments: list[str]) -> int:
    """Run one of the commands; return 0, 1 where something is missing, 2 where the command is not known."""
    match arguments:
        case ["check"]:
            faults = check(PACKAGE)
            print("\n".join(faults) or "The English catalogue is complete.")
            return 1 if faults else 0
        case ["update"]:
            makemessages(PACKAGE, REFERENCE, "--no-obsolete", "--no-wrap")
            return main(["check"])
        case ["compile"]:
            compile_all(PACKAGE)
            return 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
