"""Centres, accounts, keys and the journal from the command line, in the database of the tests."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.audit import journal
from mafaka.audit.models import Entry
from mafaka.cli import install, people
from mafaka.cli.main import main
from mafaka.organisations.models import Centre
from mafaka.vault import keyfile, keyring, recovery
from mafaka.vault.models import Compartment, CompartmentKey
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db
GOOD = "sable-et-indigo-2026"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Type on standard input."""

    def type_in(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return type_in


@pytest.fixture
def kept_keys() -> Any:
    kept = {path: path.read_bytes() for path in (keyfile.path(), recovery.box())}
    yield
    for path, content in kept.items():
        path.write_bytes(content)
        path.chmod(0o600)
    keyring.forget()


def last() -> Entry:
    return Entry.objects.latest("seq")


# --- Installation --------------------------------------------------------------------------------------------------


def test_an_installation_that_is_there_is_kept_and_its_recovery_key_not_said_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = keyfile.path().read_bytes(), set(CompartmentKey.objects.values_list("id", flat=True))
    assert main(["init"]) == 0
    told = capsys.readouterr().out
    assert "à jour" in told
    assert "SECOURS" not in told
    assert (keyfile.path().read_bytes(), set(CompartmentKey.objects.values_list("id", flat=True))) == before


def test_a_key_is_written_as_one_copies_it_by_hand() -> None:
    key = bytes(range(32))
    said = install.spaced(key)
    assert said.startswith("0001 0203 0405")
    assert {len(group) for group in said.split()} == {4}
    assert bytes.fromhex(said.replace(" ", "")) == key


def test_a_healthy_house_is_said_to_be_so_and_a_broken_journal_is_not(
    zinder: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.db import connection

    assert main(["check"]) == 0
    assert "DÉFAUT" not in capsys.readouterr().out
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON audit_entry"
        cursor.execute(f"DROP TRIGGER audit_entry_no_update{on}")
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
    assert main(["check"]) == 1
    assert "DÉFAUT Journal : garde-fous en place" in capsys.readouterr().out.replace("\u00a0", " ")


# --- Centres and accounts ------------------------------------------------------------------------------------------


def test_a_centre_is_opened_by_the_command_and_told_as_such() -> None:
    assert main(["centre", "MRD", "Centre de Maradi", "--region", "NE004"]) == 0
    centre = Centre.objects.get(code="MRD")
    assert (centre.region, centre.is_fictitious) == ("NE004", False)
    assert (last().act, last().actor) == ("organisations.centre_opened", "system:command")


@pytest.mark.parametrize("words", [["mrd", "X"], ["MRD", ""], ["MRDXX", "X"]])
def test_a_centre_that_cannot_be_is_one_sentence(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["centre", *words]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not Centre.objects.exists()


def add(*words: str) -> int:
    return main(["user", "add", "r.laouali", "--name", "R. Laouali", *words])


def test_an_account_is_made_with_the_password_that_was_typed(
    zinder: Any, typed: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    typed(f"{GOOD}\n")
    assert add("--role", "manager", "--centre", "ZIN") == 0
    person = User.objects.get(username="r.laouali")
    assert (person.role, person.centre, person.display_name) == (Role.MANAGER, zinder, "R. Laouali")
    assert person.check_password(GOOD)
    out, err = capsys.readouterr()
    assert GOOD not in out + err
    assert GOOD not in str(last().data)


def test_whoever_serves_the_agency_needs_no_centre(typed: Callable[[str], None], db: None) -> None:
    typed(f"{GOOD}\n")
    assert add("--role", "dpo") == 0
    assert User.objects.get().centre is None


@pytest.mark.parametrize(
    ("words", "password", "code"),
    [
        (["--role", "manager", "--centre", "XXX"], GOOD, 3),
        (["--role", "manager"], GOOD, 1),
        (["--role", "dpo"], "court", 1),
        (["--role", "dpo"], "", 1),
        (["--role", "dpo"], "r.laouali123", 1),
    ],
)
def test_an_account_that_cannot_be_is_not_made(
    zinder: Any, typed: Callable[[str], None], words: list[str], password: str, code: int
) -> None:
    typed(f"{password}\n")
    assert add(*words) == code
    assert not User.objects.exists()


def test_a_password_is_changed_and_the_old_one_is_worth_nothing(
    amina: User, typed: Callable[[str], None]
) -> None:
    amina.set_password("ocre-et-sable-2026")
    amina.save()
    typed(f"{GOOD}\n")
    assert main(["user", "password", "amina"]) == 0
    amina.refresh_from_db()
    assert amina.check_password(GOOD)
    assert not amina.check_password("ocre-et-sable-2026")
    assert (last().act, last().object_id) == ("accounts.password_set", str(amina.pk))


def test_a_password_is_changed_for_nobody_who_is_not_there(
    amina: User, typed: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    typed(f"{GOOD}\n")
    assert main(["user", "password", "amin"]) == 3
    assert "amin" in capsys.readouterr().err


def test_spaces_belong_to_a_password_and_the_end_of_the_line_does_not(
    typed: Callable[[str], None],
) -> None:
    typed("  deux espaces  \nreste")
    assert people._password() == "  deux espaces  "


def test_at_a_keyboard_the_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard("seen\n"))
    monkeypatch.setattr(people.getpass, "getpass", lambda _prompt: "unseen")
    assert people._password() == "unseen"


# --- Keys ----------------------------------------------------------------------------------------------------------


def test_the_state_of_the_keys_names_each_compartment_and_no_key(
    make_case: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    make_case()
    assert main(["vault", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(Compartment)
    for compartment, line in zip(sorted(Compartment), lines, strict=True):
        assert line.startswith(str(compartment.label))
        assert "époque 1" in line
        assert "Clé de secours, Ce serveur" in line or "Ce serveur, Clé de secours" in line
    assert sum(" 1 clés" in line for line in lines) == 1


def test_a_rotation_changes_every_key_and_is_told(
    make_case: Any, kept_keys: None, capsys: pytest.CaptureFixture[str]
) -> None:
    case = make_case()
    before = keyfile.load()
    keys = keyring.data_keys([case.person_id], Compartment.IDENTITY)
    assert main(["vault", "rotate"]) == 0
    after = keyfile.load()
    assert after.node != before.node
    assert (after.pages, after.salt, after.web) == (before.pages, before.salt, before.web)
    assert keyring.data_keys([case.person_id], Compartment.IDENTITY) == keys
    assert (last().act, last().data) == ("vault.rotated", {"count": 1})


@pytest.mark.parametrize("text", ["", "0" * 64, "00" * 31, "zz" * 32, "pas une clé", "\x00"])
def test_a_wrong_recovery_key_changes_nothing(
    typed: Callable[[str], None], kept_keys: None, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = keyfile.path().read_bytes()
    typed(text)
    assert main(["vault", "recover"]) == 3
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert keyfile.path().read_bytes() == before
    keyring.check()
    assert not Entry.objects.filter(act="vault.recovered").exists()


def test_the_recovery_key_is_taken_as_it_was_copied_and_the_taking_is_told(
    typed: Callable[[str], None], kept_keys: None, recovery_key: bytes
) -> None:
    old = keyfile.load()
    keyfile.write(keyfile.Keys(old.pages, old.salt, keyring.new_node_key(), old.web))
    keyring.forget()
    with pytest.raises(keyfile.KeyProblem):
        keyring.check()
    typed(f"  {install.spaced(recovery_key).upper()}\n\n")
    assert main(["vault", "recover"]) == 0
    keyring.check()
    assert last().act == "vault.recovered"


# --- The journal ---------------------------------------------------------------------------------------------------


def test_a_whole_journal_is_said_to_be_whole_and_its_end_can_be_noted(
    zinder: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "witness"]) == 0
    line = capsys.readouterr().out.strip()
    assert line == f"{journal.head()[0]}:{journal.head()[1]}"
    journal.record("cases.reopened", by=SETUP, at=NOW)
    assert main(["audit", "verify", "--witness", line]) == 0
    assert "intact" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line", ["", ":", "1", "x:" + "0" * 64, "1:short", "²:" + "0" * 64, "9" * 5000 + ":" + "0" * 64]
)
def test_a_line_that_is_no_witness_is_told_how_it_is_written(
    zinder: Any, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["audit", "verify", f"--witness={line}"])
    out, err = capsys.readouterr()
    assert (code, "N:EMPREINTE" in err) == (3, True) if line else (0, False)
    assert ("intact" in out) == (not line)
