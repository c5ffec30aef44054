"""The local engine: brings runs of accounts from the landed files to the kernel, on every core of this machine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.facts.runs import TableFile, open_table, runs
from sabai.metrics.grid import Grid, joined
from sabai.metrics.lives import lives
from sabai.metrics.measure import Batch, measure_run, plan
from sabai.progress import Progress, quiet

T = TypeVar("T")

WORKERS = os.cpu_count() or 1


def measure(facts: Facts, definitions: Definitions, as_of: Sequence[int], *, progress: Progress = quiet) -> Grid:
    """Every metric of `definitions` for every account of `facts` at every as-of day.

    As-of days are local days since 1970-01-01; the grid has them ascending, each once.
    """
    return joined(list(grids(facts, definitions, as_of, progress=progress)))


def grids(
    facts: Facts, definitions: Definitions, as_of: Sequence[int], *, progress: Progress = quiet
) -> Iterator[Grid]:
    """The same, in runs of neighbouring accounts."""
    return each_run(facts, definitions, as_of, lambda grid: grid, progress=progress)


def each_run(
    facts: Facts, definitions: Definitions, as_of: Sequence[int], then: Callable[[Grid], T], *,
    progress: Progress = quiet,
) -> Iterator[T]:  # fmt: skip
    """What `then` makes of the grid of each run of accounts, in order.

    It is called on the core that measured the run, and few runs are held at a time, so that memory stays bounded
    however many accounts there are.
    """
    days = np.array(sorted(set(as_of)), dtype=np.int32)
    shared = plan(facts, definitions, days, lives(facts, definitions, days))
    files = {table: open_table(facts, table, columns) for table, columns in shared.columns.items()}
    cuts = list(runs(files, len(facts.account_ids), shared.cells))

    def work(first: int, last: int) -> T:
        return then(measure_run(shared, facts.account_ids[first:last], first, _Reader(files, first, last)))

    with ThreadPoolExecutor(WORKERS) as pool:
        waiting: deque[Future[T]] = deque()
        for done, (first, last) in enumerate(cuts):
            waiting.append(pool.submit(work, first, last))
            if len(waiting) > WORKERS:
                yield waiting.popleft().result()
            progress("measuring", done + 1, len(cuts))
        yield from (found.result() for found in waiting)


class _Reader:
    """Reads each table of a run once, however many streams ask for it."""

    def __init__(self, files: dict[str, TableFile], first: int, last: int) -> None:
        self.files, self.first, self.last = files, first, last
        self.batches: dict[str, Batch] = {}

    def __call__(self, table: str) -> Batch:
        if table not in self.batches:
            self.batches[table] = self.files[table].read(self.first, self.last)
        return self.batches[table]
