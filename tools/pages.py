"""The table of docs/develop/pages.md: every page, its act, and who may open it.

`python -m tools.pages` writes it anew.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "develop" / "pages.md"
BEGIN, END = "<!-- pages: begin -->", "<!-- pages: end -->"


def table() -> str:
    """Return the table as it follows from the addresses and the policy."""
    from django.urls import get_resolver

    from mafaka.accounts.pages import PUBLIC
    from mafaka.accounts.policy import OWN, POLICY
    from mafaka.accounts.roles import Role

    lines = ["| page | act | who |", "|---|---|---|"]
    for address, view in sorted(_pages(get_resolver().url_patterns)):
        if view.act == PUBLIC:
            who = "everybody, signed in or not"
        elif len(POLICY[view.act]) == len(Role):
            who = "everybody signed in"
        else:
            row = POLICY[view.act].items()
            who = ", ".join(f"{role.value} (own)" if reach is OWN else role.value for role, reach in row)
        lines.append(f"| `/{address}` {' '.join(view.methods)} | {view.act} | {who} |")
    return "\n".join(lines)


def _pages(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _pages(pattern.url_patterns)
        else:
            yield str(pattern.pattern), pattern.callback


def with_table(text: str) -> str:
    """Return the document with the table between its marks."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.split(END)[1]}"


def main() -> None:
    """Write the table into the document."""
    import django

    os.environ["MAFAKA_HOME"] = tempfile.mkdtemp()
    os.environ["DJANGO_SETTINGS_MODULE"] = "mafaka.config.settings"
    from mafaka.vault import keyfile

    keyfile.create()
    django.setup()
    DOCUMENT.write_text(with_table(DOCUMENT.read_text()))


if __name__ == "__main__":
    main()
