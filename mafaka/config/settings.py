"""Settings. What differs between installations comes from the environment; secrets come from the key file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from mafaka.common.home import home
from mafaka.vault import keyfile

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()

DEMONSTRATION = (HOME / "demonstration").exists()

SECRET_KEY = keyfile.load().web.hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MAFAKA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
SECURE = os.environ.get("MAFAKA_HTTPS", "") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "mafaka.ui",
    "django.forms",
    "django_cotton.apps.SimpleAppConfig",
    "mafaka.common",
    "mafaka.audit",
    "mafaka.vault",
    "mafaka.organisations",
    "mafaka.accounts",
    "mafaka.people",
    "mafaka.cases",
    "mafaka.assessments",
    "mafaka.plans",
    "mafaka.stays",
    "mafaka.tracing",
    "mafaka.reintegration",
    "mafaka.intake",
    "mafaka.reports",
    "mafaka.exchange",
    "mafaka.office",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mafaka.office.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mafaka.office.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mafaka.office.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "mafaka.config.urls"
WSGI_APPLICATION = "mafaka.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "mafaka.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "mafaka.office.context.shell",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "mafaka.ui.forms.FormRenderer"


def _embedded(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "mafaka.vault.sqlcipher",
        "NAME": str(HOME / name),
        "CONN_MAX_AGE": None,
        # Without IMMEDIATE, 68-95 % of concurrent read-then-write requests fail (SECURITY §8.1).
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
        "TEST": {"NAME": str(HOME / f"test_{name}")},
    }


def _main() -> dict[str, Any]:
    if address := os.environ.get("MAFAKA_DATABASE_URL"):
        import dj_database_url

        return {**dj_database_url.parse(address, conn_max_age=600)}
    return _embedded("mafaka.db")


DATABASES = {"default": _main(), "keyring": _embedded("keyring.db")}
DATABASE_ROUTERS = ["mafaka.vault.router.KeyringRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name"]},
    },
]
LOGIN_URL = "office:sign_in"

# Shared computers: 15 minutes without a page, ten hours at most (SECURITY §4).
IDLE_SECONDS = 15 * 60
ABSOLUTE_SECONDS = 10 * 3600
SESSION_COOKIE_AGE = ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "mafaka.office.views.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"  # the CSRF check reads it; nothing leaves this origin
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("MAFAKA_TIME_ZONE", "Africa/Niamey")
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Uploads stay in memory, or in a folder of our own: never in a shared /tmp (they hold names).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"bare": {"()": "mafaka.office.logs.Bare"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["bare"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
