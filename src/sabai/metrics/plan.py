"""Which metrics are added up together: all that read the same rows, over the same days, share one stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sabai.definitions.model import Basic, Metric
from sabai.facts.catalogue import TABLES, Measure
from sabai.facts.reach import Reach

SCALE = {"number": 10**6}
"""Numbers with decimals are summed as whole millionths, so that no order of adding can change a bit."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows of one table as intervals: from the day in `start` to the day in `end` (None: for ever)."""

    table: str
    start: str
    end: str | None
    since_stage: bool
    metrics: tuple[Basic, ...]


def measure_of(metric: Basic) -> Measure:
    return TABLES[metric.table].measures[metric.measure]


def unit_of(metric: Basic) -> float:
    """What an added-up integer is divided by to be shown in the measure's own unit."""
    measure = measure_of(metric)
    if measure.value is None or metric.how == "days_since":
        return 1.0
    table = TABLES[metric.table]
    kind = (table.columns | table.derived)[measure.value]
    return SCALE.get(kind, 1) * measure.per


def streams(metrics: Mapping[str, Metric]) -> tuple[Stream, ...]:
    """Every basic metric in exactly one stream."""
    grouped: dict[tuple[str, str, str | None, bool], list[Basic]] = {}
    for metric in basics(metrics.values()):
        measure = measure_of(metric)
        key = (metric.table, measure.start, measure.end, metric.since_stage)
        grouped.setdefault(key, []).append(metric)
    return tuple(Stream(*key, tuple(members)) for key, members in grouped.items())


def reach(stream: Stream, as_of: int) -> Reach | None:
    """The rows that can count at `as_of` or later; None: any can.

    >>> from sabai.definitions.model import Where
    >>> week = Basic("week", "count", "events", window_days=7, shift_days=7)
    >>> begun = Basic("begun", "count", "events", where=(Where("name", "in", ("start",)),))
    >>> reach(Stream("events", "occurred_at", None, False, (week, begun)), 100)
    Reach(since=86, ever=(('name', frozenset({'start'})),))
    """
    if stream.end or stream.since_stage or stream.start != TABLES[stream.table].time:
        return None
    longest = max(((metric.window_days or 0) + metric.shift_days for metric in stream.metrics), default=0)
    ever = [_words(metric) for metric in stream.metrics if metric.window_days is None]
    told = tuple(words for words in ever if words)
    return Reach(as_of - longest, told) if len(told) == len(ever) else None


def _words(metric: Basic) -> tuple[str, frozenset[str]] | None:
    """A column of text and the words one of which has to stand in it; None: it asks for no words."""
    columns = TABLES[metric.table].columns
    for where in metric.where:
        words = [word for word in where.values if isinstance(word, str)]
        if where.op == "in" and len(words) == len(where.values) and columns.get(where.column) == "text":
            return where.column, frozenset(words)
    return None


def basics(metrics: Iterable[Metric]) -> Iterable[Basic]:
    return (metric for metric in metrics if isinstance(metric, Basic))
