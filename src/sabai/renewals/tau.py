"""How strongly customers move together, from quarters of the past that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from sabai.metrics.grid import Floats
from sabai.renewals.shock import nodes, shocked

PRIOR = 0.5  # what τ is before any quarter has been seen
TRIED = np.concatenate([[0.0], np.geomspace(0.05, 3.0, 30)])  # values of τ that are weighed against each other

_ALONE = 0.5  # how likely it is, before any quarter, that customers do not move together at all
_SPREAD = PRIOR / np.sqrt(1 - _ALONE)  # of the half-normal else, so that the mean of τ² is PRIOR²
_EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Quarter:
    """What one past quarter could have expected, and what came: `p` (renewals,) and whether each `renewed`."""

    p: Floats
    renewed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shock:
    """`tau`, as large as a forecast has to take it (the root of the mean of τ²), and between what it may well lie (the
    middle 80% of what the `quarters` leave of the prior)."""

    tau: float
    low: float
    high: float
    quarters: int


def estimated(quarters: Sequence[Quarter]) -> Shock:
    """τ from quarters that do not overlap: those whose renewals went well or badly together say that it is large.

    Before any of them it is as likely that there is no common shock as that there is one, of half-normal size; each
    value tried is weighed by how likely it made what came, the shock of each quarter integrated out. So a calm past
    takes τ to nearly nothing, which a prior without a place for 0 would not (benchmarks/renewal_simulation.py). The
    root of the mean of τ², not the mean: shocks of an unsure τ spread that far. Without quarters it is PRIOR.
    """
    told = [quarter for quarter in quarters if len(quarter.p)]
    likely = sum((_log_likelihoods(quarter) for quarter in told), np.zeros(len(TRIED)))
    weight = _prior() * np.exp(likely - likely.max())
    weight /= weight.sum()
    low, high = (float(TRIED[np.searchsorted(np.cumsum(weight), share)]) for share in (0.1, 0.9))
    return Shock(float(np.sqrt(weight @ TRIED**2)) if told else PRIOR, low, high, len(told))


def _prior() -> Floats:
    """How likely each value tried is before any quarter; those above 0 stand for the stretch around them."""
    some = np.exp(-0.5 * (TRIED[1:] / _SPREAD) ** 2) * np.gradient(TRIED[1:])
    return np.concatenate([[_ALONE], (1 - _ALONE) * some / some.sum()])


def _log_likelihoods(quarter: Quarter) -> Floats:
    """One for each value tried."""
    return np.array([_log_likelihood(quarter, float(tau)) for tau in TRIED])


def _log_likelihood(quarter: Quarter, tau: float) -> float:
    """log of the mean over s of Π p(s) or 1 − p(s); chances of nearly the same odds are taken together."""
    held = np.clip(quarter.p, _EDGE, 1 - _EDGE)
    odds, place = np.unique(np.round(np.log(held / (1 - held)), 1), return_inverse=True)
    came, due = (np.bincount(place, each, len(odds)) for each in (quarter.renewed, np.ones(len(place))))
    chance = np.clip(shocked(np.asarray(expit(odds)), tau), _EDGE, 1 - _EDGE)
    each = came @ np.log(chance) + (due - came) @ np.log(1 - chance)
    return float(each.max() + np.log(np.exp(each - each.max()) @ nodes(tau)[1]))
