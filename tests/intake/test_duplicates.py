"""Who may already be known: said with a reference and reasons, to those who may see that case only."""

from __future__ import annotations

from typing import Any

import pytest

from mafaka.intake import queries
from mafaka.people.names import Identity
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

RAKIA = Identity(
    own_name="Rakia", father_name="Maïdabo", mother_name="Hadjara", village="Tsaouni", commune="NE007003004"
)
AGAIN = Identity(
    own_name="Rakiya", father_name="Maidabo", mother_name="Hajara", village="Tsaouni", commune="NE007003004"
)
OTHERS = [
    Identity(own_name=own, father_name=father, village=village)
    for own in ("Issoufou", "Laouali", "Zeinabou")
    for father, village in (("Garba", "Dogo"), ("Souley", "Zermou"), ("Adamou", "Kourni"))
]


@pytest.fixture
def crowd(make_case: Any) -> None:
    for names in OTHERS:
        make_case(names=names, sex="male")


def test_a_person_written_down_twice_is_suggested_with_reasons(
    crowd: None, make_case: Any, amina: Any
) -> None:
    first, second = make_case(names=RAKIA), make_case(names=AGAIN)
    found = queries.possible_duplicates(second, by=amina, at=NOW)
    assert [alike.reference for alike in found] == [first.reference]
    assert "même nom du père" in found[0].reasons
    assert "Rakia" not in str(found)


def test_strangers_and_nameless_people_are_not_suggested(crowd: None, make_case: Any, amina: Any) -> None:
    make_case(names=RAKIA)
    stranger, nameless = (
        make_case(names=Identity(own_name="Balkissa", father_name="Kabirou")),
        make_case(names=Identity()),
    )
    assert queries.possible_duplicates(stranger, by=amina, at=NOW) == []
    assert queries.possible_duplicates(nameless, by=amina, at=NOW) == []


def test_a_case_of_another_centre_is_never_suggested(
    crowd: None, make_case: Any, agadez: Any, amina: Any
) -> None:
    make_case(agadez, names=RAKIA)
    assert queries.possible_duplicates(make_case(names=AGAIN), by=amina, at=NOW) == []


def test_namesakes_of_another_centre_do_not_hide_who_is_known_here(
    make_case: Any, agadez: Any, amina: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "STRONG", -20.0)  # among so few people a name that many bear says little
    for _number in range(20):
        make_case(agadez, names=RAKIA)
    first = make_case(names=Identity(own_name="Rakiya", father_name="Maidabo"))
    found = queries.possible_duplicates(make_case(names=RAKIA), by=amina, at=NOW)
    assert [alike.reference for alike in found] == [first.reference]
