"""Sign-constrained ridge logistic regression, once for the weights and hundreds of times for their intervals.

    minimise Σ_i [log(1 + exp(η_i)) − y_i η_i] + ½ Σ_k ridge_k β_k²   with the weights of factors ≥ 0

The ridge is that of Hoerl & Kennard 1970, in a logistic model le Cessie & van Houwelingen 1992.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cholesky, solve_triangular
from scipy.optimize import minimize, nnls

from sabai.cores import on_every_core
from sabai.metrics.grid import Floats
from sabai.proof.draws import Counts, Flags
from sabai.proof.terms import Terms

OF_CONTROLS = 1.0  # a ridge just strong enough for a segment in which nobody left

Real = NDArray[np.floating[Any]]

_ROWS = 1024  # at once: with all draws side by side they fit beside the processor
_STEPS, _SETTLED = 12, 1e-3


def ridges(terms: Terms, ridge: float) -> Floats:
    """The ridge of every column: none for the intercept, little for controls, `ridge` for factors."""
    return np.concatenate([[0.0], np.full(terms.free - 1, OF_CONTROLS), np.full(len(terms.factors), ridge)])


def fitted(terms: Terms, ridge: float, start: Floats | None = None, times: Floats | None = None) -> Floats:
    """β of every column, shape (columns,); `times` (rows,): how often each row counts, once unless said."""
    pull, counts = ridges(terms, ridge), np.ones(len(terms.left)) if times is None else times
    wanted = terms.columns.T @ (counts * terms.left)
    size = counts @ terms.left  # so that one tolerance fits all numbers of leavers

    def loss(beta: Floats) -> tuple[float, Floats]:
        eta = terms.columns @ beta
        value = counts @ _softplus(eta) - wanted @ beta + 0.5 * (pull @ beta**2)
        slope = terms.columns.T @ (counts * _chance(eta)) - wanted + pull * beta
        return float(value / size), slope / size

    free, bound = terms.free, len(terms.factors)
    found = minimize(
        loss,
        _nothing_told(size / counts.sum(), free + bound) if start is None else start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None)] * free + [(0, None)] * bound,
        options={"ftol": 1e-12, "gtol": 1e-5, "maxiter": 1000, "maxcor": 30},
    )
    return np.asarray(found.x)


def _nothing_told(base_rate: float, columns: int) -> Floats:
    """The fit in which the base rate is all that is known."""
    told = np.clip(base_rate, 1e-9, 1 - 1e-9)
    return np.concatenate([[np.log(told / (1 - told))], np.zeros(columns - 1)])


def log_loss(terms: Terms, beta: Floats) -> float:
    """The mean of −log of the chance that was given to what happened."""
    eta = terms.columns @ beta
    return float(np.mean(_softplus(eta) - terms.left * eta))


def refitted(terms: Terms, ridge: float, fit: Floats, counts: Counts) -> Floats:
    """β fitted again on every draw of whole accounts, shape (columns, draws), from `fit` as `fitted` found it.

    NaN for a draw in which nobody left or nobody stayed. All draws move together by projected Newton steps, whose
    curvature is that of all rows, scaled to the draw's own; a draw whose weights do not settle is fitted alone. Both
    ways end at the same place: the loss has one lowest point.
    """
    pull, curvature, wanted = ridges(terms, ridge), _curvature(terms, fit), _wanted(terms, counts)
    betas = np.repeat(fit[:, None], counts.shape[1], axis=1)
    tells = _tells(terms, counts)
    betas[:, ~tells] = np.nan
    moving = np.flatnonzero(tells)
    for _ in range(_STEPS if moving.size else 0):
        before = betas[:, moving]
        expected, bends = _expected(terms, before, counts[:, moving])
        slopes = expected - wanted[:, moving] + pull[:, None] * before
        for column, draw in enumerate(moving):
            bent = curvature * (bends[column] / curvature[0, 0]) + np.diag(pull)
            betas[:, draw] = _lowest(bent, slopes[:, column], before[:, column], terms.free)
        moving = moving[np.abs(betas[:, moving] - before)[terms.free :].max(axis=0, initial=0) > _SETTLED]
        if not moving.size:
            break
    for draw in moving:
        betas[:, draw] = fitted(terms, ridge, fit, counts[terms.account, draw].astype(np.float64))
    return betas


def _wanted(terms: Terms, counts: Counts) -> Floats:
    """Σ column over the rows that left, on every draw, shape (columns, draws)."""
    leaver, place = np.unique(terms.account[terms.left], return_inverse=True)
    by_account = np.zeros((len(leaver), terms.columns.shape[1]))
    np.add.at(by_account, place, terms.columns[terms.left])
    return np.asarray(by_account.T @ counts[leaver].astype(np.float64))


def _tells(terms: Terms, counts: Counts) -> Flags:
    """The draws in which somebody left and somebody stayed."""
    leavers, stayers = (np.unique(terms.account[rows]) for rows in (terms.left, ~terms.left))
    return np.asarray(counts[leavers].any(axis=0) & counts[stayers].any(axis=0))


def _curvature(terms: Terms, beta: Floats) -> Floats:
    chance = _chance(terms.columns @ beta)
    return np.asarray((terms.columns * (chance * (1 - chance))[:, None]).T @ terms.columns)


def _expected(terms: Terms, betas: Floats, counts: Counts) -> tuple[Floats, Floats]:
    """What each draw expects of every column, Σ chance × column, shape (columns, draws), and how bent its loss is
    along the intercept, (draws,).

    In single precision, of which the steps lose nothing that an interval could show; and without BLAS, whose own
    threads would wait for ours and make all of it five times as slow on a busy machine.
    """
    steep = betas.astype(np.float32)

    def part(first: int) -> tuple[Real, Real]:
        rows = slice(first, first + _ROWS)
        columns, drawn = terms.columns[rows].astype(np.float32), counts[terms.account[rows]].astype(np.float32)
        chance = _chance(np.einsum("rk,kd->rd", columns, steep))
        drawn *= chance
        expected = np.einsum("rk,rd->kd", columns, drawn)
        chance *= drawn
        drawn -= chance
        return expected, drawn.sum(axis=0)

    expected, bends = np.zeros(betas.shape), np.zeros(betas.shape[1])
    for expects, bend in on_every_core(part, range(0, len(terms.left), _ROWS)):
        expected += expects
        bends += bend
    return expected, bends


def _lowest(curvature: Floats, slope: Floats, beta: Floats, free: int) -> Floats:
    """Where the parabola with this curvature, and this slope at `beta`, is lowest among weights ≥ 0.

    With curvature = RᵀR it is a least-squares problem whose last rows hold the weights alone.
    """
    root = cholesky(curvature)
    goal = solve_triangular(root, curvature @ beta - slope, trans="T")
    weights = nnls(root[free:, free:], goal[free:])[0]
    others = solve_triangular(root[:free, :free], goal[:free] - root[:free, free:] @ weights)
    return np.concatenate([others, weights])


def _chance(logit: Real) -> Real:
    """1 / (1 + exp(−logit)), in place: a hyperbolic tangent is four times as fast, and never overflows."""
    logit *= 0.5
    np.tanh(logit, out=logit)
    logit *= 0.5
    logit += 0.5
    return logit


def _softplus(logit: Floats) -> Floats:
    """log(1 + exp(logit)), from a sum that cannot overflow."""
    return np.asarray(np.log1p(np.exp(-np.abs(logit))) + np.maximum(logit, 0))
