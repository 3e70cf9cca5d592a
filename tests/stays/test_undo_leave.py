"""A departure noted by mistake is taken back: the stay goes on, in its bed where nobody was given it."""

from __future__ import annotations

from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.cases import operations as cases
from mafaka.cases.models import CaseFact, PresenceFact
from mafaka.cases.operations import CaseRefused
from mafaka.stays import operations
from mafaka.stays.models import Bed, Stay
from mafaka.stays.operations import StayRefused
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(make_case: Any, girls: list[Bed]) -> Any:
    """A case whose person left today, from bed F-01."""
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, by=SETUP, at=NOW)
    operations.leave(case=case, left_on=TODAY, reason="family", by=SETUP, at=NOW)
    return case


def address(case: Any) -> str:
    return f"/dossiers/{case.reference}/sejour/sortie/retrait/"


@pytest.mark.parametrize("role", [Role.GUARD, Role.LAWYER, Role.DONOR])
def test_other_roles_take_nothing_back(user: Any, browse: Any, gone: Any, role: Role) -> None:
    assert browse(user(role)).post(address(gone), {}).status_code == 404


def test_another_centre_takes_nothing_back(binta: Any, browse: Any, gone: Any) -> None:
    assert browse(binta).post(address(gone), {}).status_code == 404
    assert Stay.objects.get().left_on == TODAY


def test_the_stay_goes_on_in_its_bed_and_so_does_the_presence(amina: Any, browse: Any, gone: Any) -> None:
    client = browse(amina)
    assert address(gone) in client.get(f"/dossiers/{gone.reference}/sejour/").content.decode()
    answer = client.post(address(gone), {})
    assert "Le séjour continue." in client.get(answer["Location"]).content.decode()
    stay = Stay.objects.get()
    assert (stay.left_on, stay.leaving_reason, stay.bed.label) == (None, "", "F-01")
    assert CaseFact.objects.get(case=gone).housed
    assert PresenceFact.objects.get(case=gone).left_on is None


def test_a_bed_given_meanwhile_is_not_taken_away(
    amina: Any, browse: Any, make_case: Any, gone: Any, girls: list[Bed]
) -> None:
    other = make_case()
    operations.admit(case=other, bed=girls[0], from_date=TODAY, by=SETUP, at=NOW)
    client = browse(amina)
    answer = client.post(address(gone), {})
    assert "attribuez-en un" in client.get(answer["Location"]).content.decode()
    assert Stay.objects.get(case=gone).bed is None
    assert Stay.objects.get(case=other).bed == girls[0]


def test_a_bed_out_of_service_meanwhile_is_not_slept_in(gone: Any, girls: list[Bed]) -> None:
    operations.put_out_of_service(bed=girls[0], by=SETUP, at=NOW)
    assert operations.undo_leave(case=gone, by=SETUP, at=NOW).bed is None


def test_there_must_be_a_departure(make_case: Any) -> None:
    case = make_case()
    with pytest.raises(StayRefused, match="pas de départ"):
        operations.undo_leave(case=case, by=SETUP, at=NOW)
    operations.admit(case=case, from_date=TODAY, by=SETUP, at=NOW)
    with pytest.raises(StayRefused, match="pas de départ"):
        operations.undo_leave(case=case, by=SETUP, at=NOW)


def test_nothing_of_a_closed_case_is_taken_back(gone: Any) -> None:
    cases.close(case=gone, reason="left", closed_on=TODAY, by=SETUP, at=NOW)
    with pytest.raises(CaseRefused):
        operations.undo_leave(case=gone, by=SETUP, at=NOW)
