"""Pages of intake: the arrival at the gate, its receipt, the identity."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.accounts.pages import SeeOther, done, page
from mafaka.cases.pages import case_page
from mafaka.cases.queries import find
from mafaka.common.forms import posted
from mafaka.common.refusals import Refused
from mafaka.intake import operations, places, queries
from mafaka.intake.forms import ReceiveForm, RegistrationForm
from mafaka.organisations.queries import centres


@page("cases.receive", methods=("GET", "POST"))
def receive(request: HttpRequest) -> HttpResponse:
    """Receive a person: a blank case in one page. Who may not read cases gets a receipt."""
    form = ReceiveForm(posted(request), centres=centres(by=request.user), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            case = operations.receive(
                worker=_follower(request.user), by=request.user, at=timezone.now(), **form.told()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            registers = policy.allows(request.user, "cases.register", case)
            if not registers:
                return SeeOther(reverse("intake:receipt", args=[case.reference]))
            said = _(
                "Le dossier {reference} est ouvert. L’identité se relève au calme, maintenant ou plus tard."
            )
            return done(request, said.format(reference=case.reference), "intake:registration", case.reference)
    return render(request, "intake/receive.html", {"form": form}, status=422 if form.errors else 200)


def _follower(user: Any) -> Any:
    """Whoever of the centre holds interviews and receives somebody follows them, until another is designated."""
    return user if user.centre_id and policy.may(user, "assessments.interview") else None


@page("cases.receive")
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Say the number of a case that was just opened, and nothing else of it."""
    case = find(reference, by=request.user, act="cases.receive")
    return render(request, "intake/receipt.html", {"reference": case.reference})


@page("cases.register", methods=("GET", "POST"))
def registration(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who the person is, to those who write it down, and take it down."""
    case = find(reference, by=request.user, act="cases.register")
    now = timezone.now()
    known = queries.known(case, by=request.user, at=now)
    form = RegistrationForm(posted(request), known=known)
    if request.method == "POST" and form.is_valid():
        try:
            operations.register(case=case, on=timezone.localdate(), by=request.user, at=now, **form.told())
            return done(request, _("L’identité est notée."), "intake:registration", reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="identity", at=now) | {
        "form": form,
        "unknown_place": places.unknown(known.names) and known.names.origin_written,
        "near_places": places.suggestions(known.names) if places.unknown(known.names) else [],
        "alike": queries.possible_duplicates(case, by=request.user, at=now),
        "arrival": (row := queries.arrival(case, by=request.user)),
        "told": row and queries.told(row, by=request.user, at=now),
        "registered_on": case.fact.registered_on,
    }
    return render(request, "intake/registration.html", context, status=422 if form.errors else 200)
