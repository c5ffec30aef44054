"""Factors as columns of numbers for a regression: groups against the largest one, or a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.retention.survival.factors import Factor, shown
from sabai.retention.survival.spans import Spans

FEWEST, FEWEST_LEFT = 10, 5
"""A group of fewer customers, or of fewer who left, joins the others that are small: nothing is told of it alone. One
of which nobody left stays apart, to be named."""
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Term:
    """One column of the regression: `level` against `against`, or one `unit` more of a number."""

    column: str
    factor: str
    level: str | None = None
    against: str | None = None
    unit: float | None = None


@dataclass(frozen=True, slots=True)
class Design:
    """Columns of shape (rows,), for those `rows` of the spans that can be told apart; what is left out is `said`."""

    rows: NDArray[np.bool_]
    terms: tuple[Term, ...]
    columns: dict[str, Floats]
    said: tuple[str, ...]


def design(factors: Sequence[Factor], spans: Spans) -> Design:
    """The columns for these spans. Customers whose number is unknown are left out, and so are groups of which nobody
    left, as their ratio would be 0 without an interval."""
    said: list[str] = []
    rows = np.ones(len(spans), dtype=np.bool_)
    for each in factors:
        keep, why = _usable(each, spans.only(rows))
        rows[rows] = keep
        said += why
    terms, columns = [], {}
    for each in factors:
        for term, column in _columns(each, spans.only(rows)):
            terms.append(term)
            columns[term.column] = column
    return Design(rows, tuple(terms), columns, tuple(said))


def _usable(factor: Factor, spans: Spans) -> tuple[NDArray[np.bool_], list[str]]:
    if factor.numbers is not None:
        known = ~np.isnan(factor.numbers[spans.account])
        missing = int((~known).sum())
        return known, [f"{missing:,} customers without {factor.name} are left out."] if missing else []
    levels, code = _merged(factor, spans)
    keep, said = np.ones(len(spans), dtype=np.bool_), []
    for place, level in enumerate(levels):
        mine = code == place
        if mine.any() and not spans.left[mine].any():
            keep &= ~mine
            many = int(mine.sum())
            said.append(f"Nobody whose {factor.name} is {shown(level)} left ({many:,} customers): no ratio, left out.")
    return keep, said


def _columns(factor: Factor, spans: Spans) -> Iterator[tuple[Term, Floats]]:
    if factor.numbers is not None:
        yield Term(factor.name, factor.name, unit=factor.unit), factor.numbers[spans.account]
        return
    levels, code = _merged(factor, spans)
    for place, level in enumerate(levels[1:], start=1):
        term = Term(f"{factor.name}={shown(level)}", factor.name, shown(level), shown(levels[0]))
        yield term, (code == place).astype(np.float64)


def _merged(factor: Factor, spans: Spans) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Levels that occur, the largest first and the small ones together, last; and which is whose."""
    assert factor.codes is not None
    found, code = np.unique(factor.codes[spans.account], return_inverse=True)
    many, left = np.bincount(code), np.bincount(code, weights=spans.left)
    small = (many < FEWEST) | ((left > 0) & (left < FEWEST_LEFT))
    small &= small.sum() > 1
    order = [place for place in np.argsort(-many, kind="stable") if not small[place]]
    place = np.full(len(found), len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    levels = [factor.levels[found[each]] for each in order]
    return (*levels, *([OTHERS] if small.any() else [])), place[code]
