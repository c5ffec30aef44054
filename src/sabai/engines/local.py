"""The local engine: brings runs of accounts from the landed files to the kernel, on every core of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from sabai.cores import on_every_core
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.facts.runs import Batch, Opened, runs
from sabai.metrics.grid import Days, Grid, joined
from sabai.metrics.lives import lives
from sabai.metrics.measure import measure_run, plan
from sabai.progress import Progress, quiet

T = TypeVar("T")

MOST_CELLS = 50_000_000
"""Numbers of a grid that are held at once, about 400 MB: 10,000 customers with 40 metrics for two years of weeks."""


def measure(facts: Facts, definitions: Definitions, as_of: Sequence[int], *, progress: Progress = quiet) -> Grid:
    """Every metric of `definitions` for every account of `facts` at every as-of day.

    As-of days are local days since 1970-01-01; the grid has them ascending, each once.
    """
    return joined(list(each_run(facts, definitions, as_of, lambda grid: grid, progress=progress)))


def each_run(
    facts: Facts, definitions: Definitions, as_of: Iterable[int], then: Callable[[Grid], T], *,
    progress: Progress = quiet,
) -> Iterator[T]:  # fmt: skip
    """What `then` makes of the grid of each run of neighbouring accounts, in order.

    It is called on the core that measured the run, and few runs are held at a time, so that memory stays bounded
    however many accounts there are.
    """
    days = _ascending(as_of)
    shared = plan(facts, definitions, days, lives(facts, definitions, days))
    files = {table: facts.open(table, columns) for table, columns in shared.columns.items()}
    cuts = list(runs(files, len(facts.account_ids), shared.cells))

    def work(cut: tuple[int, int]) -> T:
        first, last = cut
        return then(measure_run(shared, facts.account_ids[first:last], first, _Reader(files, first, last)))

    for done, found in enumerate(on_every_core(work, cuts), start=1):
        progress("measuring", done, len(cuts))
        yield found


class Grids:
    """The grids of all runs of accounts, looked at several times, each time at some of the days.

    Where they fit into memory, facts are walked through once; else once for every look.
    """

    def __init__(
        self, facts: Facts, definitions: Definitions, as_of: Iterable[int], *, progress: Progress = quiet
    ) -> None:
        self._facts, self._definitions, self._progress = facts, definitions, progress
        self._days = _ascending(as_of)
        self._fit = len(facts.account_ids) * len(self._days) * len(definitions.metrics) <= MOST_CELLS
        self._held: list[Grid] = []

    def each(self, as_of: Iterable[int], then: Callable[[Grid], T]) -> Iterator[T]:
        """As `each_run`; `as_of` are some of the days."""
        if not self._fit:
            return each_run(self._facts, self._definitions, as_of, then, progress=self._progress)
        if not self._held:
            self._held.extend(
                each_run(self._facts, self._definitions, self._days, lambda grid: grid, progress=self._progress)
            )
        columns = np.searchsorted(self._days, _ascending(as_of))
        return on_every_core(lambda grid: then(grid.at(columns)), self._held)


def _ascending(days: Iterable[int]) -> Days:
    return np.array(sorted(set(days)), dtype=np.int32)


class _Reader:
    """Reads each table of a run once, however many streams ask for it."""

    def __init__(self, files: dict[str, Opened], first: int, last: int) -> None:
        self.files, self.first, self.last = files, first, last
        self.batches: dict[str, Batch] = {}

    def __call__(self, table: str) -> Batch:
        if table not in self.batches:
            self.batches[table] = self.files[table].read(self.first, self.last)
        return self.batches[table]
