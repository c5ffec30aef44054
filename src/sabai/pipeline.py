"""The one path: facts → metrics → score. Whoever reads this file knows the house.

Accounts walk it in runs of neighbours, so that memory stays bounded however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from sabai.definitions.model import Definitions
from sabai.engines import local
from sabai.facts.landed import Facts
from sabai.facts.stored.store import is_store, mark_restated, mark_scored, restated_upto
from sabai.health.frozen import Frozen, frozen, keep, kept
from sabai.health.judge import Judge, judge
from sabai.health.kept import Kept, Passing, read_through
from sabai.health.overrides import overrides_beside
from sabai.health.scores import Scores
from sabai.metrics.calendar import asked_days, canonical_days, reference_days
from sabai.metrics.looks import EachRun, Grids, as_measured
from sabai.progress import Progress, quiet
from sabai.report.outputs import write_pages, write_tables
from sabai.request import Request, Run
from sabai.store.restating import Restated
from sabai.store.snapshots import days_in

__all__ = ["Request", "Run", "compute", "go_on", "score", "walk"]


def compute(request: Request, passing: Passing = read_through, before: Frozen | None = None) -> Run:
    """Land the files, measure every account, score it. Only landed facts are written, to `out`/facts.

    `passing` sees all scores as they pass by, run of accounts after run, and the asked days; `before` is where an
    earlier run stood, and only later dates are computed. Raises FactsError where the data cannot be read.
    """
    definitions, facts = request.definitions, request.facts()
    overrides, left_out = overrides_beside(definitions, facts.account_ids)
    days, kept = asked_days(facts, request.as_of, before.last if before else None), Kept(len(facts.account_ids))
    asked = tuple(sorted({*days, *request.again}))
    scored, bench = walk(definitions, facts, asked, request.progress, request.each_run, before)
    restated, went_on = passing(kept.watch(scored), asked), before is not None
    return Run(definitions, facts, kept.scores, asked, request.out, bench, overrides, left_out, went_on, restated)


def score(request: Request, computed_at: datetime, *, restate: bool = False) -> Run:
    """The same, and its results in `out`: scores.csv, snapshots, rejects.csv, report.html, scores.xlsx.

    A store remembers up to when it was scored: what comes in late afterwards counts from then on. `restate` lets it
    count from when it should have been known, scores the past anew, and supersedes the snapshots that this touches.
    """
    if restate:
        mark_restated(request.data, computed_at)
        scored_before = days_in(request.out / "snapshots", request.definitions.version)
        request = request if request.as_of else replace(request, again=scored_before)
    run = compute(request, partial(_tables, request, computed_at, restate))
    write_pages(run, progress=request.progress)
    keep(frozen(run.judge, run.scores, restated=_restated(request)), request.standing)
    return run


def go_on(request: Request, computed_at: datetime) -> Run:
    """Only the dates after the last that was scored, into scores.csv and snapshots; the same bits as `score` gives.

    Where there is nothing to go on from, what is usual is not frozen, or the past was restated since, it is `score`.
    Raises FactsError FCT-094 where no later date is known yet.
    """
    before = kept(request.standing, request.definitions)
    if before is None or not before.can_go_on or before.restated != _restated(request):
        return score(request, computed_at)
    run = compute(request, partial(_tables, request, computed_at, False), before)
    keep(frozen(run.judge, run.scores, before), request.standing)
    return run


def walk(
    definitions: Definitions, facts: Facts, asked: Sequence[int], progress: Progress = quiet,
    each_run: EachRun = local.each_run, before: Frozen | None = None,
) -> tuple[Iterator[Scores], Judge]:  # fmt: skip
    """Freeze the reference, then score run after run of accounts at the canonical weeks and the asked days."""
    days = canonical_days(facts, asked)
    if before:
        later = [day for day in days if day > before.monday]
        return each_run(facts, definitions, later, before.score, progress=progress), before.judge
    weeks = reference_days(facts, definitions.health)
    grids = Grids(each_run, facts, definitions, {*weeks, *days}, progress=progress)
    bench = judge(grids.each(weeks, as_measured), definitions, facts.first_days)
    return grids.each(days, bench.score), bench


def _tables(
    request: Request, computed_at: datetime, restate: bool, scored: Iterable[Scores], asked: Sequence[int]
) -> Restated | None:
    if is_store(request.data):
        mark_scored(request.data, asked[-1], computed_at)
    return write_tables(scored, asked, request.out, request.definitions.version, computed_at, restate=restate)


def _restated(request: Request) -> int:
    return restated_upto(request.data) if is_store(request.data) else 0
