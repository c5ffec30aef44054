"""The integral of the Pareto/NBD likelihood and its slopes, as a series that Numba adds up.

The integral from t_x to T is a difference of two ₂F₁. By Euler's transformation each is powers times
G(q, c, z) = Σ_k (q)_k ÷ (c)_k z^k with 0 ≤ z < 1 and q < c: all terms are positive and fall at least as fast as z^k, so
nothing overflows or cancels, however often somebody bought. The slopes by q, c and z fall out of the same sum.
"""

from __future__ import annotations

import numpy as np

from sabai.metrics.grid import Floats
from sabai.value.sums import compiled

_MOST_TERMS = 20_000


def likelihoods(repeats: Floats, last: Floats, age: Floats, r: float, alpha: float, s: float, beta: float) -> Floats:
    """Columns: ln[E(T) + s ∫ (α + y)^−(r + x) (β + y)^−(s + 1) dy from t_x to T], then its slopes by r, α, s, β.

    Shape (customers, 5). Where the integral is small beside E(T), so is the weight of its error.
    """
    found: Floats = _each(repeats, last, age, r, alpha, s, beta)
    return found


@compiled
def _series(q: float, c: float, z: float) -> tuple[float, float, float, float]:
    """G and its slopes by q, c and z."""
    term, by_q, by_c = 1.0, 0.0, 0.0
    total, slope_q, slope_c, slope_z = 1.0, 0.0, 0.0, 0.0
    for k in range(_MOST_TERMS):
        by_q += 1.0 / (q + k)
        by_c += 1.0 / (c + k)
        before = term * (k + 1)
        term *= z * (q + k) / (c + k)
        total += term
        slope_q += term * by_q
        slope_c -= term * by_c
        slope_z += before * (q + k) / (c + k)
        if term * (k + 2) < 1e-14 * total * (1.0 - z):
            break
    return total, slope_q, slope_c, slope_z


@compiled
def _end(m: float, x: float, t: float, r: float, alpha: float, s: float, beta: float, out: Floats) -> None:
    """One end of the integral: ln of s ÷ m × powers × G, m = r + s + x, and its slopes by r, α, s, β, into `out`."""
    la, lb = np.log(alpha + t), np.log(beta + t)
    if alpha >= beta:
        q, z, rate = r + x, (alpha - beta) / (alpha + t), alpha + t
        powers = -(r + x) * la - s * lb
        by_alpha, by_beta = -(r + x) / (alpha + t), -s / (beta + t)
    else:
        q, z, rate = s + 1.0, (beta - alpha) / (beta + t), beta + t
        powers = -(s + 1.0) * lb - (r + x - 1.0) * la
        by_alpha, by_beta = -(r + x - 1.0) / (alpha + t), -(s + 1.0) / (beta + t)
    total, slope_q, slope_c, slope_z = _series(q, m + 1.0, z)
    out[0] = np.log(s / m) + powers + np.log(total)
    first = slope_q if alpha >= beta else 0.0
    second = 0.0 if alpha >= beta else slope_q
    out[1] = -1.0 / m - la + (first + slope_c) / total
    out[3] = 1.0 / s - 1.0 / m - lb + (second + slope_c) / total
    up, down = slope_z / total * (1.0 - z) / rate, -slope_z / total / rate
    out[2] = by_alpha + (up if alpha >= beta else down)
    out[4] = by_beta + (down if alpha >= beta else up)


@compiled
def _each(repeats: Floats, last: Floats, age: Floats, r: float, alpha: float, s: float, beta: float) -> Floats:
    out = np.empty((len(repeats), 5))
    near, far = np.empty(5), np.empty(5)
    for row in range(len(repeats)):
        x, old = repeats[row], age[row]
        m = r + s + x
        la, lb = np.log(alpha + old), np.log(beta + old)
        there = -(r + x) * la - s * lb
        _end(m, x, last[row], r, alpha, s, beta, near)
        _end(m, x, old, r, alpha, s, beta, far)
        gone, less = np.exp(near[0] - there), np.exp(far[0] - there)
        whole = 1.0 + gone - less
        out[row, 0] = there + np.log(whole)
        out[row, 1] = (-la + gone * near[1] - less * far[1]) / whole
        out[row, 2] = (-(r + x) / (alpha + old) + gone * near[2] - less * far[2]) / whole
        out[row, 3] = (-lb + gone * near[3] - less * far[3]) / whole
        out[row, 4] = (-s / (beta + old) + gone * near[4] - less * far[4]) / whole
    return out
