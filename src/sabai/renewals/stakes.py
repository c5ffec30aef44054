"""What hangs on few, and what it costs to do nothing: where an hour of work changes the quarter most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sabai.renewals.renewal import Renewal
from sabai.renewals.sums import Sum, summed


@dataclass(frozen=True, slots=True)
class Whale:
    """One account: its part of all that is due."""

    account_id: str
    value_minor: int
    share: float
    p: float | None


@dataclass(frozen=True, slots=True)
class Whales:
    """The `largest` accounts, most first; `effective` is how many equal ones would be as risky (inverse Herfindahl).
    `without` is the forecast if the largest does not renew."""

    largest: tuple[Whale, ...]
    effective: float | None
    without: Sum | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving one renewal would add to what is expected: (p if healthy − p) × value."""

    account_id: str
    day: int
    p: float
    if_healthy: float
    value_minor: int
    gain_minor: float


def whales(renewals: Sequence[Renewal], tau: float, most: int = 10) -> Whales:
    value: dict[str, int] = {}
    comes: dict[str, float | None] = {}
    for each in renewals:
        account = each.due.account_id
        value[account] = value.get(account, 0) + each.value_minor
        comes[account] = each.p
    whole = sum(value.values())
    if not whole:
        return Whales((), None, None)
    order = sorted((account for account in value if value[account]), key=lambda account: (-value[account], account))
    largest = tuple(Whale(each, value[each], value[each] / whole, comes[each]) for each in order[:most])
    others = [each for each in renewals if each.due.account_id != order[0]]
    effective = 1 / sum((amount / whole) ** 2 for amount in value.values())
    return Whales(largest, effective, summed("", others, tau) if others else None)


def price_of_inaction(renewals: Sequence[Renewal]) -> tuple[Saved, ...]:
    """Renewals that would be surer with a healthy score, the greatest gain first. Whoever has given notice is not among
    them: to turn a no is another work, with a chance that nothing here has learned."""
    found = [
        Saved(each.due.account_id, each.due.day, each.p, each.if_healthy, each.value_minor,
              (each.if_healthy - each.p) * each.value_minor)
        for each in renewals
        if each.p is not None and each.if_healthy is not None and each.if_healthy > each.p and each.value_minor
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.gain_minor, each.account_id)))
