"""What was issued, beside what became of the renewals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sabai.intervals import wilson
from sabai.proof.leaving import Leavings
from sabai.renewals.judgement import Judged, Judgement, OneForecast
from sabai.renewals.seen import LATE_DAYS


def judge(told: pl.DataFrame, left: Leavings, accounts: Sequence[str], known_until: int, settle_days: int) -> Judgement:
    """`told` as `issued` gives it; `left` is all that is known of leavings by the day `known_until`, which is sure of
    those that took effect `settle_days` before it."""
    last = pl.col("as_of").cast(pl.Int32) + pl.col("horizon_days") + LATE_DAYS + settle_days
    told = told.with_columns(known_on=last)
    due, waiting = told.filter(pl.col("known_on") <= known_until), told.filter(pl.col("known_on") > known_until)
    foretold = due.filter(pl.col("p").is_not_null())
    there = pl.col("account_id").is_in(list(accounts))
    rows, unknown = foretold.filter(there), foretold.filter(~there)
    rows = rows.with_columns(came=pl.Series(_came(rows, left, accounts), dtype=pl.Float64))
    sums = pl.concat([rows, unknown.with_columns(came="p")]).join(rows, on=["as_of", "horizon_days"], how="semi")
    ways = {"forecast": "p", "same rate as last year": "p_naive", "owners": "p_called"}
    forecasts = tuple(_one(group) for _, group in sums.group_by("as_of", "horizon_days", maintain_order=True))
    last_year, called = (rows.filter(pl.col(column).is_not_null()) for column in ("p_naive", "p_called"))
    return Judgement(
        forecasts,
        coverage=wilson(sum(each.inside for each in forecasts), len(forecasts)),
        whole=_judged("forecast", rows, "p"),
        last_year=tuple(_judged(name, last_year, column) for name, column in ways.items() if column != "p_called"),
        called=tuple(_judged(name, called, column) for name, column in ways.items()),
        waiting=waiting.select("as_of", "horizon_days").n_unique() if len(waiting) else 0,
        next_day=min(waiting["known_on"].to_list(), default=None),
        notices=tuple(_notices(len(unknown), len(due) - len(foretold))),
    )


def _came(rows: pl.DataFrame, left: Leavings, accounts: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whoever was not gone by two weeks after the day renewed."""
    place = {account: at for at, account in enumerate(accounts)}
    account = np.array([place[each] for each in rows["account_id"].to_list()], dtype=np.int32)
    as_of, due = (rows[name].cast(pl.Int32).to_numpy() for name in ("as_of", "due_on"))
    return np.asarray(as_of + left.days_until(account, as_of)[1] > due + LATE_DAYS)


def _one(rows: pl.DataFrame) -> OneForecast:
    first = rows.row(0, named=True)
    return OneForecast(
        first["as_of"], first["horizon_days"], len(rows), int(rows["value_minor"].sum()), first["expected_minor"],
        first["p10_minor"], first["p90_minor"], round((rows["value_minor"] * rows["came"]).sum()),
    )  # fmt: skip


def _judged(name: str, rows: pl.DataFrame, column: str) -> Judged:
    rows = rows.filter(pl.col(column).is_not_null())
    if not len(rows):
        return Judged(name, 0, 0, float("nan"), float("nan"), float("nan"))
    p, came, value = (rows[each].cast(pl.Float64).to_numpy() for each in (column, "came", "value_minor"))
    off = rows.select("as_of", "horizon_days", off=pl.Series(value * (p - came)), due=pl.Series(value))
    each = off.group_by("as_of", "horizon_days").sum().filter(pl.col("due") > 0)
    whole = value.sum()
    bias = float((value * (p - came)).sum() / whole) if whole else float("nan")
    error = float((each["off"].abs() / each["due"]).to_numpy().mean()) if len(each) else float("nan")
    return Judged(name, len(rows), len(each), float(((p - came) ** 2).mean()), bias, error)


def _notices(unknown: int, without: int) -> list[str]:
    said = [
        (unknown, "renewals are of accounts that these facts do not know: the sums take what was expected of them"),
        (without, "renewals had no chance when they were issued: left out"),
    ]
    return [f"{count:,} {what}." for count, what in said if count]
