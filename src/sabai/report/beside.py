"""What stands beside the scores at a date and never enters them: what people say, and what children say of a parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.health.overrides import Override, all_in_force
from sabai.health.parents import RolledUp, rolled_up
from sabai.health.scores import Scores
from sabai.metrics.grid import Floats
from sabai.report.names import account_names, parents_of


class Scored(Protocol):
    """Scores with all that is beside them; `sabai.pipeline.Run` has it."""

    @property
    def scores(self) -> Scores: ...
    @property
    def definitions(self) -> Definitions: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def overrides(self) -> tuple[Override, ...]: ...


@dataclass(frozen=True, slots=True)
class Beside:
    """For one account: the override and the pulse in force, and its score from its children."""

    override: Override | None = None
    pulse: Override | None = None
    from_children: RolledUp | None = None


def all_beside(scored: Scored, column: int, revenue: Floats | None) -> Mapping[str, Beside]:
    """account_id -> what stands beside its score at that column of the grid, for those who have any of it."""
    day = int(scored.scores.grid.as_of[column])
    overrides, pulses = (all_in_force(scored.overrides, day, kind) for kind in ("override", "pulse"))
    how = scored.definitions.health.parents
    parent_of = {} if how == "own" else parents_of(account_names(scored.facts, day))
    rolled = rolled_up(scored.scores, column, parent_of, how, revenue)
    return {
        account_id: Beside(overrides.get(account_id), pulses.get(account_id), rolled.get(account_id))
        for account_id in {**overrides, **pulses, **rolled}
    }
