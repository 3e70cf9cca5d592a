"""What no search may pass over: a contact at risk, the best interests, a second pair of eyes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.accounts.queries import of_role
from mafaka.cases import operations as cases
from mafaka.common.refusals import Refused
from mafaka.matching.normalise import tokens
from mafaka.tracing import queries
from mafaka.tracing.models import Request
from mafaka.vault import safe
from mafaka.vault.purposes import Purpose


class TracingRefused(Refused):
    """Tracing cannot go on as asked."""


class ContactAtRisk(TracingRefused):
    """This relative must not be contacted, whatever else was agreed or found."""


class BestInterestsMissing(TracingRefused):
    """No check of the best interests allows this search."""


class SecondPersonNeeded(TracingRefused):
    """Who noted a lead does not verify it."""


class NotVerified(TracingRefused):
    """The family was not verified."""


def require_no_risk(case: Any, *, relation: str, name: str, field: str, by: Any, at: datetime) -> None:
    """Make sure that nobody who must not be contacted is looked for: by relation, and by name in any spelling.

    A relation flagged once is closed for all who stand in it (two uncles): in doubt nobody is contacted.

    Raises:
        ContactAtRisk: the relation, or the name, is one of them; `field` is where the name was typed.
    """
    contacts = queries.live_contacts(case, by=by)
    if any(contact.relation == relation for contact in contacts):
        sentence = _(
            "Ne pas contacter : ce parent est signalé comme contact à risque. La consigne l’emporte."
        )
        raise ContactAtRisk(sentence, {"relation": sentence})
    opened = safe.open(contacts, by=by, at=at, purpose=Purpose.TRACING, case=case) if name else {}
    if any(same_name(name, content.get("name", "")) for content in opened.values()):
        sentence = _("Ne pas contacter : ce nom est celui d’un contact à risque. La consigne l’emporte.")
        raise ContactAtRisk(sentence, {field: sentence})


def same_name(one: str, other: str) -> bool:
    """Say whether two names may be one person's, in any spelling: all words of the shorter one, at least two."""
    words = [{word.normal for word in tokens(name) if not word.weak} for name in (one, other)]
    return len(words[0] & words[1]) >= max(2, min(len(words[0]), len(words[1])))


def require_best_interests(case: Any, outcome: str, on: date, opened_on: date) -> None:
    """Make sure that a check of the best interests came first, said yes, and was not overtaken by a no.

    Raises:
        BestInterestsMissing: it did not.
    """
    if outcome != Request.Outcome.FAVOURABLE:
        sentence = _("La famille n’est recherchée que si l’évaluation de l’intérêt supérieur est favorable.")
        raise BestInterestsMissing(sentence, {"best_interests_outcome": sentence})
    if on > opened_on:
        sentence = _("L’évaluation de l’intérêt supérieur vient avant la recherche, ou le même jour.")
        raise BestInterestsMissing(sentence, {"best_interests_on": sentence})
    if Request.objects.filter(
        case=case, best_interests_outcome=Request.Outcome.UNFAVOURABLE, best_interests_on__gte=on
    ).exists():
        sentence = _("Une évaluation du même jour ou plus récente s’y oppose. Il en faut une nouvelle.")
        raise BestInterestsMissing(sentence, {"best_interests_on": sentence})


def require_live(request: Request) -> None:
    """Make sure that the search still goes on, in an open case.

    Raises:
        TracingRefused: it is over. CaseRefused: the case is closed.
    """
    cases.require_open(request.case)
    if request.state == Request.State.CLOSED:
        raise TracingRefused(_("Cette recherche est close. Ouvrez une nouvelle demande."))


def require_verified(case: Any, *, on: date, by: Any) -> tuple[Request, date]:
    """Return the search whose family is verified, and since when.

    Raises:
        NotVerified: there is none, or `on` comes before the verification.
    """
    live = queries.live_request(case, by=by)
    since = queries.verified_on(live, by=by) if live else None
    if live is None or live.state != Request.State.VERIFIED or since is None:
        raise NotVerified(_("La famille n’est pas encore vérifiée. Faites d’abord vérifier une piste."))
    if on < since:
        raise NotVerified(
            _("Le retour vient avant la vérification de la famille."),
            {"on": _("Choisissez une date après la vérification de la famille.")},
        )
    return live, since


def require_another(case: Any, reason: str, *, by: Any) -> None:
    """Accept that one person verifies their own lead only where nobody else posted there may, and says why."""
    colleagues = [user for role in policy.POLICY["tracing.write"] for user in of_role(role, by=by)]
    if any(user.centre_id == case.centre_id and user.actor_id != by.actor_id for user in colleagues):
        raise SecondPersonNeeded(
            _("Vous avez noté cette piste : une seconde personne du centre doit la vérifier.")
        )
    if not reason.strip():
        raise SecondPersonNeeded(
            _("Vous avez noté cette piste. Si personne d’autre ne peut la vérifier, dites pourquoi."),
            {"alone": _("Dites pourquoi personne d’autre ne peut vérifier cette piste.")},
        )
