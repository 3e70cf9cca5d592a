"""Own name and father's name written the other way round: said, never changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mafaka.matching.lexicon import sex_of
from mafaka.matching.normalise import tokens


def order_note(name: str, sex: str) -> str | None:
    """A sentence when the first of two names is only given to the other sex, and the second may be given to this one.

    "Souleymane Rabi", a girl, is probably Rabi, daughter of Souleymane.
    """
    words = [word for word in tokens(name) if not word.weak]
    if len(words) != 2 or sex not in {"male", "female"}:
        return None
    first, second = (sex_of(word.normal) for word in words)
    if first in {None, sex} or second == first:
        return None
    return _("Le nom et le prénom sont peut-être inversés : « {name} ».").format(name=name)
