"""The desk as tests run it: its own folder, quick password hashes, jobs done at once, plain static files."""

from __future__ import annotations

import os
import tempfile

for name in [name for name in os.environ if name.startswith("SABAI_") or name == "DATABASE_URL"]:
    if name != "SABAI_STORE":
        del os.environ[name]
os.environ["SABAI_DATA"] = tempfile.mkdtemp(prefix="sabai-desk-")

from huey import MemoryHuey  # noqa: E402

from sabai.desk.conf import *  # noqa: E402, F403

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}  # noqa: F405  # a file: threads wait for each other

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
HUEY = MemoryHuey("sabai", immediate=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
