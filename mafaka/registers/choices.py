"""Cells that hold a choice: country, who brought the person, forms of exploitation, needs, reintegration support."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

from mafaka.locations.countries import COUNTRIES
from mafaka.registers.codes import OTHER
from mafaka.registers.values import Parsed, plain, says_nothing
from mafaka.workbooks.written import written

if TYPE_CHECKING:
    from mafaka.locations.gazetteer import Resolution

Patterns = tuple[tuple[str, str], ...]

# Names and demonyms, masculine, feminine and English. Niger is never told from Nigeria by resemblance: exact only.
_COUNTRY_WORDS = {
    "AO": "angola|angolais|angolaise|angolan",
    "BF": "burkina|burkina faso|burkinabe|burkinabee|burkinabes",
    "BJ": "benin|beninois|beninoise|beninese",
    "CD": "rdc|rd congo|republique democratique du congo",
    "CF": "rca|centrafrique|republique centrafricaine|centrafricain|centrafricaine",
    "CG": "congo|congo brazzaville",
    "CI": "rci|cote d ivoire|cote divoire|ivory coast|ivoirien|ivoirienne|ivorian",
    "CM": "cameroun|camerounais|camerounaise|cameroon|cameroonian",
    "DZ": "dza|algerie|algerien|algerienne|algeria|algerian",
    "EG": "egypte|egyptien|egyptienne|egypt|egyptian",
    "ER": "erythree|erythreen|erythreenne|eritrea|eritrean",
    "ES": "espagne|espagnol|espagnole|spain|spanish",
    "ET": "ethiopie|ethiopien|ethiopienne|ethiopia|ethiopian",
    "FR": "france|francais|francaise|french",
    "GA": "gabon|gabonais|gabonaise|gabonese",
    "GH": "ghana|ghaneen|ghaneenne|ghanaian",
    "GM": "gambie|gambien|gambienne|gambia|gambian",
    "GN": "guinee|guinee conakry|guineen|guineenne|guinea|guinean",
    "GQ": "guinee equatoriale|equatorial guinea",
    "GW": "guinee bissau|guinea bissau|bissau guineen|bissau guineenne",
    "IT": "italie|italien|italienne|italy|italian",
    "LR": "liberia|liberien|liberienne|liberian",
    "LY": "lby|libye|lybie|libyen|libyenne|libya|libyan",
    "MA": "maroc|marocain|marocaine|morocco|moroccan",
    "ML": "mli|mali|malien|malienne|malian",
    "MR": "mauritanie|mauritanien|mauritanienne|mauritania|mauritanian",
    "NE": "ner|niger|nigerien|nigerienne|nigeriens",
    "NG": "nga|nigeria|nigerian|nigeriane|nigerians|nigerianne",
    "SA": "arabie saoudite|saudi arabia|saoudien|saoudienne|saudi",
    "SD": "soudan|soudanais|soudanaise|sudan|sudanese",
    "SL": "sierra leone|sierra leonais|sierra leonaise",
    "SN": "senegal|senegalais|senegalaise|senegalese",
    "SO": "somalie|somalien|somalienne|somalia|somali",
    "SS": "soudan du sud|sud soudan|sud soudanais|sud soudanaise|south sudan",
    "TD": "tcd|tchad|tchadien|tchadienne|chad|chadian",
    "TG": "togo|togolais|togolaise|togolese",
    "TN": "tunisie|tunisien|tunisienne|tunisia|tunisian",
    "TR": "turquie|turc|turque|turkey|turkish",
}

# The first pattern found at an earlier place in the text comes first. Patterns see text without accents.
_BROUGHT_BY: Patterns = (
    ("official_convoy", r"\bconvois?\b|\brapatri"),
    ("gendarmerie", r"\bgendarme"),
    ("police", r"\bpolic|\bbpm\b|\bcommissariat"),
    ("iom", r"\boim\b|\biom\b"),
    ("ngo", r"\bongs?\b|\bngos?\b|\bassociation"),
    ("self", r"\b(?:elle|lui|soi)[- ]meme|\bseule?s?\b|\bspontane|\bvolontaire|\bself\b"),
    ("relative", r"\b(?:parents?|pere|mere|oncles?|tantes?|proches?|freres?|soeurs?)\b|famille|tuteur|tutrice|\bgrand"),
)  # fmt: skip

_FORMS: Patterns = (
    ("forced_begging", r"\bmend[ei]|\bbegg"),
    ("domestic_servitude", r"domesti|\bmenage|\bbonne\b|\bservante"),
    ("sexual_exploitation", r"sexu|prostitu|pornograph"),
    ("labour_exploitation", r"exploitation (?:par le|au) travail|economique|labou?r exploitation|travail des enfants"),
    ("forced_labour", r"travail force|travaux forces|forced labou?r"),
    ("forced_marriage", r"mariage|marriage"),
    ("slavery", r"esclav|slavery|wahaya"),
    ("armed_recruitment", r"\benrol|groupes? armes?|enfants? soldats?|combattant"),
    ("organ_removal", r"organe|\borgans?\b"),
    (OTHER, r"^autres?$|^others?$"),
)  # fmt: skip

_NEEDS: Patterns = (
    ("accommodation", r"heberg|\blogement|\babri\b|accommodation|shelter"),
    ("medical", r"\bmedic|\bsante\b|\bsoins?\b|\bhealth"),
    ("psychosocial", r"psycho|\bsmsps\b|\bmhpss\b|ecoute"),
    ("legal", r"juridi|judici|\blegale?s?\b|\bjustice|\bavocat"),
    ("family_tracing", r"recherche (?:de (?:la |sa )?)?famil|recherche des parents|family tracing|reunification"),
    ("schooling", r"scolari|\becole|educati|\bschool"),
    ("food", r"aliment|nourriture|\bvivres?\b|\brepas\b|nutrition|\bfood\b"),
    ("clothing", r"vetement|habill|\bhabits?\b|cloth"),
    (OTHER, r"^autres?$|^others?$"),
)  # fmt: skip

_REINTEGRATION: Patterns = (
    ("income_generating", r"\bagr\b|generatri|petit commerce|embouche|\biga\b|income"),
    ("schooling", r"scolari|\becole|\bschool"),
    ("kit", r"\bkits?\b"),
    ("vocational_training", r"\bformation|apprenti|\bvocational|\btraining"),
)
_NONE = {"non", "no", "aucun", "aucune", "neant", "ras", "rien", "none", "pas encore", "sans"}
_KEYWORD = re.compile(
    r"^\s*(?:AGR|scolarisation|kits?|formation(?: professionnelle)?)\b[\s:–-]*", re.IGNORECASE
)
_SEPARATORS = re.compile(r"\s*(?:[,;/+&\n•|]|\bet\b|\bainsi que\b)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Support:
    """One kind of reintegration support with the words that describe it."""

    kind: str
    detail: str


class Places(Protocol):
    """The names of places: `mafaka.locations.gazetteer`, or another list with the same two functions."""

    def resolve(self, text: str) -> Resolution:
        """What a written place is taken for."""

    def label(self, pcode: str) -> str:
        """The name of a place, told apart from its namesakes."""


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    words = {word: code for code, group in _COUNTRY_WORDS.items() for word in group.split("|")}
    return words | {code.lower(): code for code in COUNTRIES}


def parse_country(value: Any) -> Parsed[str | None]:
    """Read a country or a nationality into its ISO code; "Niger (interne)" is NE with a note."""
    text = written(value).strip()
    if says_nothing(text):
        return Parsed(None, text)
    found = re.match(r"^([^(]+?)\s*(?:\((.*)\))?$", text)
    words = re.sub(r"[^a-z ]", " ", plain(found[1] if found else text))
    code = _countries().get(" ".join(words.split()))
    if code is None:
        problem = _("« {text} » n’est pas un pays connu : gardé tel quel.").format(text=text)
        return Parsed(None, text, problem)
    if found and found[2]:
        return Parsed(code, text, note=_("Précision gardée : {detail}.").format(detail=found[2]))
    return Parsed(code, text)


def parse_brought_by(value: Any) -> Parsed[str | None]:
    """Read who brought the person: the first one named. What is not recognised is "other" and says so."""
    text = written(value).strip()
    if says_nothing(text):
        return Parsed(None, text)
    codes = _codes_in(text, _BROUGHT_BY)
    if not codes:
        return Parsed(OTHER, text, note=_("« {text} » est gardé tel quel, sous « autre ».").format(text=text))
    if len(codes) > 1:
        return Parsed(
            codes[0],
            text,
            note=_("Plusieurs sont nommés ; le premier est retenu : {text}.").format(text=text),
        )
    return Parsed(codes[0], text)


def parse_forms(value: Any) -> Parsed[tuple[str, ...]]:
    """Read the reported forms of exploitation, in the order written."""
    return _parse_list(value, _FORMS)


def parse_needs(value: Any) -> Parsed[tuple[str, ...]]:
    """Read a list of needs, in the order written."""
    return _parse_list(value, _NEEDS)


def _parse_list(value: Any, patterns: Patterns) -> Parsed[tuple[str, ...]]:
    text = written(value).strip()
    if says_nothing(text) or plain(text) in _NONE:
        return Parsed((), text)
    codes: list[str] = []
    unknown: list[str] = []
    for part in filter(None, _SEPARATORS.split(text)):
        found = _codes_in(part, patterns)
        codes += found or [OTHER]
        if not found:
            unknown.append(part)
    problem = None
    if unknown:
        sentence = _("« {text} » n’est pas reconnu : gardé tel quel, sous « autre ».")
        problem = sentence.format(text=", ".join(unknown))
    return Parsed(tuple(dict.fromkeys(codes)), text, problem)


def _codes_in(text: str, patterns: Patterns) -> list[str]:
    """Codes whose pattern is found, in the order in which the text names them."""
    simple = plain(text)
    places = [(found.start(), code) for code, pattern in patterns if (found := re.search(pattern, simple))]
    return [code for _place, code in sorted(places, key=lambda hit: hit[0])]


def parse_reintegration(value: Any) -> Parsed[tuple[Support, ...]]:
    """Read the reintegration support given; two mentions of one kind become one with both descriptions."""
    text = written(value).strip()
    if says_nothing(text) or plain(text) in _NONE:
        return Parsed((), text)
    details: dict[str, list[str]] = {}
    problem = None
    for part in filter(None, _SEPARATORS.split(text)):
        kinds = _codes_in(part, _REINTEGRATION)
        if not kinds:
            problem = _("L’appui « {text} » n’est pas reconnu : gardé tel quel, sous « autre ».").format(
                text=text
            )
        detail = _KEYWORD.sub("", part).strip() if kinds else part
        details.setdefault(kinds[0] if kinds else OTHER, []).append(detail)
    supports = tuple(Support(kind, ", ".join(filter(None, found))) for kind, found in details.items())
    return Parsed(supports, text, problem)


def parse_place(value: Any, places: Places) -> Parsed[Resolution | None]:
    """Read a place of Niger; several of the same name are left for a person to choose from."""
    text = written(value).strip()
    if says_nothing(text):
        return Parsed(None, text)
    found = places.resolve(text)
    labels = ", ".join(places.label(pcode) for pcode in found.candidates)
    if found.how == "ambiguous":
        problem = _("Plusieurs lieux s’appellent « {text} » : {places}.").format(text=text, places=labels)
        return Parsed(found, text, problem)
    if found.pcode is None:
        problem = _("« {text} » n’est pas un lieu connu du Niger.").format(text=text)
        if labels:
            problem += " " + _("Peut-être : {places}.").format(places=labels)
        return Parsed(found, text, problem)
    if found.how in {"town", "quarter"}:
        note = _("« {text} » : la ville est connue, l’arrondissement ne l’est pas.").format(text=text)
        return Parsed(found, text, note=note)
    if found.how in {"old_name", "spelling", "abbreviation"}:
        note = _("« {text} » est lu comme {place}.").format(text=text, place=labels)
        return Parsed(found, text, note=note)
    return Parsed(found, text)
