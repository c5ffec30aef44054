"""What each metric of a stream wants of each kind of row, as the tables of places that the kernel reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sabai.definitions.model import Basic
from sabai.metrics.plan import measure_of
from sabai.metrics.tables import (
    HIGHEST,
    LAST,
    LOWEST,
    Added,
    Carried,
    Counted,
    Distinct,
    Ints,
    Places,
    Spans,
    Summed,
    Tables,
)  # fmt: skip

T = TypeVar("T")
CARRIES = {"last": LAST, "min": LOWEST, "max": HIGHEST}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Slots hold one integer for each account and as-of date; a mean has a second one that counts its values."""

    values: tuple[str, ...]
    keys: tuple[str, ...]
    slots: dict[str, int]
    slot_count: int
    running: Places
    spans: Spans
    tables: Tables


class Tally(NamedTuple):
    """What is added at an end: 1 where there is no column, or where a value of it is `seen`; else the value."""

    column: int
    seen: bool
    end: int


class Add(NamedTuple):
    metric: int
    slot: int
    opens: Tally
    closes: Tally


class Sweep(NamedTuple):
    metric: int
    slot: int
    key: int
    sweep: int
    span: int  # the first of the same shift
    closes: int


class Carry(NamedTuple):
    metric: int
    slot: int
    how: int
    column: int
    opens: int
    closes: int


def wishes(metrics: Sequence[Basic], wanted: NDArray[np.bool_], *, in_order: bool) -> Wishes:
    """`wanted` (metrics, kinds) says which kinds of row each metric's filter lets through.

    `in_order`: the rows stand in the order of their start days, so that the last row is also the latest.
    """
    values = _once(value for metric in metrics if (value := _value(metric)))
    keys = _once(metric.key for metric in metrics if metric.key and metric.how == "distinct")
    spans = _once(map(_span, metrics))
    together = [[shift for _, shift in spans].index(shift) for _, shift in spans]
    slots: dict[str, int] = {}
    adds: list[Add] = []
    sweeps: list[Sweep] = []
    carries: list[Carry] = []
    count = 0
    for index, metric in enumerate(metrics):
        slots[metric.name] = count
        value = _value(metric)
        column = values.index(value) if value else -1
        span = spans.index(_span(metric))
        opens, closes = 2 * together[span], 2 * span + 1
        if metric.how == "distinct":
            assert metric.key is not None
            sweeps.append(Sweep(index, count, keys.index(metric.key), len(sweeps), together[span], closes))
        elif metric.how in CARRIES:
            carries.append(Carry(index, count, CARRIES[metric.how], column, opens, closes))
        elif metric.how == "days_since":
            carries.append(Carry(index, count, LAST if in_order else HIGHEST, -1, opens, closes))
        else:
            adds.append(Add(index, count, Tally(column, False, opens), Tally(column, False, closes)))
        if needs_count(metric):
            count += 1
            adds.append(Add(index, count, Tally(column, column >= 0, opens), Tally(column, column >= 0, closes)))
        count += 1
    windows, shifts = _columns(spans, 2)
    return Wishes(
        values,
        keys,
        slots,
        count,
        _places(sorted([wish.slot for wish in adds] + [wish.slot for wish in sweeps])),
        Spans(windows, shifts, _places(together)),
        Tables(
            *_tallied(_by_kind(adds, wanted)), _swept(sweeps, wanted, len(spans)), _carried(_by_kind(carries, wanted))
        ),
    )


def _span(metric: Basic) -> tuple[int, int]:
    return metric.window_days or 0, metric.shift_days


def needs_count(metric: Basic) -> bool:
    """Whether it matters how many values were found: for a mean, and where a number stands for "nothing found"."""
    return metric.how == "mean" or (metric.missing is not None and metric.how in ("sum", "held"))


def _value(metric: Basic) -> str | None:
    return None if metric.how in ("count", "distinct", "days_since") else measure_of(metric).value


W = TypeVar("W", Add, Sweep, Carry)


def _by_kind(each: Sequence[W], wanted: NDArray[np.bool_]) -> list[list[W]]:
    """The wishes of each kind of row: those whose metric wants it."""
    return [[wish for wish in each if wanted[wish.metric, kind]] for kind in range(wanted.shape[1])]


def _tallied(adds: list[list[Add]]) -> tuple[Counted, Summed, Added]:
    """What rows of each kind are tallied for, once however many wishes need it, and the wishes by their tallies."""
    tallies = [_once(tally for wish in kind for tally in (wish.opens, wish.closes)) for kind in adds]
    counted = [[tally for tally in kind if tally.column < 0] for kind in tallies]
    summed = [[tally for tally in kind if tally.column >= 0] for kind in tallies]
    in_order = [*enumerate(counted), *enumerate(summed)]
    each = [(kind, tally) for kind, listed in in_order for tally in listed]
    place = {kind_and_tally: place for place, kind_and_tally in enumerate(each)}
    columns, seen, ends = _columns([tally for listed in summed for tally in listed], 3)
    slots, opens, closes = _columns(
        [
            (wish.slot, place[kind, wish.opens], place[kind, wish.closes])
            for kind, listed in enumerate(adds)
            for wish in listed
        ],
        3,
    )
    return (
        Counted(_begins(counted), _places([tally.end for listed in counted for tally in listed])),
        Summed(_begins(summed), _places(columns), seen.astype(np.bool_), _places(ends)),
        Added(_begins(adds), _places(slots), _places(opens), _places(closes)),
    )


def _swept(sweeps: Sequence[Sweep], wanted: NDArray[np.bool_], spans: int) -> Distinct:
    """Spans that open together are swept together, and have their wishes at the first of them."""
    listed = [_by_kind([wish for wish in sweeps if wish.span == span], wanted) for span in range(spans)]
    flat = [wish for kinds in listed for kind in kinds for wish in kind]
    before = accumulate((sum(map(len, kinds)) for kinds in listed[:-1]), initial=0)
    begins = np.array([_begins(kinds) + np.uint64(more) for kinds, more in zip(listed, before, strict=True)])
    _, slots, keys, sweep, _, closes = _columns(flat, 6)
    return Distinct(begins, _places(slots), _places(keys), _places(sweep), _places(closes))


def _carried(carries: list[list[Carry]]) -> Carried:
    _, slots, hows, columns, opens, closes = _columns([wish for kind in carries for wish in kind], 6)
    return Carried(_begins(carries), _places(slots), hows, columns, _places(opens), _places(closes))


def _once(each: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(each))


def _begins(listed: Iterable[Sequence[object]]) -> Places:
    return _places([*accumulate(map(len, listed), initial=0)])


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.ascontiguousarray(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def _places(each: ArrayLike) -> Places:
    return np.asarray(each, dtype=np.uint64)
