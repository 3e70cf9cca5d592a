"""Pages of stays: the board of beds, the stay of one person, their departure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.accounts.pages import SeeOther, done, page
from mafaka.cases.pages import case_page
from mafaka.cases.queries import find
from mafaka.common.forms import Form, posted
from mafaka.common.refusals import Refused
from mafaka.stays import operations, queries
from mafaka.stays.forms import AdmissionForm, BedForm, LeavingForm


@page("stays.board")
def board(request: HttpRequest) -> HttpResponse:
    """Show the rooms and their beds, without names."""
    shown = queries.board(by=request.user, on=timezone.localdate())
    return render(request, "stays/board.html", {"board": shown})


@page("stays.read")
def stay(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the stays of a case, and the admission form when nobody sleeps here."""
    case = find(reference, by=request.user, act="stays.read")
    form = _admission_form(request, case) if policy.allows(request.user, "stays.write", case) else None
    return _stay_page(request, case, form)


@page("stays.write", methods=("GET", "POST"))
def admit(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a person in."""
    case = find(reference, by=request.user, act="stays.write")
    form = _admission_form(request, case)
    if request.method == "POST" and form.is_valid() and _has_come(form, "from_date"):
        try:
            operations.admit(case=case, by=request.user, at=timezone.now(), **form.cleaned_data)
            return done(request, _("L’admission est notée."), "stays:stay", reference)
        except Refused as refused:
            form.refuse(refused)
    return _stay_page(request, case, form)


@page("stays.write", methods=("GET", "POST"))
def change_bed(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a housed person another bed."""
    case = find(reference, by=request.user, act="stays.write")
    form = BedForm(posted(request), beds=queries.free_beds(by=request.user, centre_id=case.centre_id))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_bed(case=case, by=request.user, at=timezone.now(), **form.cleaned_data)
            return done(request, _("Le lit est donné."), "stays:stay", reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="stay", at=timezone.now()) | {"form": form}
    return render(request, "stays/change_bed.html", context, status=422 if form.errors else 200)


@page("stays.write", methods=("GET", "POST"))
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that a person leaves for good."""
    case = find(reference, by=request.user, act="stays.write")
    form = LeavingForm(posted(request), initial={"left_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _has_come(form, "left_on"):
        try:
            operations.leave(case=case, by=request.user, at=timezone.now(), **form.cleaned_data)
            return done(request, _("Le départ est noté."), "stays:stay", reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="stay", at=timezone.now()) | {
        "form": form,
        "current": queries.panel(case, by=request.user, on=timezone.localdate()),
    }
    return render(request, "stays/leave.html", context, status=422 if form.errors else 200)


@page("stays.write", methods=("POST",))
def undo_leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back a departure that was noted by mistake."""
    case = find(reference, by=request.user, act="stays.write")
    try:
        stay = operations.undo_leave(case=case, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return SeeOther(reverse("stays:stay", args=[reference]))
    said = (
        _("Le séjour continue.")
        if stay.bed
        else _("Le séjour continue. Le lit a été donné : attribuez-en un.")
    )
    return done(request, said, "stays:stay", reference)


@page("stays.write", methods=("GET", "POST"))
def bed(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    """Show a bed that nobody sleeps in; take it out of service, or put it back."""
    shown = queries.bed(bed_id, by=request.user)
    if shown is None:
        raise Http404
    if request.method == "POST":
        act = operations.return_to_service if shown.out_of_service else operations.put_out_of_service
        try:
            act(bed=shown, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.warning(request, refused.sentence)
            return SeeOther(reverse("stays:board"))
        back = _("Le lit {bed} est remis en service.")
        out = _("Le lit {bed} est hors service.")
        return done(request, (back if shown.out_of_service else out).format(bed=shown.label), "stays:board")
    return render(request, "stays/bed.html", {"bed": shown})


def _admission_form(request: HttpRequest, case: Any) -> AdmissionForm:
    beds = queries.free_beds(by=request.user, centre_id=case.centre_id)
    return AdmissionForm(posted(request), beds=beds, initial={"from_date": timezone.localdate()})


def _has_come(form: Form, name: str) -> bool:
    value = form.cleaned_data[name]
    if value and value > timezone.localdate():
        form.add_error(name, _("Cette date n’est pas encore venue."))
    return form.is_valid()


def _stay_page(request: HttpRequest, case: Any, form: AdmissionForm | None) -> HttpResponse:
    lines = queries.stays_of(case, by=request.user, on=timezone.localdate())
    current = next((line for line in lines if line.is_open), None)
    context = case_page(request, case, tab="stay", at=timezone.now()) | {
        "current": current,
        "past": [line for line in lines if not line.is_open],
        "form": form if (form and form.errors) or not (current or case.closed_on) else None,
        "may_change": form is not None,
    }
    return render(request, "stays/stay.html", context, status=422 if form and form.errors else 200)
