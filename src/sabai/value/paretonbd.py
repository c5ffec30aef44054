"""Pareto/NBD: customers buy at their own rate and leave at any time (Schmittlein, Morrison and Colombo 1987).

The rate of purchases of a customer is gamma(r, α), the rate of leaving gamma(s, β), both in weeks.
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln

from sabai.metrics.grid import Floats
from sabai.value.customers import Alike, Customers, alike, most_likely
from sabai.value.fitting import Fit
from sabai.value.series import likelihoods

NAMES = ("r", "alpha", "s", "beta")
_START = [0.5, 10.0, 0.5, 10.0]


def log_likelihood(values: Floats, group: Alike) -> tuple[float, Floats]:
    """Σ ln L and its gradient by (r, α, s, β), from the form of Fader and Hardie 2005 ("A note on deriving the
    Pareto/NBD model"): L = Γ(r + x) α^r β^s ÷ Γ(r) × [E(T) + s ∫ from t_x to T (α + y)^−(r + x) (β + y)^−(s + 1) dy],
    E(t) = (α + t)^−(r + x) (β + t)^−s.
    """
    r, alpha, s, beta = values
    seen, weight = group.customers, group.weight
    counts, which = group.counts, group.which
    each = likelihoods(seen.repeats, seen.last, seen.age, r, alpha, s, beta)
    level = (gammaln(r + counts) - gammaln(r))[which] + each[:, 0]
    gradient = each[:, 1:5] + np.array([np.log(alpha), r / alpha, np.log(beta), s / beta])
    gradient[:, 0] += (digamma(r + counts) - digamma(r))[which]
    total = weight.sum() * (r * np.log(alpha) + s * np.log(beta))
    return float(weight @ level + total), np.asarray(weight @ gradient)


def fit(customers: Customers) -> Fit:
    """The greatest likelihood over all customers; 100,000 take a few seconds.

    >>> few = Customers(np.array([2.0, 1, 0, 0, 7]), np.array([30.4, 1.7, 0, 0, 29.4]), np.array([38.9] * 5))
    >>> fit(few).names
    ('r', 'alpha', 's', 'beta')
    """
    return most_likely(log_likelihood, NAMES, _START, customers)


def probability_alive(values: Floats, customers: Customers) -> Floats:
    """The chance that each is still a customer: E(T) ÷ [E(T) + s ∫ …].

    >>> one = Customers(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    >>> round(float(probability_alive(np.array([0.5533, 10.578, 0.6063, 11.670]), one)[0]), 3)
    0.869
    """
    r, alpha, s, beta = values
    group = alike(customers)
    seen = group.customers
    each = likelihoods(seen.repeats, seen.last, seen.age, r, alpha, s, beta)
    still = -(r + seen.repeats) * np.log(alpha + seen.age) - s * np.log(beta + seen.age)
    return np.asarray(np.exp(still - each[:, 0])[group.place])


def conditional_expected_transactions(values: Floats, customers: Customers, weeks: Floats) -> Floats:
    """Purchases to expect in the next `weeks` (any shape), shape (customers, *weeks.shape): equation 41 of Fader and
    Hardie 2005."""
    r, alpha, s, beta = values
    alive = probability_alive(values, customers)
    each = (alive, r + customers.repeats, alpha + customers.age, beta + customers.age)
    chance, shape, rate, since = (of.reshape((-1,) + (1,) * np.ndim(weeks)) for of in each)
    return np.asarray(chance * shape / rate * _time(s, since, weeks))


def _time(s: float, since: Floats, weeks: Floats) -> Floats:
    """How many of the `weeks` somebody who is there now will be: ∫ (β ÷ (β + t))^s dt."""
    grown = np.log1p(weeks / since)
    return np.asarray(since * (grown if abs(s - 1) < 1e-9 else np.expm1((1 - s) * grown) / (1 - s)))
