"""A register's row holds the name word for word: the case file shows it only once the name was asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from django.test import Client

from mafaka.accounts.models import User
from mafaka.cases.models import Case
from mafaka.exchange import operations
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(zinder: Any, moussa: User) -> Case:
    """The second row of the register, Issoufou Malam, whom the fifth row names Issufu Molam."""
    register = files("mafaka.exchange").joinpath("data/registre_zinder_2022.xlsx").read_bytes()
    batch = operations.upload(centre=zinder, file=register, name="registre.xlsx", by=moussa, at=NOW)
    operations.accept_suggestions(batch=batch, by=moussa, at=NOW)
    operations.run(batch=batch, by=moussa, at=NOW)
    return Case.objects.get(reference="ZIN-2022-0002")


def test_the_text_of_the_row_waits_for_the_name(
    browse: Callable[..., Client], moussa: User, imported: Case
) -> None:
    client = browse(moussa)
    masked = client.get(f"/dossiers/{imported.reference}/").content.decode()
    assert "2 lignes d’un registre importé" in masked
    for name in ("Issoufou", "Malam", "Issufu", "Molam"):
        assert name not in masked
    client.post(f"/dossiers/{imported.reference}/nom/", {"purpose": "identity_check"})
    shown = client.get(f"/dossiers/{imported.reference}/").content.decode()
    assert "Issoufou Malam" in shown
    assert "Molam" in shown
    assert "dans cette ligne" in shown
