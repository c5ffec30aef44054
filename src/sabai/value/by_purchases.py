"""What accounts without a contract are still worth: purchases to expect, discounted, × what one is worth on average."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Literal

import numpy as np

from sabai.metrics.grid import Floats
from sabai.value import bgnbd, gammagamma, paretonbd
from sabai.value.fitting import Fit
from sabai.value.purchases import Buyers
from sabai.value.uncertain import Told, product, told, unsure

Buying = Literal["bgnbd", "pareto"]
Expected = Callable[[Floats], Floats]

MODELS: dict[Buying, ModuleType] = {"bgnbd": bgnbd, "pareto": paretonbd}
WEEKS_A_MONTH = 365.25 / 12 / 7
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)


@dataclass(frozen=True, slots=True)
class FittedBuyers:
    """How they buy and what they spend; `correlation` of how often and how much among those who came back.

    `notices`: what of it cannot be told. Where a likelihood did not converge, its part is naive, and has no interval.
    """

    model: Buying
    buying: Fit
    spending: Fit
    correlation: float
    notices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Of the model, with what of it had to be naive."""
        often = "naive" if self.buying.problem else self.model
        return f"{often} + {'own mean' if self.spending.problem else 'gammagamma'}"


def fit_buyers(seen: Buyers, model: Buying = "bgnbd") -> FittedBuyers:
    """Both models; each says in `notices` where its likelihood did not converge. A Pareto/NBD that does not falls back
    to BG/NBD."""
    notices: list[str] = []
    buying: Fit = MODELS[model].fit(seen.customers)
    if buying.problem and model == "pareto":
        notices.append(f"pareto: {buying.problem}; fell back to bgnbd")
        model, buying = "bgnbd", bgnbd.fit(seen.customers)
    spending = gammagamma.fit(seen.amounts)
    if not spending.problem and spending.values[1] <= 1:
        spending = replace(spending, problem="q is at most 1, and then the mean amount of all has no expectation")
    if buying.problem:
        notices.append(f"{model}: {buying.problem}; fell back to as many purchases a week as so far, marked naive")
    if spending.problem:
        notices.append(f"gammagamma: {spending.problem}; fell back to the mean amount of each, marked own mean")
    return FittedBuyers(model, buying, spending, _correlation(seen), tuple(notices))


def purchases_ahead(fitted: FittedBuyers, seen: Buyers, months: float, a_year: float) -> Told:
    """Discounted purchases to expect within so many months, shape (buyers,)."""
    of = MODELS[fitted.model].conditional_expected_transactions
    if fitted.buying.problem:
        with np.errstate(divide="ignore", invalid="ignore"):
            weekly = np.where(seen.customers.age > 0, seen.customers.repeats / seen.customers.age, np.nan)
        return unsure(discounted(lambda weeks: weekly[:, None] * weeks, months, a_year))
    return told(
        lambda values: discounted(lambda weeks: of(values, seen.customers, weeks), months, a_year),
        fitted.buying.values,
        fitted.buying.covariance,
    )  # fmt: skip


def discounted(expected: Expected, months: float, a_year: float) -> Floats:
    """∫ from 0 to H of e^(−δt) dE(t) = e^(−δH) E(H) + δ ∫ e^(−δt) E(t) dt, δ = ln(1 + d): purchases that are expected
    until t as `expected(weeks)` (n, nodes) says, each discounted from its own moment; Gauss–Legendre, eight nodes.

    >>> steady = lambda weeks: np.atleast_2d(weeks)  # one a week
    >>> round(float(discounted(steady, 12, 0.1)[0]), 4), round(0.1 / 1.1 / float(np.log(1.1)) * 365.25 / 7, 4)
    (49.7691, 49.7691)
    """
    end, rate = months * WEEKS_A_MONTH, np.log1p(a_year) / (12 * WEEKS_A_MONTH)
    weeks = np.append(end / 2 * (_NODES + 1), end)
    shares = np.append(rate * end / 2 * _WEIGHTS, 1.0) * np.exp(-rate * weeks)
    return np.asarray(expected(weeks) @ shares)


def average(fitted: FittedBuyers, seen: Buyers) -> Told:
    """What a purchase of each is worth, shape (buyers,), in major units."""
    fit, own = fitted.spending, seen.amounts
    if fit.problem:
        return unsure(np.where(own.paid > 0, own.mean, np.mean(own.mean[own.paid > 0])))
    return told(lambda values: gammagamma.expected_average(values, own), fit.values, fit.covariance)


def value(fitted: FittedBuyers, seen: Buyers, months: float, a_year: float) -> Told:
    """Purchases ahead × their average amount, in major units: without the margin."""
    return product(purchases_ahead(fitted, seen, months, a_year), average(fitted, seen))


def naive(seen: Buyers, months: float) -> Floats:
    """What each spent a week so far, carried on as if nobody ever left; NaN for whoever came on the last day."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(seen.customers.age > 0, seen.spent / seen.customers.age * months * WEEKS_A_MONTH, np.nan)


def _correlation(seen: Buyers) -> float:
    back = seen.amounts.paid > 0
    often, much = seen.amounts.paid[back], seen.amounts.mean[back]
    if back.sum() < 3 or not np.ptp(often) or np.ptp(much) <= 1e-9 * np.abs(much).max():
        return float("nan")
    return float(np.corrcoef(often, much)[0, 1])
