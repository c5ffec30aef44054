"""Where "nothing found" means that nothing happened, and where it only means that nobody was looking."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Basic, Source
from sabai.metrics.filters import matches
from sabai.metrics.grid import Days, Floats

FirstDays = Mapping[str, int | None]
"""Source -> the first day on which it was collected; None: its file is not at hand."""


def covered(metric: Basic, as_of: Days, start: Floats, collected: FirstDays) -> NDArray[np.bool_]:
    """Where every source that is collected by the as-of date already was when the window began, or the account did.

    So the window before is unknown too when a source came between: the two could not be compared. `start` has shape
    (accounts, as_of), and so has the result. A window of 30 days asked on day 100, with a source that began on day 60,
    and another on day 80:

    >>> logins = Basic("logins", "count", "events", window_days=30)
    >>> asked, start = np.array([100], dtype=np.int32), np.array([[0.0]])
    >>> covered(logins, asked, start, {"app": 60}), covered(logins, asked, start, {"app": 60, "web": 80})
    (array([[ True]]), array([[False]]))
    """
    if not collected or None in collected.values():
        return np.zeros(start.shape, dtype=np.bool_)
    spoken_of = as_of - metric.shift_days
    first_days = np.array(sorted(day for day in collected.values() if day is not None))
    if metric.window_days is None:
        return np.broadcast_to(spoken_of > first_days[0], start.shape)
    begun = np.searchsorted(first_days, as_of)  # how many sources were collected by then
    latest = first_days[np.maximum(begun, 1) - 1]
    return np.asarray(((start >= latest) | (spoken_of - metric.window_days >= latest)) & (begun > 0))


def collected_for(metric: Basic, sources: Mapping[str, Source], first_days: Mapping[str, FirstDays]) -> FirstDays:
    """The sources that may bring rows which the metric counts, and since when each is collected."""
    of_table = first_days.get(metric.table, {})
    mapped = {name: sources.get(name, Source(name, (), metric.table, {})) for name in of_table}
    return {name: day for name, day in of_table.items() if may_bring(mapped[name], metric)}


def may_bring(source: Source, metric: Basic) -> bool:
    """False where the metric's filter shuts the source out, by its name or by the one value it writes into a column.

    >>> from sabai.definitions.model import ColumnMap, Where
    >>> visits = Source("web", ("web.csv",), "events", {"name": ColumnMap(value="visit")})
    >>> may_bring(visits, Basic("logins", "count", "events", where=(Where("name", "in", ("login",)),)))
    False
    >>> may_bring(visits, Basic("orders", "count", "events", where=(Where("source", "in", ("shop",)),)))
    False
    """
    constants = {name: of.value for name, of in source.columns.items()} | {"source": source.name}
    for where in metric.where:
        constant = constants.get(where.column)
        if constant is not None and not matches(constant, where):
            return False
    return True
