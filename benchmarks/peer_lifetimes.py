"""lifetimes, the library that most tutorials use, beside ours: fitted to the same customers, where it is installed.

Its fit is timed alone. Its parameters must be ours to two hundredths: it stops where the likelihood is already flat.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.agree import Disagreement
from benchmarks.work import Answer
from sabai.value.fitting import Fit

APART = 0.02


def beside(fit: Callable[[], Any], ours: Callable[[], Fit], customers: int) -> Answer:
    begun = time.perf_counter()
    theirs = np.asarray(fit().params_, dtype=np.float64)
    seconds = time.perf_counter() - begun
    apart = float(np.abs(theirs / ours().values - 1).max())
    if apart > APART:
        raise Disagreement(f"parameters of lifetimes and ours are {apart:.1%} apart")
    return Answer(customers, seconds=seconds, note=f"parameters within {apart:.2%} of ours")
