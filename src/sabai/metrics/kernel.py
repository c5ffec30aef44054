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

NONE = np.iinfo(np.int64).min
"""No value: a null in, or nothing found out."""

# How an entry adds (an entry is one metric's wish on one kind of row).
ONE, VALUE, VALUES_SEEN = -1, 0, 1
# How an entry carries.
LAST, LOWEST, HIGHEST = 0, 1, 2

Ints = NDArray[np.int64]
Days = NDArray[np.int32]


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
def _closes(start: int, window: int, end: int, superseded: int) -> int:
    """The last day of as-of dates that see a row: its window, its own end or its next version, whichever is first."""
    return min(start + window if window else NEVER, end, superseded)


@_compiled
def add_up(
    rows: Any, added: Any, distinct: Any, carried: Any, running: Ints, base: int, after: Days, out: Ints
) -> None:
    """Fill `out` (slots, accounts, as_of) from the rows of one stream.

    rows: the arrays of `rows.Rows`. added, distinct, carried: where each kind's wishes begin, and one row a wish; see
    `wishes.py`. running: the slots whose steps become running totals; the others are carried and begin as NONE.
    base, after: the day of the first entry of `dates_after`, and it.
    """
    offsets = rows[0]
    steps = np.zeros((out.shape[0], out.shape[2] + 1), dtype=np.int64)
    sweeps = distinct[1][:, 4].max() + 1 if len(distinct[1]) else 0
    covered = np.full((sweeps, rows[7].max() + 1 if rows[7].size else 1), -1, dtype=np.int64)
    shifts = np.unique(distinct[1][:, 3])
    for account in range(len(offsets) - 1):
        if offsets[account] == offsets[account + 1]:
            continue
        steps[:] = 0
        _add_account(account, rows, added, base, after, steps)
        for shift in shifts:
            _sweep_account(account, shift, rows, distinct, base, after, steps, covered)
        _carry_account(account, rows, carried, base, after, out)
        _running_totals(account, running, steps, out)


@_compiled
def _add_account(account, rows, added, base, after, steps):
    """Counts, sums and held states: a step up where the interval opens, a step down where it closes."""
    offsets, starts, receiveds, end, superseded, kinds, values, _ = rows
    begins, wishes = added
    top, dates = len(after) - 1, after[-1]
    first, last = offsets[account], offsets[account + 1]
    for row in range(first, last):
        start, received = starts[row], receiveds[row]
        lo = after[_at(max(start, received), base, top)]
        if lo == dates:
            continue
        kind = kinds[row] if len(kinds) else 0
        ends = end[row] if len(end) else NEVER
        newer = superseded[row] if len(superseded) else NEVER
        for wish in range(begins[kind], begins[kind + 1]):
            shift = wishes[wish, 4]
            opens = lo if shift == 0 else after[_at(max(start + shift, received), base, top)]
            hi = after[_at(_closes(start + shift, wishes[wish, 3], ends + shift, newer), base, top)]
            if opens >= hi:
                continue
            step = 1
            if wishes[wish, 1] != ONE:
                value = values[wishes[wish, 2], row]
                if value == NONE:
                    continue
                if wishes[wish, 1] == VALUE:
                    step = value
            steps[wishes[wish, 0], opens] += step
            steps[wishes[wish, 0], hi] -= step


@_compiled
def _sweep_account(account, shift, rows, distinct, base, after, steps, covered):
    """Distinct keys: the union of each key's intervals, taken in order of where they open.

    `covered` remembers up to where a key has counted; with the account's own number in it nothing needs to be cleared.
    """
    offsets, starts, receiveds, end, superseded, kinds, _, keys = rows
    begins, wishes = distinct
    top, dates = len(after) - 1, after[-1]
    first, last = offsets[account], offsets[account + 1]
    own = account * (dates + 2)
    opens = np.empty(last - first, dtype=np.int64)
    for place in range(last - first):
        opens[place] = after[_at(max(starts[first + place] + shift, receiveds[first + place]), base, top)]
    order = _in_order(opens, dates)
    for place in range(last - first):
        at = order[place] if len(order) else place
        if opens[at] == dates:
            continue
        row = first + at
        kind = kinds[row] if len(kinds) else 0
        ends = end[row] if len(end) else NEVER
        newer = superseded[row] if len(superseded) else NEVER
        for wish in range(begins[kind], begins[kind + 1]):
            key = keys[wishes[wish, 1], row]
            if key < 0 or wishes[wish, 3] != shift:
                continue
            hi = after[_at(_closes(starts[row] + shift, wishes[wish, 2], ends + shift, newer), base, top)]
            lo = max(opens[at], covered[wishes[wish, 4], key] - own)
            if lo < hi:
                steps[wishes[wish, 0], lo] += 1
                steps[wishes[wish, 0], hi] -= 1
                covered[wishes[wish, 4], key] = own + hi


@_compiled
def _in_order(opens, dates):
    """The order of the rows by where they open; empty where they stand in it already, as most do."""
    ordered = True
    for place in range(1, len(opens)):
        if opens[place] < opens[place - 1]:
            ordered = False
            break
    if ordered:
        return np.empty(0, dtype=np.int64)
    next_place = np.zeros(dates + 2, dtype=np.int64)
    for lo in opens:
        next_place[lo + 1] += 1
    next_place = np.cumsum(next_place)
    order = np.empty(len(opens), dtype=np.int64)
    for place in range(len(opens)):
        order[next_place[opens[place]]] = place
        next_place[opens[place]] += 1
    return order


@_compiled
def _carry_account(account, rows, carried, base, after, out):
    """Last, lowest and highest. Rows stand in canonical order: backwards, the first to fill a date is the last."""
    begins, wishes = carried
    if len(wishes) == 0:
        return
    offsets, starts, receiveds, end, superseded, kinds, values, _ = rows
    top, dates = len(after) - 1, after[-1]
    first, last = offsets[account], offsets[account + 1]
    free = np.empty((out.shape[0], dates + 1), dtype=np.int64)  # free[slot, i]: the first date ≥ i not yet filled
    free[:] = np.arange(dates + 1)
    for row in range(last - 1, first - 1, -1):
        kind = kinds[row] if len(kinds) else 0
        ends = end[row] if len(end) else NEVER
        newer = superseded[row] if len(superseded) else NEVER
        for wish in range(begins[kind], begins[kind + 1]):
            slot, how, column = wishes[wish, 0], wishes[wish, 1], wishes[wish, 2]
            value = starts[row] if column < 0 else values[column, row]
            if value == NONE:
                continue
            shift = wishes[wish, 4]
            lo = after[_at(max(starts[row] + shift, receiveds[row]), base, top)]
            hi = after[_at(_closes(starts[row] + shift, wishes[wish, 3], ends + shift, newer), base, top)]
            if how == LAST:
                _fill(free[slot], out[slot, account], lo, hi, value)
            else:
                for date in range(lo, hi):
                    seen = out[slot, account, date]
                    if seen == NONE or (value < seen if how == LOWEST else value > seen):
                        out[slot, account, date] = value


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
