"""Columns: guessed, corrected, kept for the next register of the same form."""

from __future__ import annotations

import pytest

from mafaka.cases.models import Case
from mafaka.exchange import operations, queries
from mafaka.exchange.models import KeptMapping
from mafaka.exchange.reading import ImportRefused
from tests.conftest import NOW
from tests.exchange.conftest import ACTOR, WIDE, line, run
from tests.registers.sheets import xlsx

pytestmark = pytest.mark.django_db


def test_a_column_that_is_needed_is_asked_for(uploaded) -> None:
    batch = uploaded([1, "Ali", "M"], headers=["N°", "Nom et prénom", "Sexe"])
    with pytest.raises(ImportRefused, match="Date d’arrivée"):
        run(batch)
    with pytest.raises(ImportRefused, match="Date d’arrivée"):
        operations.choose_mapping(batch=batch, mapping={}, **ACTOR)


def test_two_columns_cannot_both_be_the_sex(uploaded) -> None:
    with pytest.raises(ImportRefused, match="même sens"):
        operations.choose_mapping(batch=uploaded(line(1, "Ali")), mapping={"L": "sex"}, **ACTOR)


@pytest.mark.parametrize("mapping", [{"ZZ": "sex"}, {"A": "religion"}])
def test_a_column_or_a_field_that_is_not_there_is_refused(uploaded, mapping) -> None:
    with pytest.raises(ImportRefused):
        operations.choose_mapping(batch=uploaded(line(1, "Ali")), mapping=mapping, **ACTOR)


def test_a_corrected_mapping_is_proposed_for_the_next_register_of_the_same_form(uploaded, agadez) -> None:
    operations.choose_mapping(batch=uploaded(line(1, "Ali")), mapping={"L": "remarks", "F": ""}, **ACTOR)
    again = uploaded(line(2, "Rabi"))
    assert (again.mapping["L"], again.mapping["F"]) == ("remarks", "")
    other = uploaded([1, "05/01/2022", "Ali"], headers=["N°", "Date d'entrée", "Nom"])
    assert "L" not in other.mapping
    elsewhere = operations.upload(centre=agadez, file=xlsx(WIDE, line(1, "Ali")), name="a.xlsx", **ACTOR)
    assert elsewhere.mapping["L"] == ""
    assert KeptMapping.objects.count() == 1


def test_a_column_not_taken_over_is_kept_beside_the_person(uploaded, amina) -> None:
    batch = uploaded(line(1, "Ali Moustapha"))
    operations.choose_mapping(batch=batch, mapping={"D": ""}, **ACTOR)
    run(batch)
    case = Case.objects.select_related("fact").get()
    assert case.fact.sex == "unknown"
    [row] = queries.register_rows(case, by=amina, at=NOW, name_shown=True)
    assert dict(row.raw)["Sexe"] == "M"
