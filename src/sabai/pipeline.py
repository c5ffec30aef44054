"""The one path: facts → metrics → score. Whoever reads this file knows the house.

Accounts walk it in runs of neighbours, so that memory stays bounded however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.engines import local
from sabai.errors import Issue
from sabai.facts.land import land
from sabai.facts.landed import Facts
from sabai.facts.stored.store import is_store, stored
from sabai.health.judge import judge
from sabai.health.kept import Kept, Passing, read_through
from sabai.health.overrides import Override, overrides_beside
from sabai.health.scores import Scores
from sabai.metrics.calendar import asked_days, canonical_days, reference_days
from sabai.progress import Progress, quiet
from sabai.report.outputs import write_pages, write_tables


@dataclass(frozen=True, slots=True)
class Run:
    """What one walk along the path found; `scores` have the canonical weeks and the asked days, the last that fit.

    `overrides` stand beside the scores and never enter them.
    """

    definitions: Definitions
    facts: Facts
    scores: Scores
    asked: tuple[int, ...]
    out: Path
    notices: tuple[Issue, ...]
    overrides: tuple[Override, ...] = ()


def compute(
    definitions: Definitions, data: Path, out: Path, as_of: Sequence[date] = (), *,
    strict: bool = False, progress: Progress = quiet, passing: Passing = read_through,
) -> Run:  # fmt: skip
    """Land the files of `data`, measure every account, score it. No dates: every Monday that the facts allow.

    `data` may be a store, whose facts have landed already. Only landed facts are written, to `out`/facts; `passing`
    sees all scores as they pass by, run of accounts after run, and the asked days. Raises FactsError where the data
    cannot be read.
    """
    facts = (
        stored(definitions, data)
        if is_store(data)
        else land(definitions, data, out / "facts", strict=strict, progress=progress)
    )
    overrides, left_out = overrides_beside(definitions, facts.account_ids)
    asked, kept = asked_days(facts, as_of), Kept(len(facts.account_ids))
    scored, notices = walk(definitions, facts, asked, progress)
    passing(kept.watch(scored), asked)
    return Run(definitions, facts, kept.scores, asked, out, notices + left_out, overrides)


def score(
    definitions: Definitions, data: Path, out: Path, as_of: Sequence[date] = (), *,
    computed_at: datetime, strict: bool = False, progress: Progress = quiet,
) -> Run:  # fmt: skip
    """The same, and its results in `out`: scores.csv, snapshots, rejects.csv, report.html, scores.xlsx."""
    tables = partial(write_tables, out=out, version=definitions.version, computed_at=computed_at)
    run = compute(definitions, data, out, as_of, strict=strict, progress=progress, passing=tables)
    write_pages(run, progress=progress)
    return run


def walk(
    definitions: Definitions, facts: Facts, asked: Sequence[int], progress: Progress = quiet
) -> tuple[Iterator[Scores], tuple[Issue, ...]]:
    """Freeze the reference, then score run after run of accounts at the canonical weeks and the asked days."""
    weeks, days = reference_days(facts, definitions.health), canonical_days(facts, asked)
    grids = local.Grids(facts, definitions, {*weeks, *days}, progress=progress)
    bench = judge(grids.each(weeks, lambda grid: grid), definitions, facts.first_days)
    return grids.each(days, bench.score), bench.notices
