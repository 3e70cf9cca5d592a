"""Every page in a real browser, as whoever may open it: two widths, by day and by night, on paper, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from mafaka.accounts import policy
from mafaka.accounts.pages import PUBLIC
from mafaka.accounts.roles import Role
from tests.house.test_every_page import PAGES, url_of
from tests.journeys.conftest import AXE, DESKTOP, PASSWORD, PHONE, Hand
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHAPES = [
    pytest.param({**DESKTOP}, id="desk"),
    pytest.param({**DESKTOP, "color_scheme": "dark"}, id="desk-dark"),
    pytest.param({**PHONE}, id="phone"),
    pytest.param({**PHONE, "color_scheme": "dark"}, id="phone-dark"),
]
NARROWEST = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
# The first of these who may do an act opens its pages.
OPENERS = [Role.MANAGER, Role.PROTECTION_ASSISTANT, Role.DPO, Role.GUARD]


@dataclass(frozen=True)
class Visit:
    """A page to be opened: the name of its picture, its address, who opens it, and what is searched for there."""

    name: str
    url: str
    username: str
    search: str = ""


@pytest.fixture
def visits(world: World, user: Callable[..., Any]) -> list[Visit]:
    """All pages that show something, each once; those of a case that is over, and empty ones, besides."""
    people = {role: user(role, world.zinder, f"opener-{role}".replace("_", "-")) for role in OPENERS}
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    found = []
    for name, pattern in PAGES:
        if "GET" not in pattern.callback.methods or name == "office:alive":
            continue
        act = pattern.callback.act
        opener = next(person for person in people.values() if act == PUBLIC or policy.may(person, act))
        username = "" if act == PUBLIC else opener.username
        found.append(Visit(name.replace(":", "-"), url_of(name, pattern, world.here), username))
    return found + list(besides(world, people))


def besides(world: World, people: dict[Role, Any]) -> Iterator[Visit]:
    """States that the world's main case is not in."""
    manager, assistant = people[Role.MANAGER].username, people[Role.PROTECTION_ASSISTANT].username
    closed = [world.here["closed"]]
    for name in ("office:case", "cases:closing", "cases:consent", "plans:plan", "stays:stay", "tracing:tracing",
                 "reintegration:plan", "assessments:needs"):  # fmt: skip
        yield Visit(f"closed-{name.replace(':', '-')}", reverse(name, args=closed), manager)
    yield Visit("closed-assessments-interviews", reverse("assessments:interviews", args=closed), assistant)
    yield Visit("found", reverse("office:search"), manager, search="Zzcanari")
    yield Visit("not-found", "/nulle-part/", manager)
    yield Visit("today-guard", "/", people[Role.GUARD].username)


@dataclass
class Round:
    """Goes through all pages, signing in as whoever opens them, and gathers what is wrong."""

    window: Callable[..., Hand]
    visits: list[Visit]

    def go(self, check: Callable[[Hand, Visit], Any], **shape: Any) -> list[Any]:
        wrong: list[Any] = []
        for username in sorted({visit.username for visit in self.visits}):
            hand = self.window(lawful=("/nulle-part/", "404 (Not Found)"), **shape)
            if username:
                hand.sign_in(username)
            for visit in self.visits:
                if visit.username == username:
                    hand.goto(visit.url)
                    if visit.search:
                        hand.page.get_by_role("searchbox").fill(visit.search)
                        hand.page.keyboard.press("Enter")
                        hand.sees("répondent")
                    wrong += [(visit.name, fault) for fault in check(hand, visit)]
        return wrong


@pytest.fixture
def through(window: Callable[..., Hand], visits: list[Visit]) -> Round:
    return Round(window, visits)


@pytest.mark.parametrize("shape", SHAPES)
def test_axe_finds_nothing_on_any_page(shape: dict[str, Any], through: Round) -> None:
    def check(hand: Hand, visit: Visit) -> list[Any]:
        suffix = "-dark" if shape.get("color_scheme") else ""
        hand.picture(f"{visit.name}{suffix}")
        hand.page.add_script_tag(path=str(AXE))
        found = hand.page.evaluate("axe.run().then(result => result.violations)")
        return [(fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found]

    # The page's own policy refuses scripts from outside, axe too; the next test leaves it in force.
    assert through.go(check, bypass_csp=True, **shape) == []


def test_no_page_breaks_its_own_policy_or_looks_elsewhere(through: Round) -> None:
    """The windows note every complaint of the browser and every foreign address, and fail the test for one."""
    assert through.go(lambda _hand, _visit: []) == []


@pytest.mark.parametrize("shape", [pytest.param(NARROWEST, id="320"), pytest.param(PHONE, id="375")])
def test_no_page_scrolls_sideways(shape: dict[str, Any], through: Round) -> None:
    def check(hand: Hand, visit: Visit) -> list[int]:
        width = hand.page.evaluate("document.documentElement.scrollWidth")
        return [width] if width > shape["viewport"]["width"] else []

    assert through.go(check, **shape) == []


REACHED = """() => {
    const main = document.querySelector('main');
    const wanted = [...main.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea, summary')]
        .filter(part => part.checkVisibility() && !part.disabled && part.tabIndex >= 0);
    const at = document.activeElement;
    return [wanted.length, wanted.indexOf(at), at === document.body];
}"""


def test_the_keyboard_reaches_the_main_action_of_every_page(through: Round) -> None:
    """The first Tab offers to skip to the content, Enter does, and from there Tab comes to what can be done."""

    def check(hand: Hand, visit: Visit) -> list[str]:
        keys = hand.page.keyboard
        refused = hand.page.locator(
            "[data-errors]"
        ).count()  # the gallery shows a refused form, which takes the focus
        if hand.page.locator("a.skip").count() and not refused:
            keys.press("Tab")
            if hand.page.evaluate("document.activeElement.className") != "skip":
                return [
                    "the first Tab goes to "
                    + hand.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
                ]
            keys.press("Enter")
        things = hand.page.evaluate(REACHED)[0]
        if not things:
            return []
        for _press in range(6):
            keys.press("Tab")
            if hand.page.evaluate(REACHED)[1] >= 0:
                return []
        return ["Tab does not come to anything in the content"]

    assert through.go(check) == []


def test_every_page_can_be_put_on_paper(through: Round) -> None:
    def check(hand: Hand, visit: Visit) -> list[str]:
        hand.page.emulate_media(media="print")
        shown = hand.page.evaluate(
            """() => ['.rail', '.topbar', '.tabs', '.curtain'].filter(
                part => document.querySelector(part)?.checkVisibility())"""
        )
        text = hand.page.locator("main").inner_text().strip()
        hand.page.emulate_media(media="screen")
        return [f"{part} is printed" for part in shown] + ([] if text else ["nothing is printed"])

    assert through.go(check) == []
