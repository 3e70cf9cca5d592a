"""The pages of the import: first who may not, then each step, then what bad files meet."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from mafaka.accounts.roles import Role
from mafaka.audit.models import Entry
from mafaka.cases.models import Case
from mafaka.exchange import operations, queries
from mafaka.exchange.forms import PairsForm
from mafaka.exchange.models import Batch, Decision
from tests.conftest import NOW, SETUP
from tests.exchange.conftest import TWICE, WIDE, line
from tests.registers.sheets import saved, xlsx

pytestmark = pytest.mark.django_db
MAY = {Role.MANAGER, Role.PROTECTION_ASSISTANT}
STEPS = ["mapping", "preview", "repeats", "progress", "report"]
POSTED = ["mapping", "sheet", "repeats", "run", "abandon"]


def address(name: str, batch: Batch) -> str:
    return reverse(f"exchange:{name}", args=[batch.pk])


def hand_over(client: Any, content: bytes, name: str = "registre.xlsx") -> Any:
    return client.post(reverse("exchange:imports"), {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def batch(uploaded: Any) -> Batch:
    return uploaded(*TWICE)


# --- Who may not


def test_nobody_enters_without_signing_in(browse, batch) -> None:
    for url in [reverse("exchange:imports"), *(address(name, batch) for name in STEPS)]:
        answer = browse(None).get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("office:sign_in"))


@pytest.mark.parametrize("role", sorted(set(Role) - MAY))
def test_other_roles_find_no_such_page(browse, user, batch, role) -> None:
    client = browse(user(role))
    for url in [reverse("exchange:imports"), *(address(name, batch) for name in STEPS)]:
        assert client.get(url).status_code == 404
    assert hand_over(client, xlsx(WIDE, line(1, "Ali"))).status_code == 404
    for name in POSTED:
        assert client.post(address(name, batch), {}).status_code == 404
    assert Batch.objects.get().state == Batch.State.READ


def test_another_centre_finds_no_such_register(browse, user, agadez, batch) -> None:
    client = browse(user(Role.MANAGER, agadez))
    for name in STEPS:
        assert client.get(address(name, batch)).status_code == 404
    for name in POSTED:
        assert client.post(address(name, batch), {}).status_code == 404
    assert client.get(reverse("exchange:imports")).context["batches"] == []


# --- A file comes in


def test_a_register_is_read_and_its_columns_shown(browse, moussa) -> None:
    client = browse(moussa)
    answer = hand_over(client, xlsx(WIDE, *TWICE))
    batch = Batch.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, address("mapping", batch))
    page = client.get(answer["Location"]).content.decode()
    assert "Issoufou Malam" in page  # a sample, to whoever may import; the opening is recorded
    assert Entry.objects.filter(act="vault.opened", actor=moussa.actor_id).exists()


def test_who_works_for_all_centres_says_which(browse, user, zinder, agadez) -> None:
    client = browse(user(Role.PROTECTION_ASSISTANT))
    assert hand_over(client, xlsx(WIDE, *TWICE)).status_code == 422
    file = SimpleUploadedFile("a.xlsx", xlsx(WIDE, *TWICE))
    assert (
        client.post(reverse("exchange:imports"), {"file": file, "centre": str(agadez.pk)}).status_code == 303
    )
    assert Batch.objects.get().centre == agadez


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    return file.getvalue()


def tall(rows: int) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet("Registre")
    page.append(list(WIDE))
    for number in range(rows):
        page.append([number, "05/01/2022", "Secret Issoufou"])
    return saved(book)


BAD = {
    "nothing at all": (lambda: b"", "vide"),
    "a text": (lambda: b"Secret Issoufou;M;9\n" * 50, "CSV"),
    "a document": (lambda: b"%PDF-1.7 Secret Issoufou", "PDF"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0 Secret Issoufou", "(.xls)"),
    "a torn workbook": (lambda: xlsx(WIDE, *TWICE)[:-200], "abîmé"),
    "a bomb": (bomb, "anormalement gros"),
    "too large": (lambda: b"PK" + b"\0" * (10 * 1024 * 1024), "dépasse 10 Mo"),
    "no headers": (lambda: xlsx(["a", "b"], ["c", "d"]), "titres des colonnes"),
    "no line": (lambda: xlsx([]), "aucune ligne"),
    "50,000 rows": (lambda: tall(50_000), "lignes remplies"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_meets_a_sentence_and_leaves_nothing(browse, moussa, name) -> None:
    make, said = BAD[name]
    answer = hand_over(browse(moussa), make())
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\u00a0", " ")
    assert not Batch.objects.exists()
    assert "Secret" not in answer.content.decode()


def test_formulas_merged_cells_and_two_header_rows_are_read(browse, moussa) -> None:
    headers = [["Entrée", "", "Personne", ""], ["Date", "Amené par", "Nom et prénom", "Sexe"]]
    content = xlsx(
        *headers, ["05/01/2022", "Police", "=A1", "M"], ["06/01/2022", "Police", "Ali Sani", "M"],
        ["", "", "Rabi Sani", "F"], change=lambda page: page.merge_cells("A4:A5"),
    )  # fmt: skip
    client = browse(moussa)
    batch_id = hand_over(client, content)["Location"].split("/")[2]
    page = client.get(reverse("exchange:preview", args=[batch_id])).content.decode()
    assert "formule" in page
    assert "fusionnée" in page


# --- Columns, preview


def test_a_column_is_corrected_on_the_page_and_proposed_again(browse, moussa, batch) -> None:
    client = browse(moussa)
    fields = {f"column-{letter}": field or "beside" for letter, field in batch.mapping.items()}
    answer = client.post(address("mapping", batch), fields | {"column-L": "remarks"})
    assert (answer.status_code, answer["Location"]) == (303, address("preview", batch))
    hand_over(client, xlsx(WIDE, line(9, "Rabi Sani", sex="F")))
    assert Batch.objects.exclude(pk=batch.pk).get().mapping["L"] == "remarks"


def test_columns_that_clash_are_shown_again(browse, moussa, batch) -> None:
    fields = {f"column-{letter}": field or "beside" for letter, field in batch.mapping.items()}
    answer = browse(moussa).post(address("mapping", batch), fields | {"column-L": "sex"})
    assert answer.status_code == 422
    assert "même sens" in answer.content.decode()


def test_another_sheet_can_be_read(browse, moussa, uploaded) -> None:
    book = Workbook()
    for number, name in enumerate(["Ali Sani", "Rabi Garba"]):
        page = book.active if number == 0 else book.create_sheet(f"Feuille {number}")
        page.append(list(WIDE))
        page.append(line(1, name))
    batch = uploaded(content=saved(book))
    client = browse(moussa)
    assert "Ali Sani" in client.get(address("mapping", batch)).content.decode()
    assert client.post(address("sheet", batch), {"sheet": "1"}).status_code == 303
    assert "Rabi Garba" in client.get(address("mapping", batch)).content.decode()
    assert client.post(address("sheet", batch), {"sheet": "7"}).status_code == 422


def test_the_preview_counts_and_can_show_only_what_needs_a_look(browse, moussa, uploaded) -> None:
    operations.run(batch=uploaded(line(1, "Ali Moustapha")), by=SETUP, at=NOW)
    batch = uploaded(
        line(1, "Ali Moustapha"), line(2, "Rabi Sani", age="400"), line(3, ""), line(4, "Oumarou Saley")
    )
    client = browse(moussa)
    found = client.get(address("preview", batch)).context["preview"]
    assert (found.people, found.already, found.aside, found.problems) == (2, 1, 1, 2)
    page = client.get(address("preview", batch), {"voir": "problemes"}).content.decode()
    assert "Rabi Sani" in page
    assert "Oumarou Saley" not in page
    assert "n’est pas possible" in page


def test_markup_in_a_cell_is_only_text(browse, moussa, uploaded) -> None:
    batch = uploaded(line(1, "<script>alert(1)</script>"))
    for name in ("mapping", "preview"):
        assert "<script>alert" not in browse(moussa).get(address(name, batch)).content.decode()


# --- Pairs


def test_pairs_stand_side_by_side_and_a_suggestion_is_only_filled_in(
    browse, moussa, uploaded, demonstration
) -> None:
    batch = uploaded(content=demonstration)
    answer = browse(moussa).get(address("repeats", batch))
    pair, field = answer.context["form"].asked[0]
    assert pair.probable
    assert field.initial == "same"
    assert pair.reasons
    assert answer.context["undecided"] == 11
    assert not Decision.objects.exists()


def test_a_decision_is_taken_on_the_page(browse, moussa, batch) -> None:
    client = browse(moussa)
    form = client.get(address("repeats", batch)).context["form"]
    answer = client.post(address("repeats", batch), {f"pair-{form.pairs[0].key}": "same"})
    assert answer.status_code == 303
    assert Decision.objects.get().actor == moussa.actor_id


def test_a_boy_and_a_girl_are_not_offered_as_one_person() -> None:
    pair = queries.Asked("3-2", 3, 2, "", "", [], True, 9.0, (), (), False, None)
    form = PairsForm({"pair-3-2": "same"}, pairs=[pair])
    assert form["pair-3-2"].initial == ""
    assert not form.is_valid()


def test_with_pairs_undecided_the_import_asks_before_it_begins(browse, moussa, batch) -> None:
    answer = browse(moussa).post(address("run", batch), {"once": ""})
    assert answer.status_code == 422
    assert "cochez cette case" in answer.content.decode()


def test_after_decisions_the_page_says_that_they_are_kept(browse, moussa, batch) -> None:
    client = browse(moussa)
    answer = client.post(address("repeats", batch), {})
    assert answer.status_code == 303
    assert "sont gardées" in client.get(answer["Location"]).content.decode()


def test_giving_up_asks_first_and_says_that_the_file_is_erased(browse, moussa, batch) -> None:
    client = browse(moussa)
    page = client.get(address("preview", batch)).content.decode()
    assert re.search(r"<details[^>]*><summary>Abandonner.*?Oui, effacer le fichier", page, re.DOTALL)
    answer = client.post(address("abandon", batch), {})
    assert "est effacé" in client.get(answer["Location"]).content.decode()


# --- Afterwards


def test_a_page_of_progress_without_an_import_says_that_nothing_came_in(browse, moussa, batch) -> None:
    answer = browse(moussa).get(address("progress", batch))
    assert answer.status_code == 200
    assert "Rien n’a été importé" in answer.content.decode()


def test_the_account_leads_to_the_files_and_shows_what_was_kept_aside(browse, moussa, uploaded) -> None:
    batch = uploaded(*TWICE, line(9, "Garba Issa", arrived="mardi"))
    operations.decide(batch=batch, answers=[operations.Answer(3, 2, same=True)], by=SETUP, at=NOW)
    operations.run(batch=batch, by=SETUP, at=NOW)
    client = browse(moussa)
    assert client.get(address("progress", batch))["Location"] == address("report", batch)
    page = client.get(address("report", batch)).content.decode()
    for case in Case.objects.all():
        assert reverse("office:case", args=[case.reference]) in page
    assert "mardi" in page
    assert "Date d’arrivée" in page
    assert client.get(address("mapping", batch)).status_code == 404


def test_a_register_is_given_up_on_the_page(browse, moussa, batch) -> None:
    assert browse(moussa).post(address("abandon", batch), {}).status_code == 303
    batch.refresh_from_db()
    assert bytes(batch.sealed) == b""


def test_the_rows_of_a_case_can_be_shown_on_its_file(uploaded, amina) -> None:
    operations.run(batch=uploaded(line(1, "Ali Moustapha", age="400 ans")), by=SETUP, at=NOW)
    rows = queries.register_rows(Case.objects.select_related("fact").get(), by=amina, at=NOW, name_shown=True)
    text = re.sub(r"\s+", " ", render_to_string("exchange/panel.html", {"register_rows": rows}))
    assert "Lignes du registre" in text
    assert "400 ans" in text
    assert "Ali Moustapha" in text


def test_pages_ask_a_fixed_number_of_questions(browse, moussa, uploaded) -> None:
    def cost(batch: Batch, name: str) -> int:
        client = browse(moussa)
        client.get(address(name, batch))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(name, batch))
        return len(asked)

    small, large = uploaded(*TWICE[:3]), uploaded(*TWICE)
    for name in ("mapping", "preview", "repeats"):
        assert cost(small, name) == cost(large, name)
