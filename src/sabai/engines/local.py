"""The local engine: brings runs of accounts from the landed files to the kernel, on every core of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sabai.cores import on_every_core
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.metrics.grid import Grid, joined
from sabai.metrics.looks import as_measured
from sabai.metrics.ready import ascending, make_ready
from sabai.progress import Progress, quiet

T = TypeVar("T")


def measure(facts: Facts, definitions: Definitions, as_of: Sequence[int], *, progress: Progress = quiet) -> Grid:
    """Every metric of `definitions` for every account of `facts` at every as-of day.

    As-of days are local days since 1970-01-01; the grid has them ascending, each once.
    """
    return joined(list(each_run(facts, definitions, as_of, as_measured, progress=progress)))


def each_run(
    facts: Facts, definitions: Definitions, as_of: Iterable[int], then: Callable[[Grid], T], *,
    progress: Progress = quiet,
) -> Iterator[T]:  # fmt: skip
    """What `then` makes of the grid of each run of neighbouring accounts, in order.

    It is called on the core that measured the run, and few runs are held at a time, so that memory stays bounded
    however many accounts there are.
    """
    ready = make_ready(facts, definitions, ascending(as_of))
    cuts = ready.runs()
    for done, found in enumerate(on_every_core(lambda cut: then(ready.measure(*cut)), cuts), start=1):
        progress("measuring", done, len(cuts))
        yield found
