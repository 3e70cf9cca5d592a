"""What the page of figures is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mafaka.common.forms import DateBoxesField, Form


class PeriodForm(Form):
    """The year, the day of presence, and for the agency the centre."""

    year = forms.TypedChoiceField(label=_("Année"), coerce=int)
    centre = forms.ChoiceField(label=_("Centre"), required=False)
    day = DateBoxesField(label=_("Présence le"), required=False)

    def __init__(self, *args: Any, years: list[int], centres: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        if len(centres) > 1:
            self.fields["centre"].choices = [  # type: ignore[attr-defined]
                ("", _("Tous les centres")),
                *((centre.code, centre.name) for centre in centres),
            ]
        else:
            del self.fields["centre"]
