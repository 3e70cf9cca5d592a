"""Pages of exchange: a register comes in step by step; each step can be left and taken up again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mafaka.accounts.pages import SeeOther, done, page
from mafaka.common.forms import posted
from mafaka.common.refusals import Refused
from mafaka.exchange import forms, operations, queries, tasks

ACT = queries.ACT
BOTH = ("GET", "POST")
ROWS, PAIRS = 25, 8


@page(ACT, methods=BOTH)
def imports(request: HttpRequest) -> HttpResponse:
    """List the registers handed over so far, and take a new one."""
    centres = queries.centres_of(by=request.user)
    form = forms.UploadForm(posted(request), request.FILES or None, centres=centres)
    if request.method == "POST" and centres and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = operations.upload(
                centre=form.centre, file=file.read(), name=file.name, by=request.user, at=timezone.now()
            )
            return SeeOther(reverse("exchange:mapping", args=[batch.pk]))
        except Refused as refused:
            form.add_error("file", refused.sentence)
    context = {"form": form, "centres": centres, "batches": queries.batches(by=request.user)}
    return render(request, "exchange/imports.html", context, status=422 if form.errors else 200)


@page(ACT, methods=BOTH)
def mapping(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what each column was taken for, and settle it."""
    batch = queries.find(batch_id, by=request.user, state=queries.State.READ)
    now = timezone.now()
    settling = queries.settling(batch, by=request.user, at=now)
    form = forms.ColumnsForm(posted(request), settling=settling)
    if request.method == "POST" and form.is_valid():
        try:
            operations.choose_mapping(batch=batch, mapping=form.mapping, by=request.user, at=now)
            return SeeOther(reverse("exchange:preview", args=[batch_id]))
        except Refused as refused:
            form.refuse(refused)
    sheets = forms.SheetForm(settling=settling) if len(settling.sheets) > 1 else None
    context = {"form": form, "sheets": sheets, "settling": settling, "batch": batch}
    status = 422 if form.errors else 200
    return render(request, "exchange/mapping.html", context | _steps(batch_id, "mapping"), status=status)


@page(ACT, methods=("POST",))
def sheet(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Read another sheet of the workbook."""
    batch = queries.find(batch_id, by=request.user, state=queries.State.READ)
    now = timezone.now()
    settling = queries.settling(batch, by=request.user, at=now)
    form = forms.SheetForm(request.POST, settling=settling)
    if form.is_valid():
        try:
            operations.choose_sheet(batch=batch, by=request.user, at=now, **form.cleaned_data)
            return SeeOther(reverse("exchange:mapping", args=[batch_id]))
        except Refused as refused:
            form.refuse(refused)
    columns = forms.ColumnsForm(settling=settling)
    context = {"form": columns, "sheets": form, "settling": settling, "batch": batch}
    return render(request, "exchange/mapping.html", context | _steps(batch_id, "mapping"), status=422)


@page(ACT)
def preview(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what each row will become, all of them or only those that need a look."""
    batch = queries.find(batch_id, by=request.user, state=queries.State.READ)
    found = queries.preview(batch, by=request.user, at=timezone.now())
    only = request.GET.get("voir") == "problemes"
    rows = [row for row in found.rows if row.problems or row.reason] if only else found.rows
    shown = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"batch": batch, "preview": found, "page": shown, "only": only}
    return render(request, "exchange/preview.html", context | _steps(batch_id, "preview"))


@page(ACT, methods=BOTH)
def repeats(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Put those who may be written down twice side by side, and take the decisions."""
    batch = queries.find(batch_id, by=request.user, state=queries.State.READ)
    now = timezone.now()
    asked = queries.suspected(batch, by=request.user, at=now)
    shown = Paginator(asked, PAIRS).get_page(request.GET.get("page"))
    form = forms.PairsForm(posted(request), pairs=list(shown))
    if request.method == "POST" and form.is_valid():
        try:
            operations.decide(batch=batch, answers=form.answers, by=request.user, at=now)
            messages.success(request, _("Les décisions de cette page sont gardées."))
            return SeeOther(f"{request.path}?page={shown.number + shown.has_next()}")
        except Refused as refused:
            form.refuse(refused)
    return _repeats(request, batch, asked, form, forms.RunForm(undecided=_undecided(asked)))


@page(ACT, methods=("POST",))
def run(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Begin the import, and lead to its progress."""
    batch = queries.find(batch_id, by=request.user, state=queries.State.READ)
    now = timezone.now()
    asked = queries.suspected(batch, by=request.user, at=now)
    form = forms.RunForm(request.POST, undecided=_undecided(asked))
    if form.is_valid():
        tasks.start(batch, by=request.user, at=now)
        return SeeOther(reverse("exchange:progress", args=[batch_id]))
    shown = Paginator(asked, PAIRS).get_page(request.GET.get("page"))
    return _repeats(request, batch, asked, forms.PairsForm(pairs=list(shown)), form)


def _undecided(asked: list[queries.Asked]) -> int:
    return sum(pair.decided is None for pair in asked)


def _repeats(request: HttpRequest, batch: Any, asked: list[Any], form: Any, last: Any) -> HttpResponse:
    context = {
        "batch": batch,
        "form": form,
        "last": last,
        "asked": len(asked),
        "undecided": last.undecided,
        "page": Paginator(asked, PAIRS).get_page(request.GET.get("page")),
    }
    status = 422 if form.errors or last.errors else 200
    return render(request, "exchange/repeats.html", context | _steps(batch.pk, "repeats"), status=status)


@page(ACT)
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Say how far the import is; lead to its account when it is done."""
    batch = queries.find(batch_id, by=request.user)
    if batch.state == queries.State.IMPORTED:
        address = reverse("exchange:report", args=[batch_id])
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)
    context = {"batch": batch, "standing": tasks.standing(batch_id)}
    return render(request, "exchange/progress.html", context)


@page(ACT)
def report(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Give the account of an import."""
    batch = queries.find(batch_id, by=request.user, state=queries.State.IMPORTED)
    outcome = queries.outcome(batch, by=request.user, at=timezone.now())
    shown = Paginator(outcome.people, 4 * ROWS).get_page(request.GET.get("page"))
    return render(request, "exchange/report.html", {"batch": batch, "outcome": outcome, "page": shown})


@page(ACT, methods=("POST",))
def abandon(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Give a register up: its file is erased."""
    batch = queries.find(batch_id, by=request.user, state=queries.State.READ)
    operations.abandon(batch=batch, by=request.user, at=timezone.now())
    return done(request, _("L’import est abandonné, son fichier est effacé."), "exchange:imports")


def _steps(batch_id: UUID, current: str) -> dict[str, Any]:
    steps = {
        "mapping": _("1. Colonnes"),
        "preview": _("2. Aperçu"),
        "repeats": _("3. Doublons et import"),
    }
    links = {name: reverse(f"exchange:{name}", args=[batch_id]) for name in steps}
    return {"steps": [(label, links[name], name == current) for name, label in steps.items()]}
