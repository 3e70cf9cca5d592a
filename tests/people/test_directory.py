"""The index of names: in memory, always of now, told in the journal, and one for all threads."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from mafaka.audit import journal
from mafaka.audit.models import Entry
from mafaka.people import directory, operations
from mafaka.people.ages import from_age
from mafaka.people.directory import Directory
from mafaka.people.names import Identity
from mafaka.vault import keyring
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db
BY = {"by": SETUP, "at": NOW}


def register(own: str, father: str = "", **more: Any) -> Any:
    birth = more.pop("birth", from_age(months=168, on=TODAY))
    sex = more.pop("sex", "female")
    return operations.register(
        names=Identity(own_name=own, father_name=father, **more), sex=sex, birth=birth, **BY
    )


def found(book: Directory, text: str) -> list[Any]:
    return [hit.key for hit in book.fresh(NOW).search(text, limit=10)]


def openings() -> int:
    return Entry.objects.filter(act="vault.opened", actor="system:directory").count()


@pytest.fixture
def book() -> Directory:
    return Directory()


def test_an_empty_house_is_searched_without_harm(book: Directory, db: None) -> None:
    assert found(book, "Rakia") == []
    assert openings() == 0


def test_the_first_question_reads_everybody_and_says_so_once(book: Directory) -> None:
    people = [register("Rakia", "Maïdabo"), register("Hadiza", "Garba")]
    assert found(book, "Rakia") == [people[0].pk]
    assert openings() == 1
    entry = Entry.objects.get(act="vault.opened", actor="system:directory")
    assert (entry.data["purpose"], entry.data["compartments"], entry.data["count"]) == (
        "search",
        ["identity"],
        2,
    )


def test_a_second_question_opens_nothing_again(book: Directory) -> None:
    register("Rakia")
    for text in ("Rakia", "Hadiza", "Rakia"):
        found(book, text)
    assert openings() == 1


def test_whoever_comes_later_is_read_alone(book: Directory) -> None:
    for own in ("Rakia", "Hadiza", "Balkissa"):
        register(own)
    found(book, "Rakia")
    late = register("Zeinabou")
    assert found(book, "Zeinabou") == [late.pk]
    assert Entry.objects.filter(act="vault.opened").latest("seq").data["count"] == 1


def test_everything_that_happened_meanwhile_is_read_at_once(book: Directory) -> None:
    rakia = register("Rakia", "Maïdabo")
    found(book, "Rakia")
    operations.correct(person=rakia, names=Identity(own_name="Saouda", father_name="Souley"), **BY)
    operations.add_spelling(person=rakia, written="Sawda S.", **BY)
    balkissa = register("Balkissa")
    assert found(book, "Souley") == [rakia.pk]
    assert found(book, "Balkissa") == [balkissa.pk]
    assert found(book, "Maïdabo") == []
    assert openings() == 2


def test_what_other_rooms_write_opens_no_name(book: Directory, make_case: Any) -> None:
    case = make_case()
    found(book, "Rakia")
    before = openings()
    journal.record("cases.reopened", by=SETUP, at=NOW, case=case)
    found(book, "Rakia")
    assert openings() == before


def test_somebody_who_was_erased_is_found_no_more_once_the_index_is_made_anew(book: Directory) -> None:
    rakia = register("Rakia", "Maïdabo")
    assert found(book, "Maïdabo") == [rakia.pk]
    keyring.erase(rakia.pk)
    book.forget()
    assert found(book, "Maïdabo") == []


def test_whoever_was_registered_in_a_transaction_that_was_undone_is_forgotten(book: Directory) -> None:
    register("Rakia")
    with transaction.atomic():
        ghost = register("Fantôme")
        assert found(book, "Fantôme") == [ghost.pk]
        transaction.set_rollback(True)
    assert found(book, "Fantôme") == []
    assert len(found(book, "Rakia")) == 1


def test_a_correction_that_was_undone_gives_the_old_name_back(book: Directory) -> None:
    rakia = register("Rakia", "Maïdabo")
    found(book, "Rakia")
    with transaction.atomic():
        operations.correct(person=rakia, names=Identity(own_name="Issoufou"), **BY)
        assert found(book, "Issoufou") == [rakia.pk]
        transaction.set_rollback(True)
    register("Hadiza")
    assert found(book, "Maïdabo") == [rakia.pk]
    assert found(book, "Issoufou") == []


def test_two_processes_follow_the_same_journal(book: Directory) -> None:
    other = Directory()
    rakia = register("Rakia")
    assert found(book, "Rakia") == found(other, "Rakia") == [rakia.pk]
    late = register("Zeinabou")
    assert found(other, "Zeinabou") == found(book, "Zeinabou") == [late.pk]


def test_a_question_asks_the_database_little_when_nothing_changed(
    book: Directory, django_assert_max_num_queries: Any
) -> None:
    for own in ("Rakia", "Hadiza"):
        register(own)
    found(book, "Rakia")
    with django_assert_max_num_queries(3):
        found(book, "Rakia")


def test_no_name_lies_in_a_table_because_of_the_index(book: Directory) -> None:
    register("Rakia", "Maïdabo", village="Tsaouni")
    found(book, "Maïdabo")
    told = str(list(Entry.objects.values_list("data", "sealed")))
    for word in ("Rakia", "Maïdabo", "Tsaouni"):
        assert word not in told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dela", {"by_name": "Dela"}),
        ("Tassiou", {"grandfather_name": "Tassiou"}),
        ("Laraba", {"mother_name": "Laraba"}),
        ("Zakaria", {"spellings": ("Zakaria",)}),
        ("Tsaouni", {"village": "Tsaouni"}),
    ],
)
def test_each_part_of_a_name_leads_to_the_person(book: Directory, text: str, names: dict[str, Any]) -> None:
    register("Hamidou", "Garba")
    wanted = register("Balkissa", "Adamou", **names)
    assert found(book, text) == [wanted.pk]


def test_a_name_that_only_a_register_wrote_is_found(book: Directory) -> None:
    wanted = register("", written="RAKIYA MAIDABO")
    assert found(book, "Rakia") == [wanted.pk]


@pytest.mark.parametrize(
    ("sex", "birth"), [("unknown", None), ("male", from_age(months=0, on=date(2026, 1, 1)))]
)
def test_what_is_not_known_of_somebody_hides_nobody(book: Directory, sex: str, birth: Any) -> None:
    wanted = register("Rakia", sex=sex, birth=birth)
    assert found(book, "Rakia") == [wanted.pk]


def test_a_broken_box_is_noticed_and_no_half_index_is_kept(book: Directory) -> None:
    from mafaka.people.models import Identity as Row
    from mafaka.vault.cipher import Tampered

    rakia, hadiza = register("Rakia"), register("Hadiza")
    whole = Row.objects.get(person=rakia).sealed
    Row.objects.filter(person=rakia).update(sealed=bytes(whole)[:-1] + b"\x00\x00")
    with pytest.raises(Tampered):
        found(book, "Hadiza")
    Row.objects.filter(person=rakia).update(sealed=whole)
    assert found(book, "Rakia") == [rakia.pk]
    assert found(book, "Hadiza") == [hadiza.pk]


def test_the_house_has_one_index_and_the_tests_forget_it() -> None:
    assert isinstance(directory.DIRECTORY, Directory)
    rakia = register("Rakia")
    assert [hit.key for hit in directory.DIRECTORY.fresh(NOW).search("Rakia", limit=5)] == [rakia.pk]
    directory.DIRECTORY.forget()
    before = openings()
    directory.DIRECTORY.fresh(NOW)
    assert openings() == before + 1


@pytest.mark.django_db(transaction=True, databases=["default", "keyring"])
def test_many_threads_ask_at_once_and_the_names_are_read_once() -> None:
    """Eight threads serve pages: the first question of the morning must not read everybody eight times."""
    book = Directory()
    rakia = register("Rakia", "Maïdabo")
    start = threading.Barrier(6)
    answers: list[Any] = []

    def ask() -> None:
        try:
            start.wait(timeout=20)
            answers.append(found(book, "Maïdabo"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert answers == [[rakia.pk]] * 6
    assert openings() == 1
    connection.close()
