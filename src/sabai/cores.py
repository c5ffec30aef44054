"""Work on every core of this machine, its results in order, and few of them at a time so that memory stays bounded."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")

CORES = os.cpu_count() or 1


def on_every_core(work: Callable[[In], Out], things: Iterable[In], at_once: int = CORES) -> Iterator[Out]:
    """`map`, on as many threads as there are cores: NumPy, Arrow and the kernel let each other run.

    `at_once`: another number of threads, where the work is done elsewhere and only waited for.

    >>> list(on_every_core(abs, [3, -1, -2]))
    [3, 1, 2]
    """
    rest = iter(things)
    first = list(islice(rest, 2))
    if len(first) < 2:  # not worth a thread
        yield from map(work, first)
        return
    with ThreadPoolExecutor(at_once) as pool:
        waiting: deque[Future[Out]] = deque()
        for thing in chain(first, rest):
            waiting.append(pool.submit(work, thing))
            if len(waiting) > at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
