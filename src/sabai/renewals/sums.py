"""Sums of renewals, with what they may come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sabai.dates import from_day
from sabai.renewals.distribution import Distribution, distribution
from sabai.renewals.due import Due
from sabai.renewals.renewal import Renewal


@dataclass(frozen=True, slots=True)
class Sum:
    """Of one group of renewals, `name` "" being unknown: what is due, what to expect (Σ p·v), and what it exceeds in 90
    of 100 cases (P10), in half of them (P50) and in 10 (P90); None where no chance is known."""

    name: str
    renewals: int
    accounts: int
    due_minor: int
    expected_minor: float | None
    p10_minor: float | None
    p50_minor: float | None
    p90_minor: float | None

    @property
    def share(self) -> float | None:
        """What is expected of what is due."""
        return self.expected_minor / self.due_minor if self.expected_minor is not None and self.due_minor else None


def summed(name: str, renewals: Sequence[Renewal], tau: float) -> Sum:
    """An account decides once: its renewals come together or not at all."""
    amounts = [(each.due.account_id, each.value_minor, each.p) for each in renewals]
    return _sum(name, amounts, tau)


def by(renewals: Iterable[Renewal], what: Callable[[Due], str], tau: float) -> tuple[Sum, ...]:
    """A sum for each month, owner or segment, by name."""
    groups: dict[str, list[Renewal]] = {}
    for each in renewals:
        groups.setdefault(what(each.due), []).append(each)
    return tuple(summed(name, groups[name], tau) for name in sorted(groups, key=lambda name: (not name, name)))


def by_product(renewals: Iterable[Renewal], tau: float) -> tuple[Sum, ...]:
    """A renewal of several products is shared out between them."""
    groups: dict[str, list[tuple[str, int, float | None]]] = {}
    for each in renewals:
        for product, worth in each.due.products:
            groups.setdefault(product, []).append((each.due.account_id, max(0, worth), each.p))
    return tuple(_sum(name, groups[name], tau) for name in sorted(groups, key=lambda name: (not name, name)))


def month(due: Due) -> str:
    return f"{from_day(due.day):%Y-%m}"


def distributed(renewals: Sequence[Renewal], tau: float) -> Distribution | None:
    """All that these may come to; None where a chance is not known."""
    return _distributed([(each.due.account_id, each.value_minor, each.p) for each in renewals], tau)


Amounts = Sequence[tuple[str, int, float | None]]


def _sum(name: str, amounts: Amounts, tau: float) -> Sum:
    found = _distributed(amounts, tau)
    due, accounts = sum(value for _, value, _ in amounts), len({account for account, _, _ in amounts})
    if found is None:
        return Sum(name, len(amounts), accounts, due, None, None, None, None)
    ten, half, ninety = (found.quantile(share) for share in (0.1, 0.5, 0.9))
    return Sum(name, len(amounts), accounts, due, found.mean_minor, ten, half, ninety)


def _distributed(amounts: Amounts, tau: float) -> Distribution | None:
    value: dict[str, int] = {}
    comes: dict[str, float] = {}
    for account, amount, p in amounts:
        if p is None:
            return None
        value[account] = value.get(account, 0) + amount
        comes[account] = comes.get(account, 0.0) + amount * p
    paying = [account for account, amount in value.items() if amount]
    chance = np.array([comes[account] / value[account] for account in paying])
    return distribution(np.array([value[account] for account in paying], dtype=np.int64), chance, tau)
