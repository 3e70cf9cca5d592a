"""Invented cases, the same for the same number: shape and names after the data set of the design study.

Names, shares and dates are those of the generator with which an existing system was measured (README.md), so
that both hold people of one kind: 71 % male, 60 % children, arrivals from July 2019 to October 2026, one in
four in a family. Added here: what this product writes down (names of the parents, village, nights).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mafaka.locations import gazetteer
from mafaka.people.ages import Birth, from_age

BOYS = """Abdou Moussa Ibrahim Issoufou Mahamadou Souleymane Oumarou Adamou Harouna Salissou Laouali Sani Yacouba
Idrissa Boubacar Hassane Hamidou Alhassane Abdoulaye Amadou Aboubacar Chaibou Ousmane Rabiou Maman Illiassou Nouhou
Bachir Mansour Kabirou Tahirou Zakari Yahaya Habibou Nassirou Lawan Malam Elhadji Sadikou Ismael Daouda""".split()  # noqa: SIM905
GIRLS = """Ramatou Aissatou Zeinabou Mariama Hadiza Fatouma Rakia Salamatou Halima Balkissa Nana Rahila Haoua Amina
Saadatou Maimouna Hassia Hindou Zara Fati Absatou Oumou Rabi Tsahara Delou Mariatou Samira Nafissa Safia Habsou
Ouma Zouera Hafsatou Sahara Barira Roukaya Loubabatou Sakina Aichatou Kadidja""".split()  # noqa: SIM905
FATHERS = """Abdoulaye Adamou Alassane Amadou Boubacar Chaibou Daouda Djibo Elhadji Garba Hama Hamani Harouna Hassane
Ibrahim Idi Issa Issaka Issoufou Kadri Kané Labo Laouali Mahamadou Mahamane Maiga Malam Maman Manzo Moumouni Mounkaila
Moussa Nomaou Omar Ousmane Oumarou Rabiou Saidou Salifou Sanda Sani Seydou Souley Tanko Toudou Waziri Yacouba Yahaya
Zakari Zoubeirou Bagobiri Kantché Magaria Matameye Mirriah Tanout Gouré Tchirozérine Arzika Dan-Kané Maïdabo""".split()  # noqa: SIM905
VILLAGES = [
    f"{first}{second}"
    for first in ("", "Guidan ", "Garin ", "Angoual ", "Dan ", "Kaba ")
    for second in "Tsaouni Tawayé Mata Dogo Kourni Zermou Baboul Koundoumawa Gao Toudou Rafi Kolta".split()  # noqa: SIM905
]
NATIONALITIES = {"NE": 80, "NG": 9, "ML": 3, "TD": 2, "SD": 2, "BF": 2, "CM": 1, "SN": 1}
REASONS = {"reintegrated": 40, "reunified": 30, "transferred": 15, "left": 10, "lost": 5}
RECITAL = (
    "Entretien mené en haoussa avec un travailleur social. L’enfant dit avoir été emmené à Arlit puis Tamanrasset ; "
    "il demande des nouvelles de sa mère. Suite à donner : contacter le chef de village et le relais communautaire. "
)
START, END = date(2019, 7, 1), date(2026, 10, 31)
CENTRES = 8
LONGEST_STAY = 16  # nights: with 100,000 cases, some 40 people sleep in each centre at a time
SEED = 20260823


@dataclass(frozen=True)
class Household:
    """Those who come together share these."""

    father: str
    mother: str
    village: str
    commune: str


@dataclass(frozen=True)
class Story:
    """One invented case. `left_on` None: housed still; `closed_on` None: open still; `full`: every room wrote."""

    number: int
    centre: int
    male: bool
    own: str
    home: Household
    birth: Birth
    nationality: str
    arrived: date
    brought_by: str
    returned_from: str
    left_on: date | None
    closed_on: date | None
    reason: str
    full: bool

    @property
    def sex(self) -> str:
        """Return the code of the sex."""
        return "male" if self.male else "female"


def stories(count: int) -> Iterator[Story]:
    """Yield so many cases by date of arrival."""
    chance = random.Random(SEED)
    communes = [
        commune
        for region in (f"NE{number:03d}" for number in range(1, 9))
        for department in gazetteer.children(region)
        for commune in gazetteer.children(department)
    ]
    home, left = _household(chance, communes), 0
    for number in range(1, count + 1):
        if left:
            left -= 1
        else:
            home = _household(chance, communes)
            left = chance.randint(1, 4) if chance.random() < 0.10 else 0
        arrived = START + timedelta(days=int((END - START).days * number / count))
        yield _story(chance, number, arrived, home)


def _household(chance: random.Random, communes: list[str]) -> Household:
    return Household(
        chance.choice(FATHERS), chance.choice(GIRLS), chance.choice(VILLAGES), chance.choice(communes)
    )


def _story(chance: random.Random, number: int, arrived: date, home: Household) -> Story:
    male = chance.random() < 0.71
    names = BOYS if male else GIRLS
    own = chance.choice(names) + (f" {chance.choice(names)}" if chance.random() < 0.25 else "")
    years = chance.randint(1, 16) if chance.random() < 0.60 else chance.randint(18, 60)
    left_on = arrived + timedelta(days=chance.randint(1, LONGEST_STAY))
    closed_on = arrived + timedelta(days=chance.randint(20, 120))
    is_open = closed_on > END
    return Story(
        number=number,
        centre=chance.randrange(CENTRES),
        male=male,
        own=own,
        home=home,
        birth=from_age(months=12 * years, on=arrived),
        nationality=chance.choices(list(NATIONALITIES), list(NATIONALITIES.values()))[0],
        arrived=arrived,
        brought_by=chance.choice(("police", "police", "gendarmerie", "iom", "official_convoy")),
        returned_from=chance.choice(("DZ", "DZ", "DZ", "LY", "NG", "")),
        left_on=left_on if left_on <= END else None,
        closed_on=None if is_open else closed_on,
        reason="" if is_open else chance.choices(list(REASONS), list(REASONS.values()))[0],
        full=is_open or number % 10 == 0,
    )
