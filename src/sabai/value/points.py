"""What a point of retention is worth, from the company's own curve, and not from a percentage that somebody quotes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sabai.value.by_contract import Group, discount_of_term, to_renewal
from sabai.value.curve import shifted
from sabai.value.values import PointWorth

POINTS = (1, 5)


def points(parts: Sequence[Group], as_of: int, margin: float, a_year: float) -> tuple[PointWorth, ...]:
    """The gain in value of today's customers if so many more of a hundred stayed a year; empty without a curve."""
    fitted = [group for group in parts if group.fitted and group.rows["revenue_minor"].drop_nulls().len()]
    now = sum(_total(group, 0, as_of, margin, a_year) for group in fitted)
    if not now:
        return ()
    gains = [sum(_total(group, each, as_of, margin, a_year) for group in fitted) - now for each in POINTS]
    return tuple(PointWorth(each, round(gain), gain / now) for each, gain in zip(POINTS, gains, strict=True))


def _total(group: Group, more: int, as_of: int, margin: float, a_year: float) -> float:
    assert group.fitted is not None
    paid = group.rows["renewed"].to_numpy() + 1
    discount = discount_of_term(a_year, group.term_months)
    residual = shifted(group.fitted.curve, more / 100, group.term_months, discount, int(paid.max()))[paid - 1]
    months = residual * group.term_months * to_renewal(group, as_of, a_year)
    return float(np.nansum(margin * months * group.rows["revenue_minor"].cast(float).fill_null(np.nan).to_numpy()))
