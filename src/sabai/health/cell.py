"""One account at one date: where it stands in the grid, or what to ask for instead."""

from __future__ import annotations

from bisect import bisect_left
from difflib import get_close_matches

import numpy as np

from sabai.dates import from_day
from sabai.errors import Issue, UsageError, did_you_mean
from sabai.metrics.grid import Floats, Grid


def row_of(grid: Grid, account_id: str) -> int:
    """The account's row; UsageError where there is no such account."""
    accounts = grid.accounts
    row = bisect_left(accounts, account_id)  # facts stand in the order of ids: found at once
    if row < len(accounts) and accounts[row] == account_id:
        return row
    if account_id not in accounts:
        near = get_close_matches(account_id, accounts, n=1)
        raise UsageError(Issue("HLT-011", f'There is no account "{account_id}".', hint=did_you_mean(account_id, near)))
    return accounts.index(account_id)


def column_of(grid: Grid, as_of_day: int) -> int:
    """The date's column; UsageError where nothing was computed for that date."""
    found = np.flatnonzero(grid.as_of == as_of_day)
    if not found.size:
        raise UsageError(
            Issue("HLT-012", f"Nothing was computed for {from_day(as_of_day)}.", hint=_nearest(grid, as_of_day))
        )
    return int(found[0])


def known(values: Floats, row: int, column: int) -> float | None:
    """The value of one cell; None where it is unknown."""
    value = float(values[row, column])
    return None if np.isnan(value) else value


def _nearest(grid: Grid, as_of_day: int) -> str:
    if not grid.as_of.size:
        return ""
    nearest = grid.as_of[np.abs(grid.as_of - as_of_day).argmin()]
    return f"The nearest date is {from_day(int(nearest))}."
