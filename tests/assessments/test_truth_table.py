"""The Palermo rule as a table: every set of answers, and every age around the eighteenth birthday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from mafaka.assessments import operations, queries
from mafaka.assessments.labels import ACTS_OF_TRAFFICKING, FORMS, MEANS, NEEDS, PURPOSES, STATUSES
from mafaka.assessments.models import Interview
from mafaka.assessments.operations import AssessmentRefused
from mafaka.assessments.palermo import Finding, weigh
from mafaka.cases.models import Case
from mafaka.people.ages import Birth
from mafaka.people.models import Person
from mafaka.registers import codes
from tests.conftest import NOW, TODAY

ACT, MEAN, PURPOSE = ["transfer"], ["deception"], ["begging"]

# act, means, purpose; what the rule lacks for an adult, and for a child
TABLE = [
    ([], [], [], ("acts", "means", "purposes"), ("acts", "purposes")),
    ([], [], PURPOSE, ("acts", "means"), ("acts",)),
    ([], MEAN, [], ("acts", "purposes"), ("acts", "purposes")),
    ([], MEAN, PURPOSE, ("acts",), ("acts",)),
    (ACT, [], [], ("means", "purposes"), ("purposes",)),
    (ACT, [], PURPOSE, ("means",), ()),
    (ACT, MEAN, [], ("purposes",), ("purposes",)),
    (ACT, MEAN, PURPOSE, (), ()),
]
EIGHTEEN = [
    (date(2008, 10, 12), date(2008, 10, 12), False),  # eighteen on this very day
    (date(2008, 10, 13), date(2008, 10, 13), True),  # eighteen tomorrow
    (date(2007, 1, 1), date(2008, 10, 13), True),  # perhaps eighteen, perhaps not: a child
    (date(2007, 1, 1), date(2008, 10, 12), False),
    (date(1990, 1, 1), date(1990, 12, 31), False),
    (date(2026, 10, 1), date(2026, 10, 12), True),
]


def of_case(case: Any, by: Any) -> Finding:
    """What the page says of the last interview of a case."""
    case = Case.objects.select_related("person", "fact").get(pk=case.pk)
    return queries.interviews(case, by=by, at=NOW)[0].finding


def interview(case: Any, by: Any, **answers: Any) -> Interview:
    return operations.record_interview(
        case=case, held_on=TODAY, language="ha", interviewer=by, by=by, at=NOW, **answers
    )


def born(case: Any, birth: Birth | None) -> Any:
    """The same case, of somebody born then."""
    days = (birth.earliest, birth.latest) if birth else (None, None)
    Person.objects.filter(pk=case.person_id).update(birth_earliest=days[0], birth_latest=days[1])
    return case


# --- The rule alone


@pytest.mark.parametrize(("acts", "means", "purposes", "adult_lacks", "child_lacks"), TABLE)
def test_what_the_rule_lacks(
    acts: Any, means: Any, purposes: Any, adult_lacks: Any, child_lacks: Any
) -> None:
    answers = {"acts": acts, "means": means, "purposes": purposes}
    adult, child, unsure = (weigh(child=known, **answers) for known in (False, True, None))
    assert (adult.missing, adult.complete) == (adult_lacks, not adult_lacks)
    assert (child.missing, child.complete) == (child_lacks, not child_lacks)
    assert unsure == child
    assert "means" not in (*child.present, *child.missing)


@pytest.mark.parametrize(
    ("element", "codes_of"), [("acts", ACTS_OF_TRAFFICKING), ("means", MEANS), ("purposes", PURPOSES)]
)
def test_each_single_answer_supports_its_element_and_no_other(element: str, codes_of: Any) -> None:
    for code, _label in codes_of:
        answers = {"acts": [], "means": [], "purposes": []} | {element: [code]}
        assert weigh(child=False, **answers).present == (element,)


def test_the_elements_are_those_of_the_protocol() -> None:
    assert [code for code, _label in ACTS_OF_TRAFFICKING] == [
        "recruitment", "transportation", "transfer", "harbouring", "receipt",
    ]  # fmt: skip
    assert [code for code, _label in STATUSES] == ["possible", "actual", "not"]
    for listed in (ACTS_OF_TRAFFICKING, MEANS, PURPOSES, STATUSES, FORMS, NEEDS):
        assert (
            len({code for code, _label in listed})
            == len({str(label) for _code, label in listed})
            == len(listed)
        )


def test_typed_and_imported_files_speak_the_same_codes_in_the_same_words() -> None:
    assert {code: str(label) for code, label in FORMS} == {
        code: str(label) for code, label in codes.FORMS.items()
    }
    typed = {code: str(label) for code, label in NEEDS}
    assert {code: typed[code] for code in codes.NEEDS} == {
        code: str(label) for code, label in codes.NEEDS.items()
    }


# --- As a page shows it


@pytest.mark.django_db
@pytest.mark.parametrize(("earliest", "latest", "child"), EIGHTEEN)
def test_the_childs_rule_holds_to_the_eighteenth_birthday_and_in_any_doubt(
    make_case: Callable[..., Any], amina: Any, earliest: date, latest: date, child: bool
) -> None:
    case = born(make_case(), Birth(earliest, latest))
    interview(case, amina, acts=ACT, purposes=PURPOSE)
    found = of_case(case, amina)
    assert (found.child, found.complete) == (child, child)


@pytest.mark.django_db
def test_an_age_of_which_nothing_is_known_counts_as_that_of_a_child(
    make_case: Callable[..., Any], amina: Any
) -> None:
    case = born(make_case(), None)
    interview(case, amina, acts=ACT, purposes=PURPOSE)
    assert of_case(case, amina).complete


@pytest.mark.django_db
def test_who_came_as_a_child_stays_under_the_childs_rule_when_they_grow_up(
    make_case: Callable[..., Any], amina: Any
) -> None:
    case = born(make_case(opened_on=date(2025, 1, 1)), Birth(date(2007, 6, 1), date(2007, 6, 1)))
    interview(case, amina, acts=ACT, purposes=PURPOSE)
    assert of_case(case, amina).child


@pytest.mark.django_db
@pytest.mark.parametrize(("acts", "means", "purposes", "adult_lacks", "child_lacks"), TABLE)
def test_the_rule_shows_and_never_decides(
    make_case: Callable[..., Any],
    amina: Any,
    acts: Any,
    means: Any,
    purposes: Any,
    adult_lacks: Any,
    child_lacks: Any,
) -> None:
    """Whatever the answers support, the status is what a person concluded, and nothing without one."""
    case = make_case(years=30)
    interview(case, amina, acts=acts, means=means, purposes=purposes)
    case.fact.refresh_from_db()
    assert case.fact.trafficking_status == ""
    assert of_case(case, amina).missing == adult_lacks
    interview(case, amina, acts=acts, means=means, purposes=purposes, status="not")
    case.fact.refresh_from_db()
    assert case.fact.trafficking_status == "not"


@pytest.mark.django_db
@pytest.mark.parametrize("element", ["acts", "means", "purposes", "forms_told"])
def test_an_answer_that_means_nothing_is_refused_and_nothing_is_kept(
    make_case: Callable[..., Any], amina: Any, element: str
) -> None:
    case = make_case()
    with pytest.raises(AssessmentRefused) as refusal:
        interview(case, amina, **{element: ["bribery"]})
    assert element in refusal.value.fields
    assert "bribery" in refusal.value.sentence
    assert not Interview.objects.exists()
    case.fact.refresh_from_db()
    assert case.fact.interviewed_on is None


@pytest.mark.django_db
def test_an_answer_given_twice_is_kept_once_in_the_order_given(
    make_case: Callable[..., Any], amina: Any
) -> None:
    held = interview(make_case(), amina, acts=["transfer", "recruitment", "transfer"])
    assert held.acts == ["transfer", "recruitment"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("years", "sentence"),
    [(12, "Rien ne manque. La conclusion reste à vous."), (30, "Il manque\u00a0: un moyen.")],
)
def test_the_page_says_what_is_supported_and_what_is_missing(
    browse: Callable[..., Any],
    make_case: Callable[..., Any],
    amina: Any,
    clock: Any,
    years: int,
    sentence: str,
) -> None:
    case = make_case(years=years)
    interview(case, amina, acts=ACT, purposes=PURPOSE)
    page = browse(amina).get(reverse("assessments:interviews", args=[case.reference]))
    shown = page.content.decode()
    assert "Appuyé\u00a0: un acte, un but d’exploitation." in shown
    assert sentence in shown
