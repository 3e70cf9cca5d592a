"""Pages of cases: the list, consent, the person responsible, closure."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mafaka.accounts.pages import SeeOther, done, page
from mafaka.accounts.queries import workers
from mafaka.cases import operations, queries
from mafaka.cases.forms import AssignForm, ClosingForm, ConsentForm, FilterForm, day_not_after
from mafaka.cases.labels import CLOSING_REASONS
from mafaka.cases.pages import case_page, list_line
from mafaka.common.forms import posted
from mafaka.common.refusals import Refused


@page("cases.list")
def case_list(request: HttpRequest) -> HttpResponse:
    """List the cases that this person may see, narrowed by filters, without names."""
    form = FilterForm(request.GET)
    cases = queries.narrowed(form.filters(), by=request.user)
    shown = Paginator(cases, queries.PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": shown, "lines": [list_line(case) for case in shown]}
    return render(request, "cases/list.html", context | {"words": form.words()})


@page("cases.assign", methods=("GET", "POST"))
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose who follows the case."""
    case = queries.find(reference, by=request.user, act="cases.assign")
    now = timezone.now()
    form = AssignForm(posted(request), workers=workers(by=request.user), initial={"worker": case.worker_id})
    if request.method == "POST" and form.is_valid():
        try:
            operations.assign(case=case, worker=form.cleaned_data["worker"], by=request.user, at=now)
            return done(request, _("La personne référente est désignée."), "office:case", reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="", at=now) | {"form": form}
    return render(request, "cases/assign.html", context, status=422 if form.errors else 200)


@page("cases.consent", methods=("GET", "POST"))
def consent(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the answers in force, and note a new one."""
    case = queries.find(reference, by=request.user, act="cases.consent")
    now = timezone.now()
    form = ConsentForm(posted(request), initial={"given_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day_not_after(form, "given_on", timezone.localdate())
        if form.is_valid():
            try:
                operations.note_consent(case=case, by=request.user, at=now, **form.cleaned_data)
                return done(request, _("La réponse est notée."), "cases:consent", reference)
            except Refused as refused:
                form.refuse(refused)
    context = case_page(request, case, tab="consent", at=now) | {
        "form": form,
        "answers": queries.answers(case, by=request.user, at=now),
    }
    return render(request, "cases/consent.html", context, status=422 if form.errors else 200)


@page("cases.consent", methods=("POST",))
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """End a consent on the word of the person."""
    case = queries.find(reference, by=request.user, act="cases.consent")
    purpose = request.POST.get("purpose", "")
    try:
        operations.withdraw_consent(
            case=case, purpose=purpose, on=timezone.localdate(), by=request.user, at=timezone.now()
        )
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return SeeOther(reverse("cases:consent", args=[reference]))
    return done(request, _("L’accord est retiré."), "cases:consent", reference)


@page("cases.close", methods=("GET", "POST"))
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the case, with its reason; or show that it is closed."""
    case = queries.find(reference, by=request.user, act="cases.close")
    now = timezone.now()
    form = ClosingForm(posted(request), initial={"closed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day_not_after(form, "closed_on", timezone.localdate())
        if form.is_valid():
            try:
                operations.close(case=case, by=request.user, at=now, **form.cleaned_data)
                return done(request, _("Le dossier est clos."), "office:case", reference)
            except Refused as refused:
                form.refuse(refused)
    context = case_page(request, case, tab="closing", at=now) | {
        "form": form,
        "reason_label": dict(CLOSING_REASONS).get(case.closing_reason, ""),
    }
    return render(request, "cases/closing.html", context, status=422 if form.errors else 200)


@page("cases.close", methods=("POST",))
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a closed case again."""
    case = queries.find(reference, by=request.user, act="cases.close")
    try:
        operations.reopen(case=case, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.warning(request, refused.sentence)
        return SeeOther(reverse("cases:closing", args=[reference]))
    return done(request, _("Le dossier est rouvert."), "cases:closing", reference)
