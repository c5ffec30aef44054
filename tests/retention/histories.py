"""Histories drawn at random, and the same questions asked of them slowly, day by day, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from sabai.dates import NEVER
from sabai.retention.periods import Periods
from sabai.retention.revenue import Subscribed
from sabai.retention.stays import Stays

ACCOUNTS = ("ant", "bee", "cat", "doe")
BOUNDS = (0, 31, 59, 90, 120, 151, 181)
MONTHS = Periods("month", np.array(BOUNDS, dtype=np.int32))
QUARTERS = Periods("quarter", np.array(BOUNDS[::3], dtype=np.int32))


class Held(NamedTuple):
    """What account `account` paid a month at the as-of dates in (start, end]."""

    account: int
    start: int
    end: int
    monthly: int = 0


_DAYS = st.integers(-40, 200)
_ENDS = st.one_of(_DAYS, st.just(NEVER))
_WHO = st.integers(0, len(ACCOUNTS) - 1)
_PRICES = st.sampled_from([-300, -100, 0, 1, 100, 250, 333, 1000])

contracts = st.lists(st.builds(Held, _WHO, _DAYS, _ENDS, _PRICES), max_size=12)
paid_contracts = st.lists(st.builds(Held, _WHO, _DAYS, _ENDS, st.sampled_from([1, 100, 333, 1000])), max_size=12)


@st.composite
def lives(draw: st.DrawFn) -> list[Held]:
    """Stays of each account that do not touch one another."""
    found = []
    for account in range(len(ACCOUNTS)):
        days = sorted(draw(st.lists(_DAYS, max_size=6, unique=True)))
        ends = [*days[1::2], NEVER]
        found += [Held(account, start, end) for start, end in zip(days[::2], ends, strict=False)]
    return found


def subscribed(rows: Sequence[Held]) -> Subscribed:
    account, start, end, monthly = (np.array([row[at] for row in rows], dtype=np.int64) for at in range(4))
    days = (each.astype(np.int32) for each in (account, start, end))
    return Subscribed(ACCOUNTS, *days, monthly)


def stayed(rows: Sequence[Held]) -> Stays:
    account, start, end = (np.array([row[at] for row in rows], dtype=np.int32) for at in range(3))
    return Stays(ACCOUNTS, account, start, end)


def was_there(rows: Sequence[Held], account: int, day: int) -> bool:
    return any(row.account == account and row.start < day <= row.end for row in rows)


def paid(rows: Sequence[Held], account: int, day: int) -> int:
    return sum(row.monthly for row in rows if row.account == account and row.start < day <= row.end)


def moved(rows: Sequence[Held], account: int, first: int, last: int) -> tuple[str, int]:
    """The kind of the movement between two days, and its amount."""
    before, after = paid(rows, account, first), paid(rows, account, last)
    if before == after:
        return "none", 0
    if before > 0 >= after:
        return "churn", before - after
    if after > 0 >= before:
        ever = any(paid(rows, account, day) > 0 for day in range(-50, first + 1))
        return ("reactivation" if ever else "new"), after - before
    return ("expansion", after - before) if after > before else ("contraction", before - after)
