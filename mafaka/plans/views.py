"""Pages of plans: the plan with its services, and one service."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mafaka.accounts.pages import done, page
from mafaka.assessments.queries import open_need
from mafaka.cases.pages import case_page
from mafaka.cases.queries import find
from mafaka.common.forms import posted
from mafaka.common.refusals import Refused
from mafaka.plans import operations, queries
from mafaka.plans.forms import DrawForm, ServiceForm, StateForm


@page("plans.read", methods=("GET", "POST"))
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the plan and add a service to it, or draw it where there is none yet."""
    case = find(reference, by=request.user, act="plans.write" if request.method == "POST" else "plans.read")
    now = timezone.now()
    drawn = queries.plan_of(case, by=request.user)
    form: DrawForm | ServiceForm
    # Somebody else may have drawn the plan meanwhile: the goal typed here is still shown, and refused.
    if drawn is None or "goal" in request.POST:
        form = DrawForm(posted(request), today=timezone.localdate())
    else:
        form = ServiceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if drawn is None or isinstance(form, DrawForm):
                operations.draw_plan(case=case, by=request.user, at=now, **form.cleaned_data)
                said = _("Le plan est établi. Ajoutez les services, besoin par besoin.")
            else:
                operations.add_service(plan=drawn, by=request.user, at=now, **form.cleaned_data)
                said = _("Le service est ajouté au plan.")
            return done(request, said, "plans:plan", reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="plan", at=now) | {
        "form": form,
        "drawing": isinstance(form, DrawForm),
        "plan": queries.plan(case, by=request.user, at=now),
        "may_write": queries.may_write(case, by=request.user),
    }
    return render(request, "plans/plan.html", context, status=422 if form.errors else 200)


@page("plans.write", methods=("GET", "POST"))
def service(request: HttpRequest, reference: str, service_id: UUID) -> HttpResponse:
    """Show one service, and bring it to its next state."""
    case = find(reference, by=request.user, act="plans.write")
    now = timezone.now()
    chosen = queries.service(case, service_id, by=request.user)
    form = StateForm(
        posted(request),
        state=chosen.state,
        need_is_open=open_need(case, chosen.need, by=request.user) is not None,
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.advance_service(service=chosen, by=request.user, at=now, **form.cleaned_data)
            return done(request, _("L’état du service est noté."), "plans:plan", reference)
        except Refused as refused:
            form.refuse(refused)
            chosen = queries.service(case, service_id, by=request.user)  # as it still stands
    context = case_page(request, case, tab="plan", at=now) | {
        "form": form,
        "service": queries.line(chosen, by=request.user, at=now),
    }
    return render(request, "plans/service.html", context, status=422 if form.errors else 200)
