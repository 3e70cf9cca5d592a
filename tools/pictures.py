"""The pictures of the README, taken from the demonstration: `python -m tools.pictures ADDRESS USER PASSWORD`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
]


def main() -> None:
    """Sign in and take each picture."""
    address, user, password = sys.argv[1:4]
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        wide = browser.new_page(viewport={"width": 1360, "height": 900})
        _sign_in(wide, address, user, password)
        file = _a_rich_file(wide, address)
        _take(wide, f"{address}{file}", "case", height=1150)
        _take(wide, f"{address}/sejours/", "beds", height=940)
        _take(wide, f"{address}/chiffres/?year=2022", "figures", height=1100)
        narrow = browser.new_page(viewport={"width": 375, "height": 812})
        _sign_in(narrow, address, user, password)
        _take(narrow, f"{address}{file}", "case-phone", height=812)
        browser.close()


def _sign_in(page: Page, address: str, user: str, password: str) -> None:
    page.goto(f"{address}/connexion/")
    page.get_by_label("Identifiant").fill(user)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def _a_rich_file(page: Page, address: str) -> str:
    """Return the address of an open case that has come far."""
    page.goto(f"{address}/dossiers/?status=open")
    links = page.locator("tbody a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return str(links[15])


def _take(page: Page, url: str, name: str, *, height: int) -> None:
    page.goto(url)
    size = page.viewport_size or {"width": 1360}
    page.set_viewport_size({"width": size["width"], "height": height})
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
