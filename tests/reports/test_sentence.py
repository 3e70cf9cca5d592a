"""The sentence: plurals, what is nil, what is not known."""

from __future__ import annotations

import pytest

from mafaka.reports.sentence import sentence

CODES = (
    "male",
    "female",
    "unknown_sex",
    "boys",
    "girls",
    "men",
    "women",
    "children",
    "unknown_age",
    "reintegrated",
)


def say(total: int, *, centres: int = 1, **counts: int) -> str:
    known = dict.fromkeys(CODES, 0) | {"total": total} | counts
    known["children"] = known["children"] or known["boys"] + known["girls"]
    return sentence(known, year=2022, centres=centres)


def test_the_year_of_the_article() -> None:
    assert say(220, male=157, female=63, boys=138, girls=58, men=19, women=5, reintegrated=28) == (
        "Le centre a fourni une assistance à 220 personnes en 2022, dont 157 de sexe masculin et 63 de sexe féminin, "
        "parmi lesquelles 138 garçons et 58 filles. Parmi ces 220 personnes, 28 ont reçu un soutien à leur "
        "réintégration socio-économique."
    )


def test_a_year_without_anybody() -> None:
    assert say(0) == "Le centre n’a assisté personne en 2022."
    assert say(0, centres=3) == "Les centres n’ont assisté personne en 2022."


@pytest.mark.parametrize(
    ("counts", "who"),
    [
        ({"male": 1, "boys": 1}, "\u00a0: un garçon."),
        ({"female": 1, "girls": 1}, "\u00a0: une fille."),
        ({"male": 1, "men": 1}, "\u00a0: un homme."),
        ({"female": 1, "women": 1}, "\u00a0: une femme."),
        ({"female": 1, "unknown_age": 1}, ", de sexe féminin et d’âge inconnu."),
        ({"male": 1, "unknown_age": 1}, ", de sexe masculin et d’âge inconnu."),
        ({"unknown_sex": 1, "children": 1}, "\u00a0: un enfant dont le sexe n’est pas précisé."),
        ({"unknown_sex": 1}, "\u00a0: un adulte dont le sexe n’est pas précisé."),
        ({"unknown_sex": 1, "unknown_age": 1}, ", dont ni le sexe ni l’âge ne sont connus."),
    ],
)
def test_one_person_alone(counts: dict[str, int], who: str) -> None:
    assert say(1, **counts).startswith(
        f"Le centre a fourni une assistance à une personne en 2022{who} Elle n’a pas "
    )


def test_one_person_supported() -> None:
    assert say(1, female=1, women=1, reintegrated=1).endswith(
        "Elle a reçu un soutien à sa réintégration socio-économique."
    )


def test_one_sex_only_and_no_child() -> None:
    assert say(3, male=3, men=3) == (
        "Le centre a fourni une assistance à 3 personnes en 2022, toutes de sexe masculin, parmi lesquelles aucun "
        "enfant. Aucune de ces 3 personnes n’a reçu de soutien à sa réintégration socio-économique."
    )


def test_what_is_not_known_is_said() -> None:
    said = say(
        9,
        male=4,
        female=3,
        unknown_sex=2,
        boys=1,
        girls=1,
        children=3,
        unknown_age=2,
        reintegrated=1,
        centres=2,
    )
    assert said == (
        "Les centres ont fourni une assistance à 9 personnes en 2022, dont 4 de sexe masculin, 3 de sexe féminin et "
        "2 de sexe non précisé, parmi lesquelles 1 garçon, 1 fille et 1 enfant de sexe non précisé. L’âge de "
        "2 personnes n’est pas connu. Parmi ces 9 personnes, une a reçu un soutien à sa réintégration "
        "socio-économique."
    )


def test_one_unknown_age() -> None:
    assert "L’âge d’une personne n’est pas connu." in say(2, male=2, boys=1, unknown_age=1)
