"""Registers made for the tests of the import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mafaka.cases.models import Case
from mafaka.exchange import operations
from mafaka.exchange.models import Batch, ImportedRow
from mafaka.exchange.operations import Answer
from mafaka.people import queries as people
from mafaka.vault.purposes import Purpose
from tests.conftest import NOW, SETUP
from tests.registers.sheets import DEMONSTRATION, xlsx

WIDE = (
    "N°", "Date d'entrée", "Nom et prénom", "Sexe", "Âge", "Commune", "Amené par", "Type d'exploitation", "Besoins",
    "Date de sortie", "Réinsertion", "Taille",
)  # fmt: skip


def line(number: int, name: str, **changes: Any) -> list[Any]:
    """A row of a register with all columns: a boy of 9 of Kantché, brought by the police, unless told otherwise."""
    said = {
        "arrived": "05/01/2022", "sex": "M", "age": 9, "commune": "Kantché", "by": "Police", "forms": "mendicité",
        "needs": "médical", "left": "20/01/2022", "support": "", "size": "1,20 m",
    } | changes  # fmt: skip
    return [number, said["arrived"], name, *[said[key] for key in list(said)[1:]]]


OTHERS = ["Abdou Sani", "Rabiou Harouna", "Nouhou Garba", "Ibrahim Oumarou", "Laouali Saley", "Mahaman Kader"]
TWICE = [
    line(
        1, "Issoufou Malam", age=15, arrived="01/01/2022", by="OIM", forms="travail forcé", left="18/03/2022"
    ),
    line(2, "Issufu Malam", age=15, arrived="03/01/2022", by="OIM", forms="travail forcé", left="18/03/2022"),
    *[line(n, name, arrived=f"{n:02}/06/2022", left="") for n, name in enumerate(OTHERS, start=3)],
]


@pytest.fixture
def demonstration() -> bytes:
    return DEMONSTRATION.read_bytes()


@pytest.fixture
def uploaded(zinder: Any) -> Callable[..., Batch]:
    """Hand a register over: bytes, or rows with the wide headers."""

    def upload(
        *rows: Any, content: bytes | None = None, headers: Any = WIDE, by: Any = SETUP, at: Any = NOW
    ) -> Batch:
        file = content if content is not None else xlsx(headers, *rows)
        return operations.upload(centre=zinder, file=file, name="registre.xlsx", by=by, at=at)

    return upload


ACTOR = {"by": SETUP, "at": NOW}


def run(batch: Batch, **actor: Any) -> operations.Report:
    return operations.run(batch=batch, **(ACTOR | actor))


def decide(batch: Batch, *answers: Answer, **actor: Any) -> None:
    operations.decide(batch=batch, answers=answers, **(ACTOR | actor))


def names_of(case: Case, by: Any) -> people.Names:
    return people.identities([case.person_id], by=by, at=NOW, purpose=Purpose.CASE_WORK)[case.person_id]


def case_of(number: int) -> Case:
    found = ImportedRow.objects.get(number=number).case
    assert found is not None
    return found
