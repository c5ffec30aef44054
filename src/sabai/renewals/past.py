"""Renewals of the past, each asked as it is asked today: of whoever was due within the horizon, who renewed?"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.metrics.grid import Floats
from sabai.proof.past import Past
from sabai.renewals.agreements import ROLLING_MONTHS, Agreements
from sabai.renewals.seen import DUE, LATE_DAYS, NOT_DUE, ROLLING, Seen


def seen(past: Past, agreed: Agreements, horizon_days: int, as_of: int, risk: Floats | None = None) -> Seen:
    """The rows of `past` whose outcome was known by the day `as_of`. `risk` (rows,): another than 100 − score."""
    settled = past.as_of + horizon_days + LATE_DAYS + past.settle_days <= min(as_of, past.known_until)
    risk = (100 - past.score if risk is None else risk)[settled]
    past = past.only(settled)
    kind, wait, value = _due(past, agreed, horizon_days)
    lost = np.where(kind == DUE, past.effective_in <= wait + LATE_DAYS, past.effective_in < horizon_days)
    return Seen(horizon_days, past.account, past.as_of, kind, wait, risk, value, lost)


def _due(past: Past, agreed: Agreements, horizon_days: int) -> tuple[NDArray[np.int8], Floats, Floats]:
    """What was due to each row: kind, days until, value."""
    found = [_at(agreed, day, horizon_days) for day in np.unique(past.as_of).tolist()]
    rows = pl.DataFrame({"account": past.account, "as_of": past.as_of})
    if not found:
        nothing = np.zeros(0)
        return nothing.astype(np.int8), nothing, nothing
    told = rows.join(pl.concat(found), on=["account", "as_of"], how="left", maintain_order="left")
    wait = told["wait"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    rolls = told["rolls"].fill_null(False).to_numpy()
    kind = np.where(~np.isnan(wait), DUE, np.where(rolls, ROLLING, NOT_DUE)).astype(np.int8)
    return kind, wait, told["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _at(agreed: Agreements, day: int, horizon_days: int) -> pl.DataFrame:
    running = agreed.at(day)
    due = (pl.col("due") < day + horizon_days) & (pl.col("term_months") > ROLLING_MONTHS) & ~pl.col("notice")
    worth = (pl.col("monthly_minor") * pl.col("term_months")).filter(due)
    return running.group_by("account").agg(
        wait=(pl.col("due") - day).filter(due).min(),
        value=pl.when(worth.count() > 0).then(worth.sum()),
        rolls=(pl.col("term_months") <= ROLLING_MONTHS).any(),
    ).with_columns(as_of=pl.lit(day, dtype=pl.Int32))  # fmt: skip
