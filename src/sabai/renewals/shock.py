"""What moves all renewals of a quarter together: a common shock to the logit, with the mean held where it was.

    logit P(renews | s) = logit p + c + s,   s ~ N(0, τ²)

Customers do not decide each for herself: a price change, a rival, a bad year move them all. Intervals that forget it
are far too narrow (benchmarks/renewal_simulation.py). A shock alone would also pull every p towards a half: .90 becomes
.891 at τ = .5. So c is solved for each p, and the mean over s is p again.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.special import expit

from sabai.metrics.grid import Floats

NODES = 21  # of Gauss and Hermite: the mean over s is then exact to many digits

_STEPS, _EDGE = 5, 1e-9


def nodes(tau: float) -> tuple[Floats, Floats]:
    """(s, weight), each of shape (NODES,); one node where there is no shock.

    >>> s, weight = nodes(0.5)
    >>> round(float(weight.sum()), 9), round(float(np.sqrt(weight @ s**2)), 9)
    (1.0, 0.5)
    """
    if not tau:
        return np.zeros(1), np.ones(1)
    at, weight = _hermite()
    return tau * at, weight


@cache
def _hermite() -> tuple[Floats, Floats]:
    at, weight = np.polynomial.hermite_e.hermegauss(NODES)
    return np.asarray(at), np.asarray(weight / weight.sum())


def shocked(p: Floats, tau: float) -> Floats:
    """The chance of each renewal at each node, shape (renewals, nodes): its mean over the nodes is p.

    >>> at_nodes = shocked(np.array([0.9]), 0.5)
    >>> round(float((at_nodes @ nodes(0.5)[1])[0]), 6)
    0.9
    """
    s, weight = nodes(tau)
    held = np.clip(p, _EDGE, 1 - _EDGE)
    wanted = np.log(held / (1 - held))
    logit = wanted * np.sqrt(1 + np.pi / 8 * tau**2)  # where a probit would lie: a logit lies very near
    for _ in range(_STEPS if tau else 0):
        chance = _chance(logit, s)
        mean, steep = (chance * weight).sum(axis=1), (chance * (1 - chance) * weight).sum(axis=1)
        logit += (wanted - np.log(mean / (1 - mean))) * mean * (1 - mean) / steep  # on the scale where it is straight
    sure = (p <= 0) | (p >= 1)  # no shock moves what is certain
    return np.asarray(np.where(sure[:, None], p[:, None], _chance(logit, s)))


def _chance(logit: Floats, s: Floats) -> Floats:
    return np.asarray(expit(logit[:, None] + s))
