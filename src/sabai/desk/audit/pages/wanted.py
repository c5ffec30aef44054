"""Which entries an address asks for. What cannot be read is not asked."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from sabai.desk.audit.queries import Wanted


def wanted(asked: QueryDict) -> Wanted:
    """
    >>> wanted(QueryDict("kind=task&since=2026-02-30&text=Baan")).since is None
    True
    """
    who = asked.get("who", "")
    return Wanted(
        who=int(who) if who.isdecimal() and len(who) < 19 else None,
        kind=asked.get("kind", "")[:40],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        text=asked.get("text", "").replace("\0", "")[:200],
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1970 <= day.year < 9999 else None
