"""Buy till you die: CDNOW from its raw orders, integrals against other ways to take them, and twins that must fail."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.integrate import quad
from scipy.optimize import approx_fprime
from scipy.special import hyp2f1
from scipy.stats import beta

from sabai.dates import to_day
from sabai.value import bgnbd, gammagamma, paretonbd
from sabai.value.customers import NEW, Customers, alike
from sabai.value.gammagamma import Amounts
from sabai.value.purchases import Buyers, buyers

ORDERS = Path(__file__).parents[3] / "shared" / "data" / "cdnow" / "CDNOW_sample.csv"
AS_OF = to_day(date(1997, 10, 1))
ONE = Customers(np.array([2.0]), np.array([30.43]), np.array([38.86]))
BGNBD = np.array([0.2426, 4.4135, 0.7929, 2.4258])
PARETO = np.array([0.5533, 10.578, 0.6063, 11.670])


@pytest.fixture(scope="module")
def days() -> pl.DataFrame:
    if not ORDERS.exists():
        pytest.skip("the data set cdnow is not on this machine")
    rows = pl.read_csv(ORDERS, schema_overrides={"sample_id": pl.String}, try_parse_dates=True)
    day = pl.col("date").cast(pl.Int32)
    return rows.group_by(account_id="sample_id", day=day).agg(pl.col("amount").sum())


@pytest.fixture(scope="module")
def seen(days: pl.DataFrame) -> Buyers:
    return buyers(days, AS_OF)


def test_raw_orders_become_the_published_customers(seen: Buyers) -> None:
    back = seen.amounts.paid > 0
    assert (len(seen), int(back.sum())) == (2357, 946)
    assert seen.amounts.mean[back].mean() == pytest.approx(35.08, abs=0.005)
    assert (seen.customers.repeats[0], seen.customers.last[0], seen.customers.age[0]) == pytest.approx(
        (2, 30.43, 38.86), abs=0.005
    )


def test_bgnbd_of_cdnow(seen: Buyers) -> None:
    found = bgnbd.fit(seen.customers)
    assert found.problem == ""
    assert found.values == pytest.approx(BGNBD, abs=1e-3)
    assert found.log_likelihood == pytest.approx(-9582.43, abs=5e-3)


def test_weeks_instead_of_days_are_seen(days: pl.DataFrame) -> None:
    weekly = days.with_columns((pl.col("day") // 7 * 7).cast(pl.Int32)).group_by("account_id", "day").agg(
        pl.col("amount").sum()
    )  # fmt: skip
    found = bgnbd.fit(buyers(weekly, AS_OF).customers)
    assert found.values != pytest.approx(BGNBD, abs=1e-2)
    assert found.log_likelihood != pytest.approx(-9582.43, abs=1)


def test_pareto_of_cdnow(seen: Buyers) -> None:
    found = paretonbd.fit(seen.customers)
    assert found.problem == ""
    assert found.values == pytest.approx(PARETO, rel=1e-3)
    assert paretonbd.fit(buyers_of_the_first(seen, 2000)).values != pytest.approx(PARETO, rel=1e-3)


def buyers_of_the_first(seen: Buyers, number: int) -> Customers:
    some = seen.customers
    return Customers(some.repeats[:number], some.last[:number], some.age[:number])


def test_gamma_gamma_of_cdnow(seen: Buyers) -> None:
    """It was published for means rounded to cents; those of the orders themselves differ in the fourth digit."""
    published, means = (6.2488, 3.7446, 15.4477), seen.amounts.mean
    rounded = gammagamma.fit(Amounts(seen.amounts.paid, np.floor(100 * means + 0.5 + 1e-9) / 100))
    assert rounded.values == pytest.approx(published, abs=1e-3)
    assert gammagamma.fit(seen.amounts).values == pytest.approx(published, rel=1e-3)
    assert gammagamma.fit(Amounts(seen.amounts.paid, np.floor(means))).values != pytest.approx(published, rel=1e-3)


def test_the_published_customer() -> None:
    assert bgnbd.conditional_expected_transactions(BGNBD, ONE, np.array(39.0))[0] == pytest.approx(1.2259, abs=1e-3)
    assert bgnbd.probability_alive(BGNBD, ONE)[0] == pytest.approx(0.7266, abs=1e-4)
    later = Customers(ONE.repeats, ONE.last, ONE.age + 1)
    assert bgnbd.probability_alive(BGNBD, later)[0] != pytest.approx(0.7266, abs=1e-4)


@pytest.mark.parametrize("model", [bgnbd, paretonbd])
@pytest.mark.parametrize("values", [[0.3, 4.0, 0.9, 2.0], [0.5, 12.0, 0.6, 9.0], [1.5, 3.0, 2.5, 40.0]])
def test_gradients_are_those_of_the_likelihood(model, values: list[float]) -> None:
    some = Customers(np.array([0.0, 2, 2, 7, 40]), np.array([0.0, 30, 30, 29, 38]), np.full(5, 39.0))
    group, point = alike(some), np.array(values)
    told = model.log_likelihood(point, group)[1]
    assert told == pytest.approx(approx_fprime(point, lambda at: model.log_likelihood(at, group)[0], 1e-7), rel=1e-4)


@pytest.mark.parametrize(("alpha", "rate"), [(10.578, 11.67), (11.67, 10.578), (40.0, 1.0), (1.0, 40.0), (5.0, 5.0)])
@pytest.mark.parametrize(("x", "last", "age"), [(0, 0, 38.86), (2, 30.43, 38.86), (120, 30, 100), (1, 9, 9)])
def test_the_series_is_the_integral(alpha: float, rate: float, x: int, last: float, age: float) -> None:
    r, s = 0.5533, 0.6063
    scale = np.log(alpha + last) * -(r + x) + np.log(rate + last) * -s
    inside = lambda y: np.exp(-(r + x) * np.log(alpha + y) - (s + 1) * np.log(rate + y) - scale)  # noqa: E731
    still = np.exp(-(r + x) * np.log(alpha + age) - s * np.log(rate + age) - scale)
    integral, _ = quad(inside, last, age, epsabs=0, epsrel=1e-11, limit=500)
    customer = Customers(np.array([float(x)]), np.array([float(last)]), np.array([float(age)]))
    told = paretonbd.probability_alive(np.array([r, alpha, s, rate]), customer)[0]
    assert told == pytest.approx(still / (still + s * integral), rel=1e-8)


def test_purchases_expected_of_a_new_customer() -> None:
    """Equation 9 of Fader, Hardie and Lee 2005, and equation 17 of Fader and Hardie 2005."""
    weeks = np.array([1.0, 39.0, 156.0])
    r, alpha, a, b = BGNBD
    left = (alpha / (alpha + weeks)) ** r * hyp2f1(r, b, a + b - 1, weeks / (alpha + weeks))
    told = bgnbd.conditional_expected_transactions(BGNBD, NEW, weeks)[0]
    assert told == pytest.approx((a + b - 1) / (a - 1) * (1 - left), rel=1e-9)
    r, alpha, s, old = PARETO
    told = paretonbd.conditional_expected_transactions(PARETO, NEW, weeks)[0]
    assert told == pytest.approx(r * old / alpha / (s - 1) * (1 - (old / (old + weeks)) ** (s - 1)), rel=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [(0.79, 2.4, 1e-6), (99.0, 500.0, 1e-6), (101.0, 500.0, 5e-5), (12_282.0, 68_579.0, 1e-6), (0.3, 9_000.0, 5e-4)],
)
def test_purchases_expected_are_the_mean_over_chances_to_leave(a: float, b: float, apart: float) -> None:
    """Also where everybody has one chance, and ₂F₁ would overflow."""
    r, alpha, x, age, ahead = 0.45, 2.9, 5.0, 60.0, 150.0
    known = Customers(np.array([x]), np.array([age]), np.array([age]))
    of = lambda p: (1 - (1 + p * ahead / (alpha + age)) ** -(r + x)) / p  # noqa: E731
    mean = of(beta(a, b + x).ppf((np.arange(10_000) + 0.5) / 10_000)).mean()
    values = np.array([r, alpha, a, b])
    told = bgnbd.conditional_expected_transactions(values, known, np.array(ahead))[0]
    assert told / bgnbd.probability_alive(values, known)[0] == pytest.approx(mean, rel=apart)


def test_many_purchases_do_not_overflow() -> None:
    busy = Customers(np.array([900.0]), np.array([150.0]), np.array([156.0]))
    for model, values in ((bgnbd, BGNBD), (paretonbd, PARETO)):
        told = model.conditional_expected_transactions(values, busy, np.array(52.0))[0]
        assert 0 < told < 900


def test_amounts_lean_on_all_the_less_the_more_was_bought() -> None:
    values = np.array([6.2488, 3.7446, 15.4477])
    seen = Amounts(np.array([0.0, 1, 5, 500]), np.array([np.nan, 100.0, 100.0, 100.0]))
    told = gammagamma.expected_average(values, seen)
    assert told[0] == pytest.approx(35.17, abs=0.005)
    assert (np.diff(told) > 0).all()
    assert told[-1] == pytest.approx(100, abs=0.2)
    heavy = np.array([6.0, 0.9, 15.0])
    assert np.isnan(gammagamma.expected_average(heavy, seen)).all()


def test_parameters_come_back_from_made_customers() -> None:
    """And from many, where a few are climbed first."""
    rng, number = np.random.default_rng(7), 30_000
    age = np.ceil(rng.uniform(7, 700, number)) / 7
    rate, leaving = rng.gamma(0.8, 1 / 8, number), rng.gamma(0.7, 1 / 12, number)
    life = np.minimum(age, rng.exponential(1 / leaving))
    count = rng.poisson(rate * life).astype(float)
    last = np.where(count > 0, np.ceil(7 * life * rng.uniform(size=number) ** (1 / np.maximum(count, 1))) / 7, 0.0)
    found = paretonbd.fit(Customers(count, np.minimum(last, age), age))
    assert found.problem == ""
    spread = np.sqrt(np.diag(found.covariance))
    assert (np.abs(np.log(found.values / np.array([0.8, 8, 0.7, 12]))) < 4 * spread).all()
    assert spread.max() < 0.2
