"""Scores of a workspace: all of them once a day, and provisional ones of a few accounts in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from math import isnan

from sabai.dates import from_day
from sabai.desk.scoring.asked import Asked
from sabai.desk.scoring.telling.days import Spoken, spoken
from sabai.desk.scoring.telling.parts import parts
from sabai.engines.local import each_run
from sabai.facts.stored.store import mark_scored, restated_upto
from sabai.health.frozen import frozen, keep, kept
from sabai.health.score import score_grid
from sabai.health.scores import Scores
from sabai.metrics.looks import as_measured
from sabai.pipeline import compute
from sabai.progress import Progress
from sabai.report.outputs import write_tables
from sabai.request import Request, Run
from sabai.store.restating import Restated

FEW = 500
"""Accounts that are measured at once: their facts lie in memory together."""


def computed(request: Request, today: int, at: datetime, progress: Progress) -> tuple[Run, Spoken]:
    """A run at all Mondays and the days that the desk compares; what it leaves for the next stands in `out`.

    Snapshots are written of Mondays alone, and only of those that have none yet: the past stays as it was, unless it
    was restated or what is usual has moved.
    """
    days = spoken(request.facts(), today)
    asked = replace(request, as_of=tuple(from_day(day) for day in days.all), progress=progress)
    before, restated = kept(asked.standing, asked.definitions), restated_upto(asked.data)
    stands = before is not None and before.can_go_on and before.restated == restated
    since = before.monday if before is not None and stands else 0
    run = compute(asked, partial(_written, asked, at, [day for day in days.mondays if day > since]))
    mark_scored(asked.data, days.as_of, at)
    keep(frozen(run.judge, run.scores, restated=restated), asked.standing)
    return run, days


def _written(
    request: Request, at: datetime, mondays: Sequence[int], scored: Iterable[Scores], asked: Sequence[int]
) -> Restated | None:
    if not mondays:
        for _ in scored:
            pass
        return None
    return write_tables(scored, mondays, request.out, request.definitions.version, at)


def provisional(request: Asked, accounts: Iterable[str], day: int) -> Mapping[str, float | None]:
    """The scores of these accounts at a day that no scoring has reached, by the judge of the last one.

    Only their facts are read, and only that day is measured: bands depend on the weeks before, and scores do not.
    """
    before = kept(request.standing, request.definitions)
    if before is None:
        return {}
    facts, found = request.unlisted(), dict[str, float | None]()
    for some in parts(sorted(set(accounts), key=facts.place), FEW):
        for grid in each_run(facts.of(some), request.definitions, [day], as_measured):
            scores = score_grid(grid, before.judge.health, before.judge.reference, None).score[:, 0].tolist()
            told = zip(grid.accounts, scores, strict=True)
            found |= {account: None if isnan(score) else score for account, score in told}
    return found
