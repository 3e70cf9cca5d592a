"""Form parts that every room uses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from mafaka.common.refusals import Refused

EARLIEST_YEAR = 1900


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, also when it is empty; None when nothing was sent: the form is then blank."""
    return request.POST if request.method == "POST" else None


class Form(forms.Form):
    """A plain form whose errors can also come from the operation behind it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def refuse(self, refused: Refused) -> None:
        """Show what the operation refused: beside its fields where it names them, else above the form."""
        for field, sentence in refused.fields.items():
            self.add_error(field if field in self.fields else None, sentence)
        if not refused.fields:
            self.add_error(None, refused.sentence)


class DateBoxes(forms.MultiWidget):
    """Day, month and year in three boxes: nobody has to guess an order or a separator (GOV.UK pattern)."""

    template_name = "django/forms/widgets/date_boxes.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = [
            forms.TextInput(
                attrs={"inputmode": "numeric", "size": size, "maxlength": size, "autocomplete": "off"}
            )
            for size in (2, 2, 4)
        ]
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DateBoxesField(forms.MultiValueField):
    """A date typed as day, month, year.

    `latest` is a function that gives the last lawful day (today, for what has happened).
    """

    widget = DateBoxes

    def __init__(
        self,
        *,
        earliest_year: int = EARLIEST_YEAR,
        latest: Callable[[], date] | None = None,
        **kwargs: Any,
    ) -> None:
        self.earliest_year = earliest_year
        self.latest = latest
        message = kwargs.pop("missing", None) or _("Indiquez la date : jour, mois et année.")
        kwargs["error_messages"] = {"required": message, "incomplete": message}
        boxes = [forms.CharField(max_length=4, required=False) for _box in range(3)]
        super().__init__(boxes, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        parts = [part.strip() for part in data_list or []]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"])
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"])
        none_such = _("Cette date n’existe pas. Vérifiez le jour, le mois et l’année.")
        if not all(part.isdecimal() for part in parts):  # int() also reads "1_2" and "+1"
            raise ValidationError(none_such)
        try:
            day, month, year = (int(part) for part in parts)
            found = date(year, month, day)
        except ValueError as error:
            raise ValidationError(none_such) from error
        if not self.earliest_year <= found.year <= 2100:
            raise ValidationError(_("L’année doit s’écrire en quatre chiffres, par exemple 2026."))
        if self.latest and found > self.latest():
            raise ValidationError(_("Cette date n’est pas encore venue."))
        return found
