"""Kaplan–Meier: the share that is still there after so many days, out of those who stayed and those who left.

Kaplan & Meier 1958; intervals after Greenwood on the log-log scale (Kalbfleisch & Prentice 2002, 1.4). The same as
lifelines' where nobody enters late; with late entries, that
library refuses a curve where for a while nobody is watched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sabai.intervals import Interval, wilson
from sabai.metrics.grid import Floats
from sabai.retention.survival.spans import Spans

_Z = 1.959963984540054  # the normal quantile of .975
FEW = 5
"""Where so few are watched that one who leaves moves the curve by a fifth, a curve of late entries cannot begin."""


@dataclass(frozen=True, slots=True)
class Curve:
    """`survival` on each of `days` (those on which anybody left), with its interval; shape (days,).

    `watched` spans, of which `left` ended. `median`: after how many days half had left; NaN where that is not known
    yet. `since`: the shares are of those who had stayed so many days already (0: of all).
    """

    name: str
    days: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: Floats
    watched: int
    left: int
    longest: float
    median: Interval
    since: float = 0.0

    def at(self, day: float) -> Interval:
        """The share still there after `day` days; NaN where nobody was watched so long. Where nobody has left yet, the
        interval is Wilson's.

        >>> from sabai.retention.survival.spans import spans
        >>> curve = kaplan_meier(spans(np.array([2, 4, 4, 9]), np.array([True, True, False, False])))
        >>> curve.at(1).value, curve.at(4).value, curve.at(10).value
        (1.0, 0.5, nan)
        """
        if day > self.longest or day < self.since:
            return Interval(float("nan"), float("nan"), float("nan"))
        everybody = self.at_risk[0] if len(self.at_risk) else self.watched
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0:
            return Interval(1.0, wilson(everybody, everybody).low, 1.0)
        return Interval(float(self.survival[place]), float(self.low[place]), float(self.high[place]))


def kaplan_meier(spans: Spans, name: str = "") -> Curve:
    """Of one group of customers.

    With late entries few are watched at first, and one who leaves among them would bring all to nothing: then the curve
    begins where enough are watched.
    """
    since = _begins(spans)
    watched = spans.after(since) if since else spans
    if not len(watched):
        none = np.zeros(0)
        return Curve(name, none, none, none, none, none, 0, 0, 0.0, _unknown(), since)
    times, gone = np.unique(watched.days[watched.left], return_counts=True)
    risk = watched.risk(times).astype(np.float64)
    shares, limits = _product_limit(risk, gone.astype(np.float64))
    return Curve(
        name, times, shares, limits[:, 0], limits[:, 1], risk,
        len(watched), int(watched.left.sum()), float(watched.days.max()), _median(times, shares, limits), since,
    )  # fmt: skip


def _product_limit(risk: Floats, gone: Floats) -> tuple[Floats, Floats]:
    """The share that is left after each day, and its limits, shape (days, 2); NaN where it is nothing."""
    shares = np.asarray(np.cumprod(1 - gone / risk), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(gone / (risk * (risk - gone)))) / np.log(shares)
        limits = shares[:, None] ** np.exp(_Z * np.stack([-spread, spread], axis=1))
    return shares, np.asarray(np.where(shares[:, None] > 0, limits, np.nan))


def _begins(spans: Spans) -> float:
    """The last day on which somebody left while few were watched and more were yet to enter."""
    if not (spans.entry > 0).any():
        return 0.0
    times = np.unique(spans.days[spans.left])
    yet_to_come = times < np.median(spans.entry)
    thin = times[(spans.risk(times) < FEW) & yet_to_come]
    return float(thin.max()) if len(thin) else 0.0


def _median(times: Floats, shares: Floats, limits: Floats) -> Interval:
    """Where each of the three curves comes down to a half."""
    known = np.nan_to_num(limits)  # where all have left, so have they at both limits
    value, low, high = (_half(times, curve) for curve in (shares, known[:, 0], known[:, 1]))
    return Interval(value, low, high)


def _half(times: Floats, curve: Floats) -> float:
    below = np.flatnonzero(curve <= 0.5)
    return float(times[below[0]]) if len(below) else float("nan")


def _unknown() -> Interval:
    return Interval(float("nan"), float("nan"), float("nan"))
