"""The one pass that adds facts up on the grid.

One idea carries it: **a fact is an interval of as-of dates**. It counts at every as-of date after it happened and was
received, until its window, its own end or its next version closes it. As-of dates are ascending, so the interval is a
pair of indexes [lo, hi), and

- a count, a sum or a held state adds its value at lo and takes it away at hi: one running total is the metric;
- a distinct key (contact, name, day) adds 1 for the union of its intervals, swept in order of lo;
- last, minimum and maximum are carried over the interval.

Everything is integers, so no order of rows, splitting or engine can change a bit. Accounts are independent.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.metrics.grid import Days

NONE = np.iinfo(np.int64).min
"""No value: a null in, or nothing found out."""

# How a wish adds (a wish is what one metric wants of one kind of row).
ONE, VALUE, VALUES_SEEN = -1, 0, 1
# How a wish carries.
LAST, LOWEST, HIGHEST = 0, 1, 2

Ints = NDArray[np.int64]


def _compiled(function: Any) -> Any:
    return njit(cache=True, nogil=True)(function)


def dates_after(as_of: Days) -> Days:
    """For every day from the one before the first as-of date to the last: the index of the first as-of date after it.

    >>> dates_after(np.array([10, 17], dtype=np.int32)).tolist()
    [0, 1, 1, 1, 1, 1, 1, 1, 2]
    """
    days = np.arange(as_of[0] - 1, as_of[-1] + 1)
    return np.searchsorted(as_of, days, side="right").astype(np.int32)


@_compiled
def _at(day: int, base: int, top: int) -> int:
    """Where a day stands in `dates_after`; earlier and later days fall on its ends."""
    return min(max(day - base, 0), top)


@_compiled
def add_up(
    rows: Any, spans: Ints, added: Any, distinct: Any, carried: Any, running: Ints, base: int, after: Days, out: Ints
) -> None:
    """Fill `out` (slots, accounts, as_of) from the rows of one stream.

    rows: the arrays of `rows.Rows`. spans: (window, shift) of every span that a wish names by its place. added,
    distinct, carried: where each kind's wishes begin, and one row a wish; see `wishes.py`. running: the slots whose
    steps become running totals; the others are carried and begin as NONE. base, after: the day of the first entry of
    `dates_after`, and it.
    """
    offsets, keys = rows[0], rows[7]
    reach = _reach(spans)
    most = np.diff(offsets).max() if len(offsets) > 1 else 0
    lows = np.empty((len(spans), most), dtype=np.int32)
    highs = np.empty((len(spans), most), dtype=np.int32)
    steps = np.zeros((out.shape[0], out.shape[2] + 1), dtype=np.int64)
    sweeps = distinct[1][:, 3].max() + 1 if len(distinct[1]) else 0
    covered = np.full((sweeps, keys.max() + 1 if keys.size else 1), -1, dtype=np.int64)
    for account in range(len(offsets) - 1):
        first, last = offsets[account], offsets[account + 1]
        while first < last and rows[1][first] + reach <= base:
            first += 1  # over before the first date
        if first == last:
            continue
        steps[:] = 0
        _place_account(first, last, rows, spans, base, after, lows, highs)
        _add_account(first, last, rows, added, lows, highs, steps)
        for span in np.unique(distinct[1][:, 2]):
            own = account * (out.shape[2] + 2)
            _sweep_account(first, last, span, own, rows, distinct, lows[span], highs[span], steps, covered)
        _carry_account(first, last, rows, carried, lows, highs, out[:, account])
        _running_totals(account, running, steps, out)


@_compiled
def _reach(spans):
    """For how many days at most a row can matter."""
    reach = 0
    for span in range(len(spans)):
        reach = max(reach, spans[span, 0] + spans[span, 1] if spans[span, 0] else NEVER)
    return reach


@_compiled
def _place_account(first, last, rows, spans, base, after, lows, highs):
    """Where each row opens and closes on the grid: [low, high) of as-of indexes, for each span."""
    _, starts, receiveds, end, superseded, _, _, _ = rows
    top = len(after) - 1
    for span in range(len(spans)):
        window, shift = spans[span, 0], spans[span, 1]
        for row in range(first, last):
            start = starts[row] + shift
            closes = start + window if window else NEVER
            if len(end):
                closes = min(closes, end[row] + shift)
            if len(superseded):
                closes = min(closes, superseded[row])
            lows[span, row - first] = after[_at(max(start, receiveds[row]), base, top)]
            highs[span, row - first] = after[_at(closes, base, top)]


@_compiled
def _add_account(first, last, rows, added, lows, highs, steps):
    """Counts, sums and held states: a step up where the interval opens, a step down where it closes."""
    _, _, _, _, _, kinds, values, _ = rows
    begins, wishes = added
    for row in range(first, last):
        kind = kinds[row] if len(kinds) else 0
        for wish in range(begins[kind], begins[kind + 1]):
            span = wishes[wish, 3]
            low, high = lows[span, row - first], highs[span, row - first]
            if low >= high:
                continue
            step = 1
            if wishes[wish, 1] != ONE:
                value = values[wishes[wish, 2], row]
                if value == NONE:
                    continue
                if wishes[wish, 1] == VALUE:
                    step = value
            steps[wishes[wish, 0], low] += step
            steps[wishes[wish, 0], high] -= step


@_compiled
def _sweep_account(first, last, span, own, rows, distinct, lows, highs, steps, covered):
    """Distinct keys: the union of each key's intervals, taken in order of where they open.

    `covered` remembers up to where a key has counted, with the account's `own` number in it: nothing is ever cleared.
    """
    _, _, _, _, _, kinds, _, keys = rows
    begins, wishes = distinct
    count = last - first
    order = _in_order(lows[:count], steps.shape[1] - 1)
    for place in range(count):
        at = order[place] if len(order) else place
        if lows[at] >= highs[at]:
            continue
        kind = kinds[first + at] if len(kinds) else 0
        for wish in range(begins[span, kind], begins[span, kind + 1]):
            slot, sweep, key = wishes[wish, 0], wishes[wish, 3], keys[wishes[wish, 1], first + at]
            if key < 0:
                continue
            high = highs[at]
            low = min(max(lows[at], covered[sweep, key] - own), high)
            more = np.int64(low < high)  # no branch: whether a key is new here is what no processor can foresee
            steps[slot, low] += more
            steps[slot, high] -= more
            covered[sweep, key] = max(covered[sweep, key], own + high)


@_compiled
def _in_order(lows, dates):
    """The order of the rows by where they open; empty where they stand in it already, as most do."""
    ordered = True
    for place in range(1, len(lows)):
        if lows[place] < lows[place - 1]:
            ordered = False
            break
    if ordered:
        return np.empty(0, dtype=np.int64)
    next_place = np.zeros(dates + 2, dtype=np.int64)
    for low in lows:
        next_place[low + 1] += 1
    next_place = np.cumsum(next_place)
    order = np.empty(len(lows), dtype=np.int64)
    for place in range(len(lows)):
        order[next_place[lows[place]]] = place
        next_place[lows[place]] += 1
    return order


@_compiled
def _carry_account(first, last, rows, carried, lows, highs, cells):
    """Last, lowest and highest. Rows stand in canonical order: backwards, the first to fill a date is the last."""
    begins, wishes = carried
    if len(wishes) == 0:
        return
    _, starts, _, _, _, kinds, values, _ = rows
    dates = cells.shape[1]
    free = np.empty((len(cells), dates + 1), dtype=np.int64)  # free[slot, i]: the first date ≥ i not yet filled
    free[:] = np.arange(dates + 1)
    for row in range(last - 1, first - 1, -1):
        kind = kinds[row] if len(kinds) else 0
        for wish in range(begins[kind], begins[kind + 1]):
            slot, how, column, span = wishes[wish, 0], wishes[wish, 1], wishes[wish, 2], wishes[wish, 3]
            value = starts[row] if column < 0 else values[column, row]
            if value == NONE:
                continue
            low, high = lows[span, row - first], highs[span, row - first]
            if how == LAST:
                _fill(free[slot], cells[slot], low, high, value)
            else:
                for date in range(low, high):
                    seen = cells[slot, date]
                    if seen == NONE or (value < seen if how == LOWEST else value > seen):
                        cells[slot, date] = value


@_compiled
def _fill(free, cells, lo, hi, value):
    date = lo
    while True:
        while free[date] != date:
            free[date] = free[free[date]]
            date = free[date]
        if date >= hi:
            return
        cells[date] = value
        free[date] = date + 1


@_compiled
def _running_totals(account, added, steps, out):
    for slot in added:
        total = 0
        for date in range(out.shape[2]):
            total += steps[slot, date]
            out[slot, account, date] = total
