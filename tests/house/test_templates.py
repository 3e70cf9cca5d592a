"""Templates: each is used, and each lies in the folder of its own room."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.source import ROOT, files, plant, report

# Found by Django under their name, from no file of ours.
CALLED_BY_DJANGO = re.compile(r"^(?:\d{3}(?:_csrf)?\.html|django/forms/.+)$")
SHARED = {"cotton", "django"}


def templates(root: Path) -> dict[str, Path]:
    """Return the templates by the name under which Django knows them."""
    found = [
        path for path in files(root, "mafaka", suffix="") if "templates" in path.parts and path.is_file()
    ]
    return {path.as_posix().rpartition("/templates/")[2]: path for path in found}


def component_tag(name: str) -> re.Pattern[str]:
    """Return what calls a component: cotton/tag/big_one.html is written <c-tag.big-one>."""
    dotted = name.removeprefix("cotton/").removesuffix(".html").removesuffix("/index").replace("/", ".")
    return re.compile(rf"<c-{re.escape(dotted).replace('_', '[-_]')}[\s/>]")


def is_used(name: str, texts: dict[Path, str], own: Path) -> bool:
    """Say whether any other file names a template."""
    others = (text for path, text in texts.items() if path != own)
    if name.startswith("cotton/"):
        tag = component_tag(name)
        return any(tag.search(text) or name in text for text in others)
    return any(f'"{name}"' in text or f"'{name}'" in text or f'"{name}#' in text for text in others)


def unused(root: Path) -> list[str]:
    found = templates(root)
    written = {*found.values(), *files(root, "mafaka")}
    texts = {path: path.read_text(encoding="utf-8") for path in written}
    return [
        name
        for name, path in sorted(found.items())
        if not CALLED_BY_DJANGO.match(name) and not is_used(name, texts, path)
    ]


def strayed(root: Path) -> list[str]:
    """Return the templates that lie in one room under the name of another."""
    faults = []
    for name, path in templates(root).items():
        room = path.relative_to(root).parts[1]
        if "/" in name and name.partition("/")[0] not in {room, *SHARED}:
            faults.append(path.relative_to(root).as_posix())
    return sorted(faults)


def test_every_template_is_used() -> None:
    assert not (faults := unused(ROOT)), report(faults)


def test_every_template_lies_in_its_room() -> None:
    assert not (faults := strayed(ROOT)), report(faults)


def test_an_unused_template_is_found(tmp_path: Path) -> None:
    room = "mafaka/stays/templates"
    plant(tmp_path, f"{room}/404.html", "")
    plant(tmp_path, f"{room}/django/forms/div.html", "")
    plant(tmp_path, f"{room}/stays/board.html", '{% extends "stays/base.html" %}<c-card.big-one />')
    plant(tmp_path, f"{room}/stays/base.html", "")
    plant(tmp_path, f"{room}/stays/old.html", '"stays/old.html"')
    plant(tmp_path, f"{room}/cotton/card/big_one.html", "")
    plant(tmp_path, f"{room}/cotton/big.html", "")
    plant(tmp_path, "mafaka/stays/views.py", 'render(request, "stays/board.html")')
    assert unused(tmp_path) == ["cotton/big.html", "stays/old.html"]


def test_a_component_is_used_by_its_whole_name_only(tmp_path: Path) -> None:
    room = "mafaka/ui/templates"
    plant(tmp_path, f"{room}/cotton/tag.html", "")
    plant(tmp_path, f"{room}/404.html", "<c-tags /><c-tag-list>")
    assert unused(tmp_path) == ["cotton/tag.html"]


def test_a_strayed_template_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "mafaka/stays/templates/cases/a.html", "")
    plant(tmp_path, "mafaka/stays/templates/stays/a.html", "")
    plant(tmp_path, "mafaka/ui/templates/cotton/a.html", "")
    assert strayed(tmp_path) == ["mafaka/stays/templates/cases/a.html"]
