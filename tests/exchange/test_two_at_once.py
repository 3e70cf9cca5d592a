"""The same register twice at the same moment, and an import in its thread."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from mafaka.audit import journal
from mafaka.cases.models import Case
from mafaka.exchange import operations, tasks
from mafaka.exchange.models import Batch, ImportedRow
from tests.conftest import NOW, SETUP
from tests.exchange.conftest import TWICE

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*batches: Batch) -> list[operations.Report]:
    start, answers = threading.Barrier(len(batches)), []

    def run(batch: Batch) -> None:
        start.wait()
        try:
            answers.append(operations.run(batch=batch, by=SETUP, at=NOW))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[batch]) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("uploads", [1, 2])
def test_of_two_runs_at_once_one_imports_and_the_other_finds_it_done(uploaded, uploads) -> None:
    batches = [uploaded(*TWICE) for _each in range(uploads)]
    reports = at_once(batches[0], batches[-1])
    assert sorted(report.people for report in reports) == [0, 8]
    assert sorted(len(report.already_imported) for report in reports) == [0, 8]
    assert Case.objects.count() == ImportedRow.objects.count() == 8
    assert journal.faults() == []


def wait_for_end(batch: Batch) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        standing = tasks.standing(batch.pk)
        if standing is None or standing.failed:
            return
        time.sleep(0.05)


def test_the_page_starts_an_import_and_leads_to_its_account(browse, moussa, uploaded) -> None:
    batch = uploaded(*TWICE)
    client = browse(moussa)
    answer = client.post(reverse("exchange:run", args=[batch.pk]), {"confirmed": "on"})
    address = reverse("exchange:progress", args=[batch.pk])
    assert (answer.status_code, answer["Location"]) == (303, address)
    wait_for_end(batch)
    assert client.get(address)["Location"] == reverse("exchange:report", args=[batch.pk])
    assert client.get(address, headers={"HX-Request": "true"})["HX-Redirect"].endswith("/bilan/")
    assert Case.objects.count() == 8


def test_an_import_that_fails_says_so_and_leaves_nothing(browse, moussa, uploaded, monkeypatch) -> None:
    batch = uploaded(*TWICE)

    def fails(**_arguments: Any) -> None:
        raise operations.ImportRefused("La ligne 3 ne peut pas entrer.")

    monkeypatch.setattr("mafaka.exchange.writing.assessments.identify_needs", fails)
    client = browse(moussa)
    client.post(reverse("exchange:run", args=[batch.pk]), {"confirmed": "on"})
    wait_for_end(batch)
    page = client.get(reverse("exchange:progress", args=[batch.pk])).content.decode()
    assert "La ligne 3 ne peut pas entrer." in page
    assert not Case.objects.exists()
    assert not ImportedRow.objects.exists()
    batch.refresh_from_db()
    assert batch.state == Batch.State.READ
