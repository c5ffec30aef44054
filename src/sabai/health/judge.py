"""What every account is judged by: first the reference is frozen, then each run of accounts is scored against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sabai.cores import on_every_core
from sabai.definitions.model import Definitions, Health
from sabai.errors import Issue
from sabai.health.bands import banded
from sabai.health.reference import Reference, merge, notices, take_cut, take_reference
from sabai.health.score import score_grid
from sabai.health.scores import Scores
from sabai.health.standing import Standing
from sabai.metrics.coverage import FirstDays
from sabai.metrics.grid import Grid


@dataclass(frozen=True, slots=True)
class Judge:
    """A reference frozen at weeks until the day `until`, and cut points, and what they could not supply."""

    health: Health
    reference: Reference
    cut: tuple[float, float]
    until: int
    notices: tuple[Issue, ...] = ()

    def score(self, grid: Grid, before: Standing | None = None) -> Scores:
        """`grid` has some of the accounts, and all canonical Mondays, since bands depend on their path: all there are,
        or those after the one `before` which these accounts stood somewhere."""
        return banded(score_grid(grid, self.health, self.reference, None), self.health.bands, self.cut, before)


def judge(grids: Iterable[Grid], definitions: Definitions, first_days: Mapping[str, FirstDays]) -> Judge:
    """`grids` are runs of all accounts at the weeks of the reference; their order does not matter.

    `first_days` are those of landed facts, and tell why something is missing.
    """
    held, health = list(grids), definitions.health
    reference = merge(on_every_core(lambda grid: take_reference(grid, health), held))
    cut = take_cut(on_every_core(lambda grid: score_grid(grid, health, reference, None), held), health)
    return Judge(health, reference, cut, int(held[0].as_of[-1]), notices(reference, cut, definitions, first_days))
