"""Why a score moved between two dates, split exactly, in one stated order.

The way from before to after is walked in this order, each step from where the last one ended:

1. definitions: the first date judged by the later definitions: other points of a factor (curve, reference, metric),
   a factor added, removed, known or unknown by them only; and the end of the onboarding, after which factors judge and
   not milestones;
2. weight: other weights of factors that stand in both definitions;
3. data: other points of factors known at both dates;
4. missing: factors known at one date only;
5. deduction: what each took away, after less before;
6. floor: what the cut at 0 and 100 added or took, after less before;
7. override: sets a band and not the score, so its part is always 0; it is listed when one came or went.

`steps.py` has the two formulas by which steps 1 to 4 fall into factors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sabai.definitions.model import Definitions, Health
from sabai.health.cell import column_of, known, row_of
from sabai.health.overrides import Override, in_force
from sabai.health.scores import BANDS, Scores
from sabai.health.steps import Kind, Part, State, part, step
from sabai.health.young import PREFIX
from sabai.metrics.grid import Floats


@dataclass(frozen=True, slots=True)
class Change:
    """Σ points of `parts` = after - before, to 1e-9, where both are known; else there are no parts."""

    account_id: str
    before: float | None
    after: float | None
    band_before: str
    band_after: str
    parts: tuple[Part, ...]

    @property
    def points(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before


def change(
    scores: Scores,
    definitions: Definitions,
    account_id: str,
    day_a: int,
    day_b: int,
    earlier: tuple[Scores, Definitions] | None = None,
    overrides: Iterable[Override] = (),
) -> Change:
    """The move of one account's score from day_a to day_b, and its parts.

    `earlier` are the scores and definitions by which day_a was judged, where these were others; `scores` must have
    day_a too, since only that tells definitions from data. The bands are those of the scores, before overrides.
    Raises UsageError where the account or a date is missing.
    """
    old, old_definitions = earlier or (scores, definitions)
    a, b = _Cell.at(old, old_definitions, account_id, day_a), _Cell.at(scores, definitions, account_id, day_b)
    a_anew = _Cell.at(scores, definitions, account_id, day_a) if earlier else a
    parts: list[Part] = []
    if a.score is not None and b.score is not None:
        parts += _of_factors(a, a_anew, b)
        parts += _differences("deduction", a.deductions, b.deductions)
        parts += _differences("floor", {"": a.floor}, {"": b.floor})
        parts += _of_overrides(tuple(overrides), account_id, day_a, day_b)
    return Change(account_id, a.score, b.score, a.band, b.band, tuple(parts))


@dataclass(frozen=True, slots=True)
class _Cell:
    scores: Scores
    health: Health
    row: int
    column: int

    @classmethod
    def at(cls, scores: Scores, definitions: Definitions, account_id: str, day: int) -> _Cell:
        return cls(scores, definitions.health, row_of(scores.grid, account_id), column_of(scores.grid, day))

    @property
    def score(self) -> float | None:
        return known(self.scores.score, self.row, self.column)

    @property
    def band(self) -> str:
        return BANDS[self.scores.band[self.row, self.column]]

    @property
    def young(self) -> bool:
        return bool(self.scores.young[self.row, self.column])

    @property
    def floor(self) -> float:
        return known(self.scores.floor, self.row, self.column) or 0.0

    @property
    def deductions(self) -> dict[str, float]:
        return self._known(self.scores.deductions)

    @property
    def weights(self) -> dict[str, float]:
        return {factor.name: factor.weight for factor in self.health.factors if factor.weight > 0}

    def state(self, young: bool) -> State:
        """What is known here: milestones, each of weight 1 and 0 or 100 points, or else factors."""
        if young:
            reached = self._known(self.scores.contributions)
            return {name: (1.0, 100.0 * (of > 0)) for name, of in reached.items() if name.startswith(PREFIX)}
        weights = self.weights
        return {name: (weights[name], of) for name, of in self._known(self.scores.points).items() if name in weights}

    def _known(self, values: Mapping[str, Floats]) -> dict[str, float]:
        cells = {name: known(of, self.row, self.column) for name, of in values.items()}
        return {name: value for name, value in cells.items() if value is not None}


def _of_factors(a: _Cell, a_anew: _Cell, b: _Cell) -> Iterator[Part]:
    """Steps 1 to 4. Where the later definitions know nothing at the first date, all of the way is data and missing."""
    start, end = a.state(a.young), b.state(b.young)
    same = a is a_anew and a.young == b.young  # then steps 1 and 2 lead nowhere
    anew = start if same else a_anew.state(b.young)
    if anew and not same:
        weights = a.weights
        old_weights = {name: (weights.get(name, weight), points) for name, (weight, points) in anew.items()}
        yield from step(start, old_weights, "definitions", "definitions")
        yield from step(old_weights, anew, "definitions", "weight")
        start = anew
    yield from step(start, end, "data", "missing")


def _differences(kind: Kind, before: Mapping[str, float], after: Mapping[str, float]) -> Iterator[Part]:
    for name in {**before, **after}:
        yield from part(kind, name, after.get(name, 0.0) - before.get(name, 0.0))


def _of_overrides(overrides: tuple[Override, ...], account_id: str, day_a: int, day_b: int) -> Iterator[Part]:
    before, after = (in_force(overrides, account_id, day) for day in (day_a, day_b))
    if before != after:
        yield Part("override", (after or before).reason, 0.0)  # type: ignore[union-attr]
