"""Time to value: how many days until a customer first had what it came for, by Kaplan–Meier.

Whoever has not reached it yet, or left without, is not thrown away: it waited at least that long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.definitions.model import Basic, Definitions, Derived
from sabai.engines import local
from sabai.facts.landed import Facts
from sabai.intervals import Interval
from sabai.metrics.calendar import asked_days
from sabai.metrics.conditions import holds
from sabai.metrics.grid import Days, Grid
from sabai.progress import Progress, quiet
from sabai.retention.cohorts.counted import event_days
from sabai.retention.cohorts.members import Members
from sabai.retention.stays import Stays
from sabai.retention.survival.kaplan_meier import Curve, kaplan_meier
from sabai.retention.survival.spans import Spans


@dataclass(frozen=True, slots=True)
class Value:
    """Of one cohort (empty: all of them). `waiting` is the share that has not reached it after so many days."""

    name: str
    cohort: str
    waiting: Curve

    @property
    def customers(self) -> int:
        return self.waiting.watched

    @property
    def reached(self) -> int:
        return self.waiting.left

    @property
    def median(self) -> Interval:
        """Days until half of them had it; NaN where that is not known yet."""
        return self.waiting.median


def values(members: Members, stays: Stays, reached: Mapping[str, Days], first: int, until: int) -> tuple[Value, ...]:
    """For each name in `reached`, all customers and cohort by cohort, of those who came on the day `first` or later:
    what others did before is not known."""
    account = np.flatnonzero((members.zero != NEVER) & (members.zero >= first))
    names, cohort = members.named(members.zero[account], account)
    found = []
    for name, day in reached.items():
        waits = waiting(stays, day, account, until)
        found.append(Value(name, "", kaplan_meier(waits)))
        found += [Value(name, names[code], kaplan_meier(waits.only(cohort == code))) for code in np.unique(cohort)]
    return tuple(found)


def waiting(stays: Stays, reached: Days, account: NDArray[np.integer], until: int) -> Spans:
    """From the start of the first stay to the value (`left` says so), to its end, or to the day `until`."""
    whose, first = np.unique(stays.account, return_index=True)
    ends = np.full(len(stays.accounts), until, dtype=np.int64)
    ends[whose] = np.minimum(stays.end[first], until)
    start, value = stays.first[account].astype(np.int64), reached[account].astype(np.int64)
    had = value <= ends[account]
    days = np.maximum(np.where(had, value, ends[account]) - start, 0).astype(np.float64)
    return Spans(days, had, np.full(len(days), -1.0), account.astype(np.int32))


def event_reached(facts: Facts, name: str, until: int) -> Days:
    """The day on which each account first had that event; NEVER where it never had. Shape (accounts,)."""
    accounts = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String})
    placed = accounts.join(event_days(facts, name, until), on="account_id", how="left", maintain_order="left")
    return placed["value"].fill_null(NEVER).to_numpy().astype(np.int32)


def milestones_reached(
    facts: Facts, definitions: Definitions, until: int, progress: Progress = quiet
) -> dict[str, Days]:
    """The first Monday on which each milestone of `health.young` was reached, for each account; NEVER: it was not."""
    young = definitions.health.young
    if young is None or not young.milestones:
        return {}
    mondays = [day for day in asked_days(facts, ()) if day <= until]
    if not mondays:
        return {}
    needed = replace(definitions, metrics=_needed(definitions, [each.when.metric for each in young.milestones]))

    def first(grid: Grid) -> list[Days]:
        return [_first(grid, holds(each.when, grid.values)) for each in young.milestones]

    each_run = list(local.each_run(facts, needed, mondays, first, progress=progress))
    columns = (np.concatenate(column) for column in zip(*each_run, strict=True))
    return {each.name: column for each, column in zip(young.milestones, columns, strict=True)}


def _first(grid: Grid, met: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Days:
    return np.where(met.any(axis=1), grid.as_of[met.argmax(axis=1)], NEVER).astype(np.int32)


def _needed(definitions: Definitions, names: list[str]) -> dict[str, Basic | Derived]:
    """These metrics, and those that they are made of, in the order of the definitions."""
    wanted: set[str] = set()
    while names:
        name = names.pop()
        wanted.add(name)
        metric = definitions.metrics[name]
        names += [each for each in getattr(metric, "of", ()) if each not in wanted]
    return {name: metric for name, metric in definitions.metrics.items() if name in wanted}
