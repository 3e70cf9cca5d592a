"""The sentence that says a year's figures in French, as annual reports and newspapers write it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def sentence(counts: Mapping[str, int], *, year: int, centres: int = 1) -> str:
    """Return the figures of a year in words.

    Args:
        counts: the figures by code, as `indicators.people` names them.
        centres: how many centres they come from.
    """
    total = counts["total"]
    if total == 0:
        return ngettext(
            "Le centre n’a assisté personne en {year}.",
            "Les centres n’ont assisté personne en {year}.",
            centres,
        ).format(year=year)
    head = ngettext(
        "Le centre a fourni une assistance à {people} en {year}",
        "Les centres ont fourni une assistance à {people} en {year}",
        centres,
    ).format(people=_people(total), year=year)
    parts = [head + (_only_one(counts) if total == 1 else _sexes(counts) + _children(counts)) + "."]
    if total > 1 and (unknown := counts["unknown_age"]):
        parts.append(
            ngettext(
                "L’âge d’une personne n’est pas connu.", "L’âge de {n} personnes n’est pas connu.", unknown
            ).format(n=unknown)
        )
    return " ".join([*parts, _reintegration(total, counts["reintegrated"])])


def _people(number: int) -> str:
    return ngettext("une personne", "{n} personnes", number).format(n=number)


def _only_one(counts: Mapping[str, int]) -> str:
    """Say who the one person is, as far as it is known."""
    who = {
        "boys": _(" : un garçon"),
        "girls": _(" : une fille"),
        "men": _(" : un homme"),
        "women": _(" : une femme"),
        "male": _(", de sexe masculin et d’âge inconnu"),
        "female": _(", de sexe féminin et d’âge inconnu"),
        "children": _(" : un enfant dont le sexe n’est pas précisé"),
        "unknown_age": _(", dont ni le sexe ni l’âge ne sont connus"),
        "total": _(" : un adulte dont le sexe n’est pas précisé"),
    }
    return next(words for code, words in who.items() if counts[code])


def _sexes(counts: Mapping[str, int]) -> str:
    """Return « , dont 157 de sexe masculin et 63 de sexe féminin », or « , toutes de sexe féminin »."""
    kinds = [
        (counts["male"], _("de sexe masculin")),
        (counts["female"], _("de sexe féminin")),
        (counts["unknown_sex"], _("de sexe non précisé")),
    ]
    said = [(number, words) for number, words in kinds if number]
    if len(said) == 1:
        return _(", toutes {kind}").format(kind=said[0][1])
    return _(", dont {parts}").format(parts=_listed([f"{number} {words}" for number, words in said]))


def _children(counts: Mapping[str, int]) -> str:
    boys, girls = counts["boys"], counts["girls"]
    others = counts["children"] - boys - girls
    said = [
        (boys, ngettext("{n} garçon", "{n} garçons", boys)),
        (girls, ngettext("{n} fille", "{n} filles", girls)),
        (others, ngettext("{n} enfant de sexe non précisé", "{n} enfants de sexe non précisé", others)),
    ]
    parts = [words.format(n=number) for number, words in said if number]
    return _(", parmi lesquelles {parts}").format(parts=_listed(parts) if parts else _("aucun enfant"))


def _listed(parts: list[str]) -> str:
    """Return « a, b et c »."""
    if len(parts) < 2:
        return parts[0]
    return _("{first} et {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def _reintegration(total: int, supported: int) -> str:
    if total == 1:
        return (
            _("Elle a reçu un soutien à sa réintégration socio-économique.")
            if supported
            else _("Elle n’a pas reçu de soutien à sa réintégration socio-économique.")
        )
    if supported == 0:
        return _(
            "Aucune de ces {total} personnes n’a reçu de soutien à sa réintégration socio-économique."
        ).format(total=total)
    return ngettext(
        "Parmi ces {total} personnes, une a reçu un soutien à sa réintégration socio-économique.",
        "Parmi ces {total} personnes, {n} ont reçu un soutien à leur réintégration socio-économique.",
        supported,
    ).format(total=total, n=supported)
