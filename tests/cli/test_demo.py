"""The demonstration: a world of its own, made once, whole or not at all, and never over real people."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone

from mafaka.accounts.models import User
from mafaka.accounts.roles import CENTRE_ROLES, Role
from mafaka.audit import journal
from mafaka.cases.models import Case, CaseFact
from mafaka.cli import demo, fiction, install, setting
from mafaka.cli.main import main
from mafaka.cli.unable import Unable
from mafaka.common.home import home
from mafaka.organisations import operations as organisations
from mafaka.organisations.models import Centre
from mafaka.stays.models import Bed, Stay
from mafaka.tracing.models import Request
from mafaka.vault import keyfile
from tests.conftest import NOW, SETUP

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark() -> Any:
    """The file that says that this house is a demonstration: gone again after the test, and the banner with it."""
    path = home() / "demonstration"
    with override_settings(DEMONSTRATION=False):
        yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let a small centre stand for the whole fiction; count how often it is made."""
    times: list[Any] = []

    def furnish(people: Any, password: Any, *, by: Any, at: datetime) -> None:
        times.append(at)
        organisations.open_centre(code="ZIN", name="Fiction", is_fictitious=True, by=by, at=at)

    monkeypatch.setattr(fiction, "furnish", furnish)
    return times


# --- Once, whole, and apart ----------------------------------------------------------------------------------------


def test_it_is_never_loaded_over_real_people(zinder: Any, filled: list[Any], mark: Path) -> None:
    with pytest.raises(Unable, match="vraies données"):
        demo.load()
    assert filled == []
    assert not mark.exists()


def test_one_real_centre_among_invented_ones_suffices_to_refuse(
    zinder: Any, filled: list[Any], mark: Path
) -> None:
    organisations.open_centre(code="DEM", name="Fiction", is_fictitious=True, by=SETUP, at=NOW)
    with pytest.raises(Unable):
        demo.load()
    assert not mark.exists()


def test_it_is_made_once_and_kept(filled: list[Any], mark: Path, capsys: pytest.CaptureFixture[str]) -> None:
    demo.load()
    assert mark.exists()
    assert settings.DEMONSTRATION, "the banner stands on the very first pages"
    demo.load()
    assert len(filled) == 1
    assert capsys.readouterr().out.count("Chargement") == 1


def test_cut_off_just_before_its_mark_it_is_marked_the_next_time(filled: list[Any], mark: Path) -> None:
    """Otherwise its people would pass for real ones: no page would say that they are invented."""
    demo.load()
    mark.unlink()
    demo.load()
    assert mark.exists()
    assert len(filled) == 1


def test_cut_off_in_the_middle_it_leaves_nothing_and_begins_anew(
    filled: list[Any], mark: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = fiction.furnish

    def cut(*args: Any, **more: Any) -> None:
        whole(*args, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(fiction, "furnish", cut)
        with pytest.raises(KeyboardInterrupt):
            demo.load()
    assert not Centre.objects.exists()
    demo.load()
    assert Centre.objects.get().is_fictitious


@pytest.mark.parametrize("named", [True, False])
def test_it_has_a_folder_of_its_own_unless_one_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: bool
) -> None:
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path / "chosen"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if not named:
        monkeypatch.delenv("MAFAKA_HOME")
    monkeypatch.setattr(install, "install", lambda: None)
    monkeypatch.setattr(demo, "load", lambda: None)
    monkeypatch.setattr(demo, "_introduce", lambda _address: None)
    assert main(["demo", "--no-serve"]) == 0
    assert os.environ["MAFAKA_HOME"] == str(tmp_path / ("chosen" if named else "mafaka-demo"))


def test_nothing_is_made_when_its_port_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(host: str, port: int) -> None:
        raise Unable("pris")

    def never() -> None:
        raise AssertionError

    monkeypatch.setattr(setting, "require_port", taken)
    monkeypatch.setattr(install, "install", never)
    assert main(["demo"]) == 3


def test_it_introduces_one_account_per_role_with_the_address(
    filled: list[Any], mark: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "install", lambda: None)
    assert demo.run_demo(argparse.Namespace(no_serve=True, host="127.0.0.1", port=8123)) == 0
    told = capsys.readouterr().out
    assert "http://127.0.0.1:8123" in told
    for role, (username, _name) in demo.PEOPLE.items():
        assert any(username in line and demo.password(role) in line for line in told.splitlines())


# --- Passwords -----------------------------------------------------------------------------------------------------


def test_there_is_somebody_of_every_role() -> None:
    assert set(demo.PEOPLE) == set(Role)
    assert len({username for username, _name in demo.PEOPLE.values()}) == len(Role)


def test_each_role_has_its_own_password_that_stays_the_same() -> None:
    words = {role: demo.password(role) for role in Role}
    assert len(set(words.values())) == len(Role)
    assert words == {role: demo.password(role) for role in Role}
    assert {len(word) for word in words.values()} == {19}


def test_another_installation_has_other_passwords(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    here = demo.password(Role.MANAGER)
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path))
    web = keyfile.create().web
    assert demo.password(Role.MANAGER) != here
    assert web.hex() not in demo.password(Role.MANAGER)


# --- The fiction itself --------------------------------------------------------------------------------------------


@pytest.fixture
def furnish(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Make the centre and those who are there today, without last years' register (tests of the import have it)."""
    for name in ("upload", "accept_suggestions", "run"):
        monkeypatch.setattr(fiction.exchange, name, lambda **_more: None)

    def make(at: datetime) -> None:
        fiction.furnish(demo.PEOPLE, demo.password, by=SETUP, at=at)

    return make


@pytest.mark.parametrize(
    "at",
    [NOW, datetime(2028, 2, 29, 0, 5, tzinfo=UTC), datetime(2027, 1, 1, 23, 55, tzinfo=UTC)],
    ids=["today", "leap day", "new year"],
)
def test_it_can_be_made_on_any_day_and_holds_together(
    furnish: Callable[[datetime], None], at: datetime
) -> None:
    furnish(at)
    assert Case.objects.count() == fiction.PRESENT
    assert not CaseFact.objects.filter(is_fictitious=False).exists()
    assert not CaseFact.objects.filter(arrived_on__gt=timezone.localdate(at)).exists()
    taken = Stay.objects.filter(left_on=None).values("bed").annotate(people=Count("id"))
    assert all(each["bed"] is None or each["people"] == 1 for each in taken)
    assert Bed.objects.count() == sum(number for *_room, number in fiction.ROOMS)
    assert Request.objects.filter(state="open").exists()
    assert journal.faults() == []


def test_its_staff_can_sign_in_and_stand_where_their_role_stands(furnish: Callable[[datetime], None]) -> None:
    furnish(NOW)
    for role, (username, name) in demo.PEOPLE.items():
        person = User.objects.get(username=username)
        assert (person.role, person.display_name) == (role, name)
        assert person.check_password(demo.password(role))
        assert (person.centre is not None) == (role in CENTRE_ROLES)


def test_its_people_are_at_every_step_of_the_way(furnish: Callable[[datetime], None]) -> None:
    """Some have no name yet, some nobody who follows them, some a plan, some a search."""
    furnish(NOW)
    assert Case.objects.filter(worker=None).exists()
    for column in ("interviewed_on", "planned_on", "tracing_on"):
        reached = CaseFact.objects.filter(**{f"{column}__isnull": False}).count()
        assert 0 < reached < fiction.PRESENT, column
