"""Subscriptions as they were known at a date, and which of them come up for renewal after it.

A renewal falls whole terms after the start, in calendar months: what began on the 31st of January for a month renews
on the last of February, and 13 months are 13 months. The end that a cancellation wrote over is never looked at, and
neither is "renews by itself", which many tools switch off when somebody cancels: both tell the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.dates import ALWAYS, NEVER
from sabai.facts.landed import Facts
from sabai.proof.contracts import next_renewal

ROLLING_MONTHS = 1
"""A term of a month renews so often that no quarter hangs on it: such contracts are told apart."""

_ITEMS = ("account", "product", "monthly_minor", "term_months", "auto_renew", "notice", "due")


@dataclass(frozen=True, slots=True)
class Agreements:
    """`rows` has every version of every subscription item; `account` indexes `accounts`, days are never null."""

    accounts: tuple[str, ...]
    rows: pl.DataFrame

    def at(self, as_of: int) -> pl.DataFrame:
        """What ran when the day began, as it was known: account, product, monthly_minor, term_months, auto_renew,
        whether notice was given, and the day on which it is `due`; null where it has no term."""
        running = self.rows.filter(
            pl.col("received_day") < as_of, pl.col("superseded_day") >= as_of,
            pl.col("starts_day") < as_of, pl.col("ends_day") >= as_of,
        )  # fmt: skip
        term = running["term_months"].fill_null(0).to_numpy()
        has = np.flatnonzero(term > 0)
        due = np.full(len(term), NEVER, dtype=np.int32)
        due[has] = next_renewal(running["starts_day"].to_numpy()[has], term[has].astype(np.float64), as_of)
        found = running.with_columns(due=pl.Series(due, dtype=pl.Int32), notice=_notice(as_of))
        return found.with_columns(due=pl.when(pl.col("due") < NEVER).then("due")).select(*_ITEMS)

    def due(self, as_of: int, horizon_days: int) -> pl.DataFrame:
        """Those of them that come up in [as_of, as_of + horizon) and have a term of more than a month: only the next
        renewal of each."""
        return self.at(as_of).filter(
            pl.col("due") < as_of + horizon_days, pl.col("term_months") > ROLLING_MONTHS
        )  # fmt: skip

    def withdrawn(self) -> tuple[int, int]:
        """How many notices were taken back, and how many were given, as far as versions tell; (0, 0) without any."""
        versions = self.rows.filter(pl.len().over("source", "key") > 1)
        told = versions.sort("superseded_day").group_by("source", "key").agg(
            given=(pl.col("notice_day") < NEVER).any(), gone=pl.col("notice_day").last() == NEVER
        ).filter("given")  # fmt: skip
        return int(told["gone"].sum()), told.height


def agreements(facts: Facts) -> Agreements:
    """All subscriptions that are more than a trial; none where there are no such facts."""
    if not facts.has("subscriptions"):
        return Agreements(facts.account_ids, _nothing())
    places = pl.LazyFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String}).with_row_index("account")
    rows = facts.scan("subscriptions").filter(
        pl.col("starts_day").is_not_null(), pl.col("status").str.to_lowercase().ne_missing("trial")
    )
    found = rows.join(places, on="account_id").select(
        pl.col("account").cast(pl.Int32), "source", "key", "product", "starts_day",
        pl.col("ends_day").fill_null(NEVER), pl.col("notice_day").fill_null(NEVER),
        pl.col("received_day").fill_null(ALWAYS), pl.col("superseded_day").fill_null(NEVER),
        pl.col("recurring_minor").alias("monthly_minor"), "term_months", "auto_renew",
        pl.col("cancel_at_period_end").fill_null(False), pl.col("received_assumed").fill_null(True),
    )  # fmt: skip
    return Agreements(facts.account_ids, found.collect())


def _notice(as_of: int) -> pl.Expr:
    """A notice has a date. A cancellation without one counts only where it is known when it came in."""
    return (pl.col("notice_day") < as_of) | (pl.col("cancel_at_period_end") & ~pl.col("received_assumed"))


def _nothing() -> pl.DataFrame:
    days = ("starts_day", "ends_day", "notice_day", "received_day", "superseded_day")
    kinds: dict[str, type[pl.DataType]] = {
        "account": pl.Int32, "source": pl.String, "key": pl.String, "product": pl.String, "monthly_minor": pl.Int64,
        "term_months": pl.Int64, "auto_renew": pl.Boolean, "cancel_at_period_end": pl.Boolean,
        "received_assumed": pl.Boolean,
    }  # fmt: skip
    return pl.DataFrame(schema={**kinds, **dict.fromkeys(days, pl.Int32)})
