"""The gallery served without a database: one thread, the real templates, the real Content-Security-Policy."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template import loader
from django.template.backends.django import Template
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page

from mafaka.ui import views

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "mafaka" / "ui"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAME = {"preferences_url": "/preferences/", "sign_out_url": "/sortie/"}


def _frame(request: object) -> dict[str, str]:
    return FRAME


@pytest.fixture
def face(settings: Any) -> None:
    """The face alone: no shell, no signed-in person, no database."""
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        f"{__name__}._frame",
    ]
    settings.TEMPLATES = templates


@pytest.fixture
def draw(face: None) -> Callable[..., str]:
    """Draws a piece of template that uses components, in French, as a page would."""

    def drawn(source: str, **context: Any) -> str:
        with translation.override("fr"):
            engine = loader.engines.all()[0]
            compiled = engine.engine.template_loaders[0].loaders[0].cotton_compiler.process(source)
            template: Template = engine.from_string(compiled)
            return re.sub(r"[ \n]+", " ", template.render(context, RequestFactory().get("/"))).strip()

    return drawn


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, content = self._answer(urlsplit(self.path).path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content or b"")

    def _answer(self, path: str) -> tuple[str, bytes | None]:
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            return guess_type(path)[0] or "application/octet-stream", Path(
                found
            ).read_bytes() if found else None
        if path != "/":
            return "text/plain", None
        with translation.override("fr"):
            return "text/html", views.gallery(RequestFactory().get(self.path)).content

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(face: None) -> Iterator[str]:
    """The address of the gallery."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def context(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A window; `@pytest.mark.parametrize("context", [{...}], indirect=True)` gives it another shape."""
    options = {"viewport": {"width": 1360, "height": 900}, "locale": "fr-FR", **getattr(request, "param", {})}
    context = chromium.new_context(**options)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Iterator[Page]:
    """A page whose errors, refused scripts and styles included, fail the test."""
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert not faults
