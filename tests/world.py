"""A world in which every page has something to show: one rich case in each of two centres.

Every sealed field holds a canary, a word that exists nowhere else: a page, a log, a header or a table that holds one
where it should not has let something out. Everything is written by the operations themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mafaka.accounts.models import User
from mafaka.accounts.roles import Role
from mafaka.assessments import operations as assessments
from mafaka.cases import operations as cases
from mafaka.exchange import operations as exchange
from mafaka.intake import operations as intake
from mafaka.people import operations as people
from mafaka.people.ages import from_age
from mafaka.people.names import Identity
from mafaka.plans import operations as plans
from mafaka.reintegration import operations as reintegration
from mafaka.stays import operations as stays
from mafaka.tracing import operations as tracing
from mafaka.vault.models import Compartment
from tests.conftest import NOW, SETUP, TODAY
from tests.registers.sheets import HEADERS, xlsx

IDENTITY, MEDICAL, PSYCHOSOCIAL = Compartment.IDENTITY, Compartment.MEDICAL, Compartment.PSYCHOSOCIAL
TRACING = Compartment.TRACING
NAMES = ("own_name", "father_name", "grandfather_name", "mother_name", "by_name", "written", "village", "birthplace",
         "phone", "origin_written")  # fmt: skip


@dataclass(frozen=True)
class World:
    """Two centres and what stands in them.

    here, there: a value for each argument that an address takes, at Zinder and at Agadez; `case` is the case, and under
    the name of a page stand the values that this page alone needs.
    identity_canaries: names and places of the person of `here`, as the registration holds them.
    canaries: by compartment, all words sealed in it at either centre. register_canaries: names in registers.
    """

    zinder: Any
    agadez: Any
    here: dict[str, Any]
    there: dict[str, Any]
    identity_canaries: list[str]
    canaries: dict[str, list[str]]
    register_canaries: list[str]

    @property
    def all_canaries(self) -> list[str]:
        """Every word that must stay sealed."""
        return [word for words in self.canaries.values() for word in words] + self.register_canaries

    @property
    def canaries_of_agadez(self) -> list[str]:
        """Every word that nobody posted to Zinder may read."""
        return [word for word in self.all_canaries if word.endswith("agz")]


class Canaries:
    """Makes words that exist nowhere else, and remembers where they were sealed."""

    def __init__(self) -> None:
        self.sealed: dict[str, list[str]] = {str(compartment): [] for compartment in Compartment}

    def __call__(self, compartment: Compartment, word: str) -> str:
        canary = f"Zzcanari{word.replace('_', '')}"
        self.sealed[str(compartment)].append(canary)
        return canary


@dataclass(frozen=True)
class Team:
    """Who works at a centre: one follows the cases, the other is the second pair of eyes."""

    worker: User
    second: User


def build(zinder: Any, agadez: Any) -> World:
    """Make the world."""
    say = Canaries()
    here, there = centre_with_a_case(zinder, "zin", say), centre_with_a_case(agadez, "agz", say)
    return World(
        zinder=zinder,
        agadez=agadez,
        here=here,
        there=there,
        identity_canaries=[f"Zzcanari{name.replace('_', '')}zin" for name in NAMES],
        canaries=say.sealed,
        register_canaries=[f"Zzcanariregister{code}" for code in ("zin", "agz")],
    )


def centre_with_a_case(centre: Any, code: str, say: Canaries) -> dict[str, Any]:
    """Furnish a centre, follow one case as far as it goes, close another; return a value for every argument."""
    team = Team(*(member(centre, f"{name}-{code}", name.title()) for name in ("rabi", "sani")))
    room = stays.set_up_room(
        centre=centre, code="F", name="Dortoir des filles", kind="girls", beds=4, by=SETUP, at=NOW
    )
    beds = list(room.beds.order_by("number"))
    case = received(centre, code, team, say)
    agreed(case, code, team, say)
    need = assessed(case, code, team, say)
    service = planned(case, code, team, say)
    stays.admit(case=case, bed=beds[0], from_date=day(39), by=team.worker, at=NOW)
    stays.put_out_of_service(bed=beds[3], by=team.worker, at=NOW)
    back_home(case, code, team, say)
    sought_again(case, code, team, say)
    given = reintegrated(case, code, team, say)
    batches = dict(zip(("waiting", "imported"), registers(centre, code, team), strict=True))
    case.refresh_from_db()
    return {
        "case": case,
        "reference": case.reference,
        "closed": closed(centre, team).reference,
        "need_id": need.pk,
        "support_id": given.pk,
        "service_id": service.pk,
        "bed_id": beds[1].pk,
        "batch_id": batches["waiting"].pk,
        "year": TODAY.year,
        "figure": "total",
        "exchange:report": {"batch_id": batches["imported"].pk},
    }


def day(ago: int) -> Any:
    """The day so many days ago."""
    return TODAY - timedelta(days=ago)


def member(centre: Any, username: str, name: str) -> User:
    """A social worker of the centre."""
    return User.objects.create(
        username=username,
        display_name=name,
        role=Role.SOCIAL_WORKER,
        centre=centre,
        created_at=NOW,
        password="!",
    )


def received(centre: Any, code: str, team: Team, say: Canaries) -> Any:
    """A girl comes back from Algeria; two days later she says who she is."""
    case = intake.receive(
        centre=centre, arrived_on=day(40), brought_by="police", returned_from="DZ", sex="female", age=(144, 12, 24),
        detail=say(IDENTITY, f"bringer{code}"), circumstances=say(IDENTITY, f"remarks{code}"), worker=team.worker,
        by=team.worker, at=NOW,
    )  # fmt: skip
    names = {name: say(IDENTITY, f"{name}{code}") for name in NAMES}
    intake.register(
        case=case, names=Identity(**names, commune="NE007003004"), sex="female",
        birth=from_age(months=144, margin=24, on=day(40)), age_basis="declared", languages=["ha", "fr"],
        nationality="NE", region="NE007", on=day(38), by=team.worker, at=NOW,
    )  # fmt: skip
    people.add_spelling(
        person=case.person, written=say(IDENTITY, f"spelling{code}"), case=case.pk, by=team.worker, at=NOW
    )
    cases.reveal_name(
        case=case, purpose="other", detail=say(IDENTITY, f"reason{code}"), by=team.second, at=NOW
    )
    return case


def agreed(case: Any, code: str, team: Team, say: Canaries) -> None:
    """She agrees to the care and to the search, and not to photographs."""
    for purpose in ("care", "tracing", "media"):
        cases.note_consent(
            case=case, purpose=purpose, agreed=purpose != "media", giver="person", mode="oral", language="ha",
            given_on=day(38), until=None, note=say(IDENTITY, f"consent{purpose}{code}"), by=team.worker, at=NOW,
        )  # fmt: skip


def assessed(case: Any, code: str, team: Team, say: Canaries) -> Any:
    """An interview, what was reported, one need met and one open; return the open one."""
    assessments.record_interview(
        case=case, held_on=day(35), language="ha", interviewer=team.worker, interpreter=True, acts=["recruitment"],
        means=["deception"], purposes=["begging"], forms_told=["forced_begging"], status="possible",
        narrative=say(PSYCHOSOCIAL, f"narrative{code}"), remarks=say(PSYCHOSOCIAL, f"opinion{code}"),
        by=team.worker, at=NOW,
    )  # fmt: skip
    written = say(PSYCHOSOCIAL, f"form{code}")
    assessments.report_forms(case=case, forms=[("other", written)], by=team.worker, at=NOW)
    needs = [
        assessments.identify_needs(
            case=case, needs=[kind], on=day(34), urgency="high", note=say(PSYCHOSOCIAL, f"need{kind}{code}"),
            by=team.worker, at=NOW,
        )[0]
        for kind in ("clothing", "medical", "psychosocial")
    ]  # fmt: skip
    assessments.meet_need(need=needs[0], met_on=day(33), by=team.worker, at=NOW)
    return needs[2]


def planned(case: Any, code: str, team: Team, say: Canaries) -> Any:
    """A plan with a service in each compartment, one of them provided; return one that may still advance."""
    plan = plans.draw_plan(
        case=case, goal=say(PSYCHOSOCIAL, f"goal{code}"), drawn_on=day(32), by=team.worker, at=NOW
    )
    details = {"meals": (IDENTITY, "meals"), "individual_sessions": (PSYCHOSOCIAL, "sessions"),
               "health_check": (MEDICAL, "health")}  # fmt: skip
    services = [
        plans.add_service(
            plan=plan, kind=kind, provider=say(IDENTITY, f"provider{word}{code}"), due_on=day(30),
            detail=say(where, f"{word}{code}"), by=team.worker, at=NOW,
        )
        for kind, (where, word) in details.items()
    ]  # fmt: skip
    plans.advance_service(service=services[0], state="provided", provided_on=day(31), by=team.worker, at=NOW)
    return services[2]


def back_home(case: Any, code: str, team: Team, say: Canaries) -> None:
    """A first search that led to a return."""
    request = tracing.open_request(
        case=case, relation="grandparent", by=team.worker, at=NOW,
        **sought(f"first{code}", day(30), say),
    )  # fmt: skip
    lead = tracing.add_lead(
        request=request, found_on=day(25), result="found", detail=say(TRACING, f"found{code}"), by=team.worker,
        at=NOW,
    )  # fmt: skip
    how = say(TRACING, f"how{code}")
    tracing.verify(lead=lead, verification="confirmed", verified_on=day(22), how=how, by=team.second, at=NOW)
    told = {name: say(TRACING, f"{name}{code}") for name in ("whom", "place", "escort")}
    tracing.reunify(
        case=case, on=day(20), relation="grandparent", region="NE007", by=team.worker, at=NOW, **told
    )


def sought_again(case: Any, code: str, team: Team, say: Canaries) -> None:
    """She came back; her mother is sought now, and her uncle must not hear of it."""
    tracing.note_risk_contact(
        case=case, relation="uncle_aunt", name=say(TRACING, f"uncle{code}"), reason=say(TRACING, f"fear{code}"),
        by=team.worker, at=NOW,
    )  # fmt: skip
    request = tracing.open_request(
        case=case, relation="mother", by=team.worker, at=NOW, **sought(f"second{code}", day(10), say)
    )
    tracing.add_lead(
        request=request, found_on=day(5), result="to_verify", detail=say(TRACING, f"rumour{code}"), by=team.second,
        at=NOW,
    )  # fmt: skip


def sought(word: str, on: Any, say: Canaries) -> dict[str, Any]:
    """What is written of a relative who is sought."""
    return {
        "region": "NE007", "opened_on": on, "best_interests_on": on, "best_interests_outcome": "favourable",
        "commune": "Kantché",
        **{name: say(TRACING, f"{name}{word}") for name in ("reasons", "name", "village", "phone", "known")},
    }  # fmt: skip


def reintegrated(case: Any, code: str, team: Team, say: Canaries) -> Any:
    """A plan, and two goats; return those."""
    reintegration.draw_plan(
        case=case, drawn_on=day(8), goal=say(PSYCHOSOCIAL, f"future{code}"), by=team.worker, at=NOW
    )
    return reintegration.record_support(
        case=case, kinds=["income_generating"], given_on=day(6), written=say(PSYCHOSOCIAL, f"support{code}"),
        for_whom="parents", amount_xof=150_000, by=team.worker, at=NOW,
    )[0]  # fmt: skip


def closed(centre: Any, team: Team) -> Any:
    """A case that is over."""
    case = intake.receive(
        centre=centre, arrived_on=day(60), brought_by="self", sex="male", age=(240, 12, 0), worker=team.worker,
        by=team.worker, at=NOW,
    )  # fmt: skip
    return cases.close(case=case, reason="left", closed_on=day(50), by=team.worker, at=NOW)


def registers(centre: Any, code: str, team: Team) -> Iterator[Any]:
    """Hand over a register and leave it waiting, then another and import it."""
    for number, name in enumerate(("Rakia", "Issoufou"), start=1):
        row = (
            number,
            f"0{number}/03/2026",
            f"{name} Zzcanariregister{code}",
            "F",
            11,
            "Kantché",
            "20/03/2026",
        )
        other = (9, "05/03/2026", f"{name} Zzcanariregister{code}", "F", 11, "Kantché", "")
        batch = exchange.upload(
            centre=centre, file=xlsx(HEADERS, row, other), name=f"Zzcanariregister{code}.xlsx", by=team.worker,
            at=NOW,
        )  # fmt: skip
        if number == 2:
            exchange.run(batch=batch, by=team.worker, at=NOW)
        yield batch
