"""Settings of the tests: the real ones, on a home of their own that is thrown away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["MAFAKA_HOME"] = tempfile.mkdtemp(prefix="mafaka-test-")
atexit.register(shutil.rmtree, os.environ["MAFAKA_HOME"], ignore_errors=True)

# The browser of the tests runs its loop in the thread of the tests, where Django would then refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from mafaka.vault import keyfile  # noqa: E402

keyfile.create()

from mafaka.config.settings import *  # noqa: E402,F403

# Argon2 is slow on purpose; the tests that are about passwords put it back.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# WhiteNoise warns of a folder that is not there.
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
