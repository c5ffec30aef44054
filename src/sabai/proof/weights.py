"""Weights that the past supports: what each factor says about leaving, with how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sabai.errors import FactsError, Issue
from sabai.intervals import Interval, of_draws
from sabai.metrics.grid import Floats
from sabai.proof.draws import Flags, account_draws
from sabai.proof.fitting import fitted, log_loss, refitted
from sabai.proof.past import Label, Past
from sabai.proof.split import earlier
from sabai.proof.terms import Terms, terms, usual

RIDGES = (1.0, 3.0, 10.0, 30.0, 100.0)
USUAL_RIDGE = 10.0
DRAWS = 200

_FEWEST_LEAVERS = 10  # on each side of the split that chooses the ridge
_NOTHING = 1e-8  # a weight below this moves no score


@dataclass(frozen=True, slots=True)
class Learned:
    """One entry for each factor, in the order of `Past.points`.

    `weights`: how much half the scale of points lowers the logit of leaving, ≥ 0. `whole`: the same as shares of 100,
    all 0 where no factor keeps anybody. `shares`: each weight's part of all, 0-1, with its interval. `accounts` and
    `churned` are the accounts that were learned from, and those of them that left.
    """

    weights: Mapping[str, float]
    whole: Mapping[str, int]
    shares: Mapping[str, Interval]
    intercept: float
    ridge: float
    accounts: int
    churned: int
    base_rate: float

    @property
    def not_proven(self) -> tuple[str, ...]:
        """Factors whose interval includes nothing at all."""
        return tuple(name for name, share in self.shares.items() if not share.low > 0)


def learned(past: Past, label: Label, horizon_days: int, seed: int, draws: int = DRAWS) -> Learned:
    """Weights from the mature rows of `past` whose score is a matter of weights: those of young accounts are not.

    Raises FactsError PRF-021 where nobody left and PRF-022 where everybody did.
    """
    past = past.only(past.mature(horizon_days) & ~past.young)
    rows = terms(past, label, horizon_days, usual(past, horizon_days))
    _refuse(rows)
    ridge = chosen_ridge(past, label, horizon_days)
    beta = fitted(rows, ridge)
    weights = _weights(beta, rows)
    drawn = _weights(refitted(rows, ridge, beta, account_draws(rows.accounts, draws, seed)), rows)
    return Learned(
        weights=dict(zip(rows.factors, weights.tolist(), strict=True)),
        whole=dict(zip(rows.factors, hundredths(weights.tolist()), strict=True)),
        shares=dict(zip(rows.factors, map(of_draws, _shares(weights), _shares(drawn)), strict=True)),
        intercept=float(beta[0]),
        ridge=ridge,
        accounts=rows.accounts,
        churned=len(np.unique(rows.account[rows.left])),
        base_rate=float(rows.left.mean()),
    )


def hundredths(weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion that sum to 100, by largest remainder (Hamilton); of equal ones the first gains.

    >>> hundredths([1, 1, 1]), hundredths([3, 0, 1]), hundredths([0, 0])
    ([34, 33, 33], [75, 0, 25], [0, 0])
    """
    total = sum(weights)
    if not total:
        return [0 for _ in weights]
    exact = np.array(weights) * (100 / total)
    whole = np.floor(exact + 1e-9)
    gaining = np.argsort(-np.round(exact - whole, 9), kind="stable")[: round(100 - whole.sum())]
    whole[gaining] += 1
    return [int(each) for each in whole]


def chosen_ridge(past: Past, label: Label, horizon_days: int) -> float:
    """The ridge of RIDGES that foretells later months best, learned from earlier ones whose labels were known by then.

    The usual one where a side would have fewer than 10 rows that left. Judged by log loss, which all rows enter.
    """
    left = past.leaves(label, horizon_days)
    sides = [
        (before, after)
        for split in np.unique(past.as_of).tolist()
        for before, after in [(earlier(past, split, horizon_days), past.as_of >= split)]
    ]
    leavers = [min(_leavers(past, left & side) for side in both) for both in sides]
    if not sides or max(leavers) < _FEWEST_LEAVERS:
        return USUAL_RIDGE
    return _best_ridge(past, label, horizon_days, *sides[int(np.argmax(leavers))])


def _best_ridge(past: Past, label: Label, horizon_days: int, before: Flags, after: Flags) -> float:
    known, later = past.only(before), past.only(after)
    seen = usual(known, horizon_days)
    rows, judge = (terms(side, label, horizon_days, seen) for side in (known, later))
    beta, losses = None, []
    for ridge in reversed(RIDGES):  # from the strongest, which is found soonest, each from the one before it
        beta = fitted(rows, ridge, beta)
        losses.append(log_loss(judge, beta))
    return RIDGES[::-1][int(np.argmin(losses))]


def _leavers(past: Past, left: Flags) -> int:
    return len(np.unique(past.account[left]))


def _weights(beta: Floats, rows: Terms) -> Floats:
    """The weights of factors alone; those that are nothing but noise of the arithmetic are 0."""
    weights = beta[rows.free :]
    return np.where(weights < _NOTHING, 0.0, weights)


def _shares(weights: Floats) -> Floats:
    """Each weight's part of all, along the first axis; 0 where there is none, or where a draw could not tell."""
    total = weights.sum(axis=0)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights), where=total > 0))


def _refuse(rows: Terms) -> None:
    why = "Weights are learned from the difference between accounts that left and accounts that stayed."
    hint = "Give a longer history, or keep the weights you have."
    if not rows.left.any():
        what = f"Nobody left in the {len(rows.left)} rows of the past that could be learned from."
        raise FactsError(Issue("PRF-021", what, why=why, hint=hint))
    if rows.left.all():
        what = f"All {rows.accounts} accounts left in every row of the past that could be learned from."
        raise FactsError(Issue("PRF-022", what, why=why, hint=hint))
