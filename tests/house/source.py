"""The source tree as the house rules look at it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {"__pycache__", "migrations", "node_modules", "built", ".venv"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file below a root."""

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """The path as a fault should show it."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(self.root).with_suffix("").parts

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.name)

    @property
    def lines(self) -> list[str]:
        """The lines that are not blank."""
        return [line for line in self.text.splitlines() if line.strip()]

    def functions(self) -> Iterator[Function]:
        """All functions and methods, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public_functions(self) -> Iterator[Function]:
        """The functions other modules may call."""
        return (node for node in self.tree.body if isinstance(node, Function) and node.name[0] != "_")

    def is_part(self, *names: str) -> bool:
        """Say whether this is `operations.py` (or a module of an `operations` package) of a room."""
        return len(self.parts) > 2 and self.parts[0] == "mafaka" and self.parts[2] in names


def files(root: Path, *folders: str, suffix: str = ".py") -> list[Path]:
    """Return the files we write, in folders below a root; a folder that is not there holds none."""
    found = (path for folder in folders for path in (root / folder).rglob(f"*{suffix}"))
    return sorted(path for path in found if not NOT_OURS & set(path.relative_to(root).parts))


def sources(root: Path, *folders: str) -> list[Source]:
    """Return the Python files of these folders."""
    return [Source(root, path) for path in files(root, *folders)]


def committed(root: Path = ROOT) -> list[Path]:
    """Return the files under version control."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return [root / name for name in done.stdout.split("\0") if name and (root / name).is_file()]


def plant(root: Path, path: str, text: str) -> Path:
    """Write a file of a small house made to break a rule."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def report(faults: list[str]) -> str:
    """Return faults one per line, for an assertion's message."""
    return "\n" + "\n".join(faults)
