"""The gate, its receipt, and the page where names are written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.cases.models import Case, CaseFact
from mafaka.intake.models import Arrival
from mafaka.people import queries as people
from mafaka.people.ages import from_age
from mafaka.people.names import Identity
from mafaka.vault.purposes import Purpose
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
NOT_AT_THE_GATE = [
    r for r in Role if r not in (Role.SOCIAL_WORKER, Role.PROTECTION_ASSISTANT, Role.MANAGER, Role.GUARD)
]


def html(response: Any) -> str:
    return response.content.decode()


def identity(case: Any, by: Any) -> Identity:
    return people.identities([case.person_id], by=by, at=NOW, purpose=Purpose.CASE_WORK)[case.person_id]


# --- Who may not -----------------------------------------------------------------------------------------------------


def test_nobody_enters_without_signing_in(browse: Any, make_case: Any) -> None:
    reference = make_case().reference
    for page in ("/accueil/", f"/accueil/{reference}/", f"/dossiers/{reference}/identite/"):
        assert browse(None).get(page)["Location"].startswith("/connexion/")


@pytest.mark.parametrize("role", NOT_AT_THE_GATE)
def test_other_roles_neither_receive_nor_register(
    role: Role, user: Any, browse: Any, make_case: Any, gate: Any
) -> None:
    client, reference = browse(user(role)), make_case().reference
    assert client.post("/accueil/", gate).status_code == 404
    assert client.get(f"/accueil/{reference}/").status_code == 404
    assert client.get(f"/dossiers/{reference}/identite/").status_code == 404
    assert Case.objects.count() == 1


def test_another_centre_reads_nothing_and_writes_nothing(
    binta: Any, browse: Any, make_case: Any, answers: Any, amina: Any
) -> None:
    case = make_case()
    page = f"/dossiers/{case.reference}/identite/"
    assert browse(binta).get(page).status_code == 404
    assert browse(binta).post(page, answers).status_code == 404
    assert browse(binta).get(f"/accueil/{case.reference}/").status_code == 404
    assert identity(case, amina).own_name == "Rakia"


def test_the_guard_receives_and_reads_no_file(
    today: date, user: Any, browse: Any, zinder: Any, gate: Any
) -> None:
    client = browse(user(Role.GUARD))
    answer = client.post("/accueil/", gate)
    assert (answer.status_code, answer["Location"]) == (303, "/accueil/ZIN-2026-0001/")
    shown = html(client.get(answer["Location"]))
    assert "ZIN-2026-0001" in shown
    assert "Fièvre" not in shown
    assert client.get("/dossiers/ZIN-2026-0001/identite/").status_code == 404
    assert Case.objects.get().centre == zinder


# --- The gate --------------------------------------------------------------------------------------------------------


def test_a_worker_goes_on_to_the_identity_and_reads_the_remarks(
    today: date, amina: Any, browse: Any, gate: Any
) -> None:
    client = browse(amina)
    answer = client.post("/accueil/", gate)
    assert answer["Location"] == "/dossiers/ZIN-2026-0001/identite/"
    fact = CaseFact.objects.get()
    assert (fact.arrived_on, fact.brought_by, fact.returned_from, fact.sex) == (
        TODAY,
        "police",
        "DZ",
        "female",
    )
    assert (fact.birth_earliest, fact.birth_latest) == (
        from_age(months=144, margin=24, on=TODAY).earliest,
        from_age(months=144, margin=24, on=TODAY).latest,
    )
    page = html(client.get(answer["Location"]))
    assert "Fièvre depuis Assamaka" in page
    assert "Commissariat central" in page
    assert 'value="12"' in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"arrived_on_0": "31", "arrived_on_1": "2"}, "Cette date n’existe pas"),
        ({"arrived_on_0": "", "arrived_on_1": "", "arrived_on_2": ""}, "Indiquez la date d’arrivée."),
        ({"arrived_on_2": "2202"}, "L’année doit"),
        ({"arrived_on_2": "2027"}, "n’est pas encore venue"),
        ({"brought_by": "magic"}, "Sélectionnez un choix valide"),
        ({"sex": ""}, "Indiquez le sexe"),
        ({"age": "400"}, "120"),
        ({"age": "douze"}, "en chiffres"),
        ({"margin": "99"}, "12"),
    ],
)
def test_a_bad_arrival_is_said_beside_the_field(
    today: date, amina: Any, browse: Any, gate: Any, change: dict[str, str], said: str
) -> None:
    answer = browse(amina).post("/accueil/", gate | change)
    assert answer.status_code == 422
    assert said in html(answer)
    assert not Arrival.objects.exists()


def test_only_day_way_and_sex_are_asked_for(today: date, amina: Any, browse: Any, gate: Any) -> None:
    least = {name: gate[name] for name in gate if name.startswith("arrived")} | {
        "brought_by": "self",
        "sex": "unknown",
    }
    assert browse(amina).post("/accueil/", least).status_code == 303
    assert CaseFact.objects.get().birth_latest is None


def test_a_baby_is_written_down_in_months(today: date, amina: Any, browse: Any, gate: Any) -> None:
    browse(amina).post("/accueil/", gate | {"age": "14", "unit": "1", "margin": ""})
    birth = from_age(months=14, exact_to=1, on=TODAY)
    assert CaseFact.objects.get().birth_earliest == birth.earliest


def test_somebody_of_no_centre_says_which(
    today: date, user: Any, browse: Any, zinder: Any, agadez: Any, gate: Any
) -> None:
    client = browse(user(Role.PROTECTION_ASSISTANT))
    answer = client.post("/accueil/", gate)
    assert (answer.status_code, "Choisissez le centre." in html(answer)) == (422, True)
    client.post("/accueil/", gate | {"centre": str(agadez.pk)})
    assert Case.objects.get().reference == "AGZ-2026-0001"


def test_a_guard_cannot_choose_another_centre(
    today: date, user: Any, browse: Any, agadez: Any, gate: Any
) -> None:
    browse(user(Role.GUARD)).post("/accueil/", gate | {"centre": str(agadez.pk)})
    assert Case.objects.get().reference == "ZIN-2026-0001"


# --- The identity ----------------------------------------------------------------------------------------------------


def test_the_page_shows_what_is_known_and_records_the_opening(
    today: date, amina: Any, browse: Any, make_case: Any
) -> None:
    case = make_case()
    page = html(browse(amina).get(f"/dossiers/{case.reference}/identite/"))
    assert 'value="Rakia"' in page
    assert 'value="Maïdabo"' in page
    opened = Entry.objects.filter(act="vault.opened", case_id=case.pk, actor=amina.actor_id)
    assert opened.filter(data__purpose="case_work").exists()


def test_an_identity_is_taken_down(
    today: date, amina: Any, browse: Any, make_case: Any, answers: Any
) -> None:
    case = make_case()
    page = f"/dossiers/{case.reference}/identite/"
    answer = browse(amina).post(page, answers)
    assert (answer.status_code, answer["Location"]) == (303, page)
    names = identity(case, amina)
    assert (names.own_name, names.father_name, names.by_name) == ("Issoufou", "Maïdabo", "Dogo")
    assert (names.commune[:5], names.origin_written, names.phone) == ("NE007", "Kantche", "+227 90 12 34 56")
    case = Case.objects.select_related("person", "fact").get(pk=case.pk)
    assert (case.fact.sex, case.fact.registered_on, case.fact.region) == ("male", TODAY, "NE007")
    assert case.person.languages == ["ha", "fr"]
    assert case.fact.birth_earliest == from_age(months=108, margin=12, on=TODAY).earliest
    assert case.person_id in [hit.key for hit in people.search("Issufu Maidabo", by=amina, at=NOW)]


def test_sending_the_page_back_untouched_changes_nothing(
    today: date, amina: Any, browse: Any, make_case: Any
) -> None:
    names = Identity(own_name="Ɗan Lami", written="DAN LAMI", spellings=("Danlami",), origin_written="Kano ?")
    case = make_case(names=names)
    case.person.birth_earliest = case.person.birth_latest = date(2014, 3, 7)
    case.person.languages, case.person.nationality = ["ha", "yo"], "XK"
    case.person.save()
    client, page = browse(amina), f"/dossiers/{case.reference}/identite/"
    form = client.get(page).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    assert client.post(page, sent).status_code == 303
    assert identity(case, amina) == names
    person = Case.objects.select_related("person").get(pk=case.pk).person
    assert (person.birth_earliest, person.birth_latest) == (date(2014, 3, 7), date(2014, 3, 7))
    assert (person.languages, person.nationality, person.region) == (["ha", "yo"], "XK", "NE007")


def test_an_ambiguous_commune_is_chosen_from_a_list(
    today: date, amina: Any, browse: Any, make_case: Any, answers: Any
) -> None:
    case = make_case(names=Identity())
    client, page = browse(amina), f"/dossiers/{case.reference}/identite/"
    answer = client.post(page, answers | {"commune": "Tibiri"})
    assert answer.status_code == 422
    shown = html(answer)
    assert "Plusieurs communes portent ce nom" in shown
    choices = [code for code, _label in answer.context["form"]["commune_choice"].field.widget.choices]
    assert 'value="Issoufou"' in shown
    assert client.post(page, answers | {"commune": "Tibiri", "commune_choice": choices[0]}).status_code == 303
    assert identity(case, amina).commune == choices[0]


def test_an_unknown_commune_is_kept_and_said(
    today: date, amina: Any, browse: Any, make_case: Any, answers: Any
) -> None:
    case = make_case(names=Identity())
    client, page = browse(amina), f"/dossiers/{case.reference}/identite/"
    assert client.post(page, answers | {"commune": "Kantcheu"}).status_code == 303
    assert identity(case, amina).origin_written == "Kantcheu"
    shown = html(client.get(page))
    assert "Commune à vérifier" in shown
    assert "Kantché (" in shown


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"own_name": "", "by_name": ""}, "Écrivez un nom"),
        ({"own_name": "a" * 2000}, "200"),
        ({"languages": ["klingon"]}, "klingon"),
        ({"nationality": "ZZ"}, "ZZ"),
        ({"sex": "x"}, "choix valide"),
    ],
)
def test_a_bad_identity_is_said_and_what_was_typed_stays(
    today: date, amina: Any, browse: Any, make_case: Any, answers: Any, change: Any, said: str
) -> None:
    case = make_case()
    answer = browse(amina).post(f"/dossiers/{case.reference}/identite/", answers | change)
    assert answer.status_code == 422
    assert said in html(answer)
    assert 'value="Hadjara"' in html(answer)
    assert identity(case, amina).own_name == "Rakia"


def test_signs_that_cannot_be_seen_are_left_out_and_scripts_are_kept(
    today: date, amina: Any, browse: Any, make_case: Any, answers: Any
) -> None:
    case = make_case()
    written = {"own_name": " \u202eƊan\u200f\tLami ", "father_name": "إبراهيم", "mother_name": "Ai\u0308cha"}
    browse(amina).post(f"/dossiers/{case.reference}/identite/", answers | written)
    names = identity(case, amina)
    assert (names.own_name, names.father_name, names.mother_name) == ("Ɗan Lami", "إبراهيم", "Aïcha")


def test_somebody_who_may_be_known_already_is_shown_without_a_name(
    today: date, amina: Any, browse: Any, make_case: Any
) -> None:
    crowd = [("Issoufou", "Garba"), ("Laouali", "Souley"), ("Zeinabou", "Adamou"), ("Balkissa", "Kabirou")]
    for own, father in crowd:
        make_case(names=Identity(own_name=own, father_name=father))
    known = Identity(own_name="Rakia", father_name="Maïdabo", mother_name="Hadjara", village="Tsaouni")
    first, second = make_case(names=known), make_case(names=known)
    page = html(browse(amina).get(f"/dossiers/{second.reference}/identite/"))
    assert "Peut-être déjà connue" in page
    assert first.reference in page


def test_the_page_asks_the_databases_the_same_number_of_times(
    today: date, amina: Any, browse: Any, make_case: Any, django_assert_max_num_queries: Any
) -> None:
    client, case = browse(amina), make_case()
    page = f"/dossiers/{case.reference}/identite/"
    client.get(page)
    with django_assert_max_num_queries(60) as few:
        client.get(page)
    for number in range(12):
        make_case(names=Identity(own_name=f"Issa {number}", father_name="Garba"))
    client.get(page)
    with django_assert_max_num_queries(60) as many:
        client.get(page)
    assert len(many) == len(few)
