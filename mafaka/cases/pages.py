"""What every page of a case file shows above its own content: who, where, the path, the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mafaka.accounts import policy
from mafaka.cases import queries
from mafaka.cases.labels import LANGUAGES, STAGES
from mafaka.cases.models import Case
from mafaka.common.days import local_day
from mafaka.people import ages
from mafaka.ui.text import mask

LANGUAGE_CHOICES = LANGUAGES  # the rooms above offer the same ones
SHOWN_FOR = timedelta(minutes=15)
MOST_REVEALED = 50


@dataclass(frozen=True)
class FileHeader:
    """The head of a case file, as `ui/case.html` shows it."""

    reference: str
    centre_name: str
    masked_name: str
    shown_name: str | None
    tags: list[tuple[str, str]]
    age_text: str
    sex_label: str
    opened_on: date
    worker_name: str
    path: list[tuple[str, str]]
    tabs: list[tuple[str, str, bool]]
    reveal_url: str
    can_reveal: bool


def case_page(request: HttpRequest, case: Case, *, tab: str, at: datetime) -> dict[str, Any]:
    """Return the context of a page of this case; opening it is recorded.

    `tab` is the code of the current tab: overview, identity, consent, interview, needs, plan, stay, tracing,
    reintegration, closing, accesses.
    """
    by = request.user
    names = queries.name_of(case, by=by, at=at)
    child = ages.is_child(case.person.birth_latest, on=local_day(at))
    header = FileHeader(
        reference=case.reference,
        centre_name=case.centre.name,
        masked_name=mask(names.known if names else ""),
        shown_name=names.display if names and is_revealed(request, case, at=at) else None,
        tags=_tags(case, child),
        age_text=ages.text(case.person.birth_earliest, case.person.birth_latest, on=local_day(at)),
        sex_label=sex_words(case.fact.sex, child),
        opened_on=case.opened_on,
        worker_name=case.worker.display_name if case.worker else "",
        path=_path(case),
        tabs=[(label, reverse(name, args=[case.reference]), code == tab)
              for code, label, name, act in _tabs() if policy.allows(by, act, case)],
        reveal_url=reverse("office:reveal", args=[case.reference]),
        can_reveal=policy.allows(by, "cases.reveal_name", case),
    )  # fmt: skip
    return {"file": header, "case": case}


@dataclass(frozen=True)
class Step:
    """What a stage asks for, and the page that does it."""

    label: str
    url: str


def next_step(case: Case, *, by: Any) -> Step | None:
    """Return what the path of an open case waits for, where this person may do it."""
    stage = next((column for column, _label in STAGES if not getattr(case.fact, column)), "")
    if not stage or case.status == Case.Status.CLOSED:
        return None
    label, name, act = _steps()[stage]
    return Step(label, reverse(name, args=[case.reference])) if policy.allows(by, act, case) else None


@dataclass(frozen=True)
class Task:
    """One case that waits for a step, without a name: who it is about, and where the step is done."""

    reference: str
    who: str
    opened_on: date
    url: str


@dataclass(frozen=True)
class Tasks:
    """Cases that wait for the same step: how many, and those that have waited longest."""

    stage: str
    label: str
    count: int
    oldest: list[Task]


def tasks(waiting: list[queries.Waiting], *, by: Any) -> list[Tasks]:
    """Return what waits as things to do; a step that this person may not take leads to the case file."""
    return [
        Tasks(step.stage, _steps()[step.stage][0], step.count, [_task(case, by) for case in step.oldest])
        for step in waiting
    ]


def _task(case: Case, by: Any) -> Task:
    step = next_step(case, by=by)
    url = step.url if step else reverse("office:case", args=[case.reference])
    return Task(case.reference, _who(case), case.opened_on, url)


@dataclass(frozen=True)
class ListLine:
    """One case in a list: no name. `stage` is what its path waits for."""

    reference: str
    opened_on: date
    who: str
    stage: str
    worker_name: str
    is_closed: bool
    is_child: bool


def list_line(case: Case) -> ListLine:
    """Return what a list shows of a case whose facts and worker were fetched with it; ages are those at arrival."""
    fact = case.fact
    return ListLine(
        reference=case.reference,
        opened_on=case.opened_on,
        who=_who(case),
        stage=next((str(label) for column, label in STAGES if not getattr(fact, column)), ""),
        worker_name=case.worker.display_name if case.worker else "",
        is_closed=case.status == Case.Status.CLOSED,
        is_child=bool(fact.is_child_at_arrival),
    )


def _who(case: Case) -> str:
    fact = case.fact
    age = ages.text(fact.birth_earliest, fact.birth_latest, on=fact.arrived_on or case.opened_on)
    return f"{sex_words(fact.sex, fact.is_child_at_arrival)}, {age}"


def remember_reveal(request: HttpRequest, case: Case, *, at: datetime) -> None:
    """Keep the name of this case shown, in this session, for a quarter of an hour."""
    shown = {key: until for key, until in request.session.get("shown", {}).items() if until > at.timestamp()}
    shown[str(case.pk)] = (at + SHOWN_FOR).timestamp()
    request.session["shown"] = dict(sorted(shown.items(), key=lambda item: item[1])[-MOST_REVEALED:])


def is_revealed(request: HttpRequest, case: Case, *, at: datetime) -> bool:
    """Return whether the name of this case was asked for in this session, not long ago."""
    allowed = policy.allows(request.user, "cases.reveal_name", case)
    return allowed and request.session.get("shown", {}).get(str(case.pk), 0) > at.timestamp()


def sex_words(sex: str, child: bool | None) -> str:
    """Return how a person's sex is said: girl and boy for children, woman and man for adults."""
    words = {
        ("female", True): _("Fille"),
        ("female", False): _("Femme"),
        ("female", None): _("Féminin"),
        ("male", True): _("Garçon"),
        ("male", False): _("Homme"),
        ("male", None): _("Masculin"),
    }
    return words.get((sex, child), _("Non précisé"))


def _tags(case: Case, child: bool | None) -> list[tuple[str, str]]:
    fact = case.fact
    tags = [(_("Dossier clos"), "")] if case.status == Case.Status.CLOSED else []
    if fact.housed:
        tags.append((_("Hébergée") if fact.sex == "female" else _("Hébergé"), "accent"))
    if child:
        tags.append((_("Enfant"), "warn"))
    statuses = {
        "possible": (_("Victime présumée"), "info"),
        "actual": (_("Victime identifiée"), "danger"),
        "not": (_("Non-victime"), ""),
    }
    if fact.trafficking_status in statuses:
        tags.append(statuses[fact.trafficking_status])
    if fact.is_fictitious:
        tags.append((_("Données fictives"), ""))
    return tags


def _path(case: Case) -> list[tuple[str, str]]:
    """Return (label, state) of each stage; the first one not yet reached is the current one, until the closure."""
    steps, current_given = [], case.status == Case.Status.CLOSED
    for column, label in STAGES:
        if getattr(case.fact, column):
            steps.append((str(label), "done"))
        else:
            steps.append((str(label), "next" if current_given else "current"))
            current_given = True
    return steps


def _steps() -> dict[str, tuple[str, str, str]]:
    return {
        "registered_on": (_("Relever l’identité"), "intake:registration", "cases.register"),
        "interviewed_on": (_("Mener l’entretien"), "assessments:interviews", "assessments.interview"),
        "planned_on": (_("Établir le plan"), "plans:plan", "plans.write"),
        "assisted_on": (_("Fournir un premier service"), "plans:plan", "plans.write"),
        "tracing_on": (_("Rechercher la famille"), "tracing:tracing", "tracing.write"),
        "reunified_on": (_("Suivre la recherche"), "tracing:tracing", "tracing.write"),
        "reintegration_on": (_("Préparer la réintégration"), "reintegration:plan", "reintegration.write"),
        "closed_on": (_("Clore le dossier"), "cases:closing", "cases.close"),
    }


def _tabs() -> list[tuple[str, str, str, str]]:
    return [
        ("overview", _("Aperçu"), "office:case", "cases.read"),
        ("identity", _("Identité"), "intake:registration", "cases.register"),
        ("consent", _("Consentement"), "cases:consent", "cases.consent"),
        ("interview", _("Identification"), "assessments:interviews", "assessments.read"),
        ("needs", _("Besoins"), "assessments:needs", "assessments.needs"),
        ("plan", _("Plan d’assistance"), "plans:plan", "plans.read"),
        ("stay", _("Séjour"), "stays:stay", "stays.read"),
        ("tracing", _("Recherche familiale"), "tracing:tracing", "tracing.read"),
        ("reintegration", _("Réintégration"), "reintegration:plan", "reintegration.read"),
        ("closing", _("Clôture"), "cases:closing", "cases.close"),
        ("accesses", _("Accès"), "office:accesses", "cases.accesses"),
    ]
