"""Hazard ratios in plain language, and whether each can be trusted over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.retention.survival.cox import Fit, fit, independent
from sabai.retention.survival.design import Design, Term
from sabai.retention.survival.proportional import Drift, drifts
from sabai.retention.survival.spans import Spans

SHOWN = 0.05
FEWEST_LEFT = 10
"""Who left, for each column: below it a regression follows chance (Peduzzi et al. 1995)."""
_Z = 1.959963984540054  # the normal quantile of .975


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as often those of `term` leave, all other terms alike. `drift`: whether that changes with time."""

    term: Term
    ratio: Interval
    p: float
    drift: Drift
    drifts: bool

    @property
    def sentence(self) -> str:
        """For a person who knows no statistics.

        >>> from sabai.retention.survival.proportional import Drift
        >>> term, drift = Term("plan=basic", "plan", "basic", "pro"), Drift("plan=basic", 0.4, grows=True)
        >>> Ratio(term, Interval(1.41, 1.1, 1.8), 0.01, drift, drifts=False).sentence
        'Customers whose plan is basic leave 1.4 times as often as those whose plan is pro (1.1–1.8).'
        """
        value, low, high = (_times(each) for each in (self.ratio.value, self.ratio.low, self.ratio.high))
        if self.ratio.excludes(1.0):
            return f"Customers {self._who} leave {value} times as often as {self._others} ({low}–{high})."
        return f"Customers {self._who}: no difference shown to {self._others} ({value} times as often, {low}–{high})."

    @property
    def _who(self) -> str:
        if self.term.unit is not None:
            return f"with {self.term.unit:,.3g} more of {self.term.factor}"
        return f"whose {self.term.factor} is {self.term.level}"

    @property
    def _others(self) -> str:
        return "others" if self.term.unit is not None else f"those whose {self.term.factor} is {self.term.against}"

    @property
    def warning(self) -> str | None:
        """What to do where the ratio is not the same all the time."""
        if not self.drifts:
            return None
        way = "grows" if self.drift.grows else "shrinks"
        return (
            f"The ratio of {self.term.column} {way} the longer they have been customers (p = {self.drift.p:.2g}): one "
            f"number does not tell it. Look at the curves: --by {self.term.factor}."
        )


@dataclass(frozen=True, slots=True)
class Cox:
    """Ratios of `watched` customers, of whom `left` left; `held`: only a ridge gave an answer, so they are too near
    to 1 and their intervals too narrow to be shown as proven."""

    ratios: tuple[Ratio, ...]
    watched: int
    left: int
    log_likelihood: float
    concordance: float
    held: bool


def ratios(design: Design, spans: Spans) -> tuple[Cox | None, tuple[str, ...]]:
    """The regression, or None with what stood in its way."""
    said = list(design.said)
    mine = spans.only(design.rows)
    columns = {name: design.columns[name] for name in independent(design.columns)}
    said += [_says_nothing(design.columns, name) for name in design.columns if name not in columns]
    if not columns or not mine.left.any():
        return None, (*said, "There is nothing left to compare, so there are no ratios.")
    if mine.left.sum() < FEWEST_LEFT * len(columns):
        said.append(f"Only {int(mine.left.sum()):,} left for {len(columns):,} ratios: they may well follow chance.")
    found = fit(mine, columns)
    if found is None:
        return None, (*said, "The regression does not converge, not even with a ridge: there are no ratios.")
    if found.held:
        said.append("The regression has no answer by itself: a ridge holds the ratios, which are marked.")
    return _cox(design, mine, found, drifts(mine, columns, found)), tuple(said)


def _cox(design: Design, spans: Spans, fit: Fit, found: tuple[Drift, ...]) -> Cox:
    terms = {term.column: term for term in design.terms}
    each = zip(fit.columns, fit.coefficients, fit.errors, found, strict=True)
    ratios = tuple(_ratio(terms[name], value, error, drift, len(found)) for name, value, error, drift in each)
    return Cox(ratios, len(spans), int(spans.left.sum()), fit.log_likelihood, fit.concordance, fit.held)


def _ratio(term: Term, value: float, error: float, drift: Drift, many: int) -> Ratio:
    """Of many drifts one is small by chance, so each is asked for more (Bonferroni)."""
    ends = (float(np.exp(value + side * error)) for side in (0.0, -_Z, _Z))
    return Ratio(term, Interval(*ends), float(2 * norm.sf(abs(value / error))), drift, drift.p < SHOWN / many)


def _says_nothing(columns: dict[str, Floats], name: str) -> str:
    if np.ptp(columns[name]) == 0:
        return f"All customers are alike in {name}, so it has no ratio."
    return f"What {name} says is said by the others already, so it has no ratio of its own."


def _times(value: float) -> str:
    """
    >>> _times(1.41), _times(1.02), _times(0.043), _times(1234.0), _times(float("inf"))
    ('1.4', '1.02', '0.04', '1,234', 'any number')
    """
    if not np.isfinite(value):
        return "any number"
    close = value < 1.1  # to one, where a digit more says on which side
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if close else f"{value:.1f}"
