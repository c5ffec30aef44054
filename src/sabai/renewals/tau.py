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
TRIED = np.geomspace(0.05, 2.0, 30)  # values of τ that are weighed against each other

_PRIOR_SPREAD = 0.5  # of log τ: most likely between .2 and 1.3
_EDGE = 1e-9


@dataclass(frozen=True, slots=True)
class Quarter:
    """What one past quarter could have expected, and what came: `p` (renewals,) and whether each `renewed`."""

    p: Floats
    renewed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shock:
    """`tau` and between what it may well lie (the middle 80% of what the `quarters` leave of the prior)."""

    tau: float
    low: float
    high: float
    quarters: int


def estimated(quarters: Sequence[Quarter]) -> Shock:
    """τ from quarters that do not overlap: those whose renewals went well or badly together say that it is large.

    The prior of log τ is normal around log PRIOR; each value tried is weighed by how likely it made what came, the
    shock of each quarter integrated out. The answer is the mean of τ. Without quarters it is the prior's middle.
    """
    told = [quarter for quarter in quarters if len(quarter.p)]
    weight = -0.5 * (np.log(TRIED / PRIOR) / _PRIOR_SPREAD) ** 2
    for quarter in told:
        weight = weight + np.array([_log_likelihood(quarter, float(tau)) for tau in TRIED])
    weight = np.exp(weight - weight.max())
    weight /= weight.sum()
    low, high = (float(TRIED[np.searchsorted(np.cumsum(weight), share)]) for share in (0.1, 0.9))
    return Shock(float(weight @ TRIED) if told else PRIOR, low, high, len(told))


def _log_likelihood(quarter: Quarter, tau: float) -> float:
    """log of the mean over s of Π p(s) or 1 − p(s); chances of nearly the same odds are taken together."""
    held = np.clip(quarter.p, _EDGE, 1 - _EDGE)
    odds, place = np.unique(np.round(np.log(held / (1 - held)), 1), return_inverse=True)
    came, due = (np.bincount(place, each, len(odds)) for each in (quarter.renewed, np.ones(len(place))))
    chance = np.clip(shocked(np.asarray(expit(odds)), tau), _EDGE, 1 - _EDGE)
    each = came @ np.log(chance) + (due - came) @ np.log(1 - chance)
    return float(each.max() + np.log(np.exp(each - each.max()) @ nodes(tau)[1]))
