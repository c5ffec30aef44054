"""How often does the interval of a renewal forecast hold what came? Made quarters whose truth is known, with a seed.

    python -m benchmarks.renewal_simulation            some ten minutes
    python -m benchmarks.renewal_simulation 2000       as the promise is judged, five times as long

A quarter has so many renewals of one to five parts of money, most of them likely, and a common shock of spread τ moves
them all. Four ways to forecast it stand side by side, every one with the true chance of each renewal: as if customers
decided each for herself; with τ as it truly is; with the usual .5 that is taken where no past is known; and with τ
estimated from the eight quarters before. An interval of 90% should hold the truth in 85 to 95 of 100 quarters.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.intervals import wilson
from sabai.metrics.grid import Floats
from sabai.renewals.distribution import distribution
from sabai.renewals.shock import nodes, shocked
from sabai.renewals.tau import PRIOR, Quarter, estimated

RENEWALS, TAUS = (60, 300), (0.0, 0.2, 0.5, 1.0)
BEFORE = 8  # quarters that τ is estimated from
NOMINAL = (0.8, 0.9)
GOAL = (0.85, 0.95)
SEED = 7

Taus = Callable[["History"], float]


@dataclass(frozen=True, slots=True)
class History:
    """The quarters before, and the one that is forecast: its values, chances and what came."""

    tau: float
    before: tuple[Quarter, ...]
    value: NDArray[np.int64]
    now: Quarter

    @property
    def came(self) -> int:
        return int(self.value[self.now.renewed].sum())


def history(renewals: int, tau: float, rng: np.random.Generator) -> History:
    quarters = tuple(quarter(renewals, tau, rng) for _ in range(BEFORE + 1))
    return History(tau, quarters[:-1], rng.integers(1, 6, renewals), quarters[-1])


def quarter(renewals: int, tau: float, rng: np.random.Generator) -> Quarter:
    """Chances around .9; the shock is drawn from the nodes' own normal, and each mean over all shocks is p."""
    p = 1 / (1 + np.exp(-rng.normal(2.2, 0.4, renewals)))
    at = rng.normal(0.0, tau) if tau else 0.0
    return Quarter(p, rng.random(renewals) < _moved(p, tau, at))


def _moved(p: Floats, tau: float, at: float) -> Floats:
    """The chances under the shock `at`, the mean held: between the nodes logits lie on a straight line."""
    if not tau:
        return p
    s, _ = nodes(tau)
    middle = shocked(p, tau)[:, len(s) // 2]  # the shock 0
    return np.asarray(1 / (1 + (1 - middle) / middle * np.exp(-at)))


WAYS: Mapping[str, Taus] = {
    "each alone": lambda seen: 0.0,
    "true τ": lambda seen: seen.tau,
    "usual τ": lambda seen: PRIOR,
    "estimated τ": lambda seen: estimated(seen.before).tau,
}


def coverage(
    renewals: int, tau: float, quarters: int, ways: Sequence[str] = tuple(WAYS)
) -> dict[str, dict[float, float]]:  # fmt: skip
    """For each way and each nominal width the share of quarters whose interval held what came."""
    held = {way: dict.fromkeys(NOMINAL, 0) for way in ways}
    for number in range(quarters):
        seen = history(renewals, tau, np.random.default_rng([SEED, renewals, round(tau * 100), number]))
        for way in ways:
            found = distribution(seen.value, seen.now.p, WAYS[way](seen))
            for nominal in NOMINAL:
                low, high = found.quantile((1 - nominal) / 2), found.quantile((1 + nominal) / 2)
                held[way][nominal] += low <= seen.came <= high
    return {way: {nominal: count / quarters for nominal, count in of.items()} for way, of in held.items()}


def main(quarters: int = 400) -> None:
    print(f"{quarters:,} quarters each, {BEFORE} before them to estimate τ from\n")
    print(
        f"{'renewals':>8}{'true τ':>8}  {'forecast':14}"
        + "".join(f"{f'{nominal:.0%} holds':>12}" for nominal in NOMINAL)
    )
    for renewals in RENEWALS:
        for tau in TAUS:
            for way, held in coverage(renewals, tau, quarters).items():
                error = wilson(held[0.9] * quarters, quarters)
                verdict = "kept" if GOAL[0] <= error.low and error.high <= GOAL[1] else ""
                shares = "".join(f"{held[nominal]:>12.1%}" for nominal in NOMINAL)
                print(f"{renewals:8,}{tau:8.2f}  {way:14}{shares}   {verdict}".rstrip())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
