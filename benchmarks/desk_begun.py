"""Django, set up on an empty folder: imported before whatever has rows of its database in it."""

from __future__ import annotations

import os
import tempfile

import django

from benchmarks.mail_server import PORT

FOLDER = tempfile.TemporaryDirectory(prefix="sabai-desk-")
os.environ |= {
    "SABAI_DATA": FOLDER.name, "SABAI_MAIL": f"smtp://127.0.0.1:{PORT}", "DJANGO_SETTINGS_MODULE": "sabai.desk.conf",
}  # fmt: skip
django.setup()
