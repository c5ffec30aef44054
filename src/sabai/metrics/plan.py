"""Which metrics are added up together: all that read the same rows, over the same days, share one stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sabai.definitions.model import Basic, Metric
from sabai.facts.catalogue import TABLES, Measure

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


def first_day(stream: Stream, as_of: int) -> int | None:
    """The first own day of the rows that count at `as_of` or later; None: there is none.

    >>> week = Basic("week", "count", "events", window_days=7, shift_days=7)
    >>> first_day(Stream("events", "occurred_at", None, False, (week,)), 100)
    86
    """
    windows = [metric.window_days for metric in stream.metrics]
    if None in windows or stream.end or stream.since_stage or stream.start != TABLES[stream.table].time:
        return None
    return as_of - max((metric.window_days or 0) + metric.shift_days for metric in stream.metrics)


def basics(metrics: Iterable[Metric]) -> Iterable[Basic]:
    return (metric for metric in metrics if isinstance(metric, Basic))
