"""Pages of reintegration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
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
from mafaka.cases.pages import case_page
from mafaka.cases.queries import find
from mafaka.common.forms import Form, posted
from mafaka.common.refusals import Refused
from mafaka.reintegration import operations, queries
from mafaka.reintegration.forms import PlanForm, SupportForm


@page("reintegration.read")
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the plan and the supports given."""
    case = find(reference, by=request.user, act="reintegration.read")
    now = timezone.now()
    context = case_page(request, case, tab="reintegration", at=now)
    shown = queries.reintegration(case, by=request.user, at=now)
    return render(request, "reintegration/plan.html", context | {"reintegration": shown})


@page("reintegration.write", methods=("GET", "POST"))
def draw(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw up the plan, or revise it."""
    case = find(reference, by=request.user, act="reintegration.write")
    now = timezone.now()
    known = queries.reintegration(case, by=request.user, at=now) if request.method == "GET" else None
    initial = {"goal": known.goal if known else "", "drawn_on": timezone.localdate()}
    form = PlanForm(posted(request), initial=initial)
    write = partial(operations.draw_plan, case=case)
    said = _("Le plan est noté.")
    return _answer(request, case, form, write, said=said, template="reintegration/draw.html", at=now)


@page("reintegration.write", methods=("GET", "POST"))
def support(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a support given."""
    case = find(reference, by=request.user, act="reintegration.write")
    form = SupportForm(posted(request), initial={"given_on": timezone.localdate()})

    def write(*, kind: str, **rest: Any) -> None:
        operations.record_support(case=case, kinds=[kind], **rest)

    said, now = _("L’appui est noté."), timezone.now()
    return _answer(request, case, form, write, said=said, template="reintegration/support.html", at=now)


@page("reintegration.write", methods=("POST",))
def withdraw(request: HttpRequest, reference: str, support_id: UUID) -> HttpResponse:
    """Take back a support that was noted by mistake."""
    case = find(reference, by=request.user, act="reintegration.write")
    support = queries.support(case, support_id, by=request.user)
    try:
        operations.withdraw_support(support=support, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return SeeOther(reverse("reintegration:plan", args=[reference]))
    return done(request, _("L’appui est retiré."), "reintegration:plan", reference)


def _answer(
    request: HttpRequest,
    case: Any,
    form: Form,
    write: Callable[..., Any],
    *,
    said: str,
    template: str,
    at: datetime,
) -> HttpResponse:
    """Carry out the one operation behind a form and return to the plan, or show the form (again)."""
    if request.method == "POST" and form.is_valid():
        try:
            write(by=request.user, at=at, **form.cleaned_data)
            return done(request, said, "reintegration:plan", case.reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="reintegration", at=at) | {"form": form}
    return render(request, template, context, status=422 if form.errors else 200)
