"""Scores of a workspace: all of them once a day, and provisional ones of a few accounts in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np

from sabai.dates import from_day
from sabai.desk.scoring.telling.days import Spoken, spoken
from sabai.engines.local import each_run
from sabai.facts.landed import Facts
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.shelf import bucket_of
from sabai.facts.stored.store import mark_scored, restated_upto
from sabai.health.frozen import Frozen, frozen, keep, kept
from sabai.health.scores import Scores
from sabai.pipeline import compute
from sabai.progress import Progress
from sabai.report.outputs import write_tables
from sabai.request import Request, Run
from sabai.store.restating import Restated


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


def provisional(request: Request, accounts: frozenset[str], day: int) -> Mapping[str, float | None]:
    """The scores of these accounts at a day that no scoring has reached, by the judge of the last one."""
    before = kept(request.standing, request.definitions)
    if before is None or not accounts:
        return {}
    facts = request.facts()
    assert isinstance(facts, StoredFacts)
    found: dict[str, float | None] = {}
    for bucket in sorted({bucket_of(account, facts.settings.buckets) for account in accounts}):
        found |= _of_bucket(facts.only(bucket), request, before, accounts, day)
    return found


def _of_bucket(
    facts: Facts, request: Request, before: Frozen, accounts: frozenset[str], day: int
) -> Mapping[str, float | None]:
    days = sorted({*range(before.monday + 7, day + 1, 7), day})
    found: dict[str, float | None] = {}
    for scores in each_run(facts, request.definitions, days, before.score):
        for row, account in enumerate(scores.grid.accounts):
            if account in accounts:
                value = float(scores.score[row, -1])
                found[account] = None if np.isnan(value) else value
    return found
