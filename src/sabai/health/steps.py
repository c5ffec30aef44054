"""One step of a change: from one state of what is known to another, in parts that sum exactly to the move.

A state is a weighted mean f = Σ w p / W, W = Σ w. First the points of what both states know are changed, then weights:

    other points:    w (p' - p) / W
    other weights:   (w' - w) (p - f) / W'        (a factor that comes has w = 0, one that goes has w' = 0)

Both sum exactly to their half of the step, the second because Σ w (p - f) = 0. So a factor that becomes unknown takes
away what it had lifted the score above the mean of all, and one whose weight grows lifts it only where its points are
above that mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["definitions", "weight", "data", "missing", "deduction", "floor", "override"]

State = Mapping[str, tuple[float, float]]  # known factor -> (weight above 0, points); never empty


@dataclass(frozen=True, slots=True)
class Part:
    """What one factor, deduction or override did to the score, in points; `name` is "" for the floor."""

    kind: Kind
    name: str
    points: float


def step(state: State, then: State, of_points: Kind, of_weights: Kind) -> Iterator[Part]:
    """The parts that are not 0.

    >>> [part.points for part in step({"nps": (1, 40), "use": (1, 60)}, {"use": (1, 80)}, "data", "missing")]
    [10.0, 20.0]
    """
    total, total_then = _weight(state), _weight(then)
    halfway = {name: (weight, then.get(name, (weight, points))[1]) for name, (weight, points) in state.items()}
    mean = sum(weight * points for weight, points in halfway.values()) / total
    for name, (weight, points) in halfway.items():
        yield from part(of_points, name, weight * (points - state[name][1]) / total)
    for name in {**state, **then}:
        weight, points = halfway.get(name, (0.0, then.get(name, (0.0, 0.0))[1]))
        weight_then = then.get(name, (0.0, points))[0]
        yield from part(of_weights, name, (weight_then - weight) * (points - mean) / total_then)


def part(kind: Kind, name: str, points: float) -> Iterator[Part]:
    if points:
        yield Part(kind, name, points)


def _weight(state: State) -> float:
    return sum(weight for weight, _ in state.values())
