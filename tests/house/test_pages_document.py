"""The developers' table of pages says what the addresses and the policy say."""

from __future__ import annotations

from tools.pages import DOCUMENT, with_table


def test_every_page_is_in_the_document_with_who_may_open_it() -> None:
    text = DOCUMENT.read_text()
    assert text == with_table(text), "run `python -m tools.pages`"


def test_a_page_that_is_not_in_the_document_is_noticed() -> None:
    text = DOCUMENT.read_text()
    line = next(line for line in text.splitlines() if "/sejours/" in line)
    assert with_table(text.replace(line + "\n", "")) == with_table(text)
    assert text.replace(line + "\n", "") != with_table(text)
