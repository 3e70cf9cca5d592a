"""The face in a real browser: nothing for axe to say, nothing cut off, and a screen that can be hidden."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.ui.conftest import AXE

pytestmark = pytest.mark.browser

EXAMPLES = ["", "?exemple=dossier", "?exemple=lits", "?exemple=formulaire"]
PHONE = {"viewport": {"width": 375, "height": 800}, "has_touch": True, "is_mobile": True}
SHAPES = [
    pytest.param({"bypass_csp": True}, id="desktop"),
    pytest.param({"bypass_csp": True, "color_scheme": "dark"}, id="dark"),
    pytest.param({"bypass_csp": True, **PHONE}, id="phone"),
    pytest.param({"bypass_csp": True, "forced_colors": "active"}, id="forced"),
    pytest.param({"bypass_csp": True, "contrast": "more"}, id="contrast"),
]
TARGETS = "main button, main input:not([type=hidden]), main select, .rail a, .tabs a, .choice"
TOO_SMALL = """targets => [...document.querySelectorAll(targets)]
    .filter(part => part.offsetParent && !part.closest('.choice > *'))
    .map(part => [part.outerHTML.slice(0, 80), part.getBoundingClientRect().height])
    .filter(([, height]) => height && height < 43.9)"""


@pytest.mark.parametrize("context", SHAPES, indirect=True)
@pytest.mark.parametrize("example", EXAMPLES)
def test_axe_finds_nothing(context: BrowserContext, page: Page, site: str, example: str) -> None:
    page.goto(site + example)
    page.add_script_tag(path=str(AXE))
    # In forced colours the browser chooses them, and axe still reads ours.
    forced = page.evaluate("matchMedia('(forced-colors: active)').matches")
    rules = {"color-contrast": {"enabled": not forced}}
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run({ rules }).then(result => result.violations)", rules
    )
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("context", [{"viewport": {"width": 320, "height": 640}}], indirect=True)
@pytest.mark.parametrize("example", EXAMPLES)
def test_nothing_is_cut_off_at_320_pixels(page: Page, site: str, example: str) -> None:
    page.goto(site + example)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("context", [PHONE], indirect=True)
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_finger_finds_its_target(page: Page, site: str, example: str) -> None:
    page.goto(site + example)
    page.get_by_role("button", name="Menu").click()
    assert page.evaluate(TOO_SMALL, TARGETS) == []


def test_the_button_hides_the_screen_and_its_title(page: Page, site: str) -> None:
    page.goto(site + "?exemple=dossier")
    page.get_by_role("button", name="Masquer l’écran").click()
    expect(page.get_by_role("heading", name="Dossier ZIN-2026-0147")).to_have_count(0)
    assert "ZIN-2026-0147" not in page.evaluate("document.body.innerText")
    assert page.title() == "Lavage des mains"
    expect(page.get_by_role("button", name="Revenir")).to_be_focused()


@pytest.mark.parametrize(("key", "times"), [("Escape", 2), ("Shift", 3)])
def test_a_key_hides_the_screen_even_from_inside_a_box(page: Page, site: str, key: str, times: int) -> None:
    page.goto(site + "?exemple=formulaire")
    page.get_by_role("searchbox").focus()
    for _ in range(times):
        page.keyboard.press(key)
    assert page.title() == "Lavage des mains"
    assert page.evaluate("document.body.innerText").startswith("Se laver les mains")


def test_writing_capitals_does_not_hide_the_screen(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert page.title() != "Lavage des mains"


def test_while_hidden_the_keyboard_reaches_one_button_only(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("button", name="Masquer l’écran").click()
    for key in ("Tab", "Tab", "Shift+Tab", "/"):
        page.keyboard.press(key)
        expect(page.get_by_role("button", name="Revenir")).to_be_focused()


def test_escape_does_not_bring_the_page_back(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("button", name="Masquer l’écran").click()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.title() == "Lavage des mains"


def test_coming_back_gives_title_and_focus_back(page: Page, site: str) -> None:
    page.goto(site)
    title = page.title()
    page.get_by_role("searchbox").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Revenir").press("Enter")
    assert page.title() == title
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("button", name="Revenir")).to_have_count(0)


def test_slash_goes_to_the_search_box_but_not_while_writing(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.press("/")
    expect(search).to_have_value("/")


def test_the_slash_key_can_be_switched_off(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_text("Affichage").click()
    page.get_by_role("button", name="Touche /").click()
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_a_refused_form_puts_the_focus_on_what_to_correct(page: Page, site: str) -> None:
    page.goto(site + "?exemple=formulaire")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Choisissez un lit libre").click()
    expect(page.get_by_label("Lit")).to_be_focused()


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_menu_of_the_phone_opens_and_closes(page: Page, site: str) -> None:
    page.goto(site)
    button, entry = (
        page.get_by_role("button", name="Menu"),
        page.locator("#menu").get_by_text("Réintégration"),
    )
    expect(entry).to_be_hidden()
    button.click()
    expect(entry).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(entry).to_be_hidden()


@pytest.mark.parametrize("context", [{**PHONE, "java_script_enabled": False}], indirect=True)
def test_the_menu_of_the_phone_opens_without_a_script(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Menu").click()
    expect(page.locator("#menu").get_by_text("Réintégration")).to_be_visible()


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_a_script_no_button_promises_what_it_cannot_do(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_role("button", name="Masquer l’écran")).to_have_count(0)
    page.get_by_text("Affichage").click()
    expect(page.get_by_role("button", name="Sombre")).to_be_visible()


def test_the_own_menu_closes_by_escape_and_gives_the_focus_back(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_text("Affichage").click()
    expect(page.get_by_role("button", name="Sombre")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sombre")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_page_from_the_browser_s_memory_is_asked_for_again(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate(
        "document.title = 'old'; dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))"
    )
    expect(page.locator("body")).to_be_hidden()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.title() != "old"


def test_paper_shows_the_case_and_not_the_tools(page: Page, site: str) -> None:
    page.goto(site + "?exemple=dossier")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Dossier ZIN-2026-0147")).to_be_visible()
    for tools in (".rail", ".topbar", ".tabs"):
        expect(page.locator(tools)).to_be_hidden()


@pytest.mark.parametrize("context", [{"viewport": {"width": 640, "height": 900}}], indirect=True)
def test_on_paper_a_table_stays_a_table(page: Page, site: str) -> None:
    page.goto(site + "?exemple=dossier")
    row = page.locator("table.fold tbody tr").first
    display = "row => getComputedStyle(row).display"
    assert row.evaluate(display) == "block"
    page.emulate_media(media="print")
    assert row.evaluate(display) == "table-row"


def test_the_print_button_opens_the_dialog_of_the_browser(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Imprimer").click()
    assert page.title() == "printed"


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_the_current_tab_is_brought_into_sight(page: Page, site: str) -> None:
    page.route("**/*exemple=dossier", _last_tab_is_current)
    page.goto(site + "?exemple=dossier")
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=0.9)


def _last_tab_is_current(route: Route) -> None:
    answer = route.fetch()
    tabs = re.search(r'<nav class="tabs".*?</nav>', answer.text(), re.DOTALL)
    assert tabs
    plain = tabs[0].replace(' aria-current="page"', "")
    last = 'aria-current="page" href'.join(plain.rsplit("href", 1))
    route.fulfill(response=answer, body=answer.text().replace(tabs[0], last))


def test_arabic_mirrors(page: Page, site: str) -> None:
    page.goto(site + "?exemple=dossier")
    page.evaluate("document.documentElement.dir = 'rtl'")
    rail = page.locator(".rail").bounding_box()
    assert rail
    assert rail["x"] > 1000
    assert page.evaluate("document.documentElement.scrollWidth") <= 1360


def test_both_fonts_are_used_and_served_by_us(page: Page, site: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(site + "?exemple=dossier")
    page.wait_for_load_state("networkidle")
    assert {url.rsplit("/", 1)[-1] for url in fetched if "fonts" in url} == {
        "mafaka-sans.woff2",
        "mafaka-serif.woff2",
    }
    assert all(url.startswith(site) for url in fetched)
