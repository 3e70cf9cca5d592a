"""A text is marked for translation under a name that the tools know: else nobody sets or translates it."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.source import ROOT, plant, report, sources
from tools.typography import IN_CONTEXT, TRANSLATORS

KNOWN = {*TRANSLATORS, *IN_CONTEXT}
MARKS = {name for name in KNOWN if name != "_"}


def unknown_marks(root: Path) -> list[str]:
    """Return the imports that give a function of gettext a name of one's own."""
    return [
        f"{source.name}:{node.lineno} {alias.name} as {alias.asname}"
        for source in sources(root, "mafaka")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in MARKS and (alias.asname or alias.name) not in KNOWN
    ]


def test_every_text_is_marked_under_a_known_name() -> None:
    assert not (faults := unknown_marks(ROOT)), report(faults)


def test_a_mark_of_ones_own_is_found(tmp_path: Path) -> None:
    head = "from django.utils.translation import "
    plant(tmp_path, "mafaka/stays/forms.py", f"{head}gettext_lazy as _\n{head}gettext, ngettext, pgettext\n")
    assert unknown_marks(tmp_path) == []
    plant(tmp_path, "mafaka/stays/forms.py", f"{head}gettext_lazy as _\n{head}gettext as _now\n")
    assert unknown_marks(tmp_path) == ["mafaka/stays/forms.py:2 gettext as _now"]
