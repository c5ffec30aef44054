"""Django, set up on an empty folder: imported before whatever has rows of its database in it."""

from __future__ import annotations

import os
import tempfile

import django

FOLDER = tempfile.TemporaryDirectory(prefix="sabai-desk-")
os.environ |= {"SABAI_DATA": FOLDER.name, "DJANGO_SETTINGS_MODULE": "sabai.desk.conf"}
django.setup()
