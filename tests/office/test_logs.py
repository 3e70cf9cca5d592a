"""What is written to the log of the server: where something broke, and never what it broke on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory

from mafaka.office.logs import Bare

NAME = "Rakia Maïdabo"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, StringIO]]:
    """A log written as the server writes it: one handler, with the filter of the settings."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(Bare())
    logger = logging.getLogger("mafaka.try")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, written
    logger.removeHandler(handler)
    logger.propagate = True


def told(log: tuple[logging.Logger, StringIO], broken: Any) -> str:
    logger, written = log
    try:
        broken()
    except Exception:
        logger.exception("Internal Server Error: %s", "/dossiers/")
    return written.getvalue()


def raise_with_a_name() -> None:
    person = NAME
    raise ValueError(f"{person} is not a number")


def raise_from_another() -> None:
    try:
        raise_with_a_name()
    except ValueError as error:
        raise KeyError(NAME) from error


def raise_a_group() -> None:
    raise ExceptionGroup(NAME, [ValueError(NAME), KeyError(NAME)])


def raise_with_a_note() -> None:
    error = RuntimeError("x")
    error.add_note(NAME)
    raise error


@pytest.mark.parametrize("broken", [raise_with_a_name, raise_from_another, raise_a_group, raise_with_a_note])
def test_an_exception_is_told_by_its_class_and_place_alone(log: Any, broken: Any) -> None:
    text = told(log, broken)
    assert "Rakia" not in text
    assert "Traceback" not in text
    assert "Internal Server Error: /dossiers/" in text
    assert "test_logs.py:" in text


def test_the_class_and_the_very_line_are_told(log: Any) -> None:
    text = told(log, raise_with_a_name)
    line = raise_with_a_name.__code__.co_firstlineno + 2
    assert text.strip() == f"Internal Server Error: /dossiers/ [ValueError at test_logs.py:{line}]"


def test_an_error_of_the_database_does_not_quote_what_it_refused(log: Any, db: None) -> None:
    def broken() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM nowhere WHERE name = %s", [NAME])

    text = told(log, broken)
    assert "Rakia" not in text
    assert "OperationalError" in text or "ProgrammingError" in text


def test_the_request_does_not_travel_with_the_record() -> None:
    request = RequestFactory().post("/dossiers/", {"own_name": NAME})
    record = logging.LogRecord(
        "django.request", logging.ERROR, "x.py", 1, "Broken: %s", ("/dossiers/",), None
    )
    record.request = request
    assert Bare().filter(record)
    assert "request" not in record.__dict__
    assert record.getMessage() == "Broken: /dossiers/"


def test_a_record_without_an_exception_is_kept_as_it_is(log: Any) -> None:
    logger, written = log
    logger.warning("Not Found: %s", "/nulle-part/")
    assert written.getvalue() == "Not Found: /nulle-part/\n"


def test_a_record_that_was_already_written_out_loses_its_traceback_too() -> None:
    """Another handler may have kept the text of the traceback on the record."""
    try:
        raise_with_a_name()
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "Broken", (), info)
    logging.Formatter().format(record)
    assert NAME in (record.exc_text or "")
    Bare().filter(record)
    assert NAME not in logging.Formatter().format(record)


@pytest.mark.parametrize("info", [None, (None, None, None), (ValueError, ValueError(NAME), None)])
def test_a_record_with_half_an_exception_is_no_trouble(info: Any) -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "Broken", (), info)
    assert Bare().filter(record)
    assert NAME not in logging.Formatter().format(record)


def test_every_handler_of_the_house_has_the_filter() -> None:
    handlers = settings.LOGGING["handlers"]
    assert handlers
    for handler in handlers.values():
        assert "bare" in handler["filters"]
    assert settings.LOGGING["filters"]["bare"]["()"] == "mafaka.office.logs.Bare"
    assert settings.LOGGING["root"]["handlers"] == list(handlers)


def test_nothing_is_sent_by_mail() -> None:
    """Django mails whole requests to ADMINS, were there any."""
    assert not settings.ADMINS
    assert not settings.MANAGERS


def test_a_page_that_breaks_writes_its_address_without_the_question(
    amina: Any, browse: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from mafaka.office import queries

    def broken(*args: Any, **kwargs: Any) -> None:
        raise ValueError(NAME)

    monkeypatch.setattr(queries, "search", broken)
    caplog.handler.addFilter(Bare())
    client: Client = browse(amina)
    client.raise_request_exception = False
    answer = client.post("/recherche/", {"q": NAME}, follow=True)
    assert answer.status_code == 500
    assert "Rakia" not in answer.content.decode()
    (record,) = [each for each in caplog.records if each.name == "django.request"]
    assert record.getMessage().startswith("Internal Server Error: /recherche/ [ValueError at test_logs.py:")
    assert "Rakia" not in record.getMessage()
