"""What is asked of the path from facts to scores, and what one walk along it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.engines import local
from sabai.errors import Issue
from sabai.facts.land import land
from sabai.facts.landed import Facts
from sabai.facts.stored.store import is_store, stored
from sabai.health.judge import Judge
from sabai.health.overrides import Override
from sabai.health.scores import Scores
from sabai.metrics.looks import EachRun
from sabai.progress import Progress, quiet
from sabai.store.restating import Restated


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `data` is a folder of exports, a file, or a store, whose facts have landed already.

    No `as_of` dates: every Monday that the facts allow. `known_on` shows a store as it was on that day; `each_run` is
    the engine.
    """

    definitions: Definitions
    data: Path
    out: Path
    as_of: tuple[date, ...] = ()
    strict: bool = False
    known_on: date | None = None
    each_run: EachRun = local.each_run
    progress: Progress = quiet
    again: tuple[int, ...] = ()  # days that are scored besides

    def facts(self) -> Facts:
        """Landed now, to `out`/facts, or out of the store."""
        if is_store(self.data):
            return stored(self.definitions, self.data, self.known_on)
        return land(self.definitions, self.data, self.out / "facts", strict=self.strict, progress=self.progress)

    @property
    def standing(self) -> Path:
        """The folder where a run leaves what the next one goes on from."""
        return self.out / "standing" / self.definitions.version


@dataclass(frozen=True, slots=True)
class Run:
    """What one walk along the path found; `scores` have the canonical weeks and the asked days, the last that fit.

    `overrides` stand beside the scores and never enter them; `left_out` says which of their lines were not understood.
    """

    definitions: Definitions
    facts: Facts
    scores: Scores
    asked: tuple[int, ...]
    out: Path
    judge: Judge
    overrides: tuple[Override, ...] = ()
    left_out: tuple[Issue, ...] = ()
    went_on: bool = False  # from an earlier run; then there is no page of all dates
    restated: Restated | None = None

    @property
    def notices(self) -> tuple[Issue, ...]:
        return self.judge.notices + self.left_out
