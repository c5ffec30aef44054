"""The same into a store that knows 100 million keys already."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from benchmarks.many_keys import many_keys
from benchmarks.ways.land_parquet import into
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    with many_keys(work) as store:
        begun = time.perf_counter()
        return replace(into(store, work, "parquet"), seconds=time.perf_counter() - begun)
