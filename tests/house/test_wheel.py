"""The package as it would be installed elsewhere: everything it needs at run time is in the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOT, committed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by way of the source archive, as a publisher would."""
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (found,) = target.glob("mafaka-*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_committed_file_of_the_package_is_in_the_wheel(names: set[str]) -> None:
    package = {
        path.relative_to(ROOT).as_posix() for path in committed() if path.is_relative_to(ROOT / "mafaka")
    }
    assert package - names == set()


def test_what_is_built_is_in_the_wheel(names: set[str]) -> None:
    built = {path.relative_to(ROOT).as_posix() for path in (ROOT / "mafaka/ui/static/built").rglob("*.*")}
    assert built, "make test builds the front end first"
    assert built - names == set()
    assert {"mafaka/locale/en/LC_MESSAGES/django.mo", "mafaka/locale/fr/LC_MESSAGES/django.mo"} <= names


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    outside = {name for name in names if not name.startswith(("mafaka/", "mafaka-"))}
    assert outside == set()
    assert not {
        name for name in names if "node_modules" in name or name.endswith((".pyc", ".sqlite3", ".key"))
    }


def test_both_texts_of_the_licence_travel_with_it(names: set[str]) -> None:
    assert {"LICENSE", "LICENCE.fr.txt"} <= {name.rpartition("/")[2] for name in names if "licenses" in name}


def test_it_installs_and_its_command_answers(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
    ]
    subprocess.run([*pip, str(wheel)], check=True)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "mafaka", "--help"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target), "MAFAKA_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "mafaka" in done.stdout
