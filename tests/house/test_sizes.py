"""Small enough to be read: functions, files, rooms have a budget; the tests are no smaller than the code."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.source import ROOT, Function, Source, plant, report, sources

FUNCTION_LINES = 40  # not blank, without its docstring
FILE_LINES = 300  # not blank
ROOM_LINES = 1_500  # not blank, without tests and migrations


def length(source: Source, function: Function) -> int:
    """Count the lines of a function that are neither blank nor its docstring."""
    lines = set(range(function.lineno, (function.end_lineno or 0) + 1))
    if ast.get_docstring(function, clean=False) is not None:
        docstring = function.body[0]
        lines -= set(range(docstring.lineno, (docstring.end_lineno or 0) + 1))
    text = source.text.splitlines()
    return sum(1 for number in lines if text[number - 1].strip())


def long_functions(root: Path) -> list[str]:
    return [
        f"{source.name}:{function.lineno} {function.name}: {length(source, function)} lines"
        for source in sources(root, "mafaka", "tools", "bench")
        for function in source.functions()
        if length(source, function) > FUNCTION_LINES
    ]


def long_files(root: Path) -> list[str]:
    found = sources(root, "mafaka", "tools", "bench", "tests")
    return [f"{source.name}: {len(source.lines)} lines" for source in found if len(source.lines) > FILE_LINES]


def large_rooms(root: Path) -> list[str]:
    sizes: dict[str, int] = {}
    for source in sources(root, "mafaka"):
        if len(source.parts) > 2:
            sizes[source.parts[1]] = sizes.get(source.parts[1], 0) + len(source.lines)
    return [f"{room}: {lines} lines" for room, lines in sorted(sizes.items()) if lines > ROOM_LINES]


def count(root: Path, folder: str) -> int:
    return sum(len(source.lines) for source in sources(root, folder))


def test_functions_are_short() -> None:
    assert not (faults := long_functions(ROOT)), report(faults)


def test_files_are_short() -> None:
    assert not (faults := long_files(ROOT)), report(faults)


def test_rooms_are_small() -> None:
    assert not (faults := large_rooms(ROOT)), report(faults)


def test_the_tests_are_no_smaller_than_the_code() -> None:
    code, tests = count(ROOT, "mafaka"), count(ROOT, "tests")
    assert tests >= code, f"{tests} lines of tests for {code} lines of code"


def test_a_long_function_is_found_but_not_for_its_docstring_or_blank_lines(tmp_path: Path) -> None:
    body = "    x = 1\n" * (FUNCTION_LINES - 1)
    documented = '    """Explain.\n\n' + "    More.\n" * 30 + '    """\n\n\n'
    plant(tmp_path, "mafaka/stays/queries.py", f"def fits():\n{documented}{body}")
    assert long_functions(tmp_path) == []
    plant(tmp_path, "mafaka/stays/queries.py", f"class A:\n  async def long(self):\n{body}    y = 2\n")
    assert long_functions(tmp_path) == ["mafaka/stays/queries.py:2 long: 41 lines"]


def test_a_long_file_is_found_but_not_a_migration(tmp_path: Path) -> None:
    plant(tmp_path, "mafaka/stays/migrations/0001_initial.py", "x = 1\n" * 400)
    plant(tmp_path, "mafaka/stays/models.py", "x = 1\n\n" * FILE_LINES)
    assert long_files(tmp_path) == []
    plant(tmp_path, "tests/stays/test_models.py", "x = 1\n" * 301)
    assert long_files(tmp_path) == ["tests/stays/test_models.py: 301 lines"]


def test_a_large_room_is_found(tmp_path: Path) -> None:
    for number in range(5):
        plant(tmp_path, f"mafaka/stays/part{number}.py", "x = 1\n" * 300)
    assert large_rooms(tmp_path) == []
    plant(tmp_path, "mafaka/stays/inner/more.py", "x = 1\n")
    assert large_rooms(tmp_path) == ["stays: 1501 lines"]
