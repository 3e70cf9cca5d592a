"""Pages of tracing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

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
from mafaka.tracing import forms, operations, queries

BOTH = ("GET", "POST")


@page("tracing.read")
def tracing(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who must not be contacted, then the search, its leads and the return."""
    case = find(reference, by=request.user, act="tracing.read")
    now = timezone.now()
    context = case_page(request, case, tab="tracing", at=now)
    return render(
        request, "tracing/tracing.html", context | {"tracing": queries.tracing(case, by=request.user, at=now)}
    )


@page("tracing.write", methods=BOTH)
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Flag a relative who must not be contacted."""
    case = find(reference, by=request.user, act="tracing.write")
    form = forms.RiskForm(posted(request))
    write, said = partial(operations.note_risk_contact, case=case), _("Ce contact à risque est signalé.")
    return _answer(request, case, form, write, said=said, template="tracing/risk.html")


@page("tracing.write", methods=BOTH)
def lift(request: HttpRequest, reference: str) -> HttpResponse:
    """Lift the warning about a relative, with the reason."""
    case = find(reference, by=request.user, act="tracing.write")
    now = timezone.now()
    contacts = {str(contact.pk): contact for contact in queries.live_contacts(case, by=request.user)}
    if not contacts:
        return _back(request, case, _("Aucun contact à risque n’est signalé."))
    form = forms.LiftForm(posted(request), contacts=queries.risk_choices(case, by=request.user, at=now))

    def write(*, contact: str, **rest: Any) -> None:
        operations.lift_risk_contact(contact=contacts[contact], **rest)

    said = _("Le signalement est levé.")
    return _answer(request, case, form, write, said=said, template="tracing/lift.html", at=now)


@page("tracing.write", methods=BOTH)
def request_tracing(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a search after the best-interests check, or keep the decision not to search."""
    case = find(reference, by=request.user, act="tracing.write")
    today = timezone.localdate()
    form = forms.RequestForm(
        posted(request),
        regions=queries.regions(by=request.user),
        initial={"region": case.fact.region, "opened_on": today},
    )

    def write(**content: Any) -> None:
        if content["best_interests_outcome"] == "favourable":
            operations.open_request(case=case, **content)
            return
        kept = ("relation", "region", "best_interests_on", "reasons", "by", "at")
        operations.decline_request(case=case, **{name: content[name] for name in kept})

    said = _("La décision est gardée : la famille n’est pas recherchée.")
    if request.POST.get("best_interests_outcome") == "favourable":
        said = _("La recherche est ouverte. Notez chaque piste, même celle qui ne mène nulle part.")
    return _answer(request, case, form, write, said=said, template="tracing/request.html")


@page("tracing.write", methods=BOTH)
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """End the search without reunification."""
    case = find(reference, by=request.user, act="tracing.write")
    live = queries.live_request(case, by=request.user)
    if live is None:
        return _back(request, case, _("Aucune recherche n’est en cours."))
    form = forms.EndForm(posted(request), initial={"closed_on": timezone.localdate()})
    write, said = partial(operations.end_request, request=live), _("La recherche est arrêtée.")
    return _answer(request, case, form, write, said=said, template="tracing/end.html")


@page("tracing.write", methods=BOTH)
def lead(request: HttpRequest, reference: str) -> HttpResponse:
    """Note a lead of the search that goes on."""
    case = find(reference, by=request.user, act="tracing.write")
    live = queries.live_request(case, by=request.user)
    if live is None:
        return _back(request, case, _("Ouvrez d’abord une demande de recherche."))
    form = forms.LeadForm(posted(request), initial={"found_on": timezone.localdate()})
    write, said = partial(operations.add_lead, request=live), _("La piste est notée.")
    return _answer(request, case, form, write, said=said, template="tracing/lead.html")


@page("tracing.write", methods=BOTH)
def verification(request: HttpRequest, reference: str) -> HttpResponse:
    """Verify a lead: a second person says whether it leads to the family."""
    case = find(reference, by=request.user, act="tracing.write")
    live = queries.live_request(case, by=request.user)
    leads = {str(each.pk): each for each in queries.leads_to_verify(live, by=request.user)} if live else {}
    if live is None or not leads:
        return _back(request, case, _("Aucune piste n’attend de vérification."))
    now = timezone.now()
    choices = queries.lead_choices(live, by=request.user, at=now)
    initial = {"verified_on": timezone.localdate(), "lead": choices[-1][0]}
    form = forms.VerificationForm(posted(request), leads=choices, initial=initial)

    def write(*, lead: str, **rest: Any) -> None:
        operations.verify(lead=leads[lead], **rest)

    said = _("La vérification est notée.")
    return _answer(request, case, form, write, said=said, template="tracing/verification.html", at=now)


@page("tracing.write", methods=BOTH)
def reunification(request: HttpRequest, reference: str) -> HttpResponse:
    """Note the return to the family."""
    case = find(reference, by=request.user, act="tracing.write")
    live = queries.live_request(case, by=request.user)
    initial = {"on": timezone.localdate(), "region": live.region, "relation": live.relation} if live else {}
    form = forms.ReunificationForm(posted(request), regions=queries.regions(by=request.user), initial=initial)

    def write(**content: Any) -> None:
        operations.reunify(case=case, **content)
        if case.fact.housed:
            messages.warning(
                request, _("La personne est encore hébergée au centre. Enregistrez aussi sa sortie.")
            )

    said = _("Le retour en famille est noté.")
    return _answer(request, case, form, write, said=said, template="tracing/reunification.html")


def _answer(
    request: HttpRequest,
    case: Any,
    form: Form,
    write: Callable[..., Any],
    *,
    said: str,
    template: str,
    at: datetime | None = None,
) -> HttpResponse:
    """Carry out the one operation behind a form and return to the search, or show the form (again)."""
    now = at or timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            write(by=request.user, at=now, **form.cleaned_data)
            return done(request, said, "tracing:tracing", case.reference)
        except Refused as refused:
            form.refuse(refused)
    context = case_page(request, case, tab="tracing", at=now) | {"form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _back(request: HttpRequest, case: Any, sentence: str) -> HttpResponse:
    """Say why a page has nothing to ask, and return to the search."""
    messages.info(request, sentence)
    return SeeOther(reverse("tracing:tracing", args=[case.reference]))
