"""What a function asks for and says of itself: annotations, docstrings, who asks (`by=`) and when (`at=`)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import ROOT, Function, Source, plant, report, sources

# Queries that answer the same to everybody, with the reason: public reference data, never a person or a case.
ANSWERS_EVERYBODY: dict[str, str] = {}

# Operations that are called otherwise, with the reason.
CALLED_OTHERWISE: dict[str, str] = {
    "accounts.operations.sign_in": "who acts is known only once it has succeeded",
    "accounts.operations.sign_out": "the user is the actor",
    "cases.operations.note_facts": "a part of another room's operation, which has the actor and the audit entry",
    "cases.operations.note_person": "a part of another room's operation",
    "cases.operations.note_presence": "a part of another room's operation",
    "cases.operations.require_consent": "a check that another room's operation begins with; writes nothing",
    "cases.operations.require_open": "a check that another room's operation begins with; writes nothing",
}


def arguments(function: Function) -> list[ast.arg]:
    named = function.args
    rest = [argument for argument in (named.vararg, named.kwarg) if argument is not None]
    return [*named.posonlyargs, *named.args, *named.kwonlyargs, *rest]


def missing_annotations(function: Function) -> list[str]:
    names = [a.arg for a in arguments(function) if a.annotation is None and a.arg not in {"self", "cls"}]
    return [*names, "return"] if function.returns is None else names


def not_annotated(root: Path) -> list[str]:
    return [
        f"{source.name}:{function.lineno} {function.name}: {', '.join(missing)}"
        for source in sources(root, "mafaka", "tools", "bench")
        for function in source.functions()
        if (missing := missing_annotations(function))
    ]


def qualified(source: Source, function: Function) -> str:
    return ".".join((*source.parts[1:], function.name))


def doors(root: Path, *parts: str) -> list[tuple[str, Function]]:
    """Return the public functions of operations or queries by name, as in `stays.operations.admit`."""
    found = [source for source in sources(root, "mafaka") if source.is_part(*parts)]
    return [(qualified(source, f), f) for source in found for f in source.public_functions()]


def not_documented(root: Path) -> list[str]:
    return [name for name, f in doors(root, "operations", "queries") if not ast.get_docstring(f)]


def queries_that_ask_nobody(root: Path, exceptions: dict[str, str]) -> list[str]:
    """Return the queries that have no argument `by` that can be named."""
    return [
        name
        for name, function in doors(root, "queries")
        if name not in exceptions
        and "by" not in {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
    ]


def loose_operations(root: Path, exceptions: dict[str, str]) -> list[str]:
    """Return the operations that take something by position, or do not take `by` and `at`."""
    faults = []
    for name, function in doors(root, "operations"):
        if name in exceptions:
            continue
        if function.args.args or function.args.posonlyargs or function.args.vararg:
            faults.append(f"{name}: takes arguments by position")
        named = {argument.arg for argument in function.args.kwonlyargs}
        if missing := {"by", "at"} - named:
            faults.append(f"{name}: does not take {', '.join(sorted(missing))}")
    return faults


def test_every_function_is_annotated() -> None:
    assert not (faults := not_annotated(ROOT)), report(faults)


def test_every_operation_and_query_says_what_it_does() -> None:
    assert not (faults := not_documented(ROOT)), report(faults)


def test_every_query_knows_who_asks() -> None:
    assert not (faults := queries_that_ask_nobody(ROOT, ANSWERS_EVERYBODY)), report(faults)


def test_every_operation_is_told_who_acts_and_when() -> None:
    assert not (faults := loose_operations(ROOT, CALLED_OTHERWISE)), report(faults)


def test_the_exceptions_are_still_needed() -> None:
    assert set(ANSWERS_EVERYBODY) <= set(queries_that_ask_nobody(ROOT, {}))
    assert set(CALLED_OTHERWISE) <= {fault.split(":")[0] for fault in loose_operations(ROOT, {})}


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("def f(a: int, *, b: str) -> None: ...", []),
        ("def f(a, *, b: str) -> None: ...", ["a"]),
        ("def f(*rest: int, **more) -> None: ...", ["more"]),
        ("def f(a: int): ...", ["return"]),
        ("async def f(a): ...", ["a", "return"]),
    ],
)
def test_a_missing_annotation_is_found(tmp_path: Path, line: str, missing: list[str]) -> None:
    plant(tmp_path, "mafaka/stays/views.py", line)
    expected = [f"mafaka/stays/views.py:1 f: {', '.join(missing)}"] if missing else []
    assert not_annotated(tmp_path) == expected


def test_methods_need_annotations_too_but_not_for_self(tmp_path: Path) -> None:
    text = "class A:\n    def f(self, x: int) -> int: ...\n    @classmethod\n    def g(cls, y) -> int: ...\n"
    plant(tmp_path, "tools/a.py", text)
    assert not_annotated(tmp_path) == ["tools/a.py:4 g: y"]


def test_an_undocumented_door_is_found_but_not_a_private_function(tmp_path: Path) -> None:
    plant(tmp_path, "mafaka/stays/operations.py", "def admit(): ...\ndef _inner(): ...\n")
    plant(tmp_path, "mafaka/stays/views.py", "def show(): ...\n")
    plant(tmp_path, "mafaka/stays/queries/beds.py", "def free():\n    ''' '''\n")
    assert not_documented(tmp_path) == ["stays.operations.admit", "stays.queries.beds.free"]


def test_a_query_that_asks_nobody_is_found(tmp_path: Path) -> None:
    text = "def a(*, by): ...\ndef b(by): ...\ndef c(by, /): ...\ndef d(reference): ...\ndef e(): ...\n"
    plant(tmp_path, "mafaka/stays/queries.py", text)
    found = queries_that_ask_nobody(tmp_path, {"stays.queries.e": "beds have no secrets"})
    assert found == ["stays.queries.c", "stays.queries.d"]


def test_a_loose_operation_is_found(tmp_path: Path) -> None:
    text = "def a(*, by, at): ...\ndef b(case, *, by, at): ...\ndef c(*, by): ...\ndef d(*, x): ...\n"
    plant(tmp_path, "mafaka/stays/operations.py", text)
    assert loose_operations(tmp_path, {"stays.operations.d": "the clock does it"}) == [
        "stays.operations.b: takes arguments by position",
        "stays.operations.c: does not take at",
    ]
