"""Forms of stays."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mafaka.common.forms import DateBoxesField, Form
from mafaka.stays.labels import LEAVING_REASONS

DATE_HINT = gettext_lazy("Par exemple 12 10 2026")


class BedForm(Form):
    """A free bed to choose."""

    bed = forms.ChoiceField(
        label=gettext_lazy("Lit"), error_messages={"required": gettext_lazy("Choisissez un lit libre.")}
    )

    def __init__(self, *args: Any, beds: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beds = {str(bed.pk): bed for bed in beds}
        field = self.fields["bed"]
        field.choices = [("", _("Choisir…")), *self._choices()]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = _("Ce lit n’est plus libre. Choisissez un lit libre.")
        field.help_text = free_in_words(beds)

    def _choices(self) -> list[tuple[str, str]]:
        said = _("{bed}, {room}")
        return [(key, said.format(bed=bed.label, room=bed.room.name)) for key, bed in self.beds.items()]

    def clean_bed(self) -> Any:
        return self.beds.get(self.cleaned_data["bed"])


class AdmissionForm(BedForm):
    """The day of the admission, and the bed, which may be found later."""

    field_order = ["from_date", "bed"]
    LATER = "later"

    from_date = DateBoxesField(
        label=gettext_lazy("Date d’admission"),
        help_text=DATE_HINT,
        missing=gettext_lazy("Indiquez la date d’admission."),
    )

    def _choices(self) -> list[tuple[str, str]]:
        return [*super()._choices(), (self.LATER, _("Lit à attribuer plus tard"))]


class LeavingForm(Form):
    """When and why somebody leaves for good."""

    left_on = DateBoxesField(
        label=gettext_lazy("Date de départ"),
        help_text=DATE_HINT,
        missing=gettext_lazy("Indiquez la date de départ."),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Motif du départ"),
        choices=LEAVING_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez le motif du départ.")},
    )


def free_in_words(beds: list[Any]) -> str:
    """Return how many beds are free, in all and room by room: « 10 lits libres. Dortoir des filles : 4. »"""
    if not beds:
        return _("Aucun lit libre.")
    total = ngettext("%(count)d lit libre.", "%(count)d lits libres.", len(beds)) % {"count": len(beds)}
    said = _("{room} : {count}.")
    rooms = Counter(bed.room.name for bed in beds)
    return " ".join([total, *(said.format(room=room, count=count) for room, count in rooms.items())])
