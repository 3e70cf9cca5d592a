"""What a shared room asks of a screen: gone at once, nothing left behind, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import trans_real
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, Hand
from tools import translations

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHAPES = [pytest.param(DESKTOP, id="desk"), pytest.param(PHONE, id="phone")]
# What the browser itself says of a form that was refused.
REFUSED = ("status of 422", ": 422")


@pytest.fixture
def case(make_case: Callable[..., Any], staff: dict[str, Any]) -> Any:
    return make_case(worker=staff["amina"])


@pytest.fixture
def amina(request: pytest.FixtureRequest, window: Callable[..., Hand], case: Any) -> Hand:
    """Amina, signed in, before the file of Rakia."""
    hand = window(lawful=REFUSED, **getattr(request, "param", DESKTOP))
    hand.sign_in("amina")
    hand.goto(f"/dossiers/{case.reference}/identite/")
    return hand


@pytest.mark.parametrize("amina", SHAPES, indirect=True)
def test_the_button_hides_a_case_and_brings_it_back(amina: Hand, case: Any) -> None:
    page = amina.page
    amina.write("Village ou quartier", "Tsaouni Kaba")
    page.get_by_role("button", name="Masquer l’écran").click()
    assert page.evaluate("document.body.innerText").startswith("Se laver les mains")
    assert page.title() == "Lavage des mains"
    for secret in (case.reference, "Rakia", "Kantché"):
        assert secret not in page.locator("body").aria_snapshot()
    page.get_by_role("button", name="Revenir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dossier {case.reference}")
    expect(page.get_by_label("Village ou quartier")).to_have_value("Tsaouni Kaba")


def test_going_back_after_signing_out_shows_nothing(amina: Hand, case: Any) -> None:
    page = amina.page
    amina.goto(f"/dossiers/{case.reference}/")
    amina.sign_out()
    for _step in range(3):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Connexion")
        assert case.reference not in page.locator("body").inner_text()


def test_a_refused_form_takes_the_focus_and_keeps_what_was_typed(amina: Hand, case: Any) -> None:
    page = amina.page
    amina.goto(reverse("cases:consent", args=[case.reference]))
    amina.choose("Objet", "Recherche de la famille")
    amina.choose("Réponse", "Accord")
    amina.pick("Langue de l’explication", "Haoussa")
    amina.write("Remarque", "Elle a demandé deux fois.")
    amina.press("Enregistrer la réponse")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(
        ["Indiquez qui a répondu.", "Indiquez la forme de l’accord."]
    )
    assert page.title().startswith("À corriger")
    expect(amina.question("Objet").get_by_label("Recherche de la famille")).to_be_checked()
    expect(amina.question("Réponse").get_by_label("Accord")).to_be_checked()
    expect(page.get_by_label("Langue de l’explication")).to_have_value("ha")
    expect(page.get_by_label("Remarque")).to_have_value("Elle a demandé deux fois.")
    summary.get_by_role("link").first.click()
    expect(amina.question("Donnée par").get_by_role("radio").first).to_be_focused()


def test_two_clicks_on_a_button_make_one_record(amina: Hand, case: Any) -> None:
    page = amina.page
    amina.goto(reverse("assessments:needs", args=[case.reference]))
    amina.pick("Besoin", "Vêtements")
    amina.choose("Urgence", "Urgent")
    page.get_by_role("button", name="Noter le besoin").dblclick()
    expect(page.get_by_role("rowheader", name="Vêtements")).to_have_count(1)
    amina.goto(f"/dossiers/{case.reference}/")
    expect(page.get_by_text("Besoins constatés")).to_have_count(1)


@pytest.fixture
def english() -> None:
    """The translations as they are shipped: the catalogues are made when the program is installed."""
    translations.compile_all(translations.PACKAGE)
    trans_real._translations.clear()


def test_the_shell_speaks_english_and_french_again(english: None, amina: Hand) -> None:
    page = amina.page
    amina.goto("/")
    for button, language, title in (("English", "en", "Today"), ("Français", "fr", "Aujourd’hui")):
        page.locator("details.menu summary").click()
        page.get_by_role("button", name=button).click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_night_is_chosen_and_stays(amina: Hand, case: Any) -> None:
    page = amina.page
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Sombre").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    amina.goto(f"/dossiers/{case.reference}/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
