"""The real house in a real browser: pages are driven by what a person reads on them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from mafaka.accounts import operations as accounts
from mafaka.accounts.roles import Role
from tests.conftest import NOW, SETUP

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "test-results" if os.environ.get("MAFAKA_SCREENSHOTS") == "1" else None
PASSWORD = "sept arches de sable"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1360, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 375, "height": 800}, "has_touch": True, "is_mobile": True}


@dataclass
class Faults:
    """What a page may not do: complain, break, load from elsewhere. `lawful`: what a test brings about on purpose."""

    origin: str
    lawful: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.found: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self.note(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.note(str(error)))
        page.on("request", lambda asked: self.abroad(asked.url))
        page.on(
            "response",
            lambda answer: self.note(f"{answer.url}: {answer.status}") if answer.status >= 400 else None,
        )

    def note(self, fault: str) -> None:
        if not any(each in fault for each in self.lawful):
            self.found.append(fault)

    def abroad(self, url: str) -> None:
        if not url.startswith((self.origin, "data:")):
            self.found.append(f"foreign: {url}")


class Hand:
    """Somebody at the browser: finds things by the words on the page."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin

    def goto(self, path: str) -> None:
        self.page.goto(self.origin + path)

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        self.goto("/connexion/")
        self.write("Identifiant", username)
        self.write("Mot de passe", password)
        self.press("Se connecter")
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Connexion")

    def sign_out(self) -> None:
        self.page.locator("details.menu summary").click()
        self.press("Se déconnecter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Connexion")

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).or_(self.page.get_by_label(f"{label} (facultatif)")).fill(
            text
        )

    def question(self, legend: str) -> Locator:
        words = r"\s".join(re.escape(word) for word in legend.split())
        return self.page.get_by_role("group", name=re.compile(rf"^{words}( \(facultatif\))?$"))

    def choose(self, legend: str, *labels: str) -> None:
        """Tick what is offered under a question."""
        group = self.question(legend)
        for label in labels:
            group.get_by_label(label, exact=True).check()

    def pick(self, label: str, option: str) -> None:
        """Choose in a list; an option that begins so will do."""
        box = self.page.get_by_label(label, exact=True).or_(self.page.get_by_label(f"{label} (facultatif)"))
        texts = box.locator("option").all_inner_texts()
        chosen = [text for text in texts if text.strip().startswith(option)]
        assert chosen, f"{option} is not among {texts}"
        box.select_option(label=chosen[0])

    def date(self, legend: str, day: date) -> None:
        group = self.question(legend)
        for label, number in (("Jour", day.day), ("Mois", day.month), ("Année", day.year)):
            group.get_by_label(label).fill(str(number))

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        self.page.locator("main").get_by_role("link", name=link, exact=True).first.click()

    def tab(self, name: str) -> None:
        self.page.locator("nav.tabs").get_by_role("link", name=name, exact=True).click()
        expect(self.page.locator("nav.tabs [aria-current]")).to_have_text(name)

    def menu(self, name: str) -> None:
        """Follow a link of the menu, which the phone folds away."""
        button = self.page.get_by_role("button", name="Menu", exact=True)
        if button.is_visible():
            button.click()
        self.page.locator("#menu").get_by_role("link", name=name, exact=True).click()

    def sees(self, text: str) -> None:
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def picture(self, name: str) -> None:
        """Keep a picture of the page where they are asked for."""
        if PICTURES:
            width = (self.page.viewport_size or {})["width"]
            PICTURES.mkdir(exist_ok=True)
            self.page.evaluate("document.fonts.ready.then(() => true)")
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def window(chromium: Browser, live_server: Any, clock: Any) -> Iterator[Callable[..., Hand]]:
    """Open a window on the real house; whatever a page complains of fails the test."""
    opened: list[tuple[Any, Faults]] = []

    def make(*, lawful: tuple[str, ...] = (), **shape: Any) -> Hand:
        context = chromium.new_context(**{"locale": "fr-FR", **DESKTOP, **shape})
        context.set_default_timeout(10_000)
        faults = Faults(live_server.url, lawful)
        page = context.new_page()
        faults.watch(page)
        opened.append((context, faults))
        return Hand(page, live_server.url)

    yield make
    for context, _faults in opened:
        context.close()
    assert [fault for _context, faults in opened for fault in faults.found] == []


@pytest.fixture
def staff(zinder: Any) -> dict[str, Any]:
    """Amina and Sani, social workers; Moussa, the manager: accounts with a password."""
    people = {"amina": Role.SOCIAL_WORKER, "sani": Role.SOCIAL_WORKER, "moussa": Role.MANAGER}
    return {
        name: accounts.create_user(
            username=name,
            display_name=name.title(),
            role=role,
            centre=zinder,
            password=PASSWORD,
            by=SETUP,
            at=NOW,
        )
        for name, role in people.items()
    }
