"""Boxes open in their own place alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mafaka.vault import cipher

KEY = bytes(32)


@given(st.binary(max_size=500), st.text(max_size=40))
def test_what_is_sealed_comes_back(plain: bytes, place: str) -> None:
    assert cipher.unseal(KEY, cipher.seal(KEY, plain, place), place) == plain


def test_the_same_content_never_looks_the_same() -> None:
    assert cipher.seal(KEY, b"Rakia", "x") != cipher.seal(KEY, b"Rakia", "x")


def test_it_does_not_open_elsewhere() -> None:
    box = cipher.seal(KEY, b"Rakia", "people.identity|1")
    with pytest.raises(cipher.Tampered):
        cipher.unseal(KEY, box, "people.identity|2")


def test_it_does_not_open_with_another_key() -> None:
    with pytest.raises(cipher.Tampered):
        cipher.unseal(b"\x01" * 32, cipher.seal(KEY, b"Rakia", "x"), "x")


@given(st.integers(min_value=0), st.integers(min_value=0, max_value=7))
def test_any_flipped_bit_is_noticed(where: int, bit: int) -> None:
    box = bytearray(cipher.seal(KEY, b"Rakia", "x"))
    box[where % len(box)] ^= 1 << bit
    with pytest.raises(cipher.Tampered):
        cipher.unseal(KEY, bytes(box), "x")


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x01" + bytes(12), b"\x09" + bytes(60)])
def test_what_is_no_box_is_refused(box: bytes) -> None:
    with pytest.raises(cipher.Tampered):
        cipher.unseal(KEY, box, "x")


def test_only_the_private_half_opens() -> None:
    private, public = cipher.new_pair()
    other, _public = cipher.new_pair()
    box = cipher.seal_to(public, b"key", "place")
    assert cipher.unseal_from(private, box, "place") == b"key"
    for key, place in ((other, "place"), (private, "elsewhere")):
        with pytest.raises(cipher.Tampered):
            cipher.unseal_from(key, box, place)
    with pytest.raises(cipher.Tampered):
        cipher.unseal_from(private, b"\x01" + box[1:], "place")


def test_marks_recognise_and_depend_on_the_key() -> None:
    assert cipher.mark(KEY, "row", "Rakia") == cipher.mark(KEY, "row", "Rakia")
    assert cipher.mark(KEY, "row", "Rakia") != cipher.mark(KEY, "row", "Rakiah")
    assert cipher.mark(KEY, "row", "Rakia") != cipher.mark(b"\x01" * 32, "row", "Rakia")
