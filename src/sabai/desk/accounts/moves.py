"""A move as the page tells it: the strongest reasons by themselves, the small ones as one, all summing to the move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sabai.desk.scoring.story import Move, Part, Story

SHOWN = 6

Span = Literal["week", "quarter"]


@dataclass(frozen=True, slots=True)
class Told:
    """`most` is the largest of the amounts, for drawing them beside each other."""

    span: Span
    since: int
    points: float
    strong: tuple[Part, ...]
    small: tuple[Part, ...]

    @property
    def of_small(self) -> float:
        return sum(part.points for part in self.small)

    @property
    def most(self) -> float:
        return max(abs(points) for points in (*(part.points for part in self.strong), self.of_small))


def told(span: Span, move: Move) -> Told:
    """
    >>> told("week", Move(0, 3.0, (Part("data", "nps", -1.0), Part("data", "use", 4.0)))).strong[0].name
    'use'
    """
    parts = sorted(move.parts, key=lambda part: -abs(part.points))
    shown = SHOWN if len(parts) > SHOWN + 1 else len(parts)  # one small reason is no shorter than its sum
    return Told(span, move.since, move.points, tuple(parts[:shown]), tuple(parts[shown:]))


def moves(story: Story) -> Iterator[Told]:
    """Since last week and last quarter, as far as both ends have a score."""
    if story.week:
        yield told("week", story.week)
    if story.quarter:
        yield told("quarter", story.quarter)
