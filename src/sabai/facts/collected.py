"""From which day on each source is collected: before it, nothing found means that nobody was looking."""

from __future__ import annotations

from collections.abc import Mapping, Set

from sabai.dates import to_day
from sabai.definitions.model import Source

FirstDays = dict[str, dict[str, int]]
"""table -> source -> the first day on which anything of it was known."""


def collected(
    first_days: Mapping[str, Mapping[str, int]], sources: Mapping[str, Source], at_hand: Set[str]
) -> dict[str, dict[str, int | None]]:
    """The same with what the sources say themselves: `since`, or None where no file of one is `at_hand`.

    A source that has a file and no fact yet says nothing. Dues need invoices as well as payments.
    """
    told: dict[str, dict[str, int | None]] = {table: dict(days) for table, days in first_days.items()}
    for source in sources.values():
        days = told.setdefault(source.table, {})
        if source.since:
            days[source.name] = to_day(source.since)
        if source.name not in at_hand:
            days[source.name] = None
    if any(day is not None for day in told.get("invoices", {}).values()):
        told["dues"] = {**told["invoices"], **told.get("payments", {})}
    return {table: days for table, days in told.items() if any(day is not None for day in days.values())}
