"""The one path: facts → metrics → score. Whoever reads this file knows the house.

Each arrow is a function of its own room. What comes out is a `Run`; `write` puts it where other tools can read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.engines import local
from sabai.errors import Issue
from sabai.facts.land import land
from sabai.facts.landed import Facts
from sabai.health.chunks import score_chunks
from sabai.health.scores import Scores
from sabai.metrics.calendar import asked_days, canonical_days
from sabai.progress import Progress, quiet
from sabai.report.outputs import write_outputs


@dataclass(frozen=True, slots=True)
class Run:
    """What one walk along the path found. `scores` speak of the canonical weeks and of the `asked` days."""

    definitions: Definitions
    facts: Facts
    scores: Scores
    asked: tuple[int, ...]
    out: Path
    notices: tuple[Issue, ...]


def compute(
    definitions: Definitions,
    data: Path,
    out: Path,
    as_of: Sequence[date] = (),
    *,
    strict: bool = False,
    progress: Progress = quiet,
) -> Run:
    """Land the files of `data`, measure every account, score it. No dates: every Monday that the facts allow.

    Only landed facts are written, to `out`/facts. Raises FactsError where the data cannot be read.
    """
    facts = land(definitions, data, out / "facts", strict=strict, progress=progress)
    asked = asked_days(facts, as_of)
    grids = local.grids(facts, definitions, canonical_days(facts, asked), progress=progress)
    scores, notices = score_chunks(grids, definitions)
    return Run(definitions, facts, scores, asked, out, notices)


def score(
    definitions: Definitions,
    data: Path,
    out: Path,
    as_of: Sequence[date] = (),
    *,
    computed_at: datetime,
    strict: bool = False,
    progress: Progress = quiet,
) -> Run:
    """The whole path, and its results in `out`: scores.csv, snapshots, rejects.csv, report.html, scores.xlsx."""
    run = compute(definitions, data, out, as_of, strict=strict, progress=progress)
    write_outputs(run, computed_at, progress=progress)
    return run
