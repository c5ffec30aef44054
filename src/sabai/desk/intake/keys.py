"""Which source a request comes from, and whether it may send so much."""

from __future__ import annotations

import binascii
import math
import time
from base64 import b64decode
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from sabai.desk.intake import refusals
from sabai.desk.intake.models import Source
from sabai.desk.people.secrets import hashed

BEGINS = "sabai_write_"
WINDOW = 10  # seconds over which the rate is counted: a queue that empties itself after a pause is no abuse
BY_KEY = "SELECT * FROM intake_source WHERE hashed = %s AND revoked_at IS NULL"
_windows: dict[int, tuple[float, int]] = {}  # by source: when its window began, and how much came in it
_counting = Lock()


def key_of(request: HttpRequest) -> str:
    """The user name of basic authentication; empty where there is none."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return ""
    try:
        return b64decode(value, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def source_of(key: str) -> Source:
    """The source with that write key, asked each time: a revoked key opens nothing."""
    for found in Source.everywhere.raw(BY_KEY, [hashed(key)]) if key else ():
        return found
    raise refusals.unknown_key()


def paced(source: Source, items: int) -> None:
    """Counts the items of a request against the source's rate; each process counts what it lets in itself."""
    now, most = time.monotonic(), settings.SABAI["SABAI_INTAKE_RATE"] * WINDOW
    with _counting:
        began, came = _windows.get(source.pk, (now, 0))
        if now - began >= WINDOW:
            began, came = now, 0
        if came + items > most:
            raise refusals.too_fast(max(1, math.ceil(began + WINDOW - now)))
        _windows[source.pk] = began, came + items
