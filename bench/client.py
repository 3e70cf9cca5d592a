"""A browser without a screen: signs in through the form, asks, times.

Taken over from the client of the design study with which the existing system was measured (README.md), and
cut down to what is asked here, so that both were timed by the same hand.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import requests

FIRST = "{first}"  # the first choice that a list offers


class Failed(Exception):
    """The server did not answer what a page must hold."""


class Forms(HTMLParser):
    """Collects every form with its fields as a browser would submit them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str | None], dict[str, str]]] = []
        self.first: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append((given, {}))
        elif self.forms and tag == "input" and given.get("name"):
            kind = given.get("type") or "text"
            if kind in ("submit", "button", "file") or (
                kind in ("checkbox", "radio") and "checked" not in given
            ):
                return
            self.forms[-1][1][str(given["name"])] = given.get("value") or ""
        elif self.forms and tag in ("select", "textarea") and given.get("name"):
            self._select = str(given["name"])
            self.forms[-1][1].setdefault(self._select, "")
        elif self.forms and tag == "option":
            if "selected" in given:
                self.forms[-1][1][self._select] = given.get("value") or ""
            if given.get("value"):
                self.first.setdefault(self._select, str(given["value"]))


@dataclass(frozen=True)
class Ask:
    """One request: a page (`path`, which must hold `expect`), or a form on it that is filled in and sent.

    `{name}`, `{reference}` and `{seq}` in paths and values are drawn anew each time. A form is sent with the
    values it came with, then with `fields`. `budget` is the p95 in
    milliseconds that is promised, where one is. `body` is sent with the request itself (a search).
    """

    name: str
    path: str
    expect: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    budget: float | None = None
    signed_in: bool = True


@dataclass(frozen=True)
class Answer:
    """One timed answer; `sent` is its size as it came over the wire, `wrong` what is not as it must be."""

    name: str
    seconds: float
    size: int
    sent: int
    wrong: str


class Client:
    """One person at one browser."""

    def __init__(self, base: str, *, names: Sequence[str], references: Sequence[str], seed: int = 1) -> None:
        self.base, self.names, self.references = base, names, references
        self.chance = random.Random(seed)
        self.count = seed * 100_000
        self.session = requests.Session()
        self.session.trust_env = False

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the real form.

        Raises:
            Failed: the page after it does not offer to sign out.
        """
        page = self.session.get(f"{self.base}/connexion/")
        answer = self._send(page, {"username": username, "password": password}, follow=True)
        if "/deconnexion/" not in answer.text:
            raise Failed(f"{username} : connexion refusée ({answer.status_code})")

    def _send(self, page: requests.Response, fields: Mapping[str, str], *, follow: bool) -> requests.Response:
        forms = Forms()
        forms.feed(page.text)
        attrs, data = max(forms.forms, key=lambda form: len(fields.keys() & form[1].keys()))
        target = urljoin(page.url, attrs.get("action") or page.url)
        data |= {
            name: forms.first.get(name, "") if value == FIRST else value for name, value in fields.items()
        }
        return self.session.post(target, data=data, headers={"Referer": page.url}, allow_redirects=follow)

    def _open(self, path: str, body: Mapping[str, str]) -> requests.Response:
        url = self.base + path
        if not body:
            return self.session.get(url, allow_redirects=False)
        data = {name: self._drawn(value) for name, value in body.items()}
        data["csrfmiddlewaretoken"] = self.session.cookies["csrf"]
        return self.session.post(url, data=data, headers={"Referer": url}, allow_redirects=True)

    def _drawn(self, text: str) -> str:
        self.count += "{seq}" in text
        text = text.replace("{name}", self.chance.choice(self.names))
        return text.replace("{reference}", self.chance.choice(self.references)).replace(
            "{seq}", str(self.count)
        )

    def ask(self, ask: Ask) -> list[Answer]:
        """Ask once: one answer, or for a form that of its page and that of its sending."""
        path = self._drawn(ask.path)
        page, seconds = _timed(lambda: self._open(path, ask.body))
        wrong = (
            ""
            if page.status_code == 200 and ask.expect in page.text
            else f"{page.status_code}, sans « {ask.expect} »"
        )
        if not ask.fields:
            return [_answer(ask.name, page, seconds, wrong)]
        fields = {name: self._drawn(value) for name, value in ask.fields.items()}
        sent, more = _timed(lambda: self._send(page, fields, follow=False))
        return [
            _answer(f"{ask.name}:get", page, seconds, wrong),
            _answer(f"{ask.name}:post", sent, more, "" if sent.status_code == 303 else str(sent.status_code)),
        ]

    def check(self, ask: Ask) -> str:
        """Return what is wrong with the answer to a request, or nothing."""
        try:
            wrong = [f"{answer.name} : {answer.wrong}" for answer in self.ask(ask) if answer.wrong]
        except (ValueError, requests.RequestException) as error:
            return f"{ask.name} : {type(error).__name__}"
        return ", ".join(wrong)


def _timed(act: Callable[[], requests.Response]) -> tuple[requests.Response, float]:
    begun = time.perf_counter()
    answer = act()
    return answer, time.perf_counter() - begun


def _answer(name: str, answer: requests.Response, seconds: float, wrong: str) -> Answer:
    sent = int(answer.headers.get("Content-Length") or len(answer.content))
    return Answer(name, seconds, len(answer.content), sent, wrong)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share lies, interpolated."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def together(
    clients: Sequence[Client], draw: Callable[[Client], Ask], seconds: float
) -> tuple[list[Answer], float]:
    """Have several people ask at once for a while; return every answer and how long it took."""
    answers: list[Answer] = []
    begun = time.monotonic()

    def work(client: Client) -> None:
        while time.monotonic() < begun + seconds:
            answers.extend(client.ask(draw(client)))

    threads = [threading.Thread(target=work, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, time.monotonic() - begun
