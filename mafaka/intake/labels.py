"""The words of intake: countries, sentences of the journal, how likenesses of two records are said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

# ISO 3166-1 alpha-2, the countries of the road to Algeria and Libya first.

_INTAKE = _("Accueil")
ACTS = {
    "intake.received": Act(_("Arrivée au centre : {brought_by}."), _INTAKE),
    "intake.received_back": Act(_("Arrivée au centre : {brought_by}, retour : {returned_from}."), _INTAKE),
    "intake.received_unsaid": Act(_("Arrivée au centre."), _INTAKE),
    "intake.registered": Act(_("Identité relevée."), _INTAKE),
}

# What two records have in common, by the fields of the name engine.
LIKENESSES = {
    "own": _("même nom, à la graphie près"),
    "father": _("même nom du père"),
    "mother": _("même nom de la mère"),
    "other": _("même surnom ou nom du grand-père"),
    "village": _("même village"),
    "commune": _("même commune"),
    "age": _("âges proches"),
}
