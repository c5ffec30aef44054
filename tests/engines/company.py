"""A made company, landed into a store, and what an engine makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from sabai.definitions.model import Definitions
from sabai.definitions.reader import read_definitions
from sabai.demo import make_company
from sabai.engines import local
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.store import land_into, stored
from sabai.metrics.calendar import asked_days
from sabai.metrics.grid import joined
from sabai.metrics.looks import EachRun, as_measured
from sabai.pipeline import Request, score
from sabai.progress import Progress, quiet
from tests.metrics.engines import assert_same

AT = datetime(2026, 7, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Company:
    """`definitions` and the `store` that its exports were landed into."""

    definitions: Definitions
    store: Path

    @property
    def facts(self) -> StoredFacts:
        return stored(self.definitions, self.store)

    def scored(self, out: Path, each_run: EachRun, as_of: tuple[date, ...] = (), progress: Progress = quiet) -> Path:
        """The folder `out`, with everything that `sabai score` writes."""
        request = Request(self.definitions, self.store, out, as_of, each_run=each_run, progress=progress)
        score(request, AT)
        return out


def landed(exports: Path, store: Path, definitions: Path, buckets: int) -> Company:
    meaning = read_definitions(definitions)
    land_into(meaning, exports, store, AT, buckets=buckets)
    return Company(meaning, store)


def made(folder: Path, buckets: int, **size: int) -> Company:
    return landed(folder / "exports", folder / "store", make_company(folder / "exports", **size), buckets)


def assert_same_results(one: Path, other: Path) -> None:
    """Every score and every cell of every snapshot, bit by bit."""
    assert (one / "scores.csv").read_bytes() == (other / "scores.csv").read_bytes()
    first, second = (pl.read_delta(str(out / "snapshots")).sort("account_id", "as_of") for out in (one, other))
    assert first.height > 0
    assert_frame_equal(first, second, check_exact=True)


def assert_engines_agree(facts: StoredFacts, definitions: Definitions, each_run: EachRun) -> None:
    """Every number of every account, at every Monday."""
    days = asked_days(facts, ())
    measured = joined(list(each_run(facts, definitions, days, as_measured)))
    assert_same(measured, local.measure(facts, definitions, days))
