"""The board of beds, the stay of one person, their departure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from mafaka.accounts.roles import Role
from mafaka.cases import operations as cases
from mafaka.stays import operations, queries
from mafaka.stays.models import Bed, Stay
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
BY = {"by": SETUP, "at": NOW}
OWN_PAGES = ["sejour/", "sejour/admission/", "sejour/lit/", "sejour/sortie/"]
NEVER = [
    Role.STOREKEEPER,
    Role.STATISTICIAN,
    Role.DPO,
    Role.POLICE,
    Role.PARTNER,
    Role.DONOR,
    Role.ADMINISTRATOR,
]


@pytest.fixture
def today(monkeypatch: Any) -> date:
    """The pages believe that it is the day of the cast."""
    monkeypatch.setattr(timezone, "localdate", lambda *_a: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return TODAY


def boxes(name: str, day: date | None) -> dict[str, Any]:
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {f"{name}_{number}": part for number, part in enumerate(parts)}


def html(response: Any) -> str:
    return response.content.decode()


# --- Who may not ------------------------------------------------------------------------------------------------


def test_nobody_enters_without_signing_in(browse: Any, make_case: Any, girls: list[Bed]) -> None:
    reference = make_case().reference
    pages = [f"/dossiers/{reference}/{page}" for page in OWN_PAGES]
    for page in ["/sejours/", f"/sejours/lits/{girls[0].pk}/", *pages]:
        assert browse(None).get(page)["Location"].startswith("/connexion/")


@pytest.mark.parametrize("role", NEVER)
def test_other_roles_see_no_bed(role: Role, user: Any, browse: Any, make_case: Any, girls: list[Bed]) -> None:
    client, reference = browse(user(role)), make_case().reference
    assert client.get("/sejours/").status_code == 404
    assert client.get(f"/sejours/lits/{girls[0].pk}/").status_code == 404
    assert {client.get(f"/dossiers/{reference}/{page}").status_code for page in OWN_PAGES} == {404}
    assert queries.free_beds(by=user(role, username="autre")) == []


def test_another_centre_sees_nothing(binta: Any, browse: Any, make_case: Any, girls: list[Bed]) -> None:
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    client = browse(binta)
    assert {client.get(f"/dossiers/{case.reference}/{page}").status_code for page in OWN_PAGES} == {404}
    assert client.get(f"/sejours/lits/{girls[0].pk}/").status_code == 404
    assert client.post(f"/dossiers/{case.reference}/sejour/sortie/", {"reason": "family"}).status_code == 404
    assert "F-01" not in html(client.get("/sejours/"))
    assert queries.panel(case, by=binta, on=TODAY) is None
    assert Stay.objects.get().left_on is None


def test_the_guard_sees_beds_and_no_case(user: Any, browse: Any, make_case: Any, girls: list[Bed]) -> None:
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    client = browse(user(Role.GUARD))
    page = html(client.get("/sejours/"))
    assert "F-01" in page
    assert case.reference not in page
    assert {client.get(f"/dossiers/{case.reference}/{page}").status_code for page in OWN_PAGES} == {404}
    assert client.get(f"/sejours/lits/{girls[1].pk}/").status_code == 404


def test_the_lawyer_reads_and_admits_nobody(user: Any, browse: Any, make_case: Any, girls: list[Bed]) -> None:
    case = make_case()
    client = browse(user(Role.LAWYER))
    assert "Admettre" not in html(client.get(f"/dossiers/{case.reference}/sejour/"))
    told = {"bed": str(girls[0].pk), **boxes("from_date", TODAY)}
    assert client.post(f"/dossiers/{case.reference}/sejour/admission/", told).status_code == 404
    assert not Stay.objects.exists()


# --- The board --------------------------------------------------------------------------------------------------


def test_the_board_shows_states_and_figures(
    today: date, amina: Any, make_case: Any, girls: list[Bed]
) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    girl, woman, gone = make_case(), make_case(years=30), make_case(opened_on=monday - timedelta(days=20))
    operations.admit(case=girl, bed=girls[0], from_date=TODAY, **BY)
    operations.admit(case=woman, from_date=TODAY, **BY)
    operations.record_past_stay(
        case=gone, from_date=monday - timedelta(20), left_on=monday - timedelta(9), **BY
    )
    operations.put_out_of_service(bed=girls[2], **BY)
    board = queries.board(by=amina, on=TODAY)
    assert [(bed.label, bed.state) for bed in board.rooms[0].beds] == [
        ("F-01", "occupied"),
        ("F-02", "free"),
        ("F-03", "out"),
    ]
    assert (board.occupied, board.in_service, board.children, board.arrivals) == (1, 2, 1, 2)
    assert (board.since, board.median_nights) == (monday, 11)
    assert (board.without_bed, board.without_bed_references) == (1, [woman.reference])


def test_the_board_counts_an_unknown_age_as_a_child(amina: Any, make_case: Any, girls: list[Bed]) -> None:
    case = make_case()
    case.fact.birth_earliest = case.fact.birth_latest = None
    case.fact.save()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    assert queries.board(by=amina, on=TODAY).children == 1


def test_arrivals_and_nights_are_those_of_the_year_and_of_ones_centres(
    user: Any, amina: Any, binta: Any, agadez: Any, make_case: Any
) -> None:
    def stayed(nights: int, left_on: date, **told: Any) -> None:
        first = left_on - timedelta(days=nights)
        case = make_case(opened_on=first, **told)
        operations.record_past_stay(case=case, from_date=first, left_on=left_on, **BY)

    for nights in (3, 5, 12):
        stayed(nights, TODAY - timedelta(days=7))
    stayed(90, TODAY - timedelta(days=365))  # a day too old
    stayed(4, TODAY - timedelta(days=364))
    stayed(40, TODAY, centre=agadez)
    make_case(centre=agadez)
    boards = [queries.board(by=by, on=TODAY) for by in (amina, binta, user(Role.PROTECTION_ASSISTANT))]
    assert [board.median_nights for board in boards] == [4, 40, 5]
    assert [board.arrivals for board in boards] == [0, 1, 1]
    storekeeper = queries.board(by=user(Role.STOREKEEPER), on=TODAY)
    assert (storekeeper.median_nights, storekeeper.arrivals) == (None, 0)


def test_the_board_names_nobody(
    today: date, amina: Any, browse: Any, make_case: Any, girls: list[Bed]
) -> None:
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    page = html(browse(amina).get("/sejours/"))
    assert f"/dossiers/{case.reference}/sejour/" in page
    assert "Rakia" not in page
    assert "1 sur 3" in page


def test_the_board_asks_the_database_the_same_number_of_times(
    amina: Any, make_case: Any, girls: list[Bed], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        queries.board(by=amina, on=TODAY)
    for bed in girls:
        operations.admit(case=make_case(), bed=bed, from_date=TODAY, **BY)
    with django_assert_num_queries(6):
        queries.board(by=amina, on=TODAY)
    case = make_case()
    operations.record_past_stay(case=case, from_date=TODAY, left_on=TODAY, **BY)
    with django_assert_num_queries(1):
        queries.panel(case, by=amina, on=TODAY)


def test_somebody_of_no_centre_sees_all_centres(
    user: Any, girls: list[Bed], elsewhere: list[Bed], browse: Any
) -> None:
    assistant = user(Role.PROTECTION_ASSISTANT)
    assert [room.centre_name for room in queries.board(by=assistant, on=TODAY).rooms] == [
        "Centre d’accueil d’Agadez",
        "Centre d’accueil de Zinder",
    ]
    assert len(queries.free_beds(by=assistant)) == 4
    assert "Centre d’accueil d’Agadez" in html(browse(assistant).get("/sejours/"))


def test_the_panel_says_bed_and_nights(amina: Any, make_case: Any, girls: list[Bed]) -> None:
    case = make_case()
    assert queries.panel(case, by=amina, on=TODAY) is None
    operations.admit(case=case, bed=girls[1], from_date=TODAY, **BY)
    panel = queries.panel(case, by=amina, on=TODAY + timedelta(days=41))
    assert panel is not None
    assert (panel.bed, panel.room_name, panel.from_date, panel.nights) == (
        "F-02",
        "Dortoir des filles",
        TODAY,
        41,
    )


# --- Admission and departure -------------------------------------------------------------------------------------


def test_a_person_is_admitted_and_leaves(
    today: date, amina: Any, browse: Any, make_case: Any, girls: list[Bed]
) -> None:
    client, case = browse(amina), make_case()
    page = f"/dossiers/{case.reference}/sejour/"
    assert "3 lits libres. Dortoir des filles\u00a0: 3." in html(client.get(page))
    answer = client.post(f"{page}admission/", {"bed": str(girls[1].pk), **boxes("from_date", TODAY)})
    assert (answer.status_code, answer["Location"]) == (303, page)
    assert "F-02, Dortoir des filles" in html(client.get(page))
    assert client.post(f"{page}lit/", {"bed": str(girls[2].pk)}).status_code == 303
    assert "Le lit F-03 sera libre" in html(client.get(f"{page}sortie/"))
    answer = client.post(f"{page}sortie/", {"reason": "family", **boxes("left_on", TODAY)})
    assert (answer.status_code, answer["Location"]) == (303, page)
    shown = html(client.get(page))
    assert "Retour en famille" in shown
    assert "Admettre au centre" in shown


@pytest.mark.parametrize(
    ("day", "bed", "said"),
    [
        (None, "", "Il reste deux points à corriger"),
        (None, "later", "Indiquez la date d’admission."),
        (TODAY + timedelta(days=1), "later", "n’est pas encore venue"),
        (TODAY - timedelta(days=1), "later", "avant l’arrivée"),
        (TODAY, "", "Choisissez un lit libre."),
        (TODAY, "00000000-0000-0000-0000-000000000000", "n’est plus libre"),
    ],
)
def test_a_bad_admission_is_said_beside_the_field(
    today: date, amina: Any, browse: Any, make_case: Any, girls: list[Bed], day: Any, bed: str, said: str
) -> None:
    page = f"/dossiers/{make_case().reference}/sejour/admission/"
    answer = browse(amina).post(page, {"bed": bed, **boxes("from_date", day), "once": ""})
    assert answer.status_code == 422
    assert said in html(answer)
    assert not Stay.objects.exists()


def test_a_bed_of_another_centre_is_not_offered(
    today: date, amina: Any, browse: Any, make_case: Any, elsewhere: list[Bed]
) -> None:
    page = f"/dossiers/{make_case().reference}/sejour/admission/"
    answer = browse(amina).post(page, {"bed": str(elsewhere[0].pk), **boxes("from_date", TODAY)})
    assert answer.status_code == 422
    assert "Aucun lit libre." in html(answer)


def test_a_departure_without_a_reason_or_before_the_admission_is_refused(
    today: date, amina: Any, browse: Any, make_case: Any, girls: list[Bed]
) -> None:
    case = make_case()
    operations.admit(case=case, bed=girls[0], from_date=TODAY, **BY)
    page = f"/dossiers/{case.reference}/sejour/sortie/"
    answer = browse(amina).post(page, boxes("left_on", TODAY))
    assert (answer.status_code, "Choisissez le motif" in html(answer)) == (422, True)
    early = {"reason": "family", **boxes("left_on", TODAY - timedelta(days=1))}
    answer = browse(amina).post(page, early)
    assert (answer.status_code, "avant l’admission" in html(answer)) == (422, True)
    assert Stay.objects.get().left_on is None


def test_a_second_departure_is_refused(today: date, amina: Any, browse: Any, make_case: Any) -> None:
    page = f"/dossiers/{make_case().reference}/sejour/sortie/"
    answer = browse(amina).post(page, {"reason": "family", **boxes("left_on", TODAY)})
    assert (answer.status_code, "pas hébergée" in html(answer)) == (422, True)


def test_a_free_bed_goes_out_of_service_and_back(
    amina: Any, browse: Any, girls: list[Bed], make_case: Any
) -> None:
    client, page = browse(amina), f"/sejours/lits/{girls[0].pk}/"
    assert "Mettre hors service" in html(client.get(page))
    assert client.post(page)["Location"] == "/sejours/"
    assert "Remettre en service" in html(client.get(page))
    client.post(page)
    operations.admit(case=make_case(), bed=girls[0], from_date=TODAY, **BY)
    assert "F-01 est occupé" in html(client.post(page, follow=True))
    assert not Bed.objects.get(pk=girls[0].pk).out_of_service


def test_a_closed_case_offers_no_admission(today: date, moussa: Any, browse: Any, make_case: Any) -> None:
    case = make_case()
    address = reverse("stays:stay", args=[case.reference])
    assert "Admettre au centre" in browse(moussa).get(address).content.decode()
    cases.close(case=case, reason="left", closed_on=TODAY, by=moussa, at=NOW)
    assert "Admettre au centre" not in browse(moussa).get(address).content.decode()
