"""Two workers give one bed at the same moment: one of them is told so in French."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from mafaka.audit import journal
from mafaka.stays import operations
from mafaka.stays.models import Bed, Stay
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tries: Any) -> list[Any]:
    """Run each in a thread of its own, starting together; return what each gave or raised."""
    start, answers = threading.Barrier(len(tries)), [None] * len(tries)

    def run(number: int, attempt: Any) -> None:
        start.wait()
        try:
            answers[number] = attempt()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            answers[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_of_two_admissions_to_one_bed_is_refused(girls: list[Bed], make_case: Any) -> None:
    def admission(case: Any) -> Any:
        return lambda: operations.admit(case=case, bed=girls[0], from_date=TODAY, by=SETUP, at=NOW)

    answers = at_once(*(admission(make_case()) for _each in range(2)))
    assert sorted(type(answer).__name__ for answer in answers) == ["Stay", "StayRefused"]
    refused = next(answer for answer in answers if isinstance(answer, operations.StayRefused))
    assert refused.sentence == "Le lit F-01 vient d’être donné."
    assert Stay.objects.count() == 1
    assert journal.faults() == []


def test_two_pages_that_give_one_bed_answer_one_yes_and_one_sentence(
    girls: list[Bed], make_case: Any, amina: Any, browse: Any
) -> None:
    def post(client: Client, reference: str) -> Any:
        date_boxes = {"from_date_0": TODAY.day, "from_date_1": TODAY.month, "from_date_2": TODAY.year}
        return lambda: client.post(
            f"/dossiers/{reference}/sejour/admission/", {"bed": str(girls[0].pk), **date_boxes}
        )

    tries = [post(browse(amina), make_case().reference) for _each in range(2)]
    answers = at_once(*tries)
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    refused = next(answer for answer in answers if answer.status_code == 422).content.decode()
    assert "Choisissez un lit libre." in refused
    assert Stay.objects.count() == 1
