"""What an installation is set to: from the environment what differs, from the key file what is secret."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import resolve

from mafaka.accounts.pages import undeclared
from mafaka.config import settings as module
from mafaka.config import urls
from mafaka.vault import keyfile

Read = Callable[..., dict[str, Any]]
CHOSEN = ("MAFAKA_HOSTS", "MAFAKA_HTTPS", "MAFAKA_TIME_ZONE", "MAFAKA_DATABASE_URL")


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read the settings of a new house, under these environment variables."""
    monkeypatch.setenv("MAFAKA_HOME", str(tmp_path))
    for name in CHOSEN:
        monkeypatch.delenv(name, raising=False)
    keyfile.create()

    def run(**environment: str) -> dict[str, Any]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(module.__file__)

    return run


# --- Secrets -------------------------------------------------------------------------------------------------------


def test_without_a_key_file_nothing_starts(read: Read) -> None:
    keyfile.path().unlink()
    with pytest.raises(keyfile.KeyProblem, match="mafaka init"):
        read()


def test_cookies_are_signed_with_this_installations_own_key(read: Read) -> None:
    assert read()["SECRET_KEY"] == keyfile.load().web.hex()


def test_no_other_key_stands_in_the_settings(read: Read) -> None:
    told = repr(read())
    keys = keyfile.load()
    for secret in (keys.pages, keys.salt, keys.node):
        assert secret.hex() not in told
        assert repr(secret) not in told


def test_nobody_can_switch_on_the_pages_of_the_programmer(read: Read) -> None:
    assert read(DEBUG="1", MAFAKA_DEBUG="1", DJANGO_DEBUG="1")["DEBUG"] is False


# --- Cookies -------------------------------------------------------------------------------------------------------


def test_behind_https_cookies_never_leave_it_and_belong_to_this_host_alone(read: Read) -> None:
    found = read(MAFAKA_HTTPS="1")
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    for name in ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"):
        assert found[name].startswith("__Host-")
    # A browser takes a __Host- cookie for the root path and without a domain only.
    assert found.get("SESSION_COOKIE_PATH", "/") == "/"
    assert found.get("SESSION_COOKIE_DOMAIN") is None


@pytest.mark.parametrize("value", ["", "0", "non", "true"])
def test_on_one_machine_without_https_cookies_still_arrive(read: Read, value: str) -> None:
    found = read(MAFAKA_HTTPS=value)
    assert not found["SESSION_COOKIE_SECURE"]
    assert not found["CSRF_COOKIE_SECURE"]
    assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == ("session", "csrf")


@pytest.mark.parametrize("https", ["", "1"])
def test_no_script_and_no_other_site_ever_uses_a_cookie(read: Read, https: str) -> None:
    found = read(MAFAKA_HTTPS=https)
    for kind in ("SESSION", "CSRF"):
        assert found[f"{kind}_COOKIE_HTTPONLY"]
        assert found[f"{kind}_COOKIE_SAMESITE"] == "Strict"


def test_a_session_ends_after_ten_hours_and_a_pause_after_fifteen_minutes(read: Read) -> None:
    found = read()
    assert found["IDLE_SECONDS"] == 900
    assert found["SESSION_COOKIE_AGE"] == found["ABSOLUTE_SECONDS"] == 36_000


def test_no_cookie_is_believed_to_come_over_https_because_a_header_says_so(read: Read) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in read(MAFAKA_HTTPS="1")


# --- Hosts, time, database -----------------------------------------------------------------------------------------


def test_a_new_house_answers_on_its_own_machine_alone(read: Read) -> None:
    assert set(read()["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}


def test_named_hosts_are_the_only_ones(read: Read) -> None:
    assert read(MAFAKA_HOSTS="mafaka.ne,10.0.0.7")["ALLOWED_HOSTS"] == ["mafaka.ne", "10.0.0.7"]


def test_the_house_lives_at_the_time_of_niger_unless_it_stands_elsewhere(read: Read) -> None:
    assert read()["TIME_ZONE"] == "Africa/Niamey"
    assert read(MAFAKA_TIME_ZONE="Africa/Ndjamena")["TIME_ZONE"] == "Africa/Ndjamena"
    assert read()["USE_TZ"]


def test_both_databases_are_encrypted_and_lie_in_the_house(read: Read, tmp_path: Path) -> None:
    databases = read()["DATABASES"]
    assert set(databases) == {"default", "keyring"}
    for database in databases.values():
        assert database["ENGINE"] == "mafaka.vault.sqlcipher"
        assert Path(database["NAME"]).parent == tmp_path
        assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert databases["default"]["NAME"] != databases["keyring"]["NAME"]


def test_a_server_may_hold_the_data_and_never_the_keys(read: Read, tmp_path: Path) -> None:
    pytest.importorskip("dj_database_url")
    databases = read(MAFAKA_DATABASE_URL="postgres://mafaka:x@db.example:5433/refuge")["DATABASES"]
    main = databases["default"]
    assert main["ENGINE"].endswith("postgresql")
    assert (main["NAME"], main["HOST"], main["PORT"]) == ("refuge", "db.example", 5433)
    assert databases["keyring"]["ENGINE"] == "mafaka.vault.sqlcipher"
    assert Path(databases["keyring"]["NAME"]).parent == tmp_path


def test_a_house_is_a_demonstration_only_once_it_says_so(read: Read, tmp_path: Path) -> None:
    assert not read()["DEMONSTRATION"]
    (tmp_path / "demonstration").touch()
    assert read()["DEMONSTRATION"]


# --- What is typed and sent ----------------------------------------------------------------------------------------


def test_passwords_are_kept_by_argon2_alone_and_are_long(read: Read) -> None:
    found = read()
    assert found["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    options = [each.get("OPTIONS", {}) for each in found["AUTH_PASSWORD_VALIDATORS"]]
    assert {"min_length": 12} in options


def test_what_is_uploaded_touches_no_shared_folder(read: Read) -> None:
    found = read()
    assert found["FILE_UPLOAD_HANDLERS"] == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    assert found["STORAGES"]["default"]["BACKEND"] == "django.core.files.storage.InMemoryStorage"
    assert found["FILE_UPLOAD_MAX_MEMORY_SIZE"] > 10 * 1024 * 1024
    assert "MEDIA_ROOT" not in found


def test_headers_come_before_all_that_answers_and_the_token_before_the_person(read: Read) -> None:
    order = [name.rpartition(".")[2] for name in read()["MIDDLEWARE"]]
    assert order.index("Headers") < order.index("WhiteNoiseMiddleware")
    assert order.index("SessionMiddleware") < order.index("CsrfViewMiddleware")
    assert order.index("AuthenticationMiddleware") < order.index("SessionLimits")


def test_there_is_no_administration_of_the_framework(read: Read) -> None:
    assert not [app for app in read()["INSTALLED_APPS"] if "admin" in app]


# --- Addresses -----------------------------------------------------------------------------------------------------


def test_every_address_declares_its_act() -> None:
    assert list(undeclared(urls.urlpatterns)) == []


def test_the_gallery_of_components_is_a_page_like_another() -> None:
    assert resolve("/composants/").func.act == "ui.gallery"


def test_the_web_server_finds_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    from mafaka.config import settings, wsgi

    assert callable(wsgi.application)
    assert settings.WSGI_APPLICATION == "mafaka.config.wsgi.application"
