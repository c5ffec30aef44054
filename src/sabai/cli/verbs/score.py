"""`sabai score`: the whole path, from files to scores on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.engine import Engine, engine_options
from sabai.cli.memory import Memory, memory_options
from sabai.cli.outcome import verb
from sabai.cli.place import Place, data_argument, definitions_option, out_option, place
from sabai.cli.unchanged import RUN, asked
from sabai.cli.waiting import waiting
from sabai.cli.when import dates_options, now

if TYPE_CHECKING:
    from sabai.facts.stored.facts import RowsRead
    from sabai.pipeline import Run


@verb
@data_argument
@definitions_option
@dates_options
@out_option
@click.option("--strict", is_flag=True, help="Stop at the first row that breaks its contract.")
@memory_options
@engine_options
@click.option("--again", is_flag=True, help="Compute anew, also where nothing has changed.")
def score(
    data: Path, definitions: Path | None, days: tuple[date, ...], out: Path | None, strict: bool, memory: Memory,
    engine: Engine, again: bool,
) -> Answer:  # fmt: skip
    """Score every account, and write scores, snapshots, rejects, report and workbook.

    Without dates: every Monday that the facts allow. The same again of the same data is answered at once.

    \b
        sabai score
        sabai score exports --definitions sabai.yaml --as-of 2025-06-30
        sabai score exports --from 2025-01-06 --to 2025-06-30 --every week --out results
        sabai score store --definitions sabai.yaml --since-last
        sabai score store --definitions sabai.yaml --engine spark --master spark://host:7077
    """
    there = memory.at(place(data, definitions, out))
    with there.alone() as here:
        if memory.changes:
            return computed(here, days, strict, memory, engine)
        return asked(here, RUN).answered(lambda: computed(here, days, strict, memory, engine), again=again)


def computed(here: Place, days: tuple[date, ...], strict: bool, memory: Memory, engine: Engine) -> Answer:
    """What a run finds, after it has written it."""
    from sabai.pipeline import Request, go_on
    from sabai.pipeline import score as score_all

    with waiting() as progress, engine.computing(progress) as each_run:
        request = Request(
            here.definitions(), here.data, here.out, days, strict, memory.known_on, each_run, progress=progress
        )
        run = go_on(request, now()) if memory.since_last else score_all(request, now(), restate=memory.restate)
    return Answer(summary(run), text(run), issues=(*run.facts.issues, *run.notices))


def summary(run: Run) -> dict[str, object]:
    """What a program wants to know of a run."""
    from sabai.dates import from_day

    grid = run.scores.grid
    return {
        "out": run.out,
        "accounts": len(grid.accounts),
        "as_of": [from_day(day) for day in run.asked],
        "bands": bands_at_last(run),
        "tallies": run.facts.tallies,
        "rows_read": rows_read(run),
        "restated": run.restated,
    }


def bands_at_last(run: Run) -> dict[str, int]:
    """How many customers stand in each band at the last as-of date."""
    from sabai.health.scores import BANDS

    alive, bands = run.scores.grid.alive[:, -1], run.scores.band[:, -1]
    counted = Counter(int(band) for band in bands[alive])
    return {name: counted[index] for index, name in enumerate(BANDS)}


def text(run: Run) -> str:
    from sabai.dates import from_day

    grid = run.scores.grid
    pages = "" if run.went_on else ", report.html, scores.xlsx, rejects.csv"
    bands = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in bands_at_last(run).items())
    aside = sum(tally.rejects + tally.conflicts + tally.waiting for tally in run.facts.tallies)
    lines = [
        f"{len(grid.accounts):,} accounts at {len(run.asked):,} dates, the last {from_day(run.asked[-1])}: {bands}.",
        f"Written to {run.out}: scores.csv, snapshots{pages}.",
    ]
    if aside:
        rows = "row was" if aside == 1 else "rows were"
        lines.append(f"{aside:,} {rows} set aside; rejects.csv says which and why, `sabai facts` adds them up.")
    return "\n".join([*lines, *read(run), *restated(run), *overridden(run), *without_score(run)])


def rows_read(run: Run) -> RowsRead | None:
    """How much of a store was read; None for a folder of exports, and on a cluster."""
    from sabai.facts.stored.facts import StoredFacts

    return run.facts.rows_read if isinstance(run.facts, StoredFacts) else None


def read(run: Run) -> Iterator[str]:
    """How little an increment has looked at."""
    if run.went_on and (rows := rows_read(run)):
        yield f"{rows.read:,} of {rows.stored:,} rows of the store were read."


def restated(run: Run) -> Iterator[str]:
    if run.restated:
        told = run.restated
        others = "" if told.superseded == told.stood else "; the others say what they said"
        yield f"{told.superseded:,} of {told.stood:,} snapshots were superseded{others}."


def overridden(run: Run) -> Iterator[str]:
    """How many of the bands at the last date somebody has overridden: the report shows those, not the scores."""
    from sabai.health.overrides import all_in_force

    grid = run.scores.grid
    customers = {grid.accounts[row] for row in grid.alive[:, -1].nonzero()[0]}
    count = len(customers & all_in_force(run.overrides, int(grid.as_of[-1])).keys())
    if count:
        bands = "band is overridden and shown so" if count == 1 else "bands are overridden and shown so"
        yield f"{count:,} {bands} in the report; scores.csv and scores.xlsx keep those of the scores."


def without_score(run: Run) -> Iterator[str]:
    """How many customers have no score at the last date, and which factors nobody's facts speak for."""
    import numpy as np

    alive, health = run.scores.grid.alive[:, -1], run.definitions.health
    unknown, needs = int((alive & np.isnan(run.scores.score[:, -1])).sum()), f"{health.needs_coverage:.0%}"
    if not unknown:
        return
    yield f"{unknown:,} of {int(alive.sum()):,} have no score: less than {needs} of the weight is known."
    silent = [each for each in health.factors if np.isnan(run.scores.points[each.name][alive, -1]).all()]
    if silent:
        named = ", ".join(f"{factor.name} ({factor.weight:g})" for factor in silent)
        yield f"Unknown for everybody, with their weights: {named}. Add what they are made of, or take them out."
