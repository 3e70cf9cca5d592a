"""The import itself: what comes in, what is put together, what is kept aside, what never changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from mafaka.accounts.roles import Role
from mafaka.audit import journal
from mafaka.audit.models import Entry
from mafaka.cases.models import Case, CaseFact
from mafaka.exchange import operations, queries
from mafaka.exchange.models import Batch, ImportedRow
from mafaka.exchange.reading import ImportRefused
from mafaka.people.ages import from_age
from mafaka.people.models import Person
from tests.conftest import NOW
from tests.exchange.conftest import ACTOR, WIDE, case_of, line, names_of, run
from tests.registers.sheets import xlsx

pytestmark = pytest.mark.django_db


# --- The demonstration register


def test_the_register_gives_220_people_once_the_probable_pairs_are_accepted(uploaded, demonstration) -> None:
    batch = uploaded(content=demonstration)
    assert len(operations.accept_suggestions(batch=batch, **ACTOR)) == 6
    report = run(batch)
    assert (report.rows, report.people, len(report.merged), report.aside) == (226, 220, 6, [])
    facts = CaseFact.objects.all()
    assert facts.filter(sex="male").count() == 157
    assert facts.filter(sex="female").count() == 63
    assert facts.filter(sex="male", is_child_at_arrival=True).count() == 138
    assert facts.filter(sex="female", is_child_at_arrival=True).count() == 58
    assert facts.filter(reintegration_on__isnull=False).count() == 28
    assert facts.filter(registered_on__isnull=True).count() == 0
    assert journal.faults() == []


def test_without_decisions_every_row_is_a_person_of_its_own(uploaded, demonstration) -> None:
    report = run(uploaded(content=demonstration))
    assert (report.people, report.merged) == (226, [])
    assert Person.objects.count() == Case.objects.count() == ImportedRow.objects.count() == 226


def test_the_same_file_again_changes_nothing(uploaded, demonstration) -> None:
    run(uploaded(content=demonstration))
    before = (Person.objects.count(), list(CaseFact.objects.order_by("pk").values()))
    report = run(uploaded(content=demonstration))
    assert (report.people, report.merged, len(report.already_imported)) == (0, [], 226)
    assert before == (Person.objects.count(), list(CaseFact.objects.order_by("pk").values()))


def test_the_same_upload_run_twice_reports_what_is_there(uploaded) -> None:
    batch = uploaded(line(1, "Ali Moustapha"))
    assert run(batch).people == 1
    again = run(batch)
    assert (again.people, len(again.already_imported)) == (0, 1)
    assert Case.objects.count() == 1


# --- What a row becomes


def test_a_row_becomes_a_person_a_case_a_stay_forms_needs_and_support(uploaded, amina) -> None:
    run(
        uploaded(
            line(
                7,
                "OUSMANE Hamissou",
                age="env. 9",
                by="Police/BPM",
                needs="médical, scolarisation",
                support="AGR couture",
            )
        )
    )
    case = Case.objects.select_related("fact", "person").get()
    assert case.reference == "ZIN-2022-0001"
    assert (case.fact.sex, case.fact.brought_by, case.fact.region) == ("male", "police", "NE007")
    assert case.fact.forms == ["forced_begging"]
    assert case.fact.reintegration_on == date(2022, 1, 20)
    assert sorted(case.needs.values_list("kind", flat=True)) == ["medical", "schooling"]
    stay = case.stays.get()
    assert (stay.from_date, stay.left_on) == (date(2022, 1, 5), date(2022, 1, 20))
    born = from_age(months=108, exact_to=12, margin=12, on=date(2022, 1, 5))
    assert (case.person.birth_earliest, case.person.birth_latest) == (born.earliest, born.latest)
    names = names_of(case, amina)
    assert (names.written, names.own_name, names.commune) == ("OUSMANE Hamissou", "", "NE007005005")


def test_a_stay_without_exit_is_open_when_it_began_lately_and_else_ended_on_an_unknown_day(uploaded) -> None:
    lately = (NOW - timedelta(days=100)).strftime("%d/%m/%Y")
    run(uploaded(line(1, "Ali Moustapha", arrived=lately, left=""), line(2, "Rabi Sani", sex="F", left="")))
    here, gone = case_of(2), case_of(3)
    assert here.stays.get().exit_known
    assert CaseFact.objects.get(case=here).housed
    assert not gone.stays.get().exit_known
    assert not CaseFact.objects.get(case=gone).housed


def test_a_row_is_kept_word_for_word_with_what_was_not_understood(uploaded, amina) -> None:
    run(
        uploaded(
            line(1, "Ali Moustapha", age="400 ans", commune="Atlantis", left="03/02/2202", size="1,20 m")
        )
    )
    [row] = queries.register_rows(
        Case.objects.select_related("fact").get(), by=amina, at=NOW, name_shown=True
    )
    raw = dict(row.raw)
    assert (raw["Âge"], raw["Commune"], raw["Date de sortie"], raw["Taille"]) == (
        "400 ans", "Atlantis", "03/02/2202", "1,20 m",
    )  # fmt: skip
    assert [field for field, _written, _sentence in row.problems] == [
        "Date de sortie", "Âge", "Commune de provenance",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "A" * 2_000,
        "\u202eيلع دمحم\u202c",
        "Ali\u200b Mous\u200etapha",
        "Ƙadir Ɗan-Ɓalau",
        "'); DROP TABLE people;--",
    ],
)
def test_any_name_is_imported_and_its_row_kept_whole(uploaded, amina, name) -> None:
    content = xlsx(WIDE, line(1, name))
    assert run(uploaded(content=content)).people == 1
    case = Case.objects.select_related("fact").get()
    [row] = queries.register_rows(case, by=amina, at=NOW, name_shown=True)
    assert dict(row.raw)["Nom et prénom"] == name
    written = names_of(case, amina).written
    assert written
    assert not set(written) & set("\u202e\u202c\u200b\u200e")


def test_rows_without_name_or_date_and_lines_that_are_nobody_are_kept_aside_with_the_reason(
    uploaded, moussa
) -> None:
    batch = uploaded(
        line(1, "Ali Moustapha"), line(2, ""), line(3, "Rabi Sani", arrived="mardi"), ["Total", "", "", 3]
    )
    report = run(batch)
    assert report.people == 1
    assert [each.row for each in report.aside] == [3, 4, 5]
    assert all(each.sentence for each in report.aside)
    told = queries.outcome(batch, by=moussa, at=NOW).aside
    assert [row.number for row in told] == [3, 4, 5]
    assert dict(told[1].raw)["Date d'entrée"] == "mardi"


def test_a_row_kept_aside_is_imported_once_its_column_is_settled_rightly(uploaded) -> None:
    headers = ["N°", "Jour", "Nom et prénom", "Sexe", "Date de sortie"]
    rows = [[1, "", "Ali Moustapha", "M", "05/01/2022"]]
    first = uploaded(*rows, headers=headers)
    operations.choose_mapping(batch=first, mapping={"B": "arrived_on"}, **ACTOR)
    assert run(first).people == 0
    second = uploaded(*rows, headers=headers)
    operations.choose_mapping(batch=second, mapping={"B": "", "E": "arrived_on"}, **ACTOR)
    assert run(second).people == 1
    assert ImportedRow.objects.get().case is not None


def test_one_entry_tells_of_the_batch_and_every_room_tells_its_part(uploaded) -> None:
    run(uploaded(line(1, "Ali Moustapha")))
    entry = Entry.objects.get(act="exchange.register_imported")
    assert entry.data == {"rows": 1, "people": 1, "merged": 0, "aside": 0, "problems": 0}
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"people.registered", "cases.opened", "intake.received", "stays.recorded"} <= acts


def test_progress_is_told_row_by_row(uploaded) -> None:
    told: list[tuple[int, int]] = []
    run(
        uploaded(*(line(n, f"Ali {chr(64 + n)}a") for n in range(1, 4))),
        progress=lambda *done: told.append(done),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


# --- What stays afterwards


def test_after_the_import_the_file_is_gone(uploaded, moussa) -> None:
    batch = uploaded(line(1, "Ali Moustapha"))
    big = len(bytes(batch.sealed))
    run(batch)
    batch.refresh_from_db()
    assert len(bytes(batch.sealed)) < min(big, 1_000)
    assert queries.outcome(batch, by=moussa, at=NOW).name == "registre.xlsx"
    with pytest.raises(ImportRefused, match="déjà importé"):
        operations.abandon(batch=batch, **ACTOR)


def test_a_register_given_up_or_forgotten_for_a_week_is_erased(uploaded) -> None:
    given_up, forgotten = uploaded(line(1, "Ali")), uploaded(line(1, "Ali"), at=NOW - timedelta(days=8))
    operations.abandon(batch=given_up, **ACTOR)
    uploaded(line(2, "Rabi"))
    for batch in (given_up, forgotten):
        batch.refresh_from_db()
        assert (batch.state, bytes(batch.sealed)) == (Batch.State.ABANDONED, b"")
        with pytest.raises(ImportRefused):
            run(batch)
        assert Entry.objects.filter(act="exchange.register_abandoned", object_id=batch.pk).count() == 1
    assert not Case.objects.exists()


def test_no_cell_of_the_sheet_stands_in_clear_in_any_table(uploaded, demonstration) -> None:
    batch = uploaded(content=demonstration)
    operations.accept_suggestions(batch=batch, **ACTOR)
    operations.choose_mapping(batch=batch, mapping={}, **ACTOR)
    for imported in (False, True):
        if imported:
            run(batch)
        held = "\n".join(_everything())
        for secret in ("Issoufou", "Molam", "Zeinabou", "BPM", "Kantchi", "Date d'entrée", "registre.xlsx"):
            assert secret not in held, secret


def _everything() -> list[str]:
    with connection.cursor() as cursor:
        tables = [
            table for table in connection.introspection.table_names(cursor) if not table.startswith("django_")
        ]
        texts = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                texts += [
                    bytes(cell).decode("latin-1") if isinstance(cell, (bytes, memoryview)) else str(cell)
                    for cell in row
                ]
    return texts


def test_whoever_may_not_open_identities_sees_no_row(uploaded, user) -> None:
    run(uploaded(line(1, "Ali Moustapha")))
    case = Case.objects.get()
    for role in (Role.GUARD, Role.STATISTICIAN, Role.DPO, Role.ADMINISTRATOR):
        assert queries.register_rows(case, by=user(role), at=NOW, name_shown=True) == []


def test_opening_the_rows_of_a_case_is_recorded(uploaded, amina) -> None:
    run(uploaded(line(1, "Ali Moustapha")))
    case = Case.objects.get()
    before = Entry.objects.filter(act="vault.opened", case_id=case.pk).count()
    queries.register_rows(case, by=amina, at=NOW, name_shown=True)
    assert Entry.objects.filter(act="vault.opened", case_id=case.pk).count() == before + 1
