"""What each metric of a stream wants of each kind of row, as the small integer tables that the kernel reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

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

    A span is a window and a shift. Rows open at the end 2 × span and close at the next; spans of one shift open
    together, at the end of the first of them.

    tallied: (how it adds, value column, end) · added: (slot, the tally that opens, the tally that closes) ·
    distinct: (slot, key column, first span of the shift, sweep, end that closes) ·
    carried: (slot, how it carries, value column or -1 for the day itself, span)
    """

    values: tuple[str, ...]
    keys: tuple[str, ...]
    spans: Ints  # (spans, 3): window, shift, the first span of the same shift
    slots: dict[str, int]
    slot_count: int
    tallied: Table
    added: Table
    distinct: Table
    carried: Table
    running: Ints

    @property
    def tables(self) -> tuple[Table, Table, Table, Table]:
        return self.tallied, self.added, self.distinct, self.carried


def wishes(metrics: Sequence[Basic], wanted: NDArray[np.bool_], *, in_order: bool) -> Wishes:
    """`wanted` (metrics, kinds) says which kinds of row each metric's filter lets through.

    `in_order`: the rows stand in the order of their start days, so that the last row is also the latest.
    """
    values = tuple(dict.fromkeys(value for metric in metrics if (value := _value(metric))))
    keys = tuple(dict.fromkeys(metric.key for metric in metrics if metric.key and metric.how == "distinct"))
    spans = list(dict.fromkeys(map(_span, metrics)))
    together = [[shift for _, shift in spans].index(shift) for _, shift in spans]
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
            distinct.append((index, count, keys.index(metric.key), together[span], len(distinct), 2 * span + 1))
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
        np.array([(*span, first) for span, first in zip(spans, together, strict=True)], dtype=np.int64),
        slots,
        count,
        *_tallied(_by_kind(added, wanted, 4), together),
        _by_span(distinct, wanted, len(spans)),
        _by_kind(carried, wanted, 4),
        np.array(running, dtype=np.int64),
    )


def _span(metric: Basic) -> tuple[int, int]:
    return metric.window_days or 0, metric.shift_days


def needs_count(metric: Basic) -> bool:
    """Whether it matters how many values were found: for a mean, and where a number stands for "nothing found"."""
    return metric.how == "mean" or (metric.missing is not None and metric.how in ("sum", "held"))


def _value(metric: Basic) -> str | None:
    return None if metric.how in ("count", "distinct", "days_since") else measure_of(metric).value


def _tallied(added: Table, together: Sequence[int]) -> tuple[Table, Table]:
    """What rows of each kind are tallied for, once however many wishes need it, and the wishes by their tallies."""
    begins, wishes = added
    tallied: list[tuple[int, int, int]] = []
    tallies_begin = [0]
    by_tally: list[tuple[int, int, int]] = []
    for first, last in pairwise(begins):
        places: dict[tuple[int, int, int], int] = {}
        for slot, how, column, span in wishes[first:last].tolist():
            ends = ((how, column, 2 * together[span]), (how, column, 2 * span + 1))
            opens, closes = (places.setdefault(end, len(tallied) + len(places)) for end in ends)
            by_tally.append((slot, opens, closes))
        tallied.extend(places)
        tallies_begin.append(len(tallied))
    return (np.array(tallies_begin, dtype=np.int64), _rows(tallied, 3)), (begins, _rows(by_tally, 3))


def _by_span(rows: Sequence[tuple[int, ...]], wanted: NDArray[np.bool_], spans: int) -> Table:
    """As `_by_kind`, and where they begin stands for each span: those that open together are swept together."""
    tables = [_by_kind([row for row in rows if row[3] == span], wanted, 5) for span in range(spans)]
    before = np.cumsum([0, *(len(wishes) for _, wishes in tables)])
    begins = np.array([begin + more for (begin, _), more in zip(tables, before, strict=False)])
    return begins, np.concatenate([wishes for _, wishes in tables])


def _by_kind(rows: Sequence[tuple[int, ...]], wanted: NDArray[np.bool_], width: int) -> Table:
    """Repeat each wish under every kind that its metric wants; the first number of a row is its metric."""
    listed = [[row[1:] for row in rows if wanted[row[0], kind]] for kind in range(wanted.shape[1])]
    begins = np.cumsum([0, *map(len, listed)], dtype=np.int64)
    return begins, _rows([wish for kind in listed for wish in kind], width)


def _rows(wishes: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.array(wishes, dtype=np.int64).reshape(-1, width)
