"""Who is whom: what a decision does, what no decision can do, and that decisions are remembered."""

from __future__ import annotations

from datetime import date

import pytest

from mafaka.cases.models import Case, CaseFact
from mafaka.cases.queries import NotFound
from mafaka.exchange import operations, pairs, queries
from mafaka.exchange.models import Decision
from mafaka.exchange.operations import Answer
from mafaka.exchange.reading import ImportRefused
from mafaka.people.models import Person
from mafaka.people.names import Identity
from tests.conftest import NOW
from tests.exchange.conftest import ACTOR, TWICE, case_of, decide, line, names_of, run

pytestmark = pytest.mark.django_db


def test_a_row_decided_the_same_adds_its_spelling_and_changes_nothing_coded(uploaded, amina) -> None:
    batch = uploaded(*TWICE)
    decide(batch, Answer(3, 2, same=True))
    report = run(batch)
    [merged] = report.merged
    assert (merged.row, merged.into, report.people) == (3, 2, 7)
    case = case_of(3)
    assert case == case_of(2)
    assert CaseFact.objects.get(case=case).arrived_on == date(2022, 1, 1)
    assert any("Date d’arrivée" in sentence for sentence in merged.differences)
    names = names_of(case, amina)
    assert (names.written, names.spellings) == ("Issoufou Malam", ("Issufu Malam",))


def test_the_second_row_adds_what_the_first_leaves_out(uploaded) -> None:
    one = line(1, "Issoufou Malam", needs="médical", forms="mendicité")
    other = line(2, "Issufu Malam", needs="médical, juridique", forms="travail forcé", support="kit")
    batch = uploaded(one, other)
    decide(batch, Answer(3, 2, same=True))
    run(batch)
    case = Case.objects.select_related("fact").get()
    assert sorted(case.needs.values_list("kind", flat=True)) == ["legal", "medical"]
    assert case.fact.forms == ["forced_begging", "forced_labour"]
    assert case.supports.count() == 1


def test_somebody_who_came_back_has_two_stays(uploaded) -> None:
    batch = uploaded(
        line(1, "Issoufou Malam"), line(2, "Issoufou Malam", arrived="01/06/2022", left="30/06/2022")
    )
    decide(batch, Answer(3, 2, same=True))
    run(batch)
    stays = Case.objects.get().stays.order_by("from_date")
    assert [(stay.from_date.month, stay.left_on.month) for stay in stays] == [(1, 1), (6, 6)]


def test_three_rows_of_one_person_become_one(uploaded) -> None:
    batch = uploaded(*(line(n, "Issoufou Malam") for n in (1, 2, 3)))
    decide(batch, Answer(3, 2, same=True), Answer(4, 3, same=True))
    assert run(batch).people == 1


def test_a_boy_is_never_turned_into_a_girl(uploaded) -> None:
    boy, girl, unsaid = (
        line(1, "Zouera Sani"),
        line(2, "Zouera Sani", sex="F"),
        line(3, "Zouera Sani", sex="?"),
    )
    batch = uploaded(boy, girl, unsaid)
    with pytest.raises(ImportRefused, match="un garçon et une fille"):
        decide(batch, Answer(3, 2, same=True))
    with pytest.raises(ImportRefused, match="un garçon et une fille"):  # not by way of a third row either
        decide(batch, Answer(4, 2, same=True), Answer(4, 3, same=True))
    assert not Decision.objects.exists()
    operations.accept_suggestions(batch=batch, **ACTOR)
    run(batch)
    assert case_of(2).fact.sex == "male"
    assert case_of(3).fact.sex == "female"


def test_answers_that_deny_each_other_are_refused(uploaded) -> None:
    batch = uploaded(*(line(n, "Issoufou Malam") for n in (1, 2, 3)))
    decide(batch, Answer(4, 2, same=False))
    with pytest.raises(ImportRefused, match="se contredisent"):
        decide(batch, Answer(3, 2, same=True), Answer(4, 3, same=True))
    decide(batch, Answer(4, 2, same=True), Answer(3, 2, same=True), Answer(4, 3, same=True))
    assert run(batch).people == 1


def test_decisions_are_remembered_with_who_and_when_beyond_the_upload(uploaded, moussa) -> None:
    first = uploaded(*TWICE)
    decide(first, Answer(3, 2, same=False), by=moussa)
    decision = Decision.objects.get()
    assert (decision.actor, decision.created_at, decision.same) == (moussa.actor_id, NOW, False)
    operations.abandon(batch=first, **ACTOR)
    asked = queries.suspected(uploaded(*TWICE), by=moussa, at=NOW)
    assert [pair.decided for pair in asked if (pair.row, pair.other) == (3, 2)] == [False]


def test_a_row_decided_to_be_somebody_known_joins_their_case_and_changes_nothing_coded(
    uploaded, make_case, moussa, amina
) -> None:
    known = make_case(
        names=Identity(written="Issoufou Malam"), sex="male", years=15, opened_on=date(2022, 1, 1)
    )
    fact = CaseFact.objects.filter(case=known).values().get()
    batch = uploaded(*TWICE)
    [pair] = [
        pair
        for pair in queries.suspected(batch, by=moussa, at=NOW)
        if pair.other == known.reference and pair.row == 3
    ]
    assert pair.mergeable
    assert not pair.probable
    decide(batch, Answer(3, known.reference, same=True), by=moussa)
    report = run(batch)
    [merged] = report.merged
    assert (merged.row, merged.reference, merged.into) == (3, known.reference, None)
    assert CaseFact.objects.filter(case=known).values().get() == fact
    assert "Issufu Malam" in names_of(known, amina).spellings
    assert [row.number for row in queries.register_rows(known, by=amina, at=NOW, name_shown=True)] == [3]


def test_nobody_is_compared_with_a_case_that_one_may_not_see(
    uploaded, make_case, agadez, user, moussa
) -> None:
    hidden = make_case(agadez, names=Identity(written="Issoufou Malam"), sex="male", years=15)
    batch = uploaded(*TWICE)
    assert hidden.reference not in {pair.other for pair in queries.suspected(batch, by=moussa, at=NOW)}
    with pytest.raises(NotFound):
        decide(batch, Answer(3, hidden.reference, same=True), by=moussa)


def test_namesakes_of_another_centre_do_not_hide_who_is_known_here(
    uploaded, make_case, agadez, moussa, monkeypatch
) -> None:
    monkeypatch.setattr(pairs, "STRONG", -20.0)  # among so few people a name that five bear says little
    for _number in range(4):
        make_case(agadez, names=Identity(written="Issoufou Malam"), sex="male", years=15)
    known = make_case(names=Identity(written="Issufu Malam"), sex="unknown", years=15)
    found = queries.suspected(uploaded(*TWICE), by=moussa, at=NOW)
    assert (2, known.reference) in {(pair.row, pair.other) for pair in found}


def test_a_known_girl_is_not_this_boy(uploaded, make_case, moussa) -> None:
    girl = make_case(names=Identity(written="Issoufou Malam"), sex="female", years=15)
    with pytest.raises(ImportRefused, match="un garçon et une fille"):
        decide(uploaded(*TWICE), Answer(3, girl.reference, same=True), by=moussa)


def test_two_known_people_do_not_become_one_through_a_row(uploaded, make_case, moussa) -> None:
    one, other = (make_case(names=Identity(written="Issoufou Malam"), sex="male") for _each in range(2))
    answers = [Answer(3, case.reference, same=True) for case in (one, other)]
    with pytest.raises(ImportRefused, match="deux personnes déjà enregistrées"):
        decide(uploaded(*TWICE), *answers, by=moussa)


def test_a_corrected_row_can_join_the_person_of_its_first_version(uploaded) -> None:
    run(uploaded(*TWICE[:1]))
    batch = uploaded(TWICE[0], TWICE[1])
    decide(batch, Answer(3, 2, same=True))
    report = run(batch)
    assert (report.people, report.already_imported, len(report.merged)) == (0, [2], 1)
    assert Person.objects.count() == 1
