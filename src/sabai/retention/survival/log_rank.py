"""Whether groups leave at different rates: the log-rank test, with late entries.

Mantel 1966; each day on which somebody left, those who left are compared with those of every group who could have.
lifelines' own test takes no late entries.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from sabai.metrics.grid import Floats
from sabai.retention.survival.spans import Spans

SHOWN = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """`p`: how often chance alone gives groups at least as different."""

    statistic: float
    groups: int
    p: float

    @property
    def is_shown(self) -> bool:
        return self.p < SHOWN


def log_rank(spans: Spans, group: NDArray[np.integer]) -> Difference | None:
    """None where fewer than two groups were ever watched, or nobody left."""
    times = np.unique(spans.days[spans.left])
    there = [code for code in np.unique(group) if spans.only(group == code).risk(times).any()]
    if len(there) < 2 or not len(times):
        return None
    risk = np.stack([spans.only(group == code).risk(times) for code in there], axis=1).astype(np.float64)
    left = np.stack([_left(spans.only(group == code), times) for code in there], axis=1)
    everybody, gone = risk.sum(axis=1), left.sum(axis=1)
    excess = (left - risk * (gone / everybody)[:, None]).sum(axis=0)
    statistic = float(excess @ np.linalg.pinv(_variance(risk, everybody, gone)) @ excess)
    return Difference(statistic, len(there), float(chi2.sf(statistic, len(there) - 1)))


def _left(spans: Spans, times: Floats) -> Floats:
    return np.bincount(np.searchsorted(times, spans.days[spans.left]), minlength=len(times)).astype(np.float64)


def _variance(risk: Floats, everybody: Floats, gone: Floats) -> Floats:
    """Hypergeometric, summed over the days."""
    share = risk / everybody[:, None]
    scale = gone * (everybody - gone) / np.maximum(everybody - 1, 1)
    return np.diag((share * scale[:, None]).sum(axis=0)) - np.asarray((share * scale[:, None]).T @ share)
