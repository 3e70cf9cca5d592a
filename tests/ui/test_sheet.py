"""The sheet, the script and what is built: promises about files."""

from __future__ import annotations

import gzip
import json
import re
import subprocess

import pytest

from tests.ui.conftest import ROOT, UI

SHEET = (UI / "static" / "ui" / "mafaka.css").read_text(encoding="utf-8")
BUILT = UI / "static" / "built"
FRONTEND = ROOT / "frontend"
MOST = 12 * 1024  # bytes, compressed (the design's ceiling)
PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-)?(?:left|right|top|bottom)"
    r"(?:-(?:width|style|color))?|border-(?:top|bottom)-(?:left|right)-radius|(?:min-|max-)?(?:width|height))\s*:"
)
SIDES = re.compile(r"(?:text-align|float|clear)\s*:\s*(?:left|right)\b")


def declarations(sheet: str) -> str:
    """The sheet without comments and without the conditions of its media queries."""
    return re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


def physical(sheet: str) -> list[str]:
    """The declarations that would not mirror for Arabic."""
    rules = declarations(sheet)
    return PHYSICAL.findall(rules) + SIDES.findall(rules)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def test_the_sheet_is_small() -> None:
    assert len(gzip.compress(SHEET.encode(), 9)) <= MOST


def test_the_sheet_mirrors() -> None:
    assert physical(SHEET) == []


@pytest.mark.parametrize(
    "rule",
    [
        "a { left: 0 }",
        "a{margin-right:1px}",
        "a { max-width: 3px; }",
        "a { text-align: left }",
        "a { border-top-color: red }",
    ],
)
def test_a_physical_side_is_found(rule: str) -> None:
    assert physical(rule)


def test_what_only_looks_physical_passes() -> None:
    assert (
        physical("@media (max-width: 60rem) { a { inset-inline-start: 0; line-height: 1; stroke-width: 2 } }")
        == []
    )


def test_all_is_in_a_layer_in_the_order_of_the_house() -> None:
    order = re.search(r"@layer ([\w, ]+);", SHEET)
    assert order
    assert order[1].split(", ") == ["reset", "tokens", "base", "layout", "components", "utilities"]
    depth, loose = 0, ""
    for sign in declarations(SHEET):
        depth += (sign == "{") - (sign == "}")
        loose += sign if depth == 0 else ""
    assert depth == 0
    assert re.sub(r"@layer [\w, ]+;?|\}|\s", "", loose) == ""


def test_the_night_of_the_device_and_of_the_person_are_one() -> None:
    asked = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', SHEET, re.DOTALL)
    chosen = re.search(r'^  \[data-theme="dark"\] \{(.*?)\}', SHEET, re.DOTALL | re.MULTILINE)
    assert asked
    assert chosen
    assert tokens(asked[1]) == tokens(chosen[1])


@pytest.mark.parametrize(
    "query",
    [
        "prefers-color-scheme: dark",
        "prefers-contrast: more",
        "prefers-reduced-motion",
        "forced-colors: active",
        "print",
        "pointer: coarse",
    ],
)
def test_the_sheet_answers_to_the_device(query: str) -> None:
    assert re.search(rf"@media \(?{query}", SHEET)


def test_every_token_that_is_used_is_defined() -> None:
    assert set(re.findall(r"var\((--[\w-]+)", SHEET)) <= set(tokens(SHEET))


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert all(url.startswith("../built/") for url in re.findall(r"url\(([^)]+)\)", SHEET))


def test_the_fonts_hold_every_letter_of_the_languages_spoken_here() -> None:
    assert BUILT.is_dir(), "Construisez d’abord : cd frontend && npm ci && node build.mjs"
    done = subprocess.run(
        ["node", FRONTEND / "build.mjs", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "complete" in done.stdout


def test_the_fonts_do_not_bear_a_reserved_name() -> None:
    script = (
        "import fontverter from 'fontverter'; import { readFileSync } from 'node:fs';"
        "for (const path of process.argv.slice(1)) {"
        "const font = await fontverter.convert(readFileSync(path), 'truetype');"
        "console.log(Buffer.from(font).toString('latin1').includes('G\\0e\\0n\\0t\\0i\\0u\\0m')); }"
    )
    fonts = sorted((BUILT / "fonts").glob("*.woff2"))
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script, *fonts],
        capture_output=True,
        text=True,
        check=True,
        cwd=FRONTEND,
    )
    assert done.stdout.split() == ["false", "false"]


def test_what_is_served_comes_with_its_licence() -> None:
    assert {path.stem for path in (BUILT / "licences").iterdir()} == {"htmx", "inter", "gentium", "lucide"}


def test_every_icon_that_a_template_asks_for_is_in_the_sprite() -> None:
    sprite = (BUILT / "icons.svg").read_text(encoding="utf-8")
    pages = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "mafaka").rglob("templates/**/*.html")
    )
    asked = set(re.findall(r"{% icon [\"']([\w-]+)", pages)) | set(
        re.findall(r"<c-[^>]*\sicon=\"([\w-]+)\"", pages)
    )
    assert asked
    assert asked <= set(re.findall(r'<symbol id="([\w-]+)"', sprite))


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert packages
    assert all("resolved" not in entry and "integrity" in entry for entry in packages)


def test_versions_are_exact() -> None:
    wanted = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
