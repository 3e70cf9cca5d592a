"""The words of exchange: sentences of the journal, and how likenesses of a row and a known person are said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mafaka.audit.acts import Act

_IMPORT = _("Import")
ACTS = {
    "exchange.register_uploaded": Act(_("Registre lu : {rows} lignes."), _IMPORT),
    "exchange.columns_chosen": Act(_("Colonnes d’un registre vérifiées."), _IMPORT),
    "exchange.pair_decided": Act(_("Doublon possible tranché : {pair}."), _IMPORT),
    "exchange.register_imported": Act(
        _("Registre importé : {people} personnes, {merged} lignes réunies."), _IMPORT
    ),
    "exchange.register_abandoned": Act(_("Import d’un registre abandonné."), _IMPORT),
}
PAIR = {"same": _("même personne"), "different": _("deux personnes")}

# Fields of the name engine: what is said when they speak for one person, and when they speak against it.
LIKENESSES = {
    "given": (_("Prénom pareil ou proche."), _("Prénoms différents.")),
    "family": (_("Second nom pareil ou proche."), _("Seconds noms différents.")),
    "order": (_("Mêmes noms dans un autre ordre."), _("Noms dans un autre ordre.")),
    "father": (_("Nom du père pareil ou proche."), _("Noms du père différents.")),
    "mother": (_("Nom de la mère pareil ou proche."), _("Noms de la mère différents.")),
    "other": (_("Autre nom pareil ou proche."), _("Autres noms différents.")),
    "village": (_("Même village."), _("Villages différents.")),
    "commune": (_("Même commune, ou voisine."), _("Communes différentes.")),
    "age": (_("Âges proches."), _("Âges éloignés.")),
    "sex": (_("Même sexe."), _("Sexes différents.")),
}
