"""The accounts whose score would move most, and why: parts that sum to the move, and reasons for the largest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median_low

import numpy as np

from sabai.definitions.model import Health
from sabai.health.standing import BANDS
from sabai.health.steps import Part, State, part, step
from sabai.preview.pairs import Pair
from sabai.preview.reasons import Reason
from sabai.proof.past import Past

MOST_REASONS = 3
_NOISE = 1e-11


@dataclass(frozen=True, slots=True)
class Mover:
    """`parts` sum to after − before, the largest first, to 1e-9; none where one of the scores is unknown.

    `reasons` are the largest parts, ready to be said. Parts are of the kinds of `health.change`, since nothing but
    definitions changes here: points of a factor ("definitions"), its weight, deductions, and the cut at 0 and 100
    ("floor").
    """

    account_id: str
    before: float | None
    after: float | None
    band_before: str
    band_after: str
    parts: tuple[Part, ...]
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before


def movers(pair: Pair, before: Health, after: Health, most: int) -> tuple[Mover, ...]:
    """Of `pair`, whose rows are of one date: the `most` accounts that move farthest and know both scores."""
    move = np.abs(pair.after.score - pair.before.score)
    order = np.argsort(-np.nan_to_num(move, nan=-1.0), kind="stable")
    wanted = [row for row in order[:most].tolist() if move[row] > _NOISE]
    scale = _scale(before, after)
    return tuple(_mover(_Cell(pair.before, row, before), _Cell(pair.after, row, after, scale)) for row in wanted)


def _scale(before: Health, after: Health) -> float:
    """What weights after are to be multiplied by, so that most of those in both weigh the same: only proportions count,
    and where one weight is changed, or all are doubled, the others have no part in it."""
    was, now = (
        {factor.name: factor.weight for factor in each.factors if factor.weight > 0} for each in (before, after)
    )
    return median_low([was[name] / now[name] for name in sorted(was.keys() & now.keys())] or [1.0])


@dataclass(frozen=True, slots=True)
class _Cell:
    """One row of the past under its definitions, whose weights count `scale` times."""

    past: Past
    row: int
    health: Health
    scale: float = 1.0

    @property
    def account_id(self) -> str:
        return self.past.accounts[int(self.past.account[self.row])]

    @property
    def score(self) -> float:
        return float(self.past.score[self.row])

    @property
    def band(self) -> str:
        return BANDS[self.past.band[self.row]]

    @property
    def young(self) -> bool:
        return bool(self.past.young[self.row])

    @property
    def deducted(self) -> float:
        return float(self.past.deducted[self.row])

    @property
    def weights(self) -> dict[str, float]:
        return {factor.name: factor.weight for factor in self.health.factors if factor.weight > 0}

    def share(self, name: str) -> float:
        """The part of all weights: only that counts, whatever they sum to."""
        return self.weights[name] / sum(self.weights.values())

    @property
    def state(self) -> State:
        """What is known here, and weighs something."""
        points = {name: float(self.past.points[name][self.row]) for name in self.weights}
        return {name: (self.weights[name] * self.scale, of) for name, of in points.items() if not np.isnan(of)}


def _mover(before: _Cell, after: _Cell) -> Mover:
    told = (each for each in _parts(before, after) if abs(each.points) > _NOISE)
    parts = tuple(sorted(told, key=lambda each: -abs(each.points)))
    reasons = tuple(_reason(each, before, after) for each in parts[:MOST_REASONS])
    return Mover(after.account_id, before.score, after.score, before.band, after.band, parts, reasons)


def _parts(before: _Cell, after: _Cell) -> Iterator[Part]:
    """First other points, then other weights, then deductions; what is left is the cut at 0 and 100."""
    move = after.score - before.score
    if before.young or after.young:
        yield from part("definitions", "", move)
        return
    parts = [*_of_factors(before.state, after.state), *part("deduction", "", after.deducted - before.deducted)]
    yield from parts
    yield from part("floor", "", move - sum(each.points for each in parts))


def _of_factors(before: State, after: State) -> Iterator[Part]:
    """A factor that both know has two parts, its points and its weight; one that comes or goes has one."""
    reweighed = {name: (before[name][0] if name in before else weight, of) for name, (weight, of) in after.items()}
    yield from step(before, reweighed, "definitions", "definitions")
    yield from step(reweighed, after, "definitions", "weight")


def _reason(each: Part, before: _Cell, after: _Cell) -> Reason:
    match each.kind:
        case "weight":
            return Reason("weight", each.points, each.name, before.share(each.name), after.share(each.name))
        case "deduction":
            return Reason("deduction", each.points, "", -before.deducted, -after.deducted)
        case "floor":
            return Reason("floor", each.points)
    if not each.name:
        return Reason("young" if after.young else "grown", each.points)
    return _of_points(each, before, after)


def _of_points(each: Part, before: _Cell, after: _Cell) -> Reason:
    name = each.name
    was, now = (cell.state[name][1] if name in cell.state else None for cell in (before, after))
    if was is not None and now is not None:
        return Reason("points", each.points, name, was, now)
    if now is not None:
        return Reason("known now" if name in before.weights else "anew", each.points, name, None, now)
    return Reason("unknown now" if name in after.weights else "no longer", each.points, name, was)
