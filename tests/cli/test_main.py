"""The one door of all commands: exit codes, one sentence on standard error, and no traceback for what may happen."""

from __future__ import annotations

import argparse
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mafaka import __version__
from mafaka.cli import main as door
from mafaka.cli import setting
from mafaka.cli.main import main, parser
from mafaka.cli.unable import Unable
from mafaka.common.refusals import Refused
from mafaka.vault.keyfile import KeyProblem

Fail = Callable[[BaseException], int]


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Fail:
    """Run a command that ends so."""

    def run(problem: BaseException) -> int:
        def command(_args: argparse.Namespace) -> int:
            raise problem

        asked = argparse.ArgumentParser()
        asked.set_defaults(run=command)
        monkeypatch.setattr(door, "parser", lambda: asked)
        return main([])

    return run


@pytest.mark.parametrize(
    ("problem", "code", "said"),
    [
        (Refused("Ce centre existe déjà."), 1, "Ce centre existe déjà."),
        (Unable("Le port est pris."), 3, "Le port est pris."),
        (KeyProblem("La clé manque."), 3, "La clé manque."),
        (FileNotFoundError(2, "No such file", "x.xlsx"), 3, "Fichier ou dossier introuvable (x.xlsx)."),
        (PermissionError(13, "Permission denied", "house"), 3, "Accès refusé"),
        (OSError(28, "No space left on device"), 3, "Le disque est plein"),
        (OSError(30, "Read-only file system"), 3, "lecture seule"),
        (OSError(99, "Cannot assign"), 3, "Cannot assign."),
        (OSError("broken"), 3, "Erreur du système."),
        (KeyboardInterrupt(), 130, "Arrêté."),
    ],
)
def test_what_may_happen_is_one_sentence_with_its_exit_code(
    fail: Fail, capsys: pytest.CaptureFixture[str], problem: BaseException, code: int, said: str
) -> None:
    assert fail(problem) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_a_fault_of_the_program_is_not_hidden(fail: Fail) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(ZeroDivisionError())


@pytest.mark.parametrize(("given", "code"), [(None, 0), (0, 0), (1, 1)])
def test_a_command_that_says_nothing_went_well(
    monkeypatch: pytest.MonkeyPatch, given: int | None, code: int
) -> None:
    asked = argparse.ArgumentParser()
    asked.set_defaults(run=lambda _args: given)
    monkeypatch.setattr(door, "parser", lambda: asked)
    assert main([]) == code


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"Mafaka {__version__}\n"


# --- What each command says of itself ------------------------------------------------------------------------------


def commands(root: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Return every command with the words that call it."""
    for action in root._actions:
        if isinstance(action, argparse._SubParsersAction):
            found = {}
            for word, inner in action.choices.items():
                found |= commands(inner, (*words, word))
            return found
    return {words: root}


COMMANDS = commands(parser())


def test_there_are_the_commands_of_the_guide() -> None:
    assert {" ".join(words) for words in COMMANDS} >= {
        "init", "serve", "check", "backup", "demo", "import register", "report", "audit verify", "audit witness",
        "vault status", "vault rotate", "vault recover", "centre", "user add", "user password",
    }  # fmt: skip


@pytest.mark.parametrize("words", list(COMMANDS), ids=" ".join)
def test_each_command_runs_something_and_explains_its_words_in_french(words: tuple[str, ...]) -> None:
    command = COMMANDS[words]
    assert callable(command.get_default("run"))
    for action in command._actions:
        if action.option_strings and action.dest != "help":
            assert action.help, action.dest
            assert not action.help.endswith(".")
            assert "'" not in action.help


def test_reading_the_words_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path / "house"))
    for words in ("report 2022 --json", "serve --port 81", "user add x --name X --role dpo"):
        parser().parse_args(words.split())
    assert not (tmp_path / "house").exists()


@pytest.mark.parametrize("role", ["king", "", "Manager"])
def test_a_role_that_is_none_is_a_wrong_usage(role: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["user", "add", "x", "--name", "X", "--role", role])
    assert stopped.value.code == 2
    assert "--role" in capsys.readouterr().err


# --- The ground it stands on ---------------------------------------------------------------------------------------


def test_a_free_port_is_free_and_a_taken_one_names_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Unable, match=f"{port} est déjà pris.*--port {port + 1}"):
            setting.require_port("127.0.0.1", port)
    setting.require_port("127.0.0.1", port)


def test_the_space_is_measured_where_the_house_will_stand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path / "not" / "yet" / "there"))
    asked: list[Path] = []

    class Usage:
        free = setting.NEEDED_BYTES

    def usage(folder: Path) -> type[Usage]:
        asked.append(folder)
        return Usage

    monkeypatch.setattr(setting.shutil, "disk_usage", usage)
    setting.require_space()
    assert asked == [tmp_path]
    Usage.free -= 1
    with pytest.raises(Unable, match="Libérez de la place"):
        setting.require_space()


@pytest.mark.django_db
def test_an_older_installation_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.migrations.executor import MigrationExecutor

    setting.start()
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args, **_more: ["one more"])
    with pytest.raises(Unable, match="mafaka init"):
        setting.start()


def test_without_the_built_front_end_no_page_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.staticfiles import finders

    monkeypatch.setattr(finders, "find", lambda _name: None)
    removed: list[Any] = []
    monkeypatch.setattr(setting.shutil, "rmtree", lambda *args, **_more: removed.append(args))
    with pytest.raises(Unable, match="make build-front"):
        setting.gather_static()
    assert removed == []


def test_the_settings_are_found_without_being_named(
    fail: Fail, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    fail(Unable("x"))
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "mafaka.config.settings"
