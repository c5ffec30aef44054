"""A score as a waterfall: each line of its explanation, and where the sum stood before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sabai.definitions.model import Basic, Definitions, Derived
from sabai.facts.catalogue import TABLES
from sabai.health.explain import Explanation

Kind = Literal["factor", "milestone", "deduction", "floor"]
Unit = Literal["", "minor", "hours", "days", "change"]


@dataclass(frozen=True, slots=True)
class Step:
    """Takes the sum from `start` to `start + contribution`. Value, points and weight belong to factors alone."""

    kind: Kind
    name: str
    contribution: float
    start: float = 0.0
    dimension: str = ""
    value: float | None = None
    unit: Unit = ""
    points: float | None = None
    weight: float = 0.0


def steps(why: Explanation, definitions: Definitions) -> tuple[Step, ...]:
    """The lines that add up to the account's score, in order; () where the score is unknown."""
    walked: list[Step] = []
    for step in _lines(why, definitions) if why.score is not None else ():
        start = walked[-1].start + walked[-1].contribution if walked else 0.0
        walked.append(replace(step, start=start))
    return tuple(walked)


def _lines(why: Explanation, definitions: Definitions) -> Iterator[Step]:
    for line in why.lines:
        if line.contribution is not None:
            yield Step(
                "factor",
                line.factor,
                line.contribution,
                dimension=line.dimension,
                value=line.value,
                unit=unit_of(definitions, line.factor),
                points=line.points,
                weight=line.weight,
            )
    for milestone in why.milestones:
        yield Step("milestone", milestone.milestone, milestone.contribution)
    for taken in why.deductions:
        yield Step("deduction", taken.deduction, taken.contribution)
    if why.floor:
        yield Step("floor", "", why.floor)


def unit_of(definitions: Definitions, metric: str) -> Unit:
    """What a metric's values are counted in, so that they can be written as people say them."""
    match definitions.metrics.get(metric):
        case Basic(how="days_since"):
            return "days"
        case Basic(how="sum" | "min" | "max" | "last" | "mean" | "held", table=table, measure=measure):
            return _unit_written(TABLES[table].measures[measure].unit)
        case Derived(how="change"):
            return "change"
        case Derived(how="difference", of=of):
            return unit_of(definitions, of[0])
        case _:
            return ""


def _unit_written(unit: str) -> Unit:
    written: tuple[Unit, ...] = ("minor", "hours", "days")
    return next((known for known in written if known == unit), "")
