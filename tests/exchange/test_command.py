"""mafaka import register: three commands and the figures are there, whatever befalls the machine meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.cases.models import Case
from mafaka.cli.main import main
from mafaka.exchange.models import Batch
from mafaka.organisations.models import Centre
from tests.exchange.conftest import TWICE, WIDE, line
from tests.registers.sheets import DEMONSTRATION, xlsx

DB = pytest.mark.django_db


def register(tmp_path: Path, *rows: Any) -> str:
    path = tmp_path / "registre.xlsx"
    path.write_bytes(xlsx(WIDE, *rows))
    return str(path)


def imported(capsys: Any, *arguments: str) -> dict[str, Any]:
    assert main(["import", "register", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@DB
def test_the_demonstration_register_makes_the_first_centre_and_220_people(capsys) -> None:
    assert main(["import", "register", str(DEMONSTRATION), "--merge-suspected"]) == 0
    told = capsys.readouterr().out
    centre = Centre.objects.get()
    assert (centre.code, centre.region, centre.is_fictitious) == ("ZIN", "NE007", True)
    assert centre.name == "Centre d’accueil des victimes de traite, Zinder"
    assert "220 personnes" in told
    assert "Ligne 9, n° 5 / Ligne 6, n° 2" in told
    assert "Malam" not in told
    again = imported(capsys, str(DEMONSTRATION), "--merge-suspected")
    assert (again["people"], again["already_imported"], again["merged"]) == (0, 226, [])
    assert Case.objects.count() == 220


@DB
def test_the_account_as_json_names_rows_and_no_person(zinder, capsys, tmp_path) -> None:
    told = imported(
        capsys, register(tmp_path, *TWICE, line(9, "Garba Issa", arrived="mardi")), "--merge-suspected"
    )
    [merged] = told["merged"]
    assert (merged["row"], merged["into"]) == (3, 2)
    assert merged["score"] > 4
    assert (told["rows"], told["people"], told["cases"], told["problems"]) == (9, 7, 7, 1)
    assert [each["row"] for each in told["kept_aside"]] == [10]
    assert told["suspected"] == []


@DB
def test_without_being_asked_nobody_is_merged_and_the_pairs_are_told(zinder, capsys, tmp_path) -> None:
    told = imported(capsys, register(tmp_path, *TWICE))
    assert (told["people"], told["merged"]) == (8, [])
    assert [(each["row"], each["other"], each["probable"]) for each in told["suspected"]] == [(3, 2, True)]


@DB
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Nom;Sexe\nAli;M", b"PK\x03\x04 torn"])
def test_a_bad_file_is_refused_in_french_and_leaves_nothing_not_even_a_centre(
    capsys, tmp_path, content
) -> None:
    path = tmp_path / "registre.xlsx"
    path.write_bytes(content)
    assert main(["import", "register", str(path)]) == 1
    assert capsys.readouterr().err.strip()
    assert not Centre.objects.exists()
    assert not Batch.objects.exists()


@DB
def test_a_file_that_is_not_there_cannot_be_imported(capsys, tmp_path) -> None:
    assert main(["import", "register", str(tmp_path / "rien.xlsx")]) == 3
    assert "introuvable" in capsys.readouterr().err


@DB
def test_a_register_without_dates_of_arrival_is_refused_and_its_file_erased(zinder, capsys, tmp_path) -> None:
    path = tmp_path / "registre.xlsx"
    path.write_bytes(xlsx(["N°", "Nom et prénom", "Sexe"], [1, "Ali", "M"]))
    assert main(["import", "register", str(path)]) == 1
    assert "Date d’arrivée" in capsys.readouterr().err
    assert bytes(Batch.objects.get().sealed) == b""


@DB
def test_a_title_that_names_no_town_gives_a_centre_all_the_same(capsys, tmp_path) -> None:
    path = tmp_path / "registre.xlsx"
    path.write_bytes(xlsx(["REGISTRE"], WIDE, line(1, "Ali Moustapha")))
    assert main(["import", "register", str(path)]) == 0
    assert "CTR" in capsys.readouterr().out


@DB
def test_with_several_centres_one_must_be_named(zinder, agadez, capsys, tmp_path) -> None:
    path = register(tmp_path, line(1, "Ali Moustapha"))
    assert main(["import", "register", path]) == 3
    assert "--centre" in capsys.readouterr().err
    assert main(["import", "register", path, "--centre", "XYZ"]) == 3
    assert imported(capsys, path, "--centre", "AGZ")["people"] == 1
    assert Case.objects.get().centre == agadez


@DB
def test_in_the_name_of_an_account_only_what_it_may_do(user, moussa, agadez, capsys, tmp_path) -> None:
    path = register(tmp_path, line(1, "Ali Moustapha"))
    user(Role.GUARD, username="garde")
    assert main(["import", "register", path, "--by", "garde"]) == 1
    assert main(["import", "register", path, "--by", "personne"]) == 3
    assert main(["import", "register", path, "--by", "moussa", "--centre", "AGZ"]) == 3
    assert not Case.objects.exists()
    assert imported(capsys, path, "--by", "moussa")["people"] == 1
    assert Batch.objects.get().actor == moussa.actor_id


# --- A power cut


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "mafaka", *arguments]


def environment(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAFAKA", "DJANGO", "PYTEST"))
    }
    return kept | {"MAFAKA_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}


def mafaka(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        command(*arguments),
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def killed_in_the_middle(home: Path) -> None:
    """Kill an import without warning once it has written some of its rows."""
    start = "from mafaka.cli import register\n"
    tell = (
        "def progress():\n"
        "    def tell(done, of):\n"
        "        if done >= 100:\n"
        "            print('half', flush=True)\n"
        "            import time; time.sleep(60)\n"
        "    return tell\n"
        "register._progress = progress\n"
        "from mafaka.cli.main import main\n"
        f"main(['import', 'register', {str(DEMONSTRATION)!r}, '--merge-suspected'])\n"
    )
    work = subprocess.Popen(
        [sys.executable, "-c", start + tell], env=environment(home), stdout=subprocess.PIPE, text=True
    )
    assert work.stdout is not None
    for said in work.stdout:
        if said.strip() == "half":
            break
    work.send_signal(signal.SIGKILL)
    work.wait(timeout=20)
    work.stdout.close()
    assert work.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_a_power_cut_in_the_middle_leaves_nothing_and_the_import_can_be_run_again(tmp_path) -> None:
    home = tmp_path / "home"
    mafaka(home, "init")
    killed_in_the_middle(home)
    assert json.loads(mafaka(home, "report", "2022", "--json"))["total"] == 0
    assert "intact" in mafaka(home, "audit", "verify")
    told = json.loads(mafaka(home, "import", "register", str(DEMONSTRATION), "--merge-suspected", "--json"))
    assert (told["people"], told["already_imported"], len(told["merged"])) == (220, 0, 6)
    assert json.loads(mafaka(home, "report", "2022", "--json"))["total"] == 220
    assert "intact" in mafaka(home, "audit", "verify")


@pytest.mark.slow
def test_the_disk_holds_no_name_of_the_register(tmp_path) -> None:
    home = tmp_path / "home"
    mafaka(home, "init")
    mafaka(home, "import", "register", str(DEMONSTRATION), "--merge-suspected")
    held = b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())
    for secret in ("Issoufou", "Molam", "Kantchi", "registre_zinder", "Police/BPM"):
        assert secret.encode() not in held, secret


@pytest.mark.slow
def test_two_commands_at_once_import_once(tmp_path) -> None:
    home = tmp_path / "home"
    mafaka(home, "init")
    mafaka(home, "centre", "ZIN", "Centre d’accueil de Zinder")
    words = command("import", "register", str(DEMONSTRATION), "--json")
    both = [subprocess.Popen(words, env=environment(home), stdout=subprocess.PIPE) for _each in range(2)]
    told = [json.loads(work.communicate(timeout=120)[0]) for work in both]
    assert sorted((each["people"], each["already_imported"]) for each in told) == [(0, 226), (226, 0)]
    assert json.loads(mafaka(home, "report", "2022", "--json"))["total"] == 226
