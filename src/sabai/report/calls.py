"""Who needs a call this week, and why: a list short enough to be worked through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sabai.report.customers import Customer


Reason = Literal["fell", "unhealthy", "unknown"]

FALL = 5.0  # points: less is the ordinary up and down


@dataclass(frozen=True, slots=True)
class Call:
    """One customer to speak to, and everything that speaks for it."""

    customer: Customer
    reasons: tuple[Reason, ...]


def calls(customers: list[Customer], most: int = 12) -> list[Call]:
    """In turn the deepest fall, the unhealthy one who pays most, the unknown one who pays most, and so on."""
    fell = sorted((c for c in customers if c.change <= -FALL), key=lambda customer: customer.change)
    unhealthy = [c for c in customers if c.band == "unhealthy"]  # the list is sorted by revenue inside a band
    unknown = [c for c in customers if c.band == "unknown" and not c.young]
    turns = chain.from_iterable(zip_longest(fell, unhealthy, unknown))
    chosen = list(dict.fromkeys(customer for customer in turns if customer is not None))[:most]
    return [Call(customer, tuple(_reasons(customer))) for customer in chosen]


def _reasons(customer: Customer) -> Iterator[Reason]:
    if customer.band == "unhealthy":
        yield "unhealthy"
    if customer.change <= -FALL:
        yield "fell"
    if customer.band == "unknown":
        yield "unknown"
