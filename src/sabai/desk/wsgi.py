"""What a server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from sabai.desk.keeping.logs import configure

configure()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabai.desk.conf")
application = get_wsgi_application()
resolve("/healthz")  # has all pages imported: else whoever comes first waits for it, seconds in each worker
