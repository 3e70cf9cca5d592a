"""The door of every page: nobody enters without signing in, nor beyond their role, nor twice by one form.

A view without `page` does not start: `undeclared` is checked when the addresses are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone

from mafaka.accounts import policy
from mafaka.common.models import SentForm

View = Callable[..., HttpResponse]
PUBLIC = "public"


class SeeOther(HttpResponseRedirect):
    """After a write: the browser fetches the next page, and reloading it writes nothing again."""

    status_code = 303


def done(request: HttpRequest, sentence: str, to: str, *args: object) -> SeeOther:
    """Say what was done, and lead to the page where the work goes on."""
    messages.success(request, sentence)
    return SeeOther(reverse(to, args=args))


def page(act: str, *, methods: tuple[str, ...] = ("GET",), writes: bool = True) -> Callable[[View], View]:
    """Declare a view: the act it does (a row of the policy, or PUBLIC) and the methods it answers.

    `writes` is False for a POST that only asks, so that what is asked stays out of addresses and logs.

    What one may not do looks like what does not exist: 404 (SECURITY §5).
    """
    if act != PUBLIC and act not in policy.POLICY:
        raise ValueError(f"No policy for the act {act}.")
    # Neither HEAD nor OPTIONS is checked for CSRF: they must never reach a view that only writes.
    answered = (*methods, "HEAD") if "GET" in methods else methods

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if act != PUBLIC:
                if not request.user.is_authenticated:
                    return HttpResponseRedirect(
                        f"{reverse('office:sign_in')}?{urlencode({'next': request.path})}"
                    )
                if not policy.may(request.user, act):
                    raise Http404
            if "\0" in request.path:  # PostgreSQL refuses it in a text; forms refuse it themselves
                raise BadRequest
            if request.method not in answered:
                return HttpResponseNotAllowed(answered)
            if request.method == "POST" and writes and act != PUBLIC:
                return _once(request, lambda: view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return guarded

    return declare


def _once(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Carry a form out in one transaction, and only the first time it is sent."""
    key = _key(request)
    user_id: Any = request.user.pk
    try:
        with transaction.atomic():
            if key and (sent := SentForm.objects.filter(key=key, user_id=user_id).first()):
                return SeeOther(sent.location)
            response = answer()
            if key and 300 <= response.status_code < 400:
                location = response["Location"]
                SentForm.objects.create(key=key, user_id=user_id, location=location, sent_at=timezone.now())
    except IntegrityError:
        # The same form went through in another request while this one ran.
        sent = SentForm.objects.filter(key=key, user_id=user_id).first() if key else None
        if sent is None:
            raise
        return SeeOther(sent.location)
    return response


def _key(request: HttpRequest) -> UUID | None:
    """Return the key of the form that was sent, bound to its page: on another page it is another form."""
    try:
        return uuid5(UUID(request.POST.get("once", "")), request.path)
    except ValueError:
        return None


def undeclared(patterns: Iterable[object]) -> Iterator[str]:
    """Yield the address patterns whose view carries no declaration."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from undeclared(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and not hasattr(pattern.callback, "act"):
            yield str(pattern.pattern)
