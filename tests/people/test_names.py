"""The names of a person, as they are sealed and as pages say them."""

from __future__ import annotations

import pytest

from mafaka.people.names import Identity


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (Identity(own_name="Rakia", father_name="Maïdabo", written="x"), "Rakia Maïdabo"),
        (Identity(own_name="Rakia"), "Rakia"),
        (Identity(written="RAKIA M."), "RAKIA M."),
        (Identity(by_name="Dogo"), "Dogo"),
        (Identity(village="Tsaouni"), "Sans nom"),
        (Identity(), "Sans nom"),
    ],
)
def test_the_own_name_and_the_fathers_are_shown_else_what_was_written(names: Identity, said: str) -> None:
    assert names.display == said


def test_only_what_is_known_is_sealed_and_comes_back() -> None:
    names = Identity(own_name="Ɗan Lami", spellings=("Danlami", "Dan Lami"))
    assert set(names.to_content()) == {"own_name", "spellings"}
    assert Identity.from_content(names.to_content()) == names


def test_an_erased_identity_and_fields_of_the_future_are_read_without_harm() -> None:
    assert Identity.from_content({}) == Identity()
    assert Identity.from_content({"own_name": "Rakia", "star_sign": "x"}) == Identity(own_name="Rakia")
