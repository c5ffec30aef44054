"""The one pass that adds facts up on the grid.

One idea carries it: **a fact is an interval of as-of dates**. It counts at every as-of date after it happened and was
received, until its window, its own end or its next version closes it. As-of dates are ascending, so the interval is a
pair of indexes [lo, hi), and

- a count, a sum or a held state adds its value at lo and takes it away at hi: one running total is the metric. Rows are
  tallied by their kind and date first, as many metrics want the same of them;
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
def add_up(rows: Any, spans: Ints, wishes: Any, running: Ints, base: int, after: Days, out: Ints) -> None:
    """Fill `out` (slots, accounts, as_of) from the rows of one stream.

    rows: the arrays of `rows.Rows`. spans: (window, shift, first span of that shift) of every span that a wish names by
    its place. wishes: the tables tallied, added, distinct and carried of `wishes.py`, each where every kind's begin,
    and one row a wish. running: the slots whose steps become running totals; the others are carried and begin as NONE.
    base, after: the day of the first entry of `dates_after`, and it.
    """
    offsets, keys = rows[0], rows[7]
    tallied, added, distinct, carried = wishes
    reach = _reach(spans)
    dates = out.shape[2]
    most = np.diff(offsets).max() if len(offsets) > 1 else 0
    ends = np.empty((2 * len(spans), most), dtype=np.int32)
    steps = np.zeros((out.shape[0], dates + 1), dtype=np.int64)
    tallies = np.zeros((len(tallied[1]), dates + 1), dtype=np.int64)
    met = np.zeros(len(tallied[0]) - 1, dtype=np.bool_)
    sweeps = distinct[1][:, 3].max() + 1 if len(distinct[1]) else 0
    covered = np.full((sweeps, keys.max() + 1 if keys.size else 1), -1, dtype=np.int64)
    for account in range(len(offsets) - 1):
        first, last = offsets[account], offsets[account + 1]
        while first < last and rows[1][first] + reach <= base:
            first += 1  # over before the first date
        if first == last:
            continue
        steps[:] = 0
        _place_account(first, last, rows, spans, base, after, ends)
        if len(tallied[1]):
            _tally_account(first, last, rows, tallied, ends, tallies, met)
            _add_account(tallied[0], added, tallies, met, steps)
        for opens in np.unique(distinct[1][:, 2]):
            _sweep_account(first, last, opens, account * (dates + 2), rows, distinct, ends, steps, covered)
        _carry_account(first, last, rows, spans, carried, ends, out[:, account])
        _running_totals(account, running, steps, out)


@_compiled
def _reach(spans):
    """For how many days at most a row can matter."""
    reach = 0
    for span in range(len(spans)):
        reach = max(reach, spans[span, 0] + spans[span, 1] if spans[span, 0] else NEVER)
    return reach


@_compiled
def _place_account(first, last, rows, spans, base, after, ends):
    """Where each row opens on the grid, as an index of as-of dates, at `ends[2 * span]`; where it closes, at the next.

    Spans of one shift open together, in the first of them. What would close before it opens, closes where it opens.
    """
    _, starts, receiveds, end, superseded, _, _, _ = rows
    top = len(after) - 1
    for span in range(len(spans)):
        window, shift, opens = spans[span]
        lows, highs = ends[2 * opens], ends[2 * span + 1]
        if opens == span:
            for row in range(first, last):
                lows[row - first] = after[_at(max(starts[row] + shift, receiveds[row]), base, top)]
        for row in range(first, last):
            start = starts[row] + shift
            closes = start + window if window else NEVER
            if len(end):
                closes = min(closes, end[row] + shift)
            if len(superseded):
                closes = min(closes, superseded[row])
            highs[row - first] = max(after[_at(closes, base, top)], lows[row - first])


@_compiled
def _tally_account(first, last, rows, tallied, ends, tallies, met):
    """How much of each kind opens and how much closes at each date; `met`: the kinds that the account has."""
    _, _, _, _, _, kinds, values, _ = rows
    begins, wishes = tallied
    for row in range(first, last):
        kind = kinds[row] if len(kinds) else 0
        met[kind] = True
        for tally in range(begins[kind], begins[kind + 1]):
            step = 1
            if wishes[tally, 0] != ONE:
                value = values[wishes[tally, 1], row]
                if value == NONE:
                    continue
                if wishes[tally, 0] == VALUE:
                    step = value
            tallies[tally, ends[wishes[tally, 2], row - first]] += step


@_compiled
def _add_account(tallies_begin, added, tallies, met, steps):
    """Counts, sums and held states: a step up where rows open, a step down where they close. Tallies end empty."""
    begins, wishes = added
    for kind in range(len(met)):
        if not met[kind]:
            continue
        for wish in range(begins[kind], begins[kind + 1]):
            slot, opens, closes = wishes[wish, 0], wishes[wish, 1], wishes[wish, 2]
            for date in range(steps.shape[1]):
                steps[slot, date] += tallies[opens, date] - tallies[closes, date]
        tallies[tallies_begin[kind] : tallies_begin[kind + 1]] = 0
        met[kind] = False


@_compiled
def _sweep_account(first, last, opens, own, rows, distinct, ends, steps, covered):
    """Distinct keys of spans that open together: the union of each key's intervals, in order of where they open.

    `covered` remembers up to where a key has counted, with the account's `own` number in it: nothing is ever cleared.
    """
    _, _, _, _, _, kinds, _, keys = rows
    begins, wishes = distinct
    lows = ends[2 * opens]
    count = last - first
    order = _in_order(lows[:count], steps.shape[1] - 1)
    for place in range(count):
        at = order[place] if len(order) else place
        low = np.int64(lows[at])
        kind = kinds[first + at] if len(kinds) else 0
        for wish in range(begins[opens, kind], begins[opens, kind + 1]):
            key = keys[wishes[wish, 1], first + at]
            if key < 0:
                continue
            slot, sweep, high = wishes[wish, 0], wishes[wish, 3], np.int64(ends[wishes[wish, 4], at])
            until = covered[sweep, key] - own
            if until < high:
                steps[slot, max(low, until)] += 1
                steps[slot, high] -= 1
                covered[sweep, key] = own + high


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
def _carry_account(first, last, rows, spans, carried, ends, cells):
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
            low, high = ends[2 * spans[span, 2], row - first], ends[2 * span + 1, row - first]
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
