"""Any altered, removed or reordered entry is found, and named."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mafaka.audit.chain import START, Fault, Link, verify

AT = "2026-10-12T18:25:00.000000+00:00"
FIELDS = ["at", "on", "actor", "act", "object_id", "case_id", "sealed"]


def chain(length: int) -> list[Link]:
    links: list[Link] = []
    previous = START
    for seq in range(1, length + 1):
        bare = Link(
            seq,
            "2026-10-12T18:25:00.000000+00:00",
            "",
            "amina",
            "cases.opened",
            "cases.case",
            f"{seq}",
            "",
            {},
            "",
            previous,
            "",
        )
        links.append(dataclasses.replace(bare, hash=bare.expected()))
        previous = links[-1].hash
    return links


def head(links: list[Link]) -> tuple[int, str]:
    return links[-1].seq, links[-1].hash


def test_a_whole_chain_has_no_fault() -> None:
    links = chain(50)
    assert verify(links, head=head(links)) == []
    assert verify([], head=(0, START)) == []


@given(
    st.integers(min_value=0, max_value=19),
    st.sampled_from(FIELDS),
)
def test_an_altered_entry_is_named(where: int, field: str) -> None:
    links = chain(20)
    end = head(links)
    links[where] = dataclasses.replace(links[where], **{field: "x"})
    assert Fault(where + 1, "altered") in verify(links, head=end)


def test_altered_data_is_found() -> None:
    links = chain(3)
    links[1] = dataclasses.replace(links[1], data={"purpose": "care"})
    assert verify(links, head=head(links)) == [Fault(2, "altered")]


@given(st.integers(min_value=0, max_value=18))
def test_a_removed_entry_is_named(where: int) -> None:
    links = chain(20)
    end = head(links)
    del links[where]
    assert verify(links, head=end) == [Fault(where + 1, "removed")]


def test_removed_entries_at_the_end_are_named() -> None:
    links = chain(20)
    assert verify(links[:17], head=head(links)) == [
        Fault(18, "truncated"),
        Fault(19, "truncated"),
        Fault(20, "truncated"),
    ]


@given(st.integers(min_value=0, max_value=19), st.integers(min_value=0, max_value=19))
def test_swapped_entries_are_named(one: int, other: int) -> None:
    links = chain(20)
    end = head(links)
    if one == other:
        return
    a, b = links[one], links[other]
    links[one], links[other] = dataclasses.replace(b, seq=a.seq), dataclasses.replace(a, seq=b.seq)
    faults = verify(links, head=end)
    assert {Fault(one + 1, "reordered"), Fault(other + 1, "reordered")} <= set(faults)


def test_a_removed_entry_whose_followers_were_renumbered_is_found() -> None:
    links = chain(6)
    end = head(links)
    del links[2]
    moved = [dataclasses.replace(link, seq=number) for number, link in enumerate(links, 1)]
    assert {fault.seq for fault in verify(moved, head=end)} >= {3}


def test_a_chain_written_anew_is_betrayed_by_the_witness() -> None:
    witness = head(chain(10))
    forged = chain(9)
    bare = dataclasses.replace(chain(10)[9], actor="binta")
    forged.append(dataclasses.replace(bare, hash=bare.expected()))
    assert verify(forged, head=head(forged)) == []
    assert verify(forged, head=witness) == [Fault(10, "altered")]


@pytest.mark.parametrize("start", [2, 5])
def test_a_cut_beginning_is_found(start: int) -> None:
    links = chain(10)
    assert verify(links[start - 1 :], head=head(links)) == [Fault(seq, "removed") for seq in range(1, start)]
