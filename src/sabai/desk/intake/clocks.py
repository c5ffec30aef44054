"""When something happened, by our clock: the sender's may be wrong, but it is wrong for both of its times."""

from __future__ import annotations

from datetime import UTC, datetime

from sabai.desk.intake import refusals
from sabai.desk.intake.limits import AHEAD, FIRST_TIME


def aware(time: datetime) -> datetime:
    """A time without a zone is meant in UTC."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def in_utc(time: datetime | None) -> datetime | None:
    """A time as it can be kept; a Refusal where the calendar ends before it."""
    try:
        return time and aware(time).astimezone(UTC)
    except OverflowError:
        raise refusals.of_the_future(time.isoformat() if time else "") from None


def happened_at(told: datetime | None, sent: datetime | None, received: datetime) -> datetime:
    """received − (sent − told), as Segment defines it; without `sent` what was told, without both when it came.

    >>> day = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> happened_at(day.replace(hour=8), day.replace(hour=9), day).hour  # an hour before it was sent
    11
    """
    if told is None:
        return received
    try:
        when = aware(told) if sent is None else received - (aware(sent) - aware(told))
        when = when.astimezone(UTC)
    except OverflowError:
        raise refusals.of_the_future(told.isoformat()) from None
    if not FIRST_TIME <= when <= received + AHEAD:
        raise refusals.of_the_future(when.isoformat())
    return when
