"""What the headers of registers say: for each field, ways of writing it in French and English."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from mafaka.registers.values import plain

# The order matters only between equals. A word alone ("date") is weaker than a phrase.
HEADERS: dict[str, str] = {
    "number": (
        "n|no|num|numero|nr|numero d ordre|n d ordre|n ordre|numero dossier|n dossier|id|code"
        "|number|serial number|sn"
    ),
    "arrived_on": (
        "date d entree|date entree|date d arrivee|date arrivee|arrivee le|entree le|date d accueil"
        "|date accueil|date d admission|date admission|date d enregistrement|entree|arrivee"
        "|date of arrival|arrival date|arrival|admission date|date of admission|intake date|date"
    ),
    "name": (
        "nom et prenom|nom et prenoms|noms et prenoms|nom prenom|noms prenoms|nom complet"
        "|prenom et nom|prenoms et nom|nom|noms|identite|nom de la victime|nom du beneficiaire"
        "|nom de l enfant|name|full name|names|victim name"
    ),
    "own_name": "prenom|prenoms|first name|given name|own name",
    "father": "nom du pere|pere|prenom du pere|fils de|father|father name|name of father|fathers name",
    "mother": "nom de la mere|mere|prenom de la mere|mother|mother name|name of mother|mothers name",
    "sex": "sexe|genre|sexe m f|m f|sex|gender",
    "age": "age|age ans|age en annees|age estime|age a l arrivee|tranche d age|age years",
    "nationality": "nationalite|nationalites|citoyennete|nationality|citizenship",
    "origin": (
        "provenance commune|commune de provenance|commune d origine|commune|provenance"
        "|lieu de provenance|lieu d origine|origine|localite de provenance|localite"
        "|commune of origin|place of origin|origin|municipality"
    ),
    "village": "village|quartier|village ou quartier|village quartier|village d origine",
    "phone": (
        "telephone|tel|numero de telephone|n telephone|contact|contact telephonique|portable|phone"
        "|phone number|mobile"
    ),
    "returned_from": (
        "pays de retour|retour de|pays de provenance|pays de destination|pays d exploitation|pays"
        "|rapatrie de|country of return|returned from|return country|country"
    ),
    "brought_by": (
        "amene par|amenee par|refere par|referee par|oriente par|conduit par|structure referente"
        "|service referent|source de referencement|brought by|referred by|handed over by"
    ),
    "forms": (
        "type d exploitation|types d exploitation|forme d exploitation|formes d exploitation"
        "|exploitation|forme de traite|type de traite|type of exploitation|exploitation type"
        "|form of exploitation"
    ),
    "needs": (
        "besoins identifies|besoins|besoin|besoins exprimes|besoins immediats|assistance demandee"
        "|needs|identified needs"
    ),
    "left_on": (
        "date de sortie|date sortie|sortie le|sorti le|sortie|date de depart|date depart|depart"
        "|date de retour en famille|exit date|date of exit|departure date|date of departure"
        "|discharge date"
    ),
    "reintegration": (
        "reinsertion|reintegration|appui a la reinsertion|appui a la reintegration"
        "|appui reinsertion|aide a la reintegration|suivi reinsertion|reintegration support"
        "|reinsertion support"
    ),
    "remarks": (
        "observations|observation|remarques|remarque|commentaires|commentaire|obs|notes|remarks|comments"
    ),
}

DATES = {"arrived_on", "left_on"}
_OWN_NAME_ALONE = re.compile("^(prenom|first|given|own)|prenoms?$")  # not "nom et prénom du tuteur"
LONGEST_HEADER = 200
EXACT, CONTAINED, ALIKE = 100, 80, 70
_LEAST_LIKENESS = 87


def header_key(text: str) -> str:
    """A header as words in lower case without accents or signs: the key under which a mapping is kept."""
    signs = plain(text[:LONGEST_HEADER]).replace("#", " numero ").replace("n°", " n ")
    return " ".join(re.sub(r"[^\w]|_", " ", signs).split())


@lru_cache(maxsize=4_096)
def likely_fields(key: str) -> dict[str, int]:
    """How well a header names each field, 0 to 100; fields that it does not name are absent."""
    scores = {field: _likeness(key, phrases) for field, phrases in HEADERS.items()} if key else {}
    if key.startswith("date "):
        scores = {field: score for field, score in scores.items() if field in DATES}
    if not _OWN_NAME_ALONE.search(key):
        scores.pop("own_name", None)
    return {field: score for field, score in scores.items() if score}


def _likeness(key: str, phrases: str) -> int:
    return max(_score(key, phrase) for phrase in phrases.split("|"))


def _score(key: str, phrase: str) -> int:
    if key == phrase:
        return EXACT - 30 if phrase == "date" else EXACT
    words, wanted = key.split(), phrase.split()
    if len(phrase) > 2 and phrase != "date" and set(wanted) <= set(words):
        # Every word more makes it less sure, every word of the phrase surer: "nom du père" is not "nom".
        # What closes a header is its subject: "nom du village", and "Sexe" under "Identité".
        closing = 2 if words[-len(wanted) :] == wanted else 0
        return CONTAINED + closing + 3 * len(wanted) - 3 * min(6, len(words) - len(wanted))
    if min(len(key), len(phrase)) >= 5 and fuzz.ratio(key, phrase) >= _LEAST_LIKENESS:
        return ALIKE
    return 0
