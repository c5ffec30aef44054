"""Cox's regression: how many times as often customers leave who differ in one thing and are alike in the others.

Cox 1972, ties after Efron, by lifelines. What cannot be fitted is said; nothing is raised.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.linalg import matrix_rank

from sabai.metrics.grid import Floats
from sabai.retention.survival.spans import Spans

RIDGE = 0.1
"""The ridge of the second attempt, where the first has no answer."""


@dataclass(frozen=True, slots=True)
class Fit:
    """`coefficients` are log ratios, in the order of `columns`, with their covariance; `held` says that a ridge holds
    them, since without it there is no answer."""

    columns: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    log_likelihood: float
    concordance: float
    held: bool = False

    @property
    def errors(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))


def fit(spans: Spans, columns: Mapping[str, Floats]) -> Fit | None:
    """None where there is no answer, not even with a ridge. Columns are numbers of shape (spans,)."""
    return _attempt(spans, columns, 0.0) or _attempt(spans, columns, RIDGE)


def independent(columns: Mapping[str, Floats]) -> tuple[str, ...]:
    """The columns that say something new: neither the same everywhere, nor told by those before them.

    >>> independent({"a": np.array([0.0, 1, 1]), "b": np.array([1.0, 0, 0]), "c": np.array([2.0, 2, 2])})
    ('a',)
    """
    kept: list[str] = []
    for name in columns:
        together = np.stack([np.ones(len(columns[name])), *(columns[each] for each in (*kept, name))], axis=1)
        if matrix_rank(together) == len(kept) + 2:
            kept.append(name)
    return tuple(kept)


def _attempt(spans: Spans, columns: Mapping[str, Floats], ridge: float) -> Fit | None:
    import pandas as pd
    from lifelines import CoxPHFitter
    from lifelines.exceptions import ConvergenceError, ConvergenceWarning, StatError

    frame = pd.DataFrame({**columns, "days": spans.days, "left": spans.left, "entry": spans.entry})
    late = bool(spans.entry.any())
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            fitter = CoxPHFitter(penalizer=ridge).fit(
                frame if late else frame.drop(columns="entry"), "days", "left", entry_col="entry" if late else None
            )
        except (ConvergenceError, StatError, np.linalg.LinAlgError, ValueError):
            return None
    doubted = not ridge and any(issubclass(each.category, ConvergenceWarning) for each in said)
    if doubted or not np.isfinite(fitter.variance_matrix_.to_numpy()).all():
        return None
    return Fit(
        tuple(columns),
        fitter.params_.to_numpy(),
        fitter.variance_matrix_.to_numpy(),
        float(fitter.log_likelihood_),
        float(fitter.concordance_index_),
        held=ridge > 0,
    )
