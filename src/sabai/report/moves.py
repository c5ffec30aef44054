"""Whose score fell and rose most between the two dates of the page, and what moved it."""

from __future__ import annotations

from dataclasses import dataclass

from sabai.definitions.model import Definitions
from sabai.health.change import change
from sabai.health.scores import Scores
from sabai.health.steps import Part
from sabai.report.customers import Customer, Span

SEEN = 0.05  # points: less would be written as 0.0


@dataclass(frozen=True, slots=True)
class Move:
    """`parts`: those in the direction of the move, biggest first."""

    customer: Customer
    parts: tuple[Part, ...]


def biggest_moves(customers: list[Customer], most: int = 8) -> tuple[list[Customer], list[Customer]]:
    """The deepest falls and the highest rises, at most `most` of each; changes under one point are no move."""
    moved = sorted((c for c in customers if abs(c.change) >= 1), key=lambda moving: (moving.change, moving.account_id))
    falls = [customer for customer in moved[:most] if customer.change < 0]
    rises = [customer for customer in reversed(moved[-most:]) if customer.change > 0]
    return falls, rises


def move_of(scores: Scores, definitions: Definitions, customer: Customer, span: Span, most: int = 3) -> Move:
    """The customer's move with its strongest reasons."""
    parts = parts_of(scores, definitions, customer, span)
    return Move(customer, tuple(part for part in parts if part.points * customer.change > 0)[:most])


def parts_of(scores: Scores, definitions: Definitions, customer: Customer, span: Span) -> tuple[Part, ...]:
    """What moved the score, as far as it can be read, biggest first; () where one of the scores is unknown."""
    before, now = int(scores.grid.as_of[span.before]), int(scores.grid.as_of[span.now])
    moved = change(scores, definitions, customer.account_id, before, now)
    seen = [part for part in moved.parts if abs(part.points) >= SEEN]
    return tuple(sorted(seen, key=lambda part: -abs(part.points)))
