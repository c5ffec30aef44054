"""Which source a request comes from, and whether it may send so much."""

from __future__ import annotations

import binascii
import math
import time
from base64 import b64decode

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from sabai.desk.intake import refusals
from sabai.desk.intake.models import Source
from sabai.desk.people.secrets import hashed

BEGINS = "sabai_write_"
WINDOW = 10  # seconds over which the rate is counted: a queue that empties itself after a pause is no abuse
LIMITER = FixedWindowRateLimiter(MemoryStorage())


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
    found = Source.everywhere.filter(hashed=hashed(key), revoked_at=None).first() if key else None
    if found is None:
        raise refusals.unknown_key()
    return found


def paced(source: Source, items: int) -> None:
    """Counts the items of a request against the source's rate; a process counts for itself."""
    rate = RateLimitItemPerSecond(settings.SABAI["SABAI_INTAKE_RATE"] * WINDOW, WINDOW)
    if not LIMITER.hit(rate, "intake", str(source.pk), cost=max(items, 1)):
        left = LIMITER.get_window_stats(rate, "intake", str(source.pk)).reset_time - time.time()
        raise refusals.too_fast(max(1, math.ceil(left)))
