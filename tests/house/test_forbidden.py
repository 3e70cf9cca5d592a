"""What has no place here: clocks in the domain, signals, code in `__init__`, built files in the tree."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, committed, plant, report, sources

DOMAIN = ("operations", "queries", "models", "policy", "labels")
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time", "time_ns", "auto_now", "auto_now_add"}
CLOCK_OWNERS = {"timezone", "datetime", "date", "time", "dt"}
SIGNALS = (
    "django.db.models.signals",
    "django.dispatch",
    "django.core.signals",
    "django.contrib.auth.signals",
)
# Folders of one machine; a part is written apart so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    r"(?<![\w.~/-])/(?:" + "|".join(["work", "root", "home", "tmp", "Users"]) + r")/\w"
)
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".mjs",
    ".json",
    ".md",
    ".toml",
    ".txt",
    ".yml",
    ".yaml",
    ".sh",
    ".po",
    ".svg",
}


def clocks_read(tree: ast.Module) -> list[tuple[int, str]]:
    """Return where a module reads a clock: `timezone.now`, `date.today()`, `auto_now=True`, an import."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and owner(node) in CLOCK_OWNERS:
            found.append((node.lineno, f"{owner(node)}.{node.attr}"))
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            found.append((node.lineno, node.arg))
        if isinstance(node, ast.ImportFrom) and node.module in {"django.utils.timezone", "time"}:
            names = {alias.name for alias in node.names} & CLOCKS
            found += [(node.lineno, f"{node.module}.{name}") for name in sorted(names)]
    return found


def owner(node: ast.Attribute) -> str:
    value = node.value
    return value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")


def clocks_in_the_domain(root: Path) -> list[str]:
    return [
        f"{source.name}:{line} {what}"
        for source in sources(root, "mafaka")
        if source.is_part(*DOMAIN)
        for line, what in clocks_read(source.tree)
    ]


def signals_used(root: Path) -> list[str]:
    """Return the imports of signals, in whichever form."""
    faults = []
    for source in sources(root, "mafaka"):
        for node in ast.walk(source.tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            if any(name == s or name.startswith(f"{s}.") for name in names for s in SIGNALS):
                faults.append(f"{source.name}:{node.lineno}")
    return faults


def talkative_rooms(root: Path) -> list[str]:
    """Return the rooms whose `__init__` imports: that would open a window beside the doors.

    `matching` has no doors, and shows in its `__init__` what it is for: it is a library in the house.
    """
    return [
        source.name
        for source in sources(root, "mafaka")
        if source.path.name == "__init__.py" and len(source.parts) == 3 and source.parts[1] != "matching"
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(source.tree))
    ]


def machine_paths(paths: list[Path]) -> list[str]:
    """Return the lines of text files that name a folder of one machine."""
    return [
        f"{path.name}:{number} {line.strip()[:100]}"
        for path in paths
        if path.suffix in TEXT or not path.suffix
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    ]


def test_the_domain_is_told_the_time() -> None:
    assert not (faults := clocks_in_the_domain(ROOT)), report(faults)


def test_nothing_listens_to_signals() -> None:
    assert not (faults := signals_used(ROOT)), report(faults)


def test_a_room_has_nothing_in_its_init() -> None:
    assert not (faults := talkative_rooms(ROOT)), report(faults)


def test_no_committed_file_names_a_folder_of_one_machine() -> None:
    assert not (faults := machine_paths(committed())), report(faults)


def test_what_is_built_is_not_committed() -> None:
    built = [
        path for path in committed() if path.suffix in {".mo", ".pyc", ".whl", ".sqlite3", ".db", ".key"}
    ]
    built += [path for path in committed() if "node_modules" in path.parts or "built" in path.parts]
    assert built == []


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("x = timezone.now()", "timezone.now"),
        ("x = DateTimeField(default=timezone.now)", "timezone.now"),
        ("x = date.today()", "date.today"),
        ("x = datetime.datetime.now(UTC)", "datetime.now"),
        ("x = timezone.localdate()", "timezone.localdate"),
        ("x = time.time()", "time.time"),
        ("x = DateTimeField(auto_now_add=True)", "auto_now_add"),
        ("from django.utils.timezone import now", "django.utils.timezone.now"),
    ],
)
@pytest.mark.parametrize("part", ["operations", "queries/beds", "models"])
def test_a_clock_in_the_domain_is_found(tmp_path: Path, part: str, line: str, clock: str) -> None:
    plant(tmp_path, "mafaka/stays/views.py", line)
    plant(tmp_path, f"mafaka/stays/{part}.py", line)
    assert clocks_in_the_domain(tmp_path) == [f"mafaka/stays/{part}.py:1 {clock}"]


@pytest.mark.parametrize(
    "line", ["x = stay.time", "x = datetime.combine(day, noon)", "x = timezone.is_aware(at)"]
)
def test_what_only_looks_like_a_clock_passes(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "mafaka/stays/operations.py", line)
    assert clocks_in_the_domain(tmp_path) == []


@pytest.mark.parametrize(
    "line",
    [
        "from django.db.models import signals",
        "from django.db.models.signals import post_save",
        "import django.dispatch",
        "from django.dispatch import receiver",
    ],
)
def test_a_signal_is_found(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "mafaka/stays/apps.py", f"from django.db import models\n{line}\n")
    assert signals_used(tmp_path) == ["mafaka/stays/apps.py:2"]


def test_an_init_that_imports_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "mafaka/__init__.py", "from importlib import metadata")
    plant(tmp_path, "mafaka/stays/__init__.py", "from mafaka.stays.models import Stay")
    plant(tmp_path, "mafaka/cases/__init__.py", '"""The case."""')
    assert talkative_rooms(tmp_path) == ["mafaka/stays/__init__.py"]


def test_a_folder_of_one_machine_is_found(tmp_path: Path) -> None:
    own = "/" + "home/aisha/mafaka"
    path = plant(
        tmp_path, "docs/guide.md", f"see https://example.org/work/x\ncd {own}\nls ~/tmp/x /usr/bin/chromium\n"
    )
    assert machine_paths([path]) == [f"guide.md:2 cd {own}"]
