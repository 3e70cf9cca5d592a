"""mafaka report: text, JSON, and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from mafaka.cases import operations as cases
from mafaka.cli import setting
from mafaka.cli.main import main
from tests.conftest import NOW

KEYS = ("total", "male", "female", "boys", "girls", "men", "women", "unknown", "reintegrated")


@pytest.fixture
def ready(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation is the test's own database."""
    monkeypatch.setattr(setting, "start", lambda: None)


def told(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    assert main(["report", *args, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("year", ["22", "x", "-2022", "2022.5", "1989", "2101", "٢٠٢٢", ""])
def test_what_is_not_a_year_is_a_wrong_usage(year: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["report", "--", year])
    assert stopped.value.code == 2
    assert "l’année s’écrit en quatre chiffres" in capsys.readouterr().err


def test_a_day_that_is_none_is_a_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["report", "2022", "--day", "31/12/2022"])
    assert stopped.value.code == 2
    assert "AAAA-MM-JJ" in capsys.readouterr().err


@pytest.mark.usefixtures("ready")
def test_an_unknown_centre_or_a_day_elsewhere_cannot_be_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "2022", "--centre", "XXX"]) == 3
    assert "XXX" in capsys.readouterr().err
    assert main(["report", "2022", "--day", "2021-12-31"]) == 3
    assert "2021-12-31" in capsys.readouterr().err


@pytest.mark.usefixtures("ready")
def test_a_year_without_data_is_all_zeros(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "2001")
    assert [found[key] for key in KEYS] == [0] * len(KEYS)
    assert found["children_share"]["nights"] | {"base": ""} == {
        "numerator": 0, "denominator": 0, "percent": None, "base": "",
    }  # fmt: skip
    assert main(["report", "2001"]) == 0
    assert "Le centre n’a assisté personne en 2001." in capsys.readouterr().out


@pytest.mark.usefixtures("ready")
def test_the_figures_come_as_data(make_case: Any, agadez: Any, capsys: pytest.CaptureFixture[str]) -> None:
    girl, man = (
        make_case(opened_on=date(2022, 5, 1)),
        make_case(sex="male", years=30, opened_on=date(2022, 5, 1)),
    )
    make_case(agadez, sex="unknown", opened_on=date(2022, 5, 1))
    cases.note_facts(case=girl, reintegration_on=date(2022, 8, 1))
    cases.note_presence(case=girl, from_date=date(2022, 5, 1), left_on=date(2022, 5, 11), at=NOW)
    cases.note_presence(case=man, from_date=date(2022, 5, 1), left_on=None, exit_known=False, at=NOW)
    found = told(capsys, "2022", "--day", "2022-05-03")
    assert [found[key] for key in KEYS] == [3, 1, 1, 0, 1, 1, 0, 1, 1]
    assert set(found["children_share"]) == {"arrivals", "day", "nights"}
    assert found["children_share"]["arrivals"]["numerator"] == 2
    assert found["children_share"]["day"]["denominator"] == 1
    assert found["children_share"]["nights"]["percent"] == 100.0
    assert "3 mai 2022" in found["children_share"]["day"]["base"]
    assert found["excluded"] == 1
    assert found["sentence"].startswith("Les centres ont fourni une assistance à 3 personnes en 2022")
    assert all(found["bases"][key] for key in KEYS)
    assert told(capsys, "2022", "--centre", "ZIN")["total"] == 2


@pytest.mark.usefixtures("ready")
def test_the_figures_come_as_text(make_case: Any, capsys: pytest.CaptureFixture[str]) -> None:
    make_case(opened_on=date(2022, 5, 1))
    assert main(["report", "2022"]) == 0
    said = capsys.readouterr().out
    assert "Centre d’accueil de Zinder, 2022" in said
    assert "une personne en 2022" in said
    assert "100,0\u00a0% (1 sur 1)" in said
    assert "      1  mai" in said
    assert "juin" not in said
