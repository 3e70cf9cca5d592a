"""Whatever a register holds and whatever is decided of it: nobody is lost, merged unasked, or turned into another.

Each register is drawn at random, imported, looked at, and forgotten again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mafaka.cases.models import Case, CaseFact
from mafaka.exchange import operations, queries
from mafaka.exchange.models import Batch, Decision, ImportedRow
from mafaka.exchange.operations import Answer, Report
from mafaka.exchange.reading import ImportRefused, Register, of_batch
from mafaka.people.directory import DIRECTORY
from mafaka.people.models import Person
from mafaka.vault import keyring
from tests.exchange.conftest import ACTOR, decide, run
from tests.registers import strange
from tests.registers.sheets import xlsx

pytestmark = pytest.mark.django_db
Lines = list[tuple[Any, ...]]

# The database is put back by `forgotten`, after each register.
# Not made smaller when they fail: each costs a whole import.
few = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
decisions = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), min_size=1, max_size=6)
several = st.lists(strange.PLAIN, min_size=4, max_size=4)
lines = st.lists(strange.PLAIN, min_size=1, max_size=5)
mixed = st.lists(
    strange.PLAIN | st.sampled_from([strange.BLANK, strange.TOTAL, strange.TITLE]), min_size=1, max_size=6
)


@contextmanager
def forgotten() -> Iterator[None]:
    """Whatever happens inside never happened."""
    with transaction.atomic(), transaction.atomic(using=keyring.ALIAS):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using=keyring.ALIAS)
    keyring.forget()
    DIRECTORY.forget()


def upload(zinder: Any, rows: Lines) -> Batch:
    return operations.upload(centre=zinder, file=xlsx(strange.HEADERS, *rows), name="registre.xlsx", **ACTOR)


def read(batch: Batch) -> Register:
    return of_batch(batch, **ACTOR)


def answers_of(register: Register, drawn: list[tuple[int, int, bool]]) -> list[Answer]:
    """The drawn places as decisions on two different rows of this register."""
    numbers = [row.row_number for row in register.rows]
    pairs = [(numbers[one % len(numbers)], numbers[other % len(numbers)], same) for one, other, same in drawn]
    return [Answer(max(one, other), min(one, other), same) for one, other, same in pairs if one != other]


def accepted(batch: Batch, answers: list[Answer]) -> list[Answer]:
    """Take these decisions one by one; those that cannot be are refused and leave no trace."""
    kept = []
    for answer in answers:
        try:
            decide(batch, answer)
        except ImportRefused:
            continue
        kept.append(answer)
    return kept


def everybody() -> list[dict[str, Any]]:
    return list(CaseFact.objects.order_by("pk").values())


def families(answers: list[Answer], numbers: list[int]) -> list[set[int]]:
    """Rows brought together by the decisions that stand, worked out the slow way."""
    last = {(answer.row, answer.other): answer.same for answer in answers}
    found = [{number} for number in numbers]
    for (one, other), same in last.items():
        if same:
            together = [family for family in found if one in family or other in family]
            found = [family for family in found if family not in together] + [set().union(*together)]
    return found


@few
@given(rows=mixed)
def test_every_filled_row_is_kept_once_with_its_person_or_its_reason(zinder: Any, rows: Lines) -> None:
    filled = [number for number, row in enumerate(rows, start=2) if row != strange.BLANK]
    with forgotten():
        report = run(upload(zinder, rows))
        kept = ImportedRow.objects.order_by("number")
        assert [row.number for row in kept] == filled
        assert report.people == Case.objects.count() == Person.objects.count() == CaseFact.objects.count()
        assert sorted(each.row for each in report.aside) == [row.number for row in kept if row.case is None]
        assert report.people + len(report.merged) + len(report.aside) == len(filled)


@few
@given(rows=lines)
def test_without_a_decision_nobody_is_merged_even_with_a_row_that_says_the_same(
    zinder: Any, rows: Lines
) -> None:
    twice = [*rows, *rows]
    with forgotten():
        report = run(upload(zinder, twice))
        assert report.merged == []
        assert report.people == len(twice) - len(report.aside)
        assert not Decision.objects.exists()


@few
@given(rows=lines)
def test_suggestions_shown_are_not_decisions(zinder: Any, moussa: Any, rows: Lines) -> None:
    with forgotten():
        batch = upload(zinder, [*rows, *rows])
        queries.suspected(batch, by=moussa, at=ACTOR["at"])
        queries.preview(batch, by=moussa, at=ACTOR["at"])
        assert not Decision.objects.exists()
        assert run(batch).merged == []


@few
@given(rows=several, drawn=decisions)
def test_exactly_the_rows_decided_to_be_one_person_become_one(
    zinder: Any, rows: Lines, drawn: list[tuple[int, int, bool]]
) -> None:
    with forgotten():
        batch = upload(zinder, rows)
        register = read(batch)
        answers = accepted(batch, answers_of(register, drawn))
        run(batch)
        blocked = {row.row_number for row in register.rows if row.blocked}
        for family in families(answers, [row.row_number for row in register.rows]):
            cases = set(ImportedRow.objects.filter(number__in=family).values_list("case", flat=True))
            assert len(cases) == 1, family
            assert (cases == {None}) == (family <= blocked)
        together = Counter(ImportedRow.objects.exclude(case=None).values_list("case", flat=True))
        expected = [
            family
            for family in families(answers, [row.row_number for row in register.rows])
            if not family <= blocked
        ]
        assert sorted(together.values()) == sorted(map(len, expected))


@few
@given(rows=several, drawn=decisions)
def test_a_person_has_the_sex_of_their_row_whatever_is_decided(
    zinder: Any, rows: Lines, drawn: list[tuple[int, int, bool]]
) -> None:
    with forgotten():
        batch = upload(zinder, rows)
        register = read(batch)
        accepted(batch, answers_of(register, drawn))
        run(batch)
        of_number = {row.row_number: row for row in register.rows}
        for case in Case.objects.select_related("fact"):
            own = [of_number[row.number] for row in case.register_rows.order_by("number")]
            said = {row.sex for row in own} - {"unknown"}
            assert len(said) < 2, "a boy and a girl became one"
            first = next(row for row in own if not row.blocked)
            assert case.fact.sex == first.sex


@few
@given(rows=several, drawn=decisions)
def test_the_same_register_again_changes_nothing(
    zinder: Any, rows: Lines, drawn: list[tuple[int, int, bool]]
) -> None:
    with forgotten():
        batch = upload(zinder, rows)
        accepted(batch, answers_of(read(batch), drawn))
        first = run(batch)
        before = everybody()
        again = run(upload(zinder, rows))
        assert (again.people, again.merged) == (0, [])
        assert len(again.already_imported) == first.people + len(first.merged)
        assert [each.row for each in again.aside] == [each.row for each in first.aside]
        assert everybody() == before
        assert ImportedRow.objects.count() == len(rows)


@few
@given(rows=lines, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(zinder: Any, rows: Lines, chance: Any) -> None:
    def facts(some: Lines) -> Counter[tuple[Any, ...]]:
        with forgotten():
            run(upload(zinder, some))
            names = ("sex", "arrived_on", "birth_earliest", "birth_latest", "region", "brought_by")
            return Counter(CaseFact.objects.values_list(*names))

    turned = list(rows)
    chance.shuffle(turned)
    assert facts(rows) == facts(turned)


@few
@given(rows=lines, later=lines)
def test_a_longer_version_of_a_register_adds_its_new_rows_only(
    zinder: Any, rows: Lines, later: Lines
) -> None:
    with forgotten():
        first = run(upload(zinder, rows))
        before = {fact["case_id"]: fact for fact in everybody()}
        second = run(upload(zinder, [*later, *rows]))
        assert len(second.already_imported) == first.people
        assert second.people + len(second.aside) == len(rows) + len(later) - first.people
        assert {key: fact for fact in everybody() if (key := fact["case_id"]) in before} == before


@few
@given(rows=mixed)
def test_the_preview_foretells_the_import(zinder: Any, moussa: Any, rows: Lines) -> None:
    with forgotten():
        run(upload(zinder, rows[::2]))
        batch = upload(zinder, rows)
        told = queries.preview(batch, by=moussa, at=ACTOR["at"])
        report: Report = run(batch)
        assert (told.people, told.already, told.aside) == (
            report.people, len(report.already_imported), len(report.aside),
        )  # fmt: skip
        fates = {row.number: row.fate for row in told.rows}
        assert [number for number, fate in fates.items() if fate == "already"] == sorted(
            report.already_imported
        )
        assert [number for number, fate in fates.items() if fate in {"aside", "line"}] == [
            each.row for each in report.aside
        ]


@few
@given(rows=several, drawn=decisions)
def test_a_refused_decision_leaves_the_earlier_ones_as_they_were(
    zinder: Any, rows: Lines, drawn: list[tuple[int, int, bool]]
) -> None:
    with forgotten():
        batch = upload(zinder, rows)
        for answer in answers_of(read(batch), drawn):
            before = list(Decision.objects.order_by("pk").values_list("row", "other", "same"))
            try:
                decide(batch, answer)
            except ImportRefused:
                assert list(Decision.objects.order_by("pk").values_list("row", "other", "same")) == before


@few
@given(rows=lines)
def test_a_register_given_up_leaves_nobody(zinder: Any, rows: Lines) -> None:
    with forgotten():
        batch = upload(zinder, rows)
        operations.abandon(batch=batch, **ACTOR)
        with pytest.raises(ImportRefused):
            run(batch)
        assert not Person.objects.exists()
        assert not ImportedRow.objects.exists()
        batch.refresh_from_db()
        assert bytes(batch.sealed) == b""
