"""What an operation says when it will not do what was asked."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """An operation refuses: `sentence` is shown to the user as it stands.

    `fields` ties the refusal to form fields (field name -> sentence), so that the page can show it
    beside what was typed.
    """

    def __init__(self, sentence: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.fields = dict(fields or {})
