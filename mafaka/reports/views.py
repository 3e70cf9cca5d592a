"""Pages of figures: a year's report, and the list behind a number."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.accounts.pages import page
from mafaka.cases.pages import sex_words
from mafaka.organisations.queries import centre as find_centre
from mafaka.organisations.queries import centres
from mafaka.reports import queries
from mafaka.reports.chart import bars
from mafaka.reports.forms import PeriodForm
from mafaka.reports.period import FIRST_YEAR, LAST_YEAR


@page("reports.figures")
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a year; the last one in which somebody arrived, unless another is chosen."""
    now = timezone.now()
    years = queries.last_years(by=request.user, at=now)
    form = PeriodForm(request.GET or None, years=years, centres=centres(by=request.user))
    chosen = form.cleaned_data if form.is_valid() else {}
    centre = find_centre(code=chosen["centre"], by=request.user) if chosen.get("centre") else None
    report = queries.figures(
        year=chosen.get("year") or years[0], centre=centre, day=chosen.get("day"), by=request.user, at=now
    )
    if not form.is_bound or form.is_valid():
        form = _filled(form, report, chosen.get("centre", ""))
    asked = {"day": report.day.isoformat()} | ({"centre": centre.code} if centre else {})
    context = {
        "form": form,
        "report": report,
        "bars": bars(
            [
                (date_format(date(report.year, month, 1), "N"), line.value)
                for month, line in enumerate(report.tables[0].lines, start=1)
            ]
        ),
        "may_list": policy.may(request.user, "reports.list"),
        "asked": urlencode(asked),
    }
    return render(request, "reports/figures.html", context, status=422 if form.errors else 200)


def _filled(form: PeriodForm, report: queries.Figures, centre: str) -> PeriodForm:
    """Return the form as it shall be shown: with the year and the day that the figures are of."""
    form.is_bound = False
    form.initial = {"year": report.year, "day": report.day, "centre": centre}
    return form


@page("reports.list")
def behind(request: HttpRequest, year: int, figure: str) -> HttpResponse:
    """Show the cases behind a figure, without names."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise queries.NoSuchFigure
    code = request.GET.get("centre", "")
    centre = find_centre(code=code, by=request.user) if code.isalnum() else None
    if code and centre is None:
        raise queries.NoSuchFigure
    listing = queries.listing(
        year=year,
        code=figure,
        centre=centre,
        day=_day(request.GET.get("day", "")),
        page=request.GET.get("page", "1"),
        by=request.user,
        at=timezone.now(),
    )
    lines = [(line, sex_words(line.sex, line.is_child)) for line in listing.page]
    context = {
        "listing": listing,
        "lines": lines,
        "year": year,
        "crumbs": _crumbs(request, year, listing.label),
    }
    return render(request, "reports/list.html", context)


def _crumbs(request: HttpRequest, year: int, label: str) -> list[tuple[str, str]]:
    """Return the way back to the same year, day and centre."""
    asked = {"year": str(year), "centre": request.GET.get("centre", "")}
    if day := _day(request.GET.get("day", "")):
        asked |= {"day_0": str(day.day), "day_1": str(day.month), "day_2": str(day.year)}
    back = f"{reverse('reports:figures')}?{urlencode(asked)}"
    return [(_("Chiffres de {year}").format(year=year), back), (label, "")]


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
