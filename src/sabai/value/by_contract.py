"""What accounts under contract are still worth: margin × revenue of a term × DERL at their number of renewals.

A value is what is still to come from the next renewal on, discounted to the as-of date; what the running term still
brings is under contract already, and not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.metrics.grid import Floats
from sabai.value.curve import Curve, Model
from sabai.value.curve_fit import Fitted, Renewals, fit_curve
from sabai.value.renewing import Stays, renewals, watched_from
from sabai.value.uncertain import Told, told, unsure
from sabai.value.who import ALL

ENOUGH_ASKED, ENOUGH_LEFT = 30, 10
"""So many renewals asked and so many leavings make a segment's curve its own; else all of one term are pooled."""
FEWEST_ASKED, FEWEST_LEFT = 30, 3
"""Below, also pooled, no value is told."""

YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts whose terms are equally long and who share a curve; `segment` None: pooled over all segments.

    `rows` are those of them that are here, as Stays has them, with their segments; `fitted` None: too few were seen.
    """

    term_months: int
    segment: str | None
    seen: Renewals
    fitted: Fitted | None
    rows: pl.DataFrame
    watched_from: int

    @property
    def name(self) -> str:
        return named(self.term_months, None if self.segment == ALL else self.segment)


def named(term_months: int, segment: str | None) -> str:
    """What a group is called, and so what its model is of.

    >>> named(12, None), named(6, "Drip")
    ('yearly terms', '6-month terms, Drip')
    """
    length = {1: "monthly", 3: "quarterly", 12: "yearly"}.get(term_months, f"{term_months}-month")
    return f"{length} terms" if segment is None else f"{length} terms, {segment}"


def groups(known: Stays, who: pl.DataFrame, model: Model | None = None) -> list[Group]:
    """By length of term, and by segment where there are enough; in this order."""
    rows = known.rows.join(who, on="account_id", how="inner", maintain_order="left")
    return [group for term in sorted(rows["term"].unique()) for group in _of_term(rows.filter(term=term), model)]


def _of_term(rows: pl.DataFrame, model: Model | None) -> Iterator[Group]:
    term, since = int(rows["term"][0]), watched_from(rows)
    segments = {str(name): rows.filter(segment=name) for name in sorted(rows["segment"].unique())}
    seen = {name: renewals(of, since) for name, of in segments.items()}
    own = [name for name, counts in seen.items() if _enough(counts, ENOUGH_ASKED, ENOUGH_LEFT)]
    for name in own:
        yield Group(term, name, seen[name], fit_curve(seen[name], model), _here(segments[name]), since)
    rest = rows.filter(~pl.col("segment").is_in(own))
    if rest.height:
        pooled = renewals(rows, since)
        fitted = fit_curve(pooled, model) if _enough(pooled, FEWEST_ASKED, FEWEST_LEFT) else None
        yield Group(term, None, pooled, fitted, _here(rest), since)


def discount_of_term(a_year: float, term_months: int) -> float:
    """
    >>> round(discount_of_term(0.21, 6), 6)
    0.1
    """
    return float((1 + a_year) ** (term_months / 12) - 1)


def months_worth(group: Group, as_of: int, a_year: float) -> Told:
    """How many months of its revenue each account will yet pay, discounted to `as_of`; shape (rows,)."""
    if group.fitted is None:
        return unsure(np.full(group.rows.height, np.nan))
    model, fit = group.fitted.curve.model, group.fitted.fit
    terms, place = np.unique(_floats(group.rows, "renewed").astype(np.int64) + 1, return_inverse=True)
    discount = discount_of_term(a_year, group.term_months)
    residual = told(lambda values: Curve(model, tuple(values)).residual(terms, discount), fit.values, fit.covariance)
    each = Told(residual.values[place], residual.slopes[place], residual.covariance)
    return each.times(group.term_months * to_renewal(group, as_of, a_year))


def to_renewal(group: Group, as_of: int, a_year: float) -> Floats:
    """What one unit paid at the next renewal is worth at `as_of`; nothing to whoever has given notice."""
    worth = (1 + a_year) ** (-(_floats(group.rows, "due") - as_of) / YEAR_DAYS)
    return np.asarray(np.where(group.rows["noticed"].to_numpy(), 0.0, worth))


def naive_months(group: Group) -> float:
    """Months of revenue by 1 ÷ churn: what everybody prints, and what a falling churn makes wrong."""
    churn = 1 - group.seen.rate
    return group.term_months / churn if churn > 0 else float("nan")


def _enough(seen: Renewals, asked: int, left: int) -> bool:
    return bool(seen.asked.sum() >= asked and seen.left.sum() >= left)


def _here(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter("here")


def _floats(rows: pl.DataFrame, name: str) -> Floats:
    return np.asarray(rows[name].cast(pl.Float64).fill_null(np.nan).to_numpy(), dtype=np.float64)
