"""Forms of exchange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mafaka.common.forms import Form
from mafaka.exchange.operations import Answer
from mafaka.exchange.queries import FIELD_NAMES, Asked, Settling

SAME, DIFFERENT = "same", "different"
BESIDE = "beside"


class UploadForm(Form):
    """The register, and for those who work for several centres, which one it is from."""

    file = forms.FileField(
        label=_("Classeur du registre"),
        help_text=_("Un fichier .xlsx, de 10 Mo au plus et de 5 000 lignes au plus."),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        # A file too large for the server's memory never arrives: that looks like no file at all.
        error_messages={"required": _("Choisissez un classeur .xlsx de 10 Mo au plus.")},
    )

    def __init__(self, *args: Any, centres: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.centres = {str(centre.pk): centre for centre in centres}
        if len(centres) > 1:
            choices = [("", _("Choisir…")), *((key, each.name) for key, each in self.centres.items())]
            self.fields["centre"] = forms.ChoiceField(
                label=_("Centre"), choices=choices, error_messages={"required": _("Choisissez le centre.")}
            )
            self.order_fields(["centre", "file"])

    @property
    def centre(self) -> Any:
        """The chosen centre, or the only one."""
        chosen = self.cleaned_data.get("centre")
        return self.centres[chosen] if chosen else next(iter(self.centres.values()))


class SheetForm(Form):
    """Which sheet of the workbook is the register."""

    sheet = forms.TypedChoiceField(label=_("Feuille"), coerce=int)

    def __init__(self, *args: Any, settling: Settling, **kwargs: Any) -> None:
        super().__init__(*args, initial={"sheet": settling.sheet}, **kwargs)
        self.fields["sheet"].choices = list(enumerate(settling.sheets))  # type: ignore[attr-defined]


class ColumnsForm(Form):
    """What each column holds."""

    def __init__(self, *args: Any, settling: Settling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(BESIDE, _("Ne pas reprendre, garder avec la ligne")), *FIELD_NAMES.items()]
        for column in settling.columns:
            samples = " · ".join(sample[:60] for sample in column.samples)
            self.fields[f"column-{column.letter}"] = forms.ChoiceField(
                label=f"{column.letter}. {column.header}"[:120],
                choices=choices,
                initial=column.field or BESIDE,
                help_text=_("Par exemple : {samples}").format(samples=samples) if samples else "",
            )

    @property
    def mapping(self) -> dict[str, str]:
        """Letter -> field."""
        chosen = self.cleaned_data.items()
        return {name.removeprefix("column-"): "" if field == BESIDE else field for name, field in chosen}


class PairsForm(Form):
    """Same person or two people, for each pair of a page. A suggestion is only filled in, never decided."""

    def __init__(self, *args: Any, pairs: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = pairs
        for pair in pairs:
            choices = [(DIFFERENT, _("Deux personnes"))]
            if pair.mergeable:
                choices.insert(0, (SAME, _("Même personne")))
            self.fields[f"pair-{pair.key}"] = forms.ChoiceField(
                label=_("Votre décision"),
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                initial=_initial(pair),
            )

    @property
    def asked(self) -> list[tuple[Asked, forms.BoundField]]:
        """Each pair with its field."""
        return [(pair, self[f"pair-{pair.key}"]) for pair in self.pairs]

    @property
    def answers(self) -> list[Answer]:
        """What was answered; pairs left open are not in it."""
        return [
            Answer(pair.row, pair.other, chosen == SAME)
            for pair in self.pairs
            if (chosen := self.cleaned_data[f"pair-{pair.key}"])
        ]


def _initial(pair: Asked) -> str:
    if pair.decided is None:
        return SAME if pair.probable and pair.mergeable else ""
    return SAME if pair.decided else DIFFERENT


class RunForm(Form):
    """Whoever imports with pairs undecided says that they know what becomes of them."""

    confirmed = forms.BooleanField(
        label=_("Importer les paires sans décision comme des personnes différentes"),
        error_messages={"required": _("Décidez des doublons ci-dessus, ou cochez cette case.")},
    )

    def __init__(self, *args: Any, undecided: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.undecided = undecided
        if not undecided:
            del self.fields["confirmed"]
