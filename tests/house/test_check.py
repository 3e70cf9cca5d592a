"""The run of all checks: it stops at the first kind that fails, says which, and ends on one summary."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools import check


def stage(name: str, *codes: str) -> check.Stage:
    return check.Stage(name, tuple((sys.executable, "-c", code) for code in codes), folder=Path.cwd())


def test_everything_passes(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(check, "FAST", (stage("un", "print('a')"), stage("deux", "print('b')", "print('c')")))
    assert check.main(["fast"]) == 0
    shown = capfd.readouterr().out
    assert shown.index("a\n") < shown.index("b\n") < shown.index("c\n") < shown.index("✓ un")
    assert shown.endswith("Tout est bon. [Everything passes.]\n")


def test_it_stops_at_the_first_kind_that_fails(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stages = (
        stage("un", "pass"),
        stage("deux", "exit(3)", "print('after')"),
        stage("trois", "print('later')"),
    )
    monkeypatch.setattr(check, "ALL", stages)
    assert check.main(["all"]) == 1
    shown = capfd.readouterr().out
    assert "✓ un" in shown
    assert "✗ deux" in shown
    assert "– trois" in shown
    assert "after" not in shown
    assert "later" not in shown
    assert "Échec\u00a0: deux." in shown.splitlines()[-1]


def test_the_closing_line_of_pytest_is_repeated_at_the_end() -> None:
    tests = check.Stage("essais", (check.pytest(),))
    outcome = check.Outcome(tests, passed=True, seconds=2.0, closing="==== 12 passed in 1.90s ====")
    assert "12 passed in 1.90s" in check.summary((tests,), [outcome]).splitlines()[-2]


def test_a_check_knows_nothing_of_the_data_of_whoever_runs_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAFAKA_DATABASE_URL", "postgresql://real")
    monkeypatch.setenv("MAFAKA_HOME", "real")
    code = "import os; print(os.environ.get('MAFAKA_DATABASE_URL'), os.environ['MAFAKA_HOME'])"
    (outcome,) = check.run_all([stage("un", code)])
    url, home = capfd.readouterr().out.split()[-2:]
    assert outcome.passed
    assert url == "None"
    assert "mafaka-checks-" in home
    assert not Path(home).exists()


@pytest.mark.parametrize("arguments", [[], ["tout"], ["all", "fast"]])
def test_an_unknown_question_is_answered_with_the_usage(arguments: list[str]) -> None:
    assert check.main(arguments) == 2
