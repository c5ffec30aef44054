"""How many of those who were asked answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sabai.feedback.asked.span import Asked
from sabai.intervals import Interval, wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """`answered` of `asked` invitations."""

    asked: int
    answered: int

    @property
    def share(self) -> Interval:
        """With its Wilson interval."""
        return wilson(self.answered, self.asked)


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """Of surveys of one kind, lately, by period and by group."""

    kind: str
    lately: Rate
    each: tuple[Rate, ...]
    groups: Mapping[str, tuple[tuple[str, Rate], ...]]


def response_rate(rows: pl.DataFrame, kind: str, asked: Asked, by: tuple[str, ...]) -> ResponseRate | None:
    """`rows` are all who were asked, of every kind; they count when they were asked, answers until the end count. None
    where nobody is known to have been silent: then only answers were collected."""
    rows = rows.filter(pl.col("kind") == kind)
    if rows.is_empty() or rows["answered_day"].null_count() == 0:
        return None
    inside = rows.filter(pl.col("asked_day").is_between(asked.first, asked.until - 1))
    bounds = asked.periods.bounds
    period = pl.Series("period", bounds.searchsorted(inside["asked_day"].to_numpy(), side="right") - 1, dtype=pl.Int32)
    counts = _by_period(inside.with_columns(period))
    now = inside.filter(pl.col("asked_day") >= asked.lately[0])
    none = Rate(0, 0)
    return ResponseRate(
        kind,
        _rate(now),
        tuple(counts.get(place, none) for place in range(len(asked.periods))),
        {name: tuple(_counts(now.with_columns(pl.col(name).fill_null("")), name)) for name in by},
    )


def _counts(rows: pl.DataFrame, by: str) -> list[tuple[str, Rate]]:
    found = rows.group_by(by).agg(asked=pl.len(), answered=pl.col("answered_day").is_not_null().sum())
    ordered = found.sort(["asked", by], descending=[True, False])
    return [(name, Rate(asked, answered)) for name, asked, answered in ordered.rows()]


def _by_period(rows: pl.DataFrame) -> dict[int, Rate]:
    return {int(period): rate for period, rate in _counts(rows, "period")}


def _rate(rows: pl.DataFrame) -> Rate:
    return Rate(rows.height, rows.height - rows["answered_day"].null_count())
