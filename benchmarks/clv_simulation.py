"""How well do lifetime values foretell? Made companies whose later revenue is known, with a seed.

    python -m benchmarks.clv_simulation              about a minute
    python -m benchmarks.clv_simulation 100          that many companies of each kind instead of 20

By contract: customers are unlike each other (beta chances to leave), some also tire (discrete Weibull); after so many
renewals, revenue of the next ten years is foretold from the curve, and from one constant rate. Without: customers buy
and leave at their own rates; the next year is foretold by BG/NBD and Pareto/NBD × Gamma-Gamma, and by what each spent a
week so far. Shown: bias of the sum and the mean absolute error of an account, both in parts of what was seen, and how
often the 95% interval of the sum held what was expected under the truth.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.made.buyers import DAYS, LEAVING, RATE, SPENDING
from sabai.metrics.grid import Floats
from sabai.value.by_purchases import MODELS, WEEKS_A_MONTH, fit_buyers, naive, value
from sabai.value.curve import Curve
from sabai.value.curve_fit import Renewals, fit_curve
from sabai.value.customers import Customers
from sabai.value.gammagamma import Amounts
from sabai.value.purchases import Buyers
from sabai.value.uncertain import sum_of, told

COMPANIES, SEED = 20, 7
CUSTOMERS, BUYERS = 1_000, 1_500
YEARS = 10
AHEAD = 365  # days
CURVES = {"customers unlike each other": (0.7, 1.2, 1.0), "and ever more tired": (0.46, 0.78, 1.28),
          "nearly alike": (12.0, 48.0, 1.0)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Of one company: sums foretold and seen, sum of the absolute errors of accounts, whether the interval held the
    truth; None: there is no interval."""

    model: str
    foretold: float
    seen: float
    error: float
    held: bool | None


def contracts(rng: np.random.Generator, kind: str, renewals: int) -> Iterator[Told]:
    """A cohort watched for so many renewals, and the ten years after: terms paid by who is still there."""
    true = Curve("bdw", CURVES[kind])
    chance = rng.beta(true.values[0], true.values[1], CUSTOMERS)
    left_at = np.ceil((np.log(rng.random(CUSTOMERS)) / np.log1p(-chance)) ** (1 / true.values[2]))
    survivors = [int((left_at > renewal).sum()) for renewal in range(renewals + 1)]
    here = left_at[left_at > renewals]
    paid = np.minimum(here - 1 - renewals, YEARS)
    seen, expected = Renewals.of_survivors(survivors), len(here) * _terms(true, renewals)
    fitted = fit_curve(seen)
    of = told(
        lambda values: np.array([_terms(Curve(fitted.curve.model, tuple(values)), renewals)]),
        fitted.fit.values,
        fitted.fit.covariance,
    )
    interval = sum_of([(of, np.array([float(len(here))]))])
    rate = _terms(Curve("naive", (seen.rate,)), renewals)
    for name, each in (("sBG or BdW", float(of.values[0])), ("one rate", rate)):
        held = bool(interval.low <= expected <= interval.high) if name != "one rate" else None
        yield Told(name, each * len(here), float(paid.sum()), float(np.abs(paid - each).sum()), held)


def _terms(curve: Curve, renewals: int) -> float:
    later = curve.survival(np.arange(float(renewals), renewals + YEARS + 1))
    return float(later[1:].sum() / later[0])


def purchases(rng: np.random.Generator) -> Iterator[Told]:
    """Customers who began within two years, and all that they spend in the year after."""
    began = np.floor(rng.uniform(0, DAYS - 7, BUYERS))
    rate, leaving = (rng.gamma(shape, 1 / scale, BUYERS) / 7 for shape, scale in (RATE, LEAVING))
    life, (p, q, v) = rng.exponential(1 / leaving), SPENDING
    scale = rng.gamma(q, 1 / v, BUYERS)
    before, after = [], []
    for customer in range(BUYERS):
        lived = min(life[customer], DAYS + AHEAD - began[customer])
        at = np.unique(np.ceil(rng.uniform(0, lived, rng.poisson(rate[customer] * lived))) + began[customer])
        amounts = rng.gamma(p, 1 / scale[customer], len(at))
        before.append((at[at < DAYS], amounts[at < DAYS]))
        after.append(float(amounts[at >= DAYS].sum()))
    yield from _foretold(_buyers(began, before, rng.gamma(p, 1 / scale)), np.array(after))


def _buyers(began: Floats, before: list[tuple[Floats, Floats]], first: Floats) -> Buyers:
    count = np.array([float(len(at)) for at, _ in before])
    last = np.array([at.max() - start if len(at) else 0.0 for (at, _), start in zip(before, began, strict=True)])
    mean = np.array([amounts.mean() if len(amounts) else np.nan for _, amounts in before])
    spent = np.array([amounts.sum() for _, amounts in before]) + first
    customers = Customers(count, last / 7, (DAYS - 1 - began) / 7)
    return Buyers(tuple(map(str, range(len(began)))), customers, Amounts(count, mean), spent)


def _foretold(seen: Buyers, after: Floats) -> Iterator[Told]:
    months = AHEAD / 7 / WEEKS_A_MONTH
    for name in MODELS:
        each = value(fit_buyers(seen, name), seen, months, 0.0).values
        yield Told(name, float(each.sum()), float(after.sum()), float(np.abs(each - after).sum()), None)
    steady = naive(seen, months)
    yield Told("as so far", float(steady.sum()), float(after.sum()), float(np.abs(steady - after).sum()), None)


def main(companies: int = COMPANIES) -> None:
    print(f"{companies} made companies of each kind\n")
    print(f"{'company':54}{'foretold by':14}{'bias':>8}{'error':>8}{'interval held':>15}")
    rng = np.random.default_rng(SEED)
    for kind in CURVES:
        for renewals in (4, 7):
            name = f"by contract, {renewals} renewals, {kind}"
            _show(name, [each for _ in range(companies) for each in contracts(rng, kind, renewals)])
    _show("without contracts", [each for _ in range(companies) for each in purchases(rng)])


def _show(name: str, told_of: list[Told]) -> None:
    by_model: dict[str, list[Told]] = defaultdict(list)
    for each in told_of:
        by_model[each.model].append(each)
    for model, of in by_model.items():
        bias = np.mean([each.foretold / each.seen - 1 for each in of])
        error = np.mean([each.error / each.seen for each in of])
        held = [each.held for each in of if each.held is not None]
        share = f"{np.mean(held):.0%} of {len(held)}" if held else "–"
        print(f"{name:54}{model:14}{bias:>+8.1%}{error:>8.2f}{share:>15}", flush=True)
        name = ""


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
