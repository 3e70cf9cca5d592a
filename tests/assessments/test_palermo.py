"""What answers support: the adult needs three elements, the child two, doubt counts as child."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mafaka.assessments.labels import ACTS_OF_TRAFFICKING, MEANS, PURPOSES
from mafaka.assessments.palermo import ADULT, CHILD, weigh


def some(codes: list[tuple[str, object]]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([code for code, _label in codes]), unique=True)


ANSWERS = {"acts": some(ACTS_OF_TRAFFICKING), "means": some(MEANS), "purposes": some(PURPOSES)}


@given(**ANSWERS)
def test_an_adult_needs_an_act_a_means_and_a_purpose(
    acts: list[str], means: list[str], purposes: list[str]
) -> None:
    finding = weigh(child=False, acts=acts, means=means, purposes=purposes)
    assert finding.complete == bool(acts and means and purposes)


@given(**ANSWERS)
def test_a_child_needs_an_act_and_a_purpose_and_no_means(
    acts: list[str], means: list[str], purposes: list[str]
) -> None:
    finding = weigh(child=True, acts=acts, means=means, purposes=purposes)
    assert finding.complete == bool(acts and purposes)
    assert finding == weigh(child=True, acts=acts, means=[], purposes=purposes)


@given(**ANSWERS)
def test_an_age_in_doubt_counts_as_that_of_a_child(
    acts: list[str], means: list[str], purposes: list[str]
) -> None:
    answers = {"acts": acts, "means": means, "purposes": purposes}
    assert weigh(child=None, **answers) == weigh(child=True, **answers)


@given(child=st.booleans(), **ANSWERS)
def test_each_element_asked_for_is_either_supported_or_missing(
    child: bool, acts: list[str], means: list[str], purposes: list[str]
) -> None:
    finding = weigh(child=child, acts=acts, means=means, purposes=purposes)
    assert sorted([*finding.present, *finding.missing]) == sorted(CHILD if child else ADULT)
    assert not set(finding.present) & set(finding.missing)


def test_the_elements_are_said_in_words() -> None:
    finding = weigh(child=False, acts=["transfer"], means=[], purposes=["begging"])
    assert finding.present_words == "un acte, un but d’exploitation"
    assert finding.missing_words == "un moyen"
