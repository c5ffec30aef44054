"""A curve of retention from how many were asked at each renewal, and how many renewed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.value.curve import NAMES, Curve, Model
from sabai.value.fitting import Fit, by_differences, greatest

Counts = NDArray[np.int64]

ENOUGH_FOR_BDW, A_FEW = 5, 10
"""From so many renewals on, each with a few customers, the third parameter is worth its keep."""
_STARTS: dict[Model, list[list[float]]] = {
    "sbg": [[1.0, 1.0], [0.5, 4.0], [5.0, 50.0]],
    "bdw": [[0.5, 1.0, 1.0], [0.2, 1.4, 1.7], [2.0, 10.0, 0.8]],
}


@dataclass(frozen=True, slots=True)
class Renewals:
    """`asked[t − 1]` customers came to their t-th renewal while somebody watched, `renewed[t − 1]` of them stayed.

    Whoever has not come to it yet (censored) or came before anybody watched is not among them.

    >>> Renewals.of_survivors([1000, 869, 743]).left.tolist()
    [131, 126]
    """

    asked: Counts
    renewed: Counts

    @classmethod
    def of_survivors(cls, survivors: list[int]) -> Renewals:
        """One cohort: how many there were, and how many after each renewal."""
        counted = np.asarray(survivors, dtype=np.int64)
        return cls(counted[:-1], counted[1:])

    @property
    def left(self) -> Counts:
        return np.asarray(self.asked - self.renewed)

    @property
    def last(self) -> int:
        """The last renewal that anybody came to."""
        return self.reached(1)

    def reached(self, customers: int) -> int:
        """The last renewal that at least so many customers came to; 0: none."""
        return int(np.flatnonzero(self.asked >= customers).max(initial=-1)) + 1

    @property
    def rate(self) -> float:
        """The share of all who were asked, the first time or the tenth, who renewed: what a constant rate says."""
        return float(self.renewed.sum() / self.asked.sum()) if self.asked.sum() else float("nan")


@dataclass(frozen=True, slots=True)
class Fitted:
    """`notices`: what was tried before and why it was not taken."""

    curve: Curve
    fit: Fit
    notices: tuple[str, ...] = ()


def log_likelihood(curve: Curve, seen: Renewals) -> float:
    """Σ renewed ln r(t) + left ln(1 − r(t)): the same as Σ left ln(S(t − 1) − S(t)) + stayed ln S(T) of a cohort.

    >>> high_end = Renewals.of_survivors([1000, 869, 743, 653, 593, 551, 517, 491])
    >>> round(log_likelihood(Curve("sbg", (0.668, 3.806)), high_end), 3)
    -1611.158
    """
    retention = curve.retention(np.arange(1.0, seen.last + 1))
    asked, renewed = seen.asked[: seen.last], seen.renewed[: seen.last]
    with np.errstate(divide="ignore", invalid="ignore"):
        told = _times_log(renewed, retention) + _times_log(asked - renewed, 1 - retention)
    return float(told.sum())


def fit_curve(seen: Renewals, model: Model | None = None) -> Fitted:
    """The model asked for, else BdW from five renewals on, else sBG; each falls back to a simpler one and says so.

    Nobody asked yet: a rate of NaN.

    >>> fitted = fit_curve(Renewals.of_survivors([1000, 869, 743, 653, 593, 551, 517, 491]), "sbg")
    >>> fitted.curve.model, np.round(fitted.curve.values, 3).tolist()
    ('sbg', [0.668, 3.806])
    """
    chosen: Model = model or ("bdw" if seen.reached(A_FEW) >= ENOUGH_FOR_BDW else "sbg")
    notices: list[str] = []
    simpler: dict[Model, Model] = {"bdw": "sbg", "sbg": "naive"}
    while chosen != "naive":
        fit = _fitted(chosen, seen) if 0 < seen.left.sum() < seen.asked.sum() else None
        if fit and not fit.problem:
            return Fitted(Curve(chosen, tuple(fit.values.tolist())), fit, tuple(notices))
        notices.append(f"{chosen}: {fit.problem if fit else 'nobody or everybody left'}; fell back")
        chosen = simpler[chosen]
    return Fitted(Curve("naive", (seen.rate,)), _constant(seen), tuple(notices))


def _fitted(model: Model, seen: Renewals) -> Fit:
    level = by_differences(lambda values: log_likelihood(Curve(model, tuple(values)), seen))
    return greatest(level, NAMES[model], _STARTS[model], float(seen.asked.sum()))


def _constant(seen: Renewals) -> Fit:
    """One rate; the variance of its logarithm is (1 − r) ÷ (asked × r)."""
    rate, asked = seen.rate, float(seen.asked.sum())
    variance = (1 - rate) / (asked * rate) if asked and rate else float("nan")
    return Fit(NAMES["naive"], np.array([rate]), log_likelihood(Curve("naive", (rate,)), seen), np.array([[variance]]))


def _times_log(count: Counts, share: Floats) -> Floats:
    return np.where(count > 0, count * np.log(share), 0.0)
