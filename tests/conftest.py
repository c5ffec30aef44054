"""What holds for every test: nothing is timed, and the fast run draws the same examples every time."""

from __future__ import annotations

import gc
import os

from hypothesis import settings

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # every core has a worker of its own already
    os.environ.setdefault(threads, "1")

settings.register_profile("fast", deadline=None, derandomize=True, database=None, max_examples=15)
settings.register_profile("long", deadline=None, max_examples=100)
settings.load_profile("fast")

gc.disable()  # until all is collected: nothing of that is garbage


def pytest_collection_finish() -> None:
    """What was collected stays until the end: nobody need look again and again whether it is garbage."""
    gc.collect()
    gc.freeze()
    gc.enable()
