"""On which day of each round a person is asked: drawn from who they are, so that every day has its even share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b


def turn(salt: str, person: str, days: int) -> int:
    """The day of a round, from 0 on; the same for one person in every round.

    >>> turn("survey", "noi", 91) == turn("survey", "noi", 91), 0 <= turn("survey", "noi", 91) < 91
    (True, True)
    """
    drawn = blake2b(person.encode(), key=salt.encode()[:64], digest_size=8).digest()
    return int.from_bytes(drawn, "big") * days >> 64


def rounds(begun: date, days: int, since: date, until: date) -> Iterator[tuple[date, frozenset[int]]]:
    """Of the days after `since` up to `until`: the first day of each round that they are in, and which days of it.

    >>> list(rounds(date(2026, 1, 1), 91, since=date(2026, 1, 1), until=date(2026, 1, 3)))
    [(datetime.date(2026, 1, 1), frozenset({1, 2}))]
    """
    first = max(begun, since + timedelta(days=1), until - timedelta(days=days - 1))
    places = [divmod((first - begun).days + place, days) for place in range((until - first).days + 1)]
    for number in sorted({number for number, _ in places}):
        which = frozenset(place for each, place in places if each == number)
        yield begun + timedelta(days=number * days), which
