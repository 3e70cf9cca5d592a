"""Pages of reintegration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from mafaka.accounts.pages import SeeOther, page
from mafaka.cases.pages import case_page
from mafaka.cases.queries import find
from mafaka.common.forms import Form
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
    form = PlanForm(request.POST or None, initial=initial)
    write = partial(operations.draw_plan, case=case)
    return _answer(request, case, form, write, template="reintegration/draw.html", at=now)


@page("reintegration.write", methods=("GET", "POST"))
def support(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a support given."""
    case = find(reference, by=request.user, act="reintegration.write")
    form = SupportForm(request.POST or None, initial={"given_on": timezone.localdate()})

    def write(*, kind: str, **rest: Any) -> None:
        operations.record_support(case=case, kinds=[kind], **rest)

    return _answer(request, case, form, write, template="reintegration/support.html", at=timezone.now())


def _answer(
    request: HttpRequest, case: Any, form: Form, write: Callable[..., Any], *, template: str, at: datetime
) -> HttpResponse:
    """Carry out the one operation behind a form and return to the plan, or show the form (again)."""
    if request.method == "POST" and form.is_valid():
        try:
            write(by=request.user, at=at, **form.cleaned_data)
            return SeeOther(reverse("reintegration:plan", args=[case.reference]))
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="reintegration", at=at) | {"form": form}
    return render(request, template, context, status=422 if form.errors else 200)
