"""How many customers stood in each band at each date, and what they paid a month then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.health.revenue import monthly_revenue
from sabai.health.scores import BANDS, Scores
from sabai.metrics.grid import Floats, Grid, Places
from sabai.proof.contracts import contracts


@dataclass(frozen=True, slots=True)
class Counted:
    """`revenue_minor` None: nothing says what anybody paid."""

    day: int
    band: str
    accounts: int
    revenue_minor: int | None


def counts(shown: Scores, facts: Facts, definitions: Definitions, columns: Places) -> Iterator[Counted]:
    """At the dates of these columns; `shown` has the bands that people saw."""
    grid = shown.grid
    revenue = revenues(grid, facts, definitions, columns)
    for place, column in enumerate(columns):
        for index, band in enumerate(BANDS):
            there = (shown.band[:, column] == index) & grid.alive[:, column]
            yield Counted(int(grid.as_of[column]), band, int(there.sum()), _sum(revenue, there, place))


@dataclass(frozen=True, slots=True)
class Own:
    """Of one person's customers; `owner` is the number of a user."""

    owner: int
    day: int
    band: str
    accounts: int


def own_counts(shown: Scores, owners: Mapping[str, int], columns: Places) -> Iterator[Own]:
    """The same for each of the `owners`, account_id -> user, over the customers that are theirs now; 0 is not told."""
    grid = shown.grid
    of = np.array([owners.get(account, 0) for account in grid.accounts])
    for owner in sorted(set(owners.values())):
        theirs = grid.alive[:, columns] & (of == owner)[:, None]
        for index, band in enumerate(BANDS):
            many = (theirs & (shown.band[:, columns] == index)).sum(axis=0)
            yield from (Own(owner, int(grid.as_of[columns[at]]), band, int(many[at])) for at in np.flatnonzero(many))


def revenues(grid: Grid, facts: Facts, definitions: Definitions, columns: Places) -> Floats | None:
    """What `monthly_revenue` says, at many dates: shape (accounts, columns); NaN unknown."""
    if _by_metric(grid, facts, definitions):
        told = [monthly_revenue(grid, definitions, facts, int(column)) for column in columns]
        return np.stack([each for each in told if each is not None], axis=1)
    if not facts.has("subscriptions"):
        return None
    place_of = {account: place for place, account in enumerate(facts.account_ids)}
    rows = np.array([place_of[account] for account in grid.accounts], dtype=np.int64)
    return contracts(facts, grid.as_of[columns]).revenue[rows]


def _by_metric(grid: Grid, facts: Facts, definitions: Definitions) -> bool:
    """Whether a metric holds it: then its numbers are those of the grid."""
    last = monthly_revenue(grid, definitions, facts, len(grid.as_of) - 1)
    return last is not None and any(np.shares_memory(last, values) for values in grid.values.values())


def _sum(revenue: Floats | None, there: np.ndarray[tuple[int], np.dtype[np.bool_]], place: int) -> int | None:
    if revenue is None or np.isnan(revenue[:, place]).all():
        return None
    return int(np.nansum(revenue[there, place]))
