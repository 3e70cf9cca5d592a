"""A support noted by mistake is taken back: by whom, and what becomes of the figures and of the journal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.cases import operations as cases
from mafaka.cases.models import CaseFact
from mafaka.reintegration import operations
from mafaka.reintegration.models import Support
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db


def given(case: Any, *, on: Any = TODAY) -> Support:
    return operations.record_support(case=case, kinds=["kit"], given_on=on, written="Kit", by=SETUP, at=NOW)[
        0
    ]


def address(case: Any, support: Support) -> str:
    return f"/dossiers/{case.reference}/reintegration/appui/{support.pk}/retrait/"


@pytest.mark.parametrize("role", [Role.GUARD, Role.LAWYER, Role.STATISTICIAN, Role.DONOR])
def test_other_roles_take_nothing_back(user: Any, browse: Any, make_case: Any, role: Role) -> None:
    case = make_case()
    assert browse(user(role)).post(address(case, given(case)), {}).status_code == 404
    assert Support.objects.count() == 1


def test_neither_another_centre_nor_another_case_reaches_it(
    amina: Any, binta: Any, browse: Any, make_case: Any
) -> None:
    case, other = make_case(), make_case()
    support = given(case)
    assert browse(binta).post(address(case, support), {}).status_code == 404
    assert browse(amina).post(address(other, support), {}).status_code == 404
    assert Support.objects.count() == 1


def test_the_page_offers_it_and_says_that_it_is_done(amina: Any, browse: Any, make_case: Any) -> None:
    case, client = make_case(), browse(amina)
    url = address(case, given(case))
    assert url in client.get(f"/dossiers/{case.reference}/reintegration/").content.decode()
    answer = client.post(url, {})
    assert answer.status_code == 303
    assert "L’appui est retiré." in client.get(answer["Location"]).content.decode()


def test_the_last_support_taken_back_makes_nobody_supported(amina: Any, make_case: Any) -> None:
    case = make_case()
    first, second = given(case), given(case, on=TODAY + timedelta(days=9))
    operations.withdraw_support(support=first, by=amina, at=NOW)
    assert CaseFact.objects.get(case=case).reintegration_on == TODAY + timedelta(days=9)
    operations.withdraw_support(support=second, by=amina, at=NOW)
    assert CaseFact.objects.get(case=case).reintegration_on is None


def test_the_journal_keeps_both(amina: Any, make_case: Any) -> None:
    case = make_case()
    operations.withdraw_support(support=given(case), by=amina, at=NOW)
    acts = list(Entry.objects.filter(case_id=case.pk).order_by("seq").values_list("act", flat=True))
    assert acts[-2:] == ["reintegration.supported", "reintegration.withdrawn"]


def test_nothing_of_a_closed_case_is_taken_back(amina: Any, browse: Any, make_case: Any) -> None:
    case = make_case()
    support = given(case)
    cases.close(case=case, reason="lost", closed_on=TODAY, by=SETUP, at=NOW)
    client = browse(amina)
    answer = client.post(address(case, support), {})
    assert "clos" in client.get(answer["Location"]).content.decode()
    assert Support.objects.count() == 1
