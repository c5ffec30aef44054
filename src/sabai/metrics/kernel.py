"""The one pass that adds facts up on the grid.

One idea carries it: **a fact is an interval of as-of dates**. It counts at every as-of date after it happened and was
received, until its window, its own end or its next version closes it. As-of dates are ascending, so the interval is a
pair of indexes [lo, hi), and

- a count, a sum or a held state adds its value at lo and takes it away at hi: one running total is the metric. Rows are
  tallied by their kind and date first, as many metrics want the same of them;
- a distinct key (contact, name, day) adds 1 for the union of its intervals, swept in order of lo;
- last, minimum and maximum are carried over the interval.

Everything is integers, so no order of rows, splitting or engine can change a bit. Accounts are independent.

Places are unsigned: of a signed one Numba asks at every step whether it counts from the end, which takes twice as long.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from sabai.dates import NEVER
from sabai.metrics.grid import Days
from sabai.metrics.tables import LAST, LOWEST, Dates, Ints, Places, Spans, Tables

NONE = np.iinfo(np.int64).min
"""No value: a null in, or nothing found out."""
NEXT = np.uint64(1)


def _compiled(function: Any) -> Any:
    return njit(cache=True, nogil=True)(function)


def dates_after(as_of: Days) -> Dates:
    """For every day from the one before the first as-of date to the last: the index of the first as-of date after it.

    >>> dates_after(np.array([10, 17], dtype=np.int32)).tolist()
    [0, 1, 1, 1, 1, 1, 1, 1, 2]
    """
    days = np.arange(as_of[0] - 1, as_of[-1] + 1)
    return np.searchsorted(as_of, days, side="right").astype(np.uint32)


@_compiled
def scaled(numbers: Any, scale: int, out: Ints) -> float:
    """Fill `out` with whole numbers, `scale` to one; the answer is the largest of them, as a plain number.

    What is too large for `out` is nonsense there, and told by the answer.
    """
    largest = 0.0
    for place in range(len(numbers)):
        number = numbers[place] * float(scale)
        largest = max(largest, abs(number))
        out[place] = np.int64(np.rint(number)) if scale != 1 else np.int64(numbers[place])
    return largest


@_compiled
def since_the_first(days: Days) -> Days:
    """Each day counted from the first of them; -1 for one that never comes.

    >>> since_the_first(np.array([12, NEVER, 10], dtype=np.int32)).tolist()
    [2, -1, 0]
    """
    first = days.min() if len(days) else NEVER
    numbers = np.empty(len(days), dtype=np.int32)
    for place in range(len(days)):
        numbers[place] = days[place] - first if days[place] != NEVER else -1
    return numbers


@_compiled
def _at(day, base, top):
    """Where a day stands in `dates_after`; earlier and later days fall on its ends."""
    return np.uint64(min(max(day - base, 0), top))


@_compiled
def add_up(rows: Any, spans: Spans, tables: Tables, running: Places, base: int, after: Dates, out: Ints) -> None:
    """Fill `out` (slots, accounts, as_of) from the rows of one stream.

    rows: a `rows.Rows`. running: the slots whose steps become running totals; the others are carried and begin as NONE.
    base, after: the day of the first entry of `dates_after`, and it.
    """
    offsets, counted, summed = rows.offsets, tables.counted, tables.summed
    distinct = tables.distinct
    reach = _reach(spans)
    dates = out.shape[2]
    most = np.int64(np.diff(offsets).max()) if len(offsets) > 1 else 0
    ends = np.empty((2 * len(spans.window), most), dtype=np.uint32)
    steps = np.zeros((out.shape[0], dates + 1), dtype=np.int64)
    tallies = np.zeros((len(counted.end) + len(summed.end), dates + 1), dtype=np.int64)
    met = np.zeros(len(counted.begins) - 1, dtype=np.bool_)
    covered = np.full((_one_more(rows.keys), _one_more(distinct.sweep)), -1, dtype=np.int64)
    sweeping = [span for span in range(len(spans.window)) if distinct.begins[span, 0] < distinct.begins[span, -1]]
    for account in range(len(offsets) - 1):
        first, last = offsets[account], offsets[account + 1]
        while first < last and rows.start[first] + reach <= base:
            first += NEXT  # over before the first date
        if first == last:
            continue
        steps[:] = 0
        _place_account(first, last, rows, spans, base, after, ends)
        if len(tallies):
            _tally_account(first, last, rows, counted, summed, ends, tallies, met)
            _add_account(counted.begins, summed.begins, tables.added, tallies, met, steps)
        for span in sweeping:
            _sweep_account(first, last, span, account * (dates + 2), rows, distinct, ends, steps, covered)
        _carry_account(first, last, rows, tables.carried, ends, out[:, account])
        _running_totals(account, running, steps, out)


@_compiled
def _one_more(places):
    """How many there are, where the last has the highest number."""
    return np.int64(places.max()) + 1 if places.size else 0


@_compiled
def _reach(spans):
    """For how many days at most a row can matter."""
    reach = 0
    for span in range(len(spans.window)):
        window = spans.window[span]
        reach = max(reach, window + spans.shift[span] if window else NEVER)
    return reach


@_compiled
def _place_account(first, last, rows, spans, base, after, ends):
    """Where each row opens on the grid, as an index of as-of dates, at `ends[2 * span]`; where it closes, at the next.

    What would close before it opens, closes where it opens.
    """
    top = len(after) - 1
    for span in range(len(spans.window)):
        window, shift, opens = spans.window[span], spans.shift[span], spans.opens[span]
        lows, highs = ends[2 * np.int64(opens)], ends[2 * span + 1]
        if opens == span:
            for row in range(first, last):
                lows[row - first] = after[_at(max(rows.start[row] + shift, rows.received[row]), base, top)]
        for row in range(first, last):
            start = rows.start[row] + shift
            closes = start + window if window else NEVER
            if len(rows.end):
                closes = min(closes, rows.end[row] + shift)
            if len(rows.superseded):
                closes = min(closes, rows.superseded[row])
            highs[row - first] = max(after[_at(closes, base, top)], lows[row - first])


@_compiled
def _kind(rows, row):
    return np.uint64(rows.kind[row]) if len(rows.kind) else np.uint64(0)


@_compiled
def _tally_account(first, last, rows, counted, summed, ends, tallies, met):
    """How much of each kind opens and how much closes at each date; `met`: the kinds that the account has."""
    behind = np.uint64(len(counted.end))
    for row in range(first, last):
        kind = _kind(rows, row)
        met[kind] = True
        for tally in range(counted.begins[kind], counted.begins[kind + NEXT]):
            tallies[tally, ends[counted.end[tally], row - first]] += 1
        for tally in range(summed.begins[kind], summed.begins[kind + NEXT]):
            value = rows.values[summed.column[tally], row]
            if value != NONE:
                step = 1 if summed.seen[tally] else value
                tallies[behind + tally, ends[summed.end[tally], row - first]] += step


@_compiled
def _add_account(counted, summed, added, tallies, met, steps):
    """Counts, sums and held states: a step up where rows open, a step down where they close. Tallies end empty."""
    behind = counted[-1]
    for kind in range(len(met)):
        if not met[kind]:
            continue
        for wish in range(added.begins[kind], added.begins[kind + 1]):
            slot, opens, closes = added.slot[wish], added.opens[wish], added.closes[wish]
            for date in range(steps.shape[1]):
                steps[slot, date] += tallies[opens, date] - tallies[closes, date]
        tallies[counted[kind] : counted[kind + 1]] = 0
        tallies[behind + summed[kind] : behind + summed[kind + 1]] = 0
        met[kind] = False


@_compiled
def _sweep_account(first, last, span, own, rows, distinct, ends, steps, covered):
    """Distinct keys of spans that open together: the union of each key's intervals, in order of where they open.

    `covered` remembers up to where a key has counted, with the account's `own` number in it: nothing is ever cleared.
    What is covered already adds and takes away at one date, which costs less than asking whether it is.
    """
    lows, begins = ends[2 * span], distinct.begins[span]
    order = _in_order(lows[: last - first], steps.shape[1] - 1)
    for place in range(last - first):
        at = order[place] if len(order) else place
        kind = _kind(rows, first + at)
        for wish in range(begins[kind], begins[kind + NEXT]):
            key = rows.keys[distinct.key[wish], first + at]
            if key < 0:
                continue
            slot, sweep = distinct.slot[wish], distinct.sweep[wish]
            begun = max(np.int64(lows[at]), covered[np.uint64(key), sweep] - own)
            ended = max(np.int64(ends[distinct.end[wish], at]), begun)
            steps[slot, np.uint64(begun)] += 1
            steps[slot, np.uint64(ended)] -= 1
            covered[np.uint64(key), sweep] = own + ended


@_compiled
def _in_order(lows, dates):
    """The order of the rows by where they open; empty where they stand in it already, as most do."""
    ordered = True
    for place in range(1, len(lows)):
        if lows[place] < lows[place - 1]:
            ordered = False
            break
    if ordered:
        return np.empty(0, dtype=np.uint64)
    next_place = np.zeros(dates + 2, dtype=np.uint64)
    for low in lows:
        next_place[low + 1] += NEXT
    next_place = np.cumsum(next_place)
    order = np.empty(len(lows), dtype=np.uint64)
    for place in range(len(lows)):
        order[next_place[lows[place]]] = place
        next_place[lows[place]] += NEXT
    return order


@_compiled
def _carry_account(first, last, rows, carried, ends, cells):
    """Last, lowest and highest. Rows stand in canonical order: backwards, the first to fill a date is the last."""
    if len(carried.slot) == 0:
        return
    dates = cells.shape[1]
    free = np.empty((len(cells), dates + 1), dtype=np.int64)  # free[slot, i]: the first date ≥ i not yet filled
    free[:] = np.arange(dates + 1)
    for back in range(last - first):
        row = last - NEXT - back
        kind = _kind(rows, row)
        for wish in range(carried.begins[kind], carried.begins[kind + NEXT]):
            slot, how, column = carried.slot[wish], carried.how[wish], carried.column[wish]
            value = np.int64(rows.start[row]) if column < 0 else rows.values[column, row]
            if value == NONE:
                continue
            low, high = (
                np.int64(ends[carried.opens[wish], row - first]),
                np.int64(ends[carried.closes[wish], row - first]),
            )
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
def _running_totals(account, running, steps, out):
    for slot in running:
        total = 0
        for date in range(out.shape[2]):
            total += steps[slot, date]
            out[slot, account, date] = total
