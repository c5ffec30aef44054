"""Was it right? The last part of history, foretold from what was before it, beside the naive forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats
from sabai.value.by_contract import Group, groups
from sabai.value.by_purchases import WEEKS_A_MONTH, fit_buyers, naive, value
from sabai.value.by_purchases import Buying as BuyingModel
from sabai.value.curve import Curve, Model
from sabai.value.purchase_family import FEWEST_BACK
from sabai.value.purchases import Buying, buyers
from sabai.value.renewing import stays
from sabai.value.terms import Whole, renewal_number
from sabai.value.values import HeldOut

SHARE, LONGEST, SHORTEST = 4, 365, 28
"""A quarter of the history is held out, at most a year, at least four weeks."""


def held_out_from(first: int, as_of: int) -> int | None:
    """
    >>> held_out_from(0, 400), held_out_from(0, 40_000), held_out_from(0, 60)
    (300, 39635, None)
    """
    days = min((as_of - first) // SHARE, LONGEST)
    return as_of - days if days >= SHORTEST else None


def of_contracts(
    facts: Facts, definitions: Definitions, who: pl.DataFrame, as_of: int, model: Model | None = None
) -> HeldOut | None:
    """What accounts that were here at the cut would pay at their renewals since, at the price of then, and what they
    did pay. A naive forecast takes one rate for all renewals. None: there is too little history."""
    ended = stays(facts, definitions, as_of).rows
    cut = held_out_from(_first(ended, "start", as_of), as_of)
    if cut is None:
        return None
    found = [_renewed(group, ended, as_of) for group in groups(stays(facts, definitions, cut), who, model)]
    return _told(cut, as_of, [each for each in found if each is not None])


def of_purchases(bought: Buying, as_of: int, model: BuyingModel) -> HeldOut | None:
    """What customers of before the cut would spend since, and what they spent; naive: as much a week as before."""
    cut = held_out_from(_first(bought.days, "day", as_of), as_of)
    if cut is None:
        return None
    seen = buyers(bought.days, cut)
    fitted = fit_buyers(seen, model) if (seen.amounts.paid > 0).sum() >= FEWEST_BACK else None
    if fitted is None:
        return None
    months = (as_of - cut) / 7 / WEEKS_A_MONTH
    later = pl.DataFrame({"account_id": seen.account_ids}).join(
        bought.between(cut, as_of), on="account_id", how="left", maintain_order="left"
    )
    spent = later["spent"].fill_null(0.0).to_numpy()
    columns = np.column_stack([spent, value(fitted, seen, months, 0.0).values, naive(seen, months)]) * bought.minor
    return _told(cut, as_of, [columns])


def _renewed(group: Group, ended: pl.DataFrame, as_of: int) -> Floats | None:
    """Columns seen, model, naive: minor units that each account pays at its renewals up to `as_of`."""
    if group.fitted is None:
        return None
    now = ended.select("account_id", "start", later="renewed", waits=~pl.col("here") & ~pl.col("left"))
    rows = group.rows.join(now, on=["account_id", "start"], maintain_order="left").filter(
        ~pl.col("waits") & pl.col("revenue_minor").is_not_null()
    )
    start, term, before, after = (_whole(rows, name) for name in ("start", "term", "renewed", "later"))
    due = renewal_number(start, term, as_of) - 1 - before
    paid = np.minimum(after - before, due)
    naive_curve = Curve("naive", (group.seen.rate,))
    expected = [_expected(curve, before, due) for curve in (group.fitted.curve, naive_curve)]
    a_term = rows["revenue_minor"].to_numpy() * term
    return np.asarray(np.column_stack([paid, *expected])[due > 0] * a_term[due > 0, None])


def _expected(curve: Curve, renewed: Whole, due: Whole) -> Floats:
    """Σ S(k + j) ÷ S(k), j = 1 … due: how many of its next renewals somebody pays who renewed k times.

    >>> _expected(Curve("naive", (0.5,)), np.array([3]), np.array([2])).round(6).tolist()
    [0.75]
    """
    survival = curve.survival(np.arange(float((renewed + due).max(initial=0)) + 1))
    summed = np.cumsum(survival)
    return np.asarray((summed[renewed + due] - summed[renewed]) / survival[renewed])


def _told(cut: int, as_of: int, found: Sequence[Floats]) -> HeldOut | None:
    columns = np.vstack(found) if found else np.empty((0, 3))
    columns = columns[np.isfinite(columns).all(axis=1)]
    if not len(columns):
        return None
    seen, model, rate = (round(float(each)) for each in columns.sum(axis=0))
    errors = (round(float(np.abs(columns[:, each] - columns[:, 0]).mean())) for each in (1, 2))
    return HeldOut(cut, as_of, len(columns), seen, model, rate, *errors)


def _first(rows: pl.DataFrame, name: str, as_of: int) -> int:
    """`as_of` where there is none: no row lies later."""
    return int(_whole(rows, name).min(initial=as_of))


def _whole(rows: pl.DataFrame, name: str) -> Whole:
    return np.asarray(rows[name].to_numpy(), dtype=np.int64)
