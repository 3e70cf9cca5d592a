"""The shell's own pages: today, search, the case file, signing in, the journal of openings, errors."""

from __future__ import annotations

from urllib.parse import urlparse

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from mafaka.accounts import operations as accounts
from mafaka.accounts.pages import PUBLIC, SeeOther, done, page
from mafaka.accounts.policy import allows, may
from mafaka.cases import operations as cases
from mafaka.cases.pages import case_page, is_revealed, next_step, remember_reveal, tasks
from mafaka.cases.queries import find, journal_lines
from mafaka.common.forms import posted
from mafaka.common.refusals import Refused
from mafaka.office import queries
from mafaka.office.context import navigation
from mafaka.office.forms import RevealForm, SignInForm
from mafaka.vault import safe

YEAR = 365 * 24 * 3600
LONGEST_NUMBER = 18  # digits: what a database counts with


@page("office.today")
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person today, or the pages that are theirs."""
    found = queries.today(by=request.user, at=timezone.now())
    pages = [item for group in navigation(request) for item in group["items"] if not item["current"]]
    context = {"today": found, "tasks": tasks(found.waiting, by=request.user), "pages": pages}
    context |= {act: may(request.user, f"cases.{act}") for act in ("list", "receive")}
    return render(request, "office/today.html", context)


@page(PUBLIC, methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in, and lead them where they wanted to go."""
    form = SignInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.sign_in(request=request, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            login(request, user)
            response = SeeOther(_next(request))
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Strict")
            return response
    status = 422 if form.errors else 200
    return render(
        request, "office/sign_in.html", {"form": form, "next": request.GET.get("next", "")}, status=status
    )


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe and not urlparse(wanted).netloc else reverse("office:today")


@page(PUBLIC, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let somebody out, and make the browser forget the pages."""
    if request.user.is_authenticated:
        accounts.sign_out(user=request.user, at=timezone.now())
    logout(request)
    response = SeeOther(reverse("office:sign_in"))
    response["Clear-Site-Data"] = '"cache"'
    return response


@page(PUBLIC, methods=("POST",))
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose the language and the colours of the pages."""
    back = urlparse(request.headers.get("Referer", "")).path or reverse("office:today")
    inside = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = SeeOther(back if inside else "/")
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Strict")
        if request.user.is_authenticated:
            accounts.set_language(user=request.user, language=language, by=request.user, at=timezone.now())
    if theme in ("light", "dark", "auto"):
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Strict")
    return response


@page("office.today")
def alive(request: HttpRequest) -> HttpResponse:
    """Answer the page that says somebody is typing, so that the session does not end under their hands."""
    return HttpResponse(status=204)


@page("office.search", methods=("GET", "POST"), writes=False)
def search(request: HttpRequest) -> HttpResponse:
    """Find cases by number, by name in any spelling, or by village; what is typed never stands in an address.

    It is kept in the session, veiled, so that one comes back from a file to what was found.
    """
    if request.method == "POST":
        request.session["asked"] = safe.veil(request.POST.get("q", "")[: queries.LONGEST_QUESTION], "search")
        return SeeOther(reverse("office:search"))
    asked = safe.unveil(request.session.get("asked", ""), "search")
    found = queries.search(asked, by=request.user, at=timezone.now())
    return render(request, "office/search.html", {"found": found, "search_query": found.text})


@page("cases.read")
def case_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a case file; the opening is recorded."""
    now = timezone.now()
    case = find(reference, by=request.user)
    overview = queries.overview(case, by=request.user, at=now, name_shown=is_revealed(request, case, at=now))
    context = case_page(request, case, tab="overview", at=now) | {
        "overview": overview,
        "next_step": next_step(case, by=request.user),
        "can_assign": allows(request.user, "cases.assign", case),
    }
    return render(request, "office/case.html", context)


@page("cases.accesses")
def accesses(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who opened a case file, and when."""
    case = find(reference, by=request.user, act="cases.accesses")
    lines = journal_lines(case, by=request.user, timeline=False)
    context = {"lines": lines, "case": case}
    if may(request.user, "cases.read"):
        context |= case_page(request, case, tab="accesses", at=timezone.now())
    return render(request, "office/accesses.html", context)


@page("cases.reveal_name", methods=("GET", "POST"))
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why, then show the name for a quarter of an hour; the reason is kept in the journal."""
    case = find(reference, by=request.user, act="cases.reveal_name")
    form = RevealForm(posted(request))
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        cases.reveal_name(case=case, by=request.user, at=now, **form.cleaned_data)
        remember_reveal(request, case, at=now)
        said = _("Le nom est affiché pour un quart d’heure. Votre demande est inscrite.")
        return done(request, said, "office:case", reference)
    status = 422 if form.errors else 200
    return render(
        request,
        "office/reveal.html",
        case_page(request, case, tab="", at=now) | {"form": form},
        status=status,
    )


@page("audit.read")
def audit(request: HttpRequest) -> HttpResponse:
    """Show the journal of the whole house, without any name of those received."""
    before = request.GET.get("avant", "")
    numbered = before.isdecimal() and len(before) <= LONGEST_NUMBER
    lines = queries.audit_lines(by=request.user, before=int(before) if numbered else None)
    next_page = lines[-1].seq if len(lines) == queries.AUDIT_PAGE else None
    return render(request, "office/audit.html", {"lines": lines, "next_page": next_page})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page; what is forbidden looks the same."""
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request made no sense."""
    return render(request, "400.html", status=400)


def stale_form(request: HttpRequest, reason: str = "", exception: Exception | None = None) -> HttpResponse:
    """Say that the form is too old, and how to go on."""
    return render(request, "403_csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without telling what (it may hold a name)."""
    return render(request, "500.html", status=500)
