"""Names of people as registers write them: cleaned of what is invisible, and otherwise left as they are."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext as _

from mafaka.registers.values import Parsed, says_nothing
from mafaka.workbooks.written import written

LONGEST_NAME = 200

# Small words inside a name: son of, daughter of, of, known as.
_PARTICLES = {"ag", "ould", "mint", "walet", "oulet", "ibn", "bin", "bint", "de", "dit", "dite"}
_NAMELESS = {"x", "xx", "xxx", "nn", "sans nom", "anonyme", "non communique"}
_WORD = re.compile(r"[^\W\d_]+")


def clean(value: Any) -> tuple[str, bool]:
    """The text without control and direction characters, blanks reduced; and whether something was taken out."""
    text = written(value)
    # Cc control, Cf format (direction marks, zero width), Cs lone surrogate, Co private, Cn unassigned
    visible = "".join(" " if c in "\t\n\r\x0b\x0c\u2028\u2029" else c for c in text)
    kept = "".join(c for c in visible if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return " ".join(kept.split()), kept != visible


def parse_name(value: Any) -> Parsed[str]:
    """Read a name; empty when there is none. Capitals become ordinary letters; the order is never changed."""
    text = written(value)
    tidy, hidden = clean(value)
    if says_nothing(tidy) or tidy.lower().strip(" .") in _NAMELESS:
        return Parsed("", text)
    notes = [_("Des caractères invisibles ont été retirés du nom.")] if hidden else []
    if len(tidy) > LONGEST_NAME:
        problem = _("Le nom a {length} caractères : il est gardé tel quel, à vérifier.").format(
            length=len(tidy)
        )
        return Parsed(tidy, text, problem, " ".join(notes) or None)
    if tidy.isupper():
        tidy = _WORD.sub(_in_ordinary_letters, tidy)
        notes.append(_("Nom écrit en capitales."))
    problem = _("Le nom « {text} » contient des chiffres : à vérifier.").format(text=tidy)
    has_digits = any(c.isdigit() for c in tidy)
    return Parsed(tidy, text, problem if has_digits else None, " ".join(notes) or None)


def _in_ordinary_letters(found: re.Match[str]) -> str:
    word = found[0].lower()
    return word if word in _PARTICLES and found.start() else word.capitalize()
