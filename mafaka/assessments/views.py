"""Pages of assessments: interviews and needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mafaka.accounts.pages import SeeOther, done, page
from mafaka.accounts.queries import workers
from mafaka.assessments import operations, queries
from mafaka.assessments.forms import InterviewForm, NeedForm
from mafaka.assessments.palermo import weigh
from mafaka.cases.pages import case_page
from mafaka.cases.queries import find
from mafaka.common.forms import posted
from mafaka.common.refusals import Refused


@page("assessments.read")
def interviews(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the interviews held, newest first, with what their answers support."""
    case = find(reference, by=request.user, act="assessments.read")
    now = timezone.now()
    context = case_page(request, case, tab="interview", at=now) | {
        "interviews": queries.interviews(case, by=request.user, at=now),
        "forms": queries.form_labels(case, by=request.user),
        "child": queries.counts_as_child(case, by=request.user),
    }
    return render(request, "assessments/interviews.html", context)


@page("assessments.interview", methods=("GET", "POST"))
def interview(request: HttpRequest, reference: str) -> HttpResponse:
    """Record an interview; `verify` only shows what the answers support so far, and keeps nothing."""
    case = find(reference, by=request.user, act="assessments.interview")
    now, child = timezone.now(), queries.counts_as_child(case, by=request.user)
    team = [worker for worker in workers(by=request.user) if worker.centre_id in {None, case.centre_id}]
    form = InterviewForm(
        posted(request),
        workers=team,
        today=timezone.localdate(),
        initial={"interviewer": str(request.user.pk)},
    )
    if request.method == "POST" and form.is_valid() and "verify" not in request.POST:
        try:
            operations.record_interview(case=case, by=request.user, at=now, **form.cleaned_data)
            return done(request, _("L’entretien est noté."), "assessments:interviews", reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="interview", at=now) | {
        "form": form,
        "child": child,
        "finding": weigh(child=child, **form.elements) if form.is_bound else None,
    }
    return render(request, "assessments/interview.html", context, status=422 if form.errors else 200)


@page("assessments.needs", methods=("GET", "POST"))
def needs(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the needs of a case, and note a new one."""
    case = find(reference, by=request.user, act="assessments.needs")
    now = timezone.now()
    lines = queries.needs(case, by=request.user, at=now)
    open_kinds = {line.code for line in lines if not line.met_on}
    form = NeedForm(posted(request), today=timezone.localdate(), open_kinds=open_kinds)
    if request.method == "POST" and form.is_valid():
        seen = dict(form.cleaned_data)
        try:
            operations.identify_needs(case=case, needs=[seen.pop("kind")], by=request.user, at=now, **seen)
            return done(request, _("Le besoin est noté."), "assessments:needs", reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="needs", at=now) | {
        "form": form,
        "open_needs": [line for line in lines if not line.met_on],
        "met_needs": [line for line in lines if line.met_on],
    }
    return render(request, "assessments/needs.html", context, status=422 if form.errors else 200)


@page("assessments.needs", methods=("POST",))
def meet(request: HttpRequest, reference: str, need_id: UUID) -> HttpResponse:
    """Note that a need was met today."""
    write = partial(operations.meet_need, met_on=timezone.localdate())
    return _change_need(request, reference, need_id, write, _("Le besoin est comblé."))


@page("assessments.needs", methods=("POST",))
def unmeet(request: HttpRequest, reference: str, need_id: UUID) -> HttpResponse:
    """Say that a need is not met after all."""
    said = _("Le besoin est de nouveau à combler.")
    return _change_need(request, reference, need_id, operations.reopen_need, said)


@page("assessments.needs", methods=("POST",))
def withdraw(request: HttpRequest, reference: str, need_id: UUID) -> HttpResponse:
    """Take back a need that was noted by mistake."""
    said = _("Le besoin est retiré.")
    return _change_need(request, reference, need_id, operations.withdraw_need, said)


def _change_need(
    request: HttpRequest, reference: str, need_id: UUID, write: Callable[..., Any], said: str
) -> HttpResponse:
    case = find(reference, by=request.user, act="assessments.needs")
    need = queries.need(case, need_id, by=request.user)
    try:
        write(need=need, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return SeeOther(reverse("assessments:needs", args=[reference]))
    return done(request, said, "assessments:needs", reference)
