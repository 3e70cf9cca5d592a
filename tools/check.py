"""Run the checks one after the other, stop at the first kind that fails, and end on a summary.

python -m tools.check all     every check and every test, on SQLite and on PostgreSQL
python -m tools.check fast    what takes seconds
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
DJANGO = (PYTHON, "-m", "django")


@dataclass(frozen=True)
class Stage:
    """One kind of check: its name for the summary, the commands that must all succeed."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    folder: Path = ROOT


@dataclass
class Outcome:
    """What a stage gave: passed or not, how long it took, and the closing line worth repeating."""

    stage: Stage
    passed: bool
    seconds: float
    closing: str = field(default="")


def colour() -> str:
    """Return the pytest option that keeps colours when a person is looking."""
    return "--color=yes" if sys.stdout.isatty() else "--color=no"


def pytest(*options: str) -> tuple[str, ...]:
    """Return the command that runs the tests with these options."""
    return (PYTHON, "-m", "pytest", colour(), *options)


FAST = (
    Stage(
        "style",
        (
            (PYTHON, "-m", "ruff", "check", "--output-format", "concise", "."),
            (PYTHON, "-m", "ruff", "format", "--check", "."),
        ),
    ),
    Stage("contrats d’imports [import contracts]", ((str(Path(PYTHON).parent / "lint-imports"),),)),
    Stage("types", ((PYTHON, "-m", "mypy"),)),
    Stage("réglages [Django’s own check]", ((*DJANGO, "check", "--fail-level", "WARNING"),)),
    Stage("migrations", ((*DJANGO, "makemigrations", "--check", "--dry-run"),)),
    Stage("traductions [translations]", ((PYTHON, "-m", "tools.translations", "check"),)),
)

ALL = (
    *FAST,
    Stage(
        "face [front end]",
        (("npm", "run", "--if-present", "check"), ("npm", "test", "--if-present")),
        folder=ROOT / "frontend",
    ),
    Stage("essais sur SQLite [tests]", (pytest(),)),
    Stage(
        "essais sur PostgreSQL [tests]",
        ((PYTHON, "-m", "tools.postgres", *pytest("-m", "not browser", "--ignore=tests/house")),),
    ),
)


def environment(home: str) -> dict[str, str]:
    """Return an environment that knows nothing of the data of whoever runs the checks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAFAKA_", "PYTEST_"))}
    return {**kept, "MAFAKA_HOME": home, "DJANGO_SETTINGS_MODULE": "tests.settings"}


def run(stage: Stage, env: Mapping[str, str]) -> Outcome:
    """Run one stage, showing its output as it comes."""
    print(f"\n── {stage.name}", flush=True)
    begun, last = time.monotonic(), ""
    for command in stage.commands:
        with subprocess.Popen(
            command,
            cwd=stage.folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None  # noqa: S101  (for the type checker: a pipe was asked for)
            for line in process.stdout:
                print(line, end="", flush=True)
                last = line.strip() or last
        if process.returncode != 0:
            return Outcome(stage, passed=False, seconds=time.monotonic() - begun, closing=last)
    return Outcome(stage, passed=True, seconds=time.monotonic() - begun, closing=last)


def run_all(stages: Iterable[Stage]) -> list[Outcome]:
    """Run the stages in order up to the first that fails, in a home of their own that is then removed."""
    home = tempfile.mkdtemp(prefix="mafaka-checks-")
    outcomes: list[Outcome] = []
    try:
        for stage in stages:
            outcomes.append(run(stage, environment(home)))
            if not outcomes[-1].passed:
                break
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return outcomes


def summary(stages: tuple[Stage, ...], outcomes: list[Outcome]) -> str:
    """Return the lines that end the run: each stage, then one sentence."""
    lines = ["", "── résumé [summary]"]
    for outcome in outcomes:
        mark = "✓" if outcome.passed else "✗"
        closing = outcome.closing.strip("= ") if "pytest" in str(outcome.stage.commands) else ""
        lines.append(f"{mark} {outcome.stage.name:<42}{outcome.seconds:7.1f} s  {closing}".rstrip())
    lines += [f"– {stage.name:<42}non lancé [not run]" for stage in stages[len(outcomes) :]]
    if outcomes[-1].passed:
        lines.append("Tout est bon. [Everything passes.]")
    else:
        name = outcomes[-1].stage.name
        lines.append(f"Échec\u00a0: {name}. Le reste n’a pas été lancé. [Failed; what follows was not run.]")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run the stages asked for; return 0 if all passed, 1 if one failed, 2 if not understood."""
    choices = {"fast": FAST, "all": ALL}
    if len(arguments) != 1 or arguments[0] not in choices:
        print(__doc__, file=sys.stderr)
        return 2
    stages = choices[arguments[0]]
    outcomes = run_all(stages)
    print(summary(stages, outcomes), flush=True)
    return 0 if outcomes[-1].passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
