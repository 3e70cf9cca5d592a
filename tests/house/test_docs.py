"""The documents hold: terms, decisions, dependencies, settings, links, and the French of the guide."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from mafaka.accounts import policy
from mafaka.accounts.roles import Role
from tests.house.source import ROOT, committed, plant, report, sources
from tools.typography import GONE, Text, masked

TERMS = [
    "person",
    "name",
    "spelling",
    "case",
    "case-worker",
    "supervisor",
    "consent",
    "assent",
    "arrival",
    "intake",
    "identification-interview",
    "trafficking-status",
    "possible",
    "actual",
    "not",
    "need",
    "risk",
    "vulnerability",
    "best-interests-assessment",
    "best-interests-determination",
    "case-plan",
    "service",
    "referral",
    "transfer",
    "follow-up",
    "stay",
    "bed",
    "night",
    "outing",
    "occupancy",
    "item",
    "stock-move",
    "kit",
    "distribution",
    "tracing-request",
    "lead",
    "verification",
    "reunification",
    "reintegration-plan",
    "income-generating-activity",
    "school-enrolment",
    "complaint",
    "hearing",
    "protection-measure",
    "awareness-session",
    "audience",
    "register",
    "duplicate",
    "indicator",
    "figure-base",
    "purpose",
    "compartment",
]
FIELDS = {"term", "fr", "en", "source", "avoid", "related"}
SECTIONS = ["## Context", "## Decision", "## Consequences", "### What will hurt later"]
LONGEST_DECISION = 400

LINK = re.compile(r"\[[^\]\n]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
NOT_PROSE = re.compile(r"\A---\n.*?\n---\n|<!--.*?-->|(?<=\])\([^)\n]*\)|https?://[^\s)]+|\*+", re.DOTALL)
SETTING = re.compile(r"environ(?:\.get\(|\[)\s*[\"'](MAFAKA_\w+)")


def cards(root: Path) -> dict[str, dict[str, str]]:
    """Return the glossary: the front matter of each card, by file name; its text under "body"."""
    found = {}
    for path in sorted((root / "docs/glossary").glob("*.md")):
        match = re.fullmatch(r"---\n(.*?)\n---\n(.*)", path.read_text(encoding="utf-8"), re.DOTALL)
        if path.stem != "index":
            head, body = match.groups() if match else ("", "")
            found[path.stem] = dict(line.split(": ", 1) for line in head.splitlines()) | {"body": body}
    return found


def bad_cards(root: Path) -> list[str]:
    """Return what is wrong with the cards of the glossary, card by card."""
    glossary, faults = cards(root), []
    index = (root / "docs/glossary/index.md").read_text(encoding="utf-8")
    labels = [card.get("fr", "").lower() for card in glossary.values()]
    for name, card in glossary.items():
        missing = FIELDS - card.keys()
        faults += [f"{name}: no {field}" for field in sorted(missing)]
        if missing:
            continue
        definition = [line for line in card["body"].splitlines() if line and line[0] not in "#*"]
        wrong = {
            f"the file is not named for the term {card['term']}": card["term"] != name.replace("-", " "),
            f"more than one French label: {card['fr']}": bool(re.search(r"[,;/(]| ou ", card["fr"])),
            f"the label {card['fr']} is another card's": labels.count(card["fr"].lower()) > 1,
            "the definition is not two sentences": len(sentences(" ".join(definition))) != 2,
            "no « À éviter »": f"**À éviter\u00a0:** {card['avoid']}." not in card["body"],
            "the index does not list it": f"({name}.md)" not in index,
        }
        faults += [f"{name}: {what}" for what, is_so in wrong.items() if is_so]
        strangers = [other for other in card["related"].split(", ") if other not in glossary]
        faults += [f"{name}: related to {other}, unknown" for other in strangers]
    return faults


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÀÉÎŒ«])", text.strip()) if part]


def bad_decisions(root: Path) -> list[str]:
    """Return what is wrong with the decision records."""
    folder, faults = root / "docs/adr", []
    index = (folder / "index.md").read_text(encoding="utf-8")
    for number, path in enumerate(sorted(folder.glob("[0-9]*.md")), start=1):
        text = path.read_text(encoding="utf-8")
        words = len(text.split())
        wrong = {
            f"its number should be {number:04d}": not path.name.startswith(f"{number:04d}-"),
            f"{words} words": words > LONGEST_DECISION,
            "sections": re.findall(r"^##+ .*$", text, re.MULTILINE) != SECTIONS,
            "the index does not list it": f"({path.name})" not in index,
        }
        faults += [f"{path.name}: {what}" for what, is_so in wrong.items() if is_so]
    return faults


def dependencies(root: Path) -> set[str]:
    """Return the packages that this project asks for, of Python and of the front end."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = list(project["dependencies"])
    asked += [each for extra in project.get("optional-dependencies", {}).values() for each in extra]
    asked += [
        line
        for path in (root / "requirements").glob("*.in")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\w", line)
    ]
    names = {re.match(r"[\w.-]+", requirement)[0] for requirement in asked}  # type: ignore[index]
    front = root / "frontend/package.json"
    if front.exists():
        packages = json.loads(front.read_text(encoding="utf-8"))
        names |= packages.get("dependencies", {}).keys() | packages.get("devDependencies", {}).keys()
    return names


def undescribed(root: Path) -> list[str]:
    """Return the dependencies without a line, and the lines without a dependency."""
    text = (root / "docs/develop/dependencies.md").read_text(encoding="utf-8")
    tables = text.split("## Data that we ship")[0]
    rows = set(re.findall(r"^\| ([@\w./-]+) \|", tables, re.MULTILINE)) - {"package", "---"}
    asked = dependencies(root)
    return sorted(f"{name} has no line" for name in asked - rows) + sorted(
        f"{name} is not asked for" for name in rows - asked
    )


def settings(root: Path) -> set[str]:
    """Return the environment variables that the program reads."""
    return {name for source in sources(root, "mafaka") for name in SETTING.findall(source.text)}


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as a forge makes them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def dead_links(pages: list[Path]) -> list[str]:
    """Return the links of pages to a file or heading that is not there."""
    faults = []
    for page in pages:
        for link in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                faults.append(f"{page.name}: {link}")
    return faults


def badly_set(pages: list[Path]) -> list[str]:
    """Return the mistakes of French typography outside code."""
    faults = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        prose = masked(NOT_PROSE, masked(CODE, text, "x"), GONE)
        for name, start, _end, _right in Text(0, prose).mistakes():
            faults.append(f"{page.name}:{text.count(chr(10), 0, start) + 1} {name}")
    return faults


def markdown() -> list[Path]:
    return [path for path in committed() if path.suffix == ".md"]


def opened_by(label: str) -> set[str]:
    """Return the compartments that the security page grants to a role."""
    text = (ROOT / "docs/develop/security.md").read_text(encoding="utf-8")
    table = text.split("## Compartments × roles")[1].split("\n## ")[0]
    header, _line, *rows = [row.strip("|").split("|") for row in table.splitlines() if row.startswith("|")]
    for who, *cells in rows:
        if label.lower() in [name.strip() for name in who.split(",")]:
            columns = zip(header[1:], cells, strict=True)
            return {compartment.strip() for compartment, cell in columns if cell.strip() == "yes"}
    pytest.fail(f"the security page does not name the role {label}")


def test_each_term_has_a_whole_card() -> None:
    assert not (faults := bad_cards(ROOT)), report(faults)


@pytest.mark.parametrize("term", TERMS)
def test_the_words_of_the_design_are_in_the_glossary(term: str) -> None:
    assert term in cards(ROOT)


def test_a_decision_is_short_and_says_what_will_hurt() -> None:
    assert not (faults := bad_decisions(ROOT)), report(faults)


def test_every_dependency_is_described() -> None:
    assert not (faults := undescribed(ROOT)), report(faults)


def test_every_setting_is_in_the_guide() -> None:
    guide = (ROOT / "docs/guide/installer.md").read_text(encoding="utf-8")
    assert settings(ROOT) == set(re.findall(r"^\| `(MAFAKA_\w+)` \|", guide, re.MULTILINE))


def test_links_lead_somewhere() -> None:
    assert not (faults := dead_links(markdown())), report(faults)


def test_the_french_of_guide_and_glossary_is_well_set() -> None:
    pages = [page for page in markdown() if page.parent.name in {"guide", "glossary"}]
    assert not (faults := badly_set(pages)), report(faults)


@pytest.mark.parametrize("role", Role)
def test_the_security_page_opens_what_the_policy_opens(role: Role) -> None:
    assert opened_by(str(role.label)) == policy.COMPARTMENTS.get(role, frozenset())


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    card = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    assert f'softwareVersion: "{version}"' in card
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


CARD = "---\nterm: lead\nfr: piste\nen: lead\nsource: x\navoid: indice\nrelated: lead\n---\n\n# Piste\n\n"
GOOD = CARD + "Une. Deux.\n\n**À éviter\u00a0:** indice.\n"


@pytest.mark.parametrize(
    ("card", "fault"),
    [
        (GOOD, None),
        (GOOD.replace("source: x\n", ""), "lead: no source"),
        (GOOD.replace("fr: piste", "fr: piste, trace"), "lead: more than one French label: piste, trace"),
        (GOOD.replace("term: lead", "term: clue"), "lead: the file is not named for the term clue"),
        (GOOD.replace("Une. Deux.", "Une. Deux. Trois."), "lead: the definition is not two sentences"),
        (GOOD.replace("**À éviter\u00a0:** indice.", ""), "lead: no « À éviter »"),
        (GOOD.replace("related: lead", "related: clue"), "lead: related to clue, unknown"),
    ],
)
def test_a_bad_card_is_found(tmp_path: Path, card: str, fault: str | None) -> None:
    plant(tmp_path, "docs/glossary/index.md", "[lead](lead.md)")
    plant(tmp_path, "docs/glossary/lead.md", card)
    assert bad_cards(tmp_path) == ([fault] if fault else [])


def test_two_terms_with_one_label_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "docs/glossary/index.md", "[lead](lead.md) [clue](clue.md)")
    plant(tmp_path, "docs/glossary/lead.md", GOOD)
    plant(tmp_path, "docs/glossary/clue.md", GOOD.replace("term: lead", "term: clue"))
    assert bad_cards(tmp_path) == [f"{name}: the label piste is another card's" for name in ("clue", "lead")]


def test_a_long_or_maimed_decision_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "docs/adr/index.md", "(0001-a.md)")
    plant(tmp_path, "docs/adr/0001-a.md", "\n\n".join(SECTIONS) + " word" * 400)
    plant(tmp_path, "docs/adr/0003-b.md", "\n\n".join(SECTIONS[:3]))
    faults = bad_decisions(tmp_path)
    assert faults[0].startswith("0001-a.md: 4")
    assert "0003-b.md: its number should be 0002" in faults
    assert "0003-b.md: sections" in faults
    assert "0003-b.md: the index does not list it" in faults


def test_a_dependency_without_a_line_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "pyproject.toml", '[project]\ndependencies = ["Django>=5"]\n')
    plant(tmp_path, "frontend/package.json", '{"devDependencies": {"@a/b.c": "1"}}')
    plant(tmp_path, "docs/develop/dependencies.md", "| package |\n| Django |\n| gone |\n")
    assert undescribed(tmp_path) == ["@a/b.c has no line", "gone is not asked for"]


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    there = plant(tmp_path, "b.md", "# What it is\n")
    page = plant(tmp_path, "a.md", "[x](b.md#what-it-is) [y](b.md#no) [z](c.md) [u](http://x.ne) `[v](d.md)`")
    assert dead_links([there, page]) == ["a.md: b.md#no", "a.md: c.md"]


def test_badly_set_french_is_found_outside_code_only(tmp_path: Path) -> None:
    page = plant(tmp_path, "a.md", "---\nfr: l'un\n---\nL'ami **dit : oui** `l'un : b`\n\n[Qui ?](x's.md)\n")
    assert badly_set([page]) == [
        "a.md:4 straight apostrophe",
        "a.md:4 no no-break space before : ; ! ?",
    ]
