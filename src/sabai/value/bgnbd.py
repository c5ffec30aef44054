"""BG/NBD: customers buy at their own rate and may leave after any purchase (Fader, Hardie and Lee 2005).

The rate of purchases of a customer is gamma(r, α), in weeks; the chance to leave after one is beta(a, b).
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaln, digamma, gammaln, hyp2f1

from sabai.metrics.grid import Floats
from sabai.value.customers import Alike, Customers, alike, most_likely
from sabai.value.fitting import Fit
from sabai.value.sums import buying

NAMES = ("r", "alpha", "a", "b")
_ONE_FOR_ALL = 100  # so great an `a` is next to no difference among customers
_START = [0.5, 5.0, 1.0, 2.0]


def log_likelihood(values: Floats, group: Alike) -> tuple[float, Floats]:
    """Σ ln L and its gradient by (r, α, a, b): Fader, Hardie and Lee 2005, equation 6, in logarithms.

    L = Γ(r + x) α^r ÷ Γ(r) × [B(a, b + x) (α + T)^−(r + x) + B(a + 1, b + x − 1) (α + t_x)^−(r + x)] ÷ B(a, b), the
    second part for those who came back only: they may have left after their last purchase.
    """
    seen = group.customers
    total = buying(
        group.which, _by_count(values, group.counts), seen.repeats, seen.last, seen.age, group.weight, values
    )
    return float(total[0]), total[1:]


def _by_count(values: Floats, x: Floats) -> Floats:
    """What the number of purchases alone gives to ln L and to its slopes; shape (counts, 5)."""
    r, alpha, a, b = values
    level = gammaln(r + x) - gammaln(r) + betaln(a, b + x) - betaln(a, b) + r * np.log(alpha)
    both = digamma(a + b) - digamma(a + b + x)
    by_r = digamma(r + x) - digamma(r) + np.log(alpha)
    by_b = both + digamma(b + x) - digamma(b)
    return np.column_stack([level, by_r, np.full_like(x, r / alpha), both, by_b])


def fit(customers: Customers) -> Fit:
    """The greatest likelihood over all customers; 100,000 take well under a second.

    >>> few = Customers(np.array([2.0, 1, 0, 0, 7]), np.array([30.4, 1.7, 0, 0, 29.4]), np.array([38.9] * 5))
    >>> fit(few).names
    ('r', 'alpha', 'a', 'b')
    """
    return most_likely(log_likelihood, NAMES, _START, customers)


def probability_alive(values: Floats, customers: Customers) -> Floats:
    """The chance that each is still a customer (Fader, Hardie and Lee 2008); 1 for whoever bought only once.

    >>> one = Customers(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    >>> round(float(probability_alive(np.array([0.2426, 4.4135, 0.7929, 2.4258]), one)[0]), 4)
    0.7266
    """
    r, alpha, a, b = values
    x = customers.repeats
    with np.errstate(over="ignore"):
        grown = ((alpha + customers.age) / (alpha + customers.last)) ** (r + x)
        return np.asarray(np.where(x > 0, 1 / (1 + a / np.maximum(b + x - 1, 1e-300) * grown), 1.0))


def conditional_expected_transactions(values: Floats, customers: Customers, weeks: Floats) -> Floats:
    """Purchases to expect in the next `weeks` (any shape), shape (customers, *weeks.shape): equation 10 of Fader,
    Hardie and Lee 2005, its ₂F₁ by Euler's transformation, since large x would overflow.

    >>> one = Customers(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    >>> fitted = np.array([0.2426, 4.4135, 0.7929, 2.4258])
    >>> round(float(conditional_expected_transactions(fitted, one, np.array(39.0))[0]), 4)
    1.2259
    """
    ahead = _if_alive(values, customers, weeks)
    alive = probability_alive(values, customers)
    return np.asarray(ahead * alive.reshape((-1,) + (1,) * np.ndim(weeks)))


def _if_alive(values: Floats, customers: Customers, weeks: Floats) -> Floats:
    """Once for each (x, T)."""
    r, alpha, a, b = values
    group = alike(customers, apart=False)
    x, age = (each.reshape((-1,) + (1,) * np.ndim(weeks)) for each in (group.customers.repeats, group.customers.age))
    if a > _ONE_FOR_ALL:
        return np.asarray(_almost_one_chance(a, b + x, (r + x), weeks / (alpha + age))[group.place])
    a = 1 + 1e-7 if abs(a - 1) < 1e-7 else a  # 0 ÷ 0 at 1, and smooth around it
    part = weeks / (alpha + age + weeks)
    beyond = (1 - part) ** (a - 1) * hyp2f1(a - 1, a + b - 1 - r, a + b + x - 1, part)
    return np.asarray(((a + b + x - 1) / (a - 1) * (1 - beyond))[group.place])


def _almost_one_chance(a: float, b: Floats, shape: Floats, ahead: Floats) -> Floats:
    """The same where the chance p to leave is nearly one for all, and ₂F₁ overflows: the mean of
    (1 − (1 + p t)^−shape) ÷ p over beta(a, b), taken at three points that have its mean and its variance."""
    mean = a / (a + b)
    spread = np.sqrt(3 * mean * (1 - mean) / (a + b + 1))
    points = ((mean - spread, 1 / 6), (mean, 2 / 3), (mean + spread, 1 / 6))
    return np.asarray(sum(weight * -np.expm1(-shape * np.log1p(p * ahead)) / p for p, weight in points))
