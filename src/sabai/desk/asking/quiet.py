"""Hours in which nothing is sent, by the clock of whoever would be woken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

STEP = timedelta(minutes=15)  # every clock on earth turns its hours at one of these


def zone_of(name: str, otherwise: str) -> ZoneInfo:
    """That time zone; where there is none of that name, the other one.

    >>> zone_of("Asia/Bangkok", "UTC").key, zone_of("Siam", "UTC").key, zone_of("", "UTC").key
    ('Asia/Bangkok', 'UTC', 'UTC')
    """
    return _zone(name) or ZoneInfo(otherwise)


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # of all kinds of nonsense
        return None


def is_quiet(at: datetime, zone: ZoneInfo, since: int, until: int) -> bool:
    """Whether it is an hour from `since` on and before `until` there; the same hour twice is no quiet at all.

    >>> is_quiet(datetime(2026, 6, 1, 12, tzinfo=UTC), ZoneInfo("Asia/Bangkok"), 18, 9)
    True
    >>> is_quiet(datetime(2026, 6, 1, 2, tzinfo=UTC), ZoneInfo("Asia/Bangkok"), 18, 9)
    False
    """
    hour = at.astimezone(zone).hour
    return since <= hour < until if since <= until else hour >= since or hour < until


def waking(at: datetime, zone: ZoneInfo, since: int, until: int) -> datetime:
    """The first moment from `at` on that is not quiet there, found step by step: clocks jump, and hours come twice.

    >>> waking(datetime(2026, 6, 1, 12, 7, tzinfo=UTC), ZoneInfo("Asia/Bangkok"), 18, 9).isoformat()
    '2026-06-02T02:00:00+00:00'
    """
    moment = at.astimezone(UTC)
    while is_quiet(moment, zone, since, until):
        moment = datetime.fromtimestamp((moment.timestamp() // STEP.total_seconds() + 1) * STEP.total_seconds(), UTC)
    return moment
