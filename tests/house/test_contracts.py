"""Who may import whom: the real tree keeps the contracts, and each is broken by the fault it names."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["cli", "config", "reports", "intake", "stays", "cases", "people", "accounts", "organisations"]
OPEN_ROOMS = ["vault", "audit", "matching", "ui", "common"]

STOREYS = "Storeys: nothing leans on what stands above it"
INSIDE = "Inside a room: urls, views, forms and tasks, operations, queries, models"
DOORS = "Rooms talk through their doors"
PAGES = "Pages do not fetch by themselves"
CRYPTOGRAPHY = "Cryptography lives in the vault"

LAWFUL = {
    "stays/views.py": "from mafaka.stays import forms, queries\nfrom mafaka.accounts.policy import may\n",
    "stays/operations.py": "from mafaka.stays.models import Stay\nfrom mafaka.cases import queries\n",
    "stays/queries.py": "from mafaka.stays.models import Stay\nfrom mafaka.common import refusals\n",
    "stays/models.py": "from mafaka.common.models import Record\n",
    "stays/urls.py": "from mafaka.stays import views\n",
    "cases/models.py": "import typing\nif typing.TYPE_CHECKING:\n    from mafaka.stays import models\n",
    "cases/operations.py": "from mafaka.people.queries import find\nfrom mafaka.audit import journal\n",
    "accounts/models.py": "from mafaka.organisations.queries import centres\n",
    "reports/queries.py": "from mafaka.cases.models import CaseFact\n",
    "config/urls.py": "from mafaka.stays import urls\nfrom mafaka.accounts import views\n",
    "cli/main.py": "from mafaka.config import settings\nfrom mafaka.stays import operations\n",
    "vault/cipher.py": "from cryptography.hazmat.primitives.ciphers.aead import AESGCM\n",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house under the real contracts: every kind of room, only lawful imports."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "tools/contracts.py", tmp_path / "tools")
    parts = ["__init__", "urls", "views", "forms", "tasks", "operations", "queries", "models"]
    for room in ROOMS:
        for part in parts:
            write(tmp_path, f"{room}/{part}.py", "")
    for file in [
        "settings",
        "main",
        "policy",
        "labels",
        "journal",
        "cipher",
        "refusals",
        "models",
        "directory",
        "__init__",
    ]:
        for room in [*OPEN_ROOMS, "config", "cli", "accounts", "people"]:
            write(tmp_path, f"{room}/{file}.py", "")
    write(tmp_path, "__init__.py", "")
    write(tmp_path, "__main__.py", "from mafaka.cli import main\n")
    for path, content in LAWFUL.items():
        write(tmp_path, path, content)
    return tmp_path


def write(house: Path, path: str, content: str) -> None:
    target = house / "mafaka" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8")


def broken_contracts(folder: Path) -> tuple[set[str], str]:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [program, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PYTHONUTF8": "1", "COLUMNS": "200"},
    )
    assert "Analyzed" in done.stdout, done.stdout + done.stderr
    verdicts = [line.strip() for line in done.stdout.splitlines()]
    return {line.removesuffix(" BROKEN") for line in verdicts if line.endswith(" BROKEN")}, done.stdout


def test_the_real_house_keeps_every_contract() -> None:
    broken, output = broken_contracts(ROOT)
    assert not broken, output


def test_lawful_imports_pass(house: Path) -> None:
    broken, output = broken_contracts(house)
    assert not broken, output


@pytest.mark.parametrize(
    ("contract", "path", "line"),
    [
        (STOREYS, "people/queries.py", "from mafaka.cases import queries"),
        (STOREYS, "people/queries.py", "from mafaka.config import settings"),
        (STOREYS, "organisations/queries.py", "from mafaka.accounts import policy"),
        (STOREYS, "common/refusals.py", "from mafaka.audit import journal"),
        (STOREYS, "audit/journal.py", "from mafaka.ui import labels"),
        (STOREYS, "config/settings.py", "from mafaka.cli import main"),
        (STOREYS, "cellar/models.py", ""),
        (INSIDE, "stays/models.py", "from mafaka.stays import queries"),
        (INSIDE, "stays/queries.py", "from mafaka.stays import operations"),
        (INSIDE, "stays/operations.py", "from mafaka.stays import forms"),
        (INSIDE, "stays/forms.py", "from mafaka.stays import tasks"),
        (INSIDE, "stays/views.py", "from mafaka.stays import urls"),
        (DOORS, "stays/operations.py", "from mafaka.people.models import Person"),
        (DOORS, "stays/queries.py", "from mafaka.people.directory import DIRECTORY"),
        (DOORS, "cli/main.py", "from mafaka.cases.models import Case"),
        (PAGES, "stays/views.py", "from mafaka.stays.models import Stay"),
        (PAGES, "stays/views.py", "from mafaka.audit.models import Entry"),
        (PAGES, "stays/views/board.py", "from mafaka.stays.models import Stay"),
        (CRYPTOGRAPHY, "people/queries.py", "from cryptography.fernet import Fernet"),
    ],
)
def test_each_fault_breaks_its_contract(house: Path, contract: str, path: str, line: str) -> None:
    if path == "stays/views/board.py":
        (house / "mafaka/stays/views.py").unlink()
        write(house, "stays/views/__init__.py", "")
    if path.startswith("cellar"):
        write(house, "cellar/__init__.py", "")
    target = house / "mafaka" / path
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    write(house, path, f"{before}{line}\n")
    broken, output = broken_contracts(house)
    assert broken == {contract}, output


def test_a_broken_contract_says_what_to_do_instead(house: Path) -> None:
    write(house, "stays/views.py", "from mafaka.people.models import Person\n")
    broken, output = broken_contracts(house)
    assert broken == {DOORS, PAGES}
    assert "mafaka.stays.views -> mafaka.people.models" in output
    assert "Une page ne va pas chercher elle-même" in output
    assert "On entre dans une autre pièce par ses portes" in output
