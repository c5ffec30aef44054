"""How many renew, and what that is worth: curves of retention for customers who renew or leave.

Renewals are counted 1, 2, …: S(t) is the share still there after renewal t, r(t) = S(t) ÷ S(t − 1) the share of those
asked the t-th time who stay. Customers differ, so those who are left renew more and more: a constant rate does not see
that, and 1 ÷ churn is wrong for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, hyp2f1

from sabai.metrics.grid import Floats

Model = Literal["sbg", "bdw", "naive"]
Renewal = NDArray[np.float64] | NDArray[np.int64]
"""Numbers of renewals."""

NAMES: dict[Model, tuple[str, ...]] = {"sbg": ("a", "b"), "bdw": ("a", "b", "c"), "naive": ("rate",)}

_FAR = 1e-12  # what lies so far away, discounted, is left out


@dataclass(frozen=True, slots=True)
class Curve:
    """`sbg`: shifted beta-geometric (Fader and Hardie 2007); `bdw`: beta-discrete-Weibull (Fader, Hardie, Liu, Davin
    and Steenburgh 2018), where the chance to leave of one customer may itself change; `naive`: one rate for all.

    >>> high_end = Curve("sbg", (0.668, 3.806))
    >>> high_end.survival(np.array([0, 1, 12])).round(3).tolist()
    [1.0, 0.851, 0.378]
    """

    model: Model
    values: tuple[float, ...]

    def log_survival(self, renewals: Renewal) -> Floats:
        if self.model == "naive":
            return np.asarray(np.log(self.values[0]) * renewals)
        a, b, c = (*self.values, 1.0)[:3]
        return np.asarray(betaln(a, b + np.asarray(renewals, dtype=np.float64) ** c) - betaln(a, b))

    def survival(self, renewals: Renewal) -> Floats:
        """S(t) = B(a, b + t^c) ÷ B(a, b); c is 1 for sBG."""
        return np.asarray(np.exp(self.log_survival(renewals)))

    def retention(self, renewals: Renewal) -> Floats:
        """r(t), t ≥ 1; for sBG it is (b + t − 1) ÷ (a + b + t − 1).

        >>> Curve("sbg", (1.0, 1.0)).retention(np.array([1, 2, 3])).round(6).tolist()
        [0.5, 0.666667, 0.75]
        """
        if self.model == "sbg":
            a, b = self.values
            return np.asarray((b + renewals - 1) / (a + b + renewals - 1))
        return np.asarray(np.exp(self.log_survival(renewals) - self.log_survival(renewals - 1)))

    def lifetime(self, discount: float) -> float:
        """DEL(d) = Σ_{t ≥ 0} S(t) ÷ (1 + d)^t: how many terms a new customer pays, discounted to the first payment.

        `discount` is per term, above 0. For sBG it is ₂F₁(1, b; a + b; 1 ÷ (1 + d)) (Fader and Hardie 2010).

        >>> round(Curve("sbg", (0.7041, 1.1820)).lifetime(0.1), 3)
        3.695
        """
        return 1.0 + float(self.residual(np.array([1]), discount)[0]) / (1 + discount)

    def residual(self, terms: NDArray[np.int64], discount: float) -> Floats:
        """DERL(d, n): how many terms a customer who has paid n of them will pay yet, discounted to the next renewal,
        and not knowing whether it renews; shape of `terms`.

        For sBG (b + n − 1) ÷ (a + b + n − 1) × ₂F₁(1, b + n; a + b + n; 1 ÷ (1 + d)) (Fader and Hardie 2010).

        >>> Curve("sbg", (0.7041, 1.1820)).residual(np.array([1, 5]), 0.1).round(3).tolist()
        [2.964, 5.894]
        """
        if self.model != "sbg":
            far = _renewals(int(terms.max(initial=1)), discount)
            return np.asarray(residual(self.retention(far), discount)[terms - 1])
        a, b = self.values
        return np.asarray(self.retention(terms) * hyp2f1(1.0, b + terms, a + b + terms, 1 / (1 + discount)))


def residual(retention: Floats, discount: float) -> Floats:
    """DERL(d, n) for n = 1, 2, … of any r(1), r(2), …: V(n) = r(n) (1 + V(n + 1) ÷ (1 + d)), from the far end.

    Beyond the last renewal its rate is taken to stay.

    >>> residual(np.full(3, 0.5), 0.25).round(6).tolist()  # .5 ÷ (1 − .5 ÷ 1.25)
    [0.833333, 0.833333, 0.833333]
    """
    worth = np.empty(len(retention))
    later = retention[-1] / (1 - retention[-1] / (1 + discount))
    for place in range(len(retention) - 1, -1, -1):
        later = worth[place] = retention[place] * (1 + later / (1 + discount))
    return worth


def shifted(curve: Curve, points: float, term_months: int, discount: float, most: int = 1) -> Floats:
    """DERL for n = 1 … `most` if yearly retention were `points` (.01 is one point) better at every renewal, at most 1.

    >>> better = shifted(Curve("naive", (0.8,)), 0.05, 12, 0.25)[0]
    >>> round(float(better), 3), round(0.85 / (1 - 0.85 / 1.25), 3)
    (2.656, 2.656)
    """
    yearly = curve.retention(_renewals(most, discount)) ** (12 / term_months)
    return residual(np.minimum(yearly + points, 1.0) ** (term_months / 12), discount)[:most]


def _renewals(terms: int, discount: float) -> NDArray[np.int64]:
    """1, 2, … as far as anything is worth something."""
    return np.arange(1, terms + int(np.ceil(-np.log(_FAR) / np.log1p(discount))) + 1, dtype=np.int64)
