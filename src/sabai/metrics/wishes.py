"""What each metric of a stream wants of each kind of row, as the small integer tables that the kernel reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Basic
from sabai.metrics.kernel import HIGHEST, LAST, LOWEST, ONE, VALUE, VALUES_SEEN, Ints
from sabai.metrics.plan import measure_of

CARRIES = {"last": LAST, "min": LOWEST, "max": HIGHEST}

Table = tuple[Ints, Ints]
"""Where the wishes of each kind of row begin, and the wishes: one row each."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Slots hold one integer for each account and as-of date; a mean has a second one that counts its values.

    added: (slot, how it adds, value column, span) · distinct: (slot, key column, span, sweep) ·
    carried: (slot, how it carries, value column or -1 for the day itself, span). A span is a window and a shift.
    """

    values: tuple[str, ...]
    keys: tuple[str, ...]
    spans: Ints  # (spans, 2)
    slots: dict[str, int]
    slot_count: int
    added: Table
    distinct: Table
    carried: Table
    running: Ints


def wishes(metrics: Sequence[Basic], wanted: NDArray[np.bool_], *, in_order: bool) -> Wishes:
    """`wanted` (metrics, kinds) says which kinds of row each metric's filter lets through.

    `in_order`: the rows stand in the order of their start days, so that the last row is also the latest.
    """
    values = tuple(dict.fromkeys(value for metric in metrics if (value := _value(metric))))
    keys = tuple(dict.fromkeys(metric.key for metric in metrics if metric.key and metric.how == "distinct"))
    spans = list(dict.fromkeys(map(_span, metrics)))
    slots: dict[str, int] = {}
    added: list[tuple[int, ...]] = []
    distinct: list[tuple[int, ...]] = []
    carried: list[tuple[int, ...]] = []
    count = 0
    for index, metric in enumerate(metrics):
        slots[metric.name] = count
        value = _value(metric)
        column = values.index(value) if value else -1
        span = spans.index(_span(metric))
        if metric.how == "distinct":
            assert metric.key is not None
            distinct.append((index, count, keys.index(metric.key), span, len(distinct)))
        elif metric.how in CARRIES:
            carried.append((index, count, CARRIES[metric.how], column, span))
        elif metric.how == "days_since":
            carried.append((index, count, LAST if in_order else HIGHEST, -1, span))
        else:
            added.append((index, count, ONE if column < 0 else VALUE, column, span))
        if needs_count(metric):
            count += 1
            added.append((index, count, ONE if column < 0 else VALUES_SEEN, column, span))
        count += 1
    running = sorted({wish[1] for wish in (*added, *distinct)})
    return Wishes(
        values,
        keys,
        np.array(spans, dtype=np.int64),
        slots,
        count,
        _by_kind(added, wanted),
        _by_span(distinct, wanted, len(spans)),
        _by_kind(carried, wanted),
        np.array(running, dtype=np.int64),
    )


def _span(metric: Basic) -> tuple[int, int]:
    return metric.window_days or 0, metric.shift_days


def needs_count(metric: Basic) -> bool:
    """Whether it matters how many values were found: for a mean, and where a number stands for "nothing found"."""
    return metric.how == "mean" or (metric.missing is not None and metric.how in ("sum", "held"))


def _value(metric: Basic) -> str | None:
    return None if metric.how in ("count", "distinct", "days_since") else measure_of(metric).value


def _by_span(rows: Sequence[tuple[int, ...]], wanted: NDArray[np.bool_], spans: int) -> Table:
    """The same, and where they begin stands for each span, as spans are swept one after the other."""
    tables = [_by_kind([row for row in rows if row[3] == span], wanted) for span in range(spans)]
    before = np.cumsum([0, *(len(wishes) for _, wishes in tables)])
    begins = np.array([begin + more for (begin, _), more in zip(tables, before, strict=False)])
    return begins, np.concatenate([wishes for _, wishes in tables])


def _by_kind(rows: Sequence[tuple[int, ...]], wanted: NDArray[np.bool_]) -> Table:
    """Repeat each wish under every kind that its metric wants; the first number of a row is its metric."""
    listed = [[row[1:] for row in rows if wanted[row[0], kind]] for kind in range(wanted.shape[1])]
    begins = np.cumsum([0, *map(len, listed)], dtype=np.int64)
    flat = [wish for kind in listed for wish in kind]
    return begins, np.array(flat, dtype=np.int64).reshape(-1, 4)
