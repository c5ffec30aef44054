"""Facts made ready for the kernel: planned, opened, and measured run of accounts by run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.facts.runs import Batch, Opened, runs
from sabai.metrics.grid import Days, Grid
from sabai.metrics.lives import lives
from sabai.metrics.measure import Plan, measure_run, plan


@dataclass(frozen=True, slots=True)
class Ready:
    """Facts whose tables have been opened for what `plan` asks of them."""

    facts: Facts
    plan: Plan
    files: Mapping[str, Opened]

    def runs(self) -> list[tuple[int, int]]:
        """Neighbouring accounts [first, last) that fit into memory together; all of them once, in order."""
        return list(runs(self.files, len(self.facts.account_ids), self.plan.cells))

    def measure(self, first: int, last: int) -> Grid:
        """The grid of the accounts [first, last)."""
        return measure_run(self.plan, self.facts.account_ids[first:last], first, _Reader(self.files, first, last))

    def measure_all(self) -> Grid:
        """The grid of every account, as one run."""
        return self.measure(0, len(self.facts.account_ids))


def make_ready(facts: Facts, definitions: Definitions, days: Days) -> Ready:
    """`days`: as-of days, ascending, each once."""
    shared = plan(facts, definitions, days, lives(facts, definitions, days))
    files = {table: facts.open(table, columns, shared.reach(table)) for table, columns in shared.columns.items()}
    return Ready(facts, shared, files)


def ascending(days: Iterable[int]) -> Days:
    """
    >>> ascending([9, 2, 9])
    array([2, 9], dtype=int32)
    """
    return np.array(sorted(set(days)), dtype=np.int32)


class _Reader:
    """Reads each table of a run once, however many streams ask for it."""

    def __init__(self, files: Mapping[str, Opened], first: int, last: int) -> None:
        self.files, self.first, self.last = files, first, last
        self.batches: dict[str, Batch] = {}

    def __call__(self, table: str) -> Batch:
        if table not in self.batches:
            self.batches[table] = self.files[table].read(self.first, self.last)
        return self.batches[table]
