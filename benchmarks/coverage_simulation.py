"""How often does a 95% interval hold the truth? Simulated histories whose truth is known, by hand and with a seed.

    python -m benchmarks.coverage_simulation              about a minute and a half
    python -m benchmarks.coverage_simulation 4000         as the promise is judged, four times as long

Every account stands in many months, and a window of three months sees the same leaving from three of them. Intervals of
whole accounts are to hold the truth in 93 to 97 of 100 histories; beside them stand those that draw single rows.

The share of histories is a draw itself: with 4,000 it may be .7 points off. So it is judged by its own 95% interval
(Wilson): kept where all of that lies within 93 to 97, missed where all of it lies outside, and else too near to say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sabai.health.standing import AT_RISK, BANDS, HEALTHY, UNHEALTHY, BandArray
from sabai.intervals import Interval, of_draws, wilson
from sabai.metrics.grid import Floats
from sabai.proof.by_band import ByBand
from sabai.proof.draws import Accounts, Flags, account_draws, dense
from sabai.proof.ranking import auc, auc_draws

MONTHS, WINDOW = 18, 3
DRAWS, DRAWS_OF_ROWS = 1_000, 200
ACCOUNTS = (60, 300)
GOAL = (0.93, 0.97)
SEED = 7


@dataclass(frozen=True, slots=True)
class History:
    """Rows (account × month-end) of accounts that were still there, as proof sees them."""

    y: Flags
    risk: Floats
    band: BandArray
    account: Accounts


def history(accounts: int, rng: np.random.Generator) -> History:
    """Health wanders slowly from month to month, a score sees it through noise, and the ill leave more often."""
    health = np.empty((accounts, MONTHS + WINDOW))
    health[:, 0] = rng.normal(size=accounts)
    for month in range(1, MONTHS + WINDOW):
        health[:, month] = 0.9 * health[:, month - 1] + np.sqrt(1 - 0.9**2) * rng.normal(size=accounts)
    leaves = rng.random(health.shape) < 1 / (1 + np.exp(4.2 + 1.2 * health))
    last = np.where(leaves.any(axis=1), leaves.argmax(axis=1), MONTHS + WINDOW)
    account, month = np.nonzero(np.arange(MONTHS) <= last[:, None])
    risk = -(health[account, month] + 0.8 * rng.normal(size=len(account)))
    band = np.where(risk > 1.2, UNHEALTHY, np.where(risk > 0.3, AT_RISK, HEALTHY)).astype(np.int8)
    return History(last[account] < month + WINDOW, risk, band, account.astype(np.int32))


def intervals(seen: History, account: Accounts, draws: int, seed: int) -> Iterator[tuple[str, Interval]]:
    """AUC and churn of each band, with intervals that draw whole accounts, or whatever else `account` numbers."""
    own, number = dense(account)
    counts = account_draws(number, draws, seed)
    yield "AUC", of_draws(auc(seen.y, seen.risk), auc_draws(seen.y, seen.risk, own, counts)[0])
    by_band = ByBand.of(seen.y, seen.band, own, counts)
    yield from ((f"churn, {each.band}", each.rate) for each in by_band.churn if each.band != "unknown")
    yield "unhealthy ÷ healthy", by_band.ratio()
    yield "trend", by_band.trend()


def truth(rng: np.random.Generator) -> dict[str, float]:
    """From so many accounts that their own error does not matter; one draw, because only values are wanted."""
    seen = history(400_000, rng)
    by_band = ByBand.of(seen.y, seen.band, seen.account, account_draws(400_000, 1, SEED))
    rates = {f"churn, {each.band}": each.rate.value for each in by_band.churn if each.band in BANDS[:3]}
    return {
        "AUC": auc(seen.y, seen.risk), **rates,
        "unhealthy ÷ healthy": by_band.ratio().value, "trend": by_band.trend().value,
    }  # fmt: skip


def coverage(accounts: int, histories: int, true: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The share of histories whose interval holds the truth: of whole accounts, and of single rows."""
    held = {name: np.zeros((histories, 2)) for name in true}
    for number in range(histories):
        seen = history(accounts, np.random.default_rng([SEED, accounts, number]))
        rows = np.arange(len(seen.y), dtype=np.int32)
        for way, (drawn, draws) in enumerate(((seen.account, DRAWS), (rows, DRAWS_OF_ROWS))):
            for name, interval in intervals(seen, drawn, draws, seed=number):
                held[name][number, way] = interval.low <= true[name] <= interval.high
    return {name: tuple(each.mean(axis=0)) for name, each in held.items()}


def judged(share: float, histories: int) -> Literal["kept", "too near", "missed"]:
    """Whether intervals hold the truth often enough, as far as so many histories can tell.

    >>> judged(0.95, 4_000), judged(0.93, 4_000), judged(0.92, 4_000), judged(0.92, 500)
    ('kept', 'too near', 'missed', 'too near')
    """
    may_be = wilson(share * histories, histories)
    if GOAL[0] <= may_be.low and may_be.high <= GOAL[1]:
        return "kept"
    return "missed" if may_be.high < GOAL[0] or may_be.low > GOAL[1] else "too near"


def main(histories: int = 1_000) -> None:
    true = truth(np.random.default_rng(SEED))
    print(f"{histories:,} histories of {MONTHS} months, a window of {WINDOW}, {DRAWS:,} draws\n")
    print(f"{'accounts':>8}  {'measure':20}{'truth':>8}{'accounts drawn':>16}{'may be':>16}{'rows drawn':>12}")
    for accounts in ACCOUNTS:
        for name, (whole, rows) in coverage(accounts, histories, true).items():
            error = wilson(whole * histories, histories)
            may_be, verdict = f"{error.low:.1%}–{error.high:.1%}", judged(whole, histories)
            print(f"{accounts:8,}  {name:20}{true[name]:8.3f}{whole:16.1%}{may_be:>16}{rows:12.1%}  {verdict}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
