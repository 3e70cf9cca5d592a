"""Reading the journal: by case, by page, by what changed; and an entry as the chain hashes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from mafaka.audit import chain, journal
from mafaka.audit.models import Entry, Head
from mafaka.people.models import Person
from tests.conftest import NOW, SETUP, TODAY

pytestmark = pytest.mark.django_db


def write(act: str = "cases.reopened", **more: Any) -> Entry:
    return journal.record(act, by=SETUP, at=NOW, **more)


def test_an_entry_keeps_who_what_where_and_both_times(make_case: Any, amina: Any) -> None:
    case = make_case()
    day = TODAY - timedelta(days=9)
    journal.record("cases.closed", by=amina, at=NOW, on=day, obj=case, case=case, data={"closing": "left"})
    entry = Entry.objects.latest("seq")
    assert (entry.actor, entry.act, entry.at, entry.on) == (str(amina.pk), "cases.closed", NOW, day)
    assert (entry.object_type, entry.object_id, entry.case_id) == ("cases.case", str(case.pk), case.pk)
    assert (entry.data, entry.sealed) == ({"closing": "left"}, None)


def test_the_program_acts_under_a_name_of_its_own(zinder: Any) -> None:
    assert journal.System("import").actor_id == "system:import"
    assert write().actor == "system:tests"


def test_a_case_may_be_given_by_its_identity(make_case: Any) -> None:
    case = make_case()
    assert write(case=case.pk).case_id == write(case=case).case_id == case.pk


def test_entries_follow_each_other_without_a_gap(zinder: Any) -> None:
    first = write()
    second = write()
    assert second.seq == first.seq + 1
    assert second.previous == first.hash
    assert journal.head() == (second.seq, second.hash)


def test_the_hash_depends_on_everything_that_is_told(make_case: Any) -> None:
    case = make_case()
    entry = write(obj=case, case=case, on=TODAY, data={"a": 1}, sealed=b"box")
    whole = journal.link(entry)
    assert whole.hash == whole.expected()
    for name, other in {
        "seq": 999, "at": NOW + timedelta(microseconds=1), "on": TODAY - timedelta(days=1), "actor": "x",
        "act": "cases.opened", "object_type": "x", "object_id": "x", "case_id": None, "data": {"a": 2},
        "sealed": b"other", "previous": "f" * 64,
    }.items():  # fmt: skip
        kept = getattr(entry, name)
        setattr(entry, name, other)
        assert journal.link(entry).expected() != whole.hash, name
        setattr(entry, name, kept)


@given(st.integers(-12, 14))
def test_the_same_moment_hashes_alike_in_any_time_zone(hours: int) -> None:
    """Databases give moments back in a zone of their own: the chain must not notice."""
    entry = Entry(seq=1, at=NOW, actor="x", act="y", data={}, previous=chain.START)
    elsewhere = Entry(
        seq=1,
        at=NOW.astimezone(timezone(timedelta(hours=hours))),
        actor="x",
        act="y",
        data={},
        previous=chain.START,
    )
    assert journal.link(entry).expected() == journal.link(elsewhere).expected()


@given(st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8) | st.booleans(), max_size=5))
def test_the_order_in_which_data_are_given_does_not_count(data: dict[str, Any]) -> None:
    turned = dict(reversed(data.items()))
    assert chain.digest(chain.START, {"data": data}) == chain.digest(chain.START, {"data": turned})


def test_what_is_read_back_from_the_database_still_hashes_to_what_was_written(make_case: Any) -> None:
    moment = datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)
    data = {"accents": "Maradi é ɓ ƙ", "n": 3, "none": None, "list": ["b", "a"], "yes": True}
    entry = journal.record(
        "cases.reopened", by=SETUP, at=moment, on=moment.date(), data=data, sealed=b"\x00\xff"
    )
    again = Entry.objects.get(seq=entry.seq)
    assert journal.link(again) == journal.link(entry)
    assert journal.faults() == []


def test_acts_and_openings_of_a_case_are_read_apart(make_case: Any) -> None:
    case, other = make_case(), make_case()
    write("people.name_shown", case=case)
    write("people.name_shown", case=other)
    write("cases.closed", case=case, data={"closing": "left"})
    acts_told = [entry.act for entry in journal.of_case(case.pk, timeline=True)]
    openings = [entry.act for entry in journal.of_case(case.pk, timeline=False)]
    assert acts_told[0] == "cases.closed"
    assert "people.name_shown" not in acts_told
    assert openings == ["people.name_shown"]


def test_the_journal_of_a_case_ends_where_it_was_told_to(make_case: Any) -> None:
    case = make_case()
    for _turn in range(5):
        write(case=case)
    newest = journal.head()[0]
    assert [entry.seq for entry in journal.of_case(case.pk, timeline=True, limit=3)] == [
        newest, newest - 1, newest - 2,
    ]  # fmt: skip


def test_the_whole_journal_is_read_from_any_entry_backwards(zinder: Any) -> None:
    seqs = [write().seq for _turn in range(6)]
    assert [entry.seq for entry in journal.recent(limit=3)] == seqs[:2:-1]
    assert [entry.seq for entry in journal.recent(limit=2, before=seqs[3])] == [seqs[2], seqs[1]]


def test_what_changed_between_two_entries_is_told_by_act(make_case: Any) -> None:
    before = journal.head()[0]
    one, other = make_case(), make_case()
    middle = journal.head()[0]
    late = make_case()

    def touched(after: int, until: int) -> set[str]:
        return journal.objects_of(["people.registered"], after=after, until=until)

    assert touched(before, middle) == {str(one.person_id), str(other.person_id)}
    assert touched(middle, journal.head()[0]) == {str(late.person_id)}
    assert touched(journal.head()[0], journal.head()[0]) == set()
    assert journal.objects_of(["cases.closed"], after=0, until=middle) == set()


def test_a_mark_stands_until_its_transaction_is_undone(zinder: Any) -> None:
    assert journal.stands((0, ""))
    assert journal.stands(journal.head())
    with transaction.atomic():
        mark = journal.head()[0], write().hash
        inside = journal.head()
        transaction.set_rollback(True)
    assert not journal.stands(inside)
    write()
    assert journal.head()[0] == inside[0]
    assert not journal.stands(mark)


def test_an_entry_written_anew_under_the_same_number_is_another(zinder: Any) -> None:
    entry = write()
    assert journal.stands((entry.seq, entry.hash))
    assert not journal.stands((entry.seq, "0" * 64))


def test_a_head_that_lies_is_betrayed(zinder: Any) -> None:
    write()
    Head.objects.filter(id=1).update(hash="0" * 64)
    assert [fault.kind for fault in journal.faults()] == ["altered"]


def test_a_head_that_was_set_back_lets_nobody_write_over_the_journal(zinder: Any) -> None:
    from django.db import DatabaseError

    write()
    write()
    Head.objects.filter(id=1).update(seq=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_a_witness_of_an_earlier_moment_still_agrees(zinder: Any) -> None:
    witness = journal.head()
    write()
    assert journal.faults(witness=witness) == []
    assert journal.faults(witness=(witness[0], "f" * 64)) != []


def test_nobody_is_named_by_an_object_that_is_not_there(zinder: Any) -> None:
    entry = write()
    assert (entry.object_type, entry.object_id, entry.case_id) == ("", "", None)
    person = Person.objects.create(created_at=NOW, languages=[])
    assert write(obj=person).object_type == "people.person"
