"""Who left when, and when they said so: the truth that scores of the past are judged by."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.definitions.model import Definitions
from sabai.facts.days import local_day
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days, Floats
from sabai.metrics.lives import whole_customers

_COLUMNS = {"account_id": pl.String, "notice": pl.Int32, "effective": pl.Int32, "late": pl.Float64}


@dataclass(frozen=True, slots=True)
class Leavings:
    """One entry for each time that an account left, by account, then day; shape (leavings,).

    `account` indexes `Facts.account_ids`. `notice` ≤ `effective` are days; they are one where nobody gave notice.
    `late_days`: how long after it took effect it was written down; NaN where nobody says so.
    """

    account: NDArray[np.int32]
    notice: Days
    effective: Days
    late_days: Floats

    def __len__(self) -> int:
        return len(self.account)

    def days_until(self, account: NDArray[np.int32], as_of: Days) -> tuple[Floats, Floats]:
        """For each account and day, how long until it says that it leaves, and until it has left; inf: it stays.

        The first leaving that takes effect on that day or later counts; its notice may lie before the day (negative).
        """
        if not len(self):
            return np.full(len(account), np.inf), np.full(len(account), np.inf)
        wanted, there = _in_order(account, as_of), _in_order(self.account, self.effective)
        place = np.minimum(np.searchsorted(there, wanted), len(self) - 1)
        leaves = (self.account[place] == account) & (self.effective[place] >= as_of)
        until = (np.where(leaves, day[place] - as_of, np.inf) for day in (self.notice, self.effective))
        return next(until), next(until)


def leavings(facts: Facts, definitions: Definitions, known_until: int) -> Leavings:
    """All that is known of leavings at the end of the data: from churn facts, or from subscriptions that ended.

    A churn fact is the account's last; with subscriptions an account may come back, and leave again.
    """
    if definitions.churn.source == "churn":
        rows = _from_churn(facts, definitions.workspace.time_zone)
    else:
        rows = _from_subscriptions(facts, definitions.churn.grace_days, known_until)
    places = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String}).with_row_index("account")
    rows = rows.join(places, on="account_id").sort("account", "effective")
    return Leavings(
        rows["account"].to_numpy().astype(np.int32),
        rows["notice"].to_numpy(),
        rows["effective"].to_numpy(),
        rows["late"].fill_null(np.nan).to_numpy(),
    )


def settle_days(definitions: Definitions, left: Leavings) -> int:
    """How long after a leaving it is known for sure: grace, and the lag of reporting.

    The lag is what 95% of the leavings were written down within, where times of writing are known; else it is the
    longest that a source of them states.
    """
    told = left.late_days[~np.isnan(left.late_days)]
    sources = [source for source in definitions.sources.values() if source.table == definitions.churn.source]
    stated = max((ceil(source.lag_seconds / 86_400) for source in sources), default=0)
    lag = ceil(max(0.0, float(np.quantile(told, 0.95)))) if told.size else stated
    return lag + (definitions.churn.grace_days if definitions.churn.source == "subscriptions" else 0)


def left_for_good(facts: Facts) -> pl.DataFrame:
    """The first churn fact of each account, as there is no coming back from it: account_id and `effective_day`, with
    what else was written down."""
    if not facts.has("churn"):
        return pl.DataFrame(schema={"account_id": pl.String, "effective_day": pl.Int32})
    rows = whole_customers(facts.scan("churn"))
    rows = rows.filter(pl.col("superseded_day").is_null(), pl.col("effective_day").is_not_null())
    return rows.sort("effective_day").unique("account_id", keep="first", maintain_order=True).collect()


def subscribed_stretches(facts: Facts, grace_days: int) -> pl.DataFrame:
    """From when to when an account was subscribed to anything: account_id, `start`, `end` (NEVER: it goes on) and
    `notice` (null: none). A pause within the grace is none; a trial is not yet a subscription."""
    if not facts.has("subscriptions"):
        return pl.DataFrame(schema={"account_id": pl.String, "start": pl.Int32, "end": pl.Int32, "notice": pl.Int32})
    rows = facts.scan("subscriptions").filter(
        pl.col("superseded_day").is_null(),
        pl.col("starts_day").is_not_null(),
        pl.col("status").str.to_lowercase().ne_missing("trial"),
    )
    rows = rows.select("account_id", "starts_day", "notice_day", end=pl.col("ends_day").fill_null(NEVER))
    before = pl.col("end").cum_max().shift(1).over("account_id", order_by="starts_day")
    anew = (pl.col("starts_day") > pl.min_horizontal(before, NEVER - grace_days) + grace_days).fill_null(True)
    stretch = ["account_id", anew.cum_sum().over("account_id", order_by="starts_day").alias("stretch")]
    ends_last = pl.col("end") == pl.col("end").max()
    told = rows.group_by(stretch).agg(
        start=pl.col("starts_day").min(), end=pl.col("end").max(), notice=pl.col("notice_day").filter(ends_last).min()
    )
    return told.drop("stretch").sort("account_id", "start").collect()


def _from_churn(facts: Facts, zone: str) -> pl.DataFrame:
    if not facts.has("churn"):
        return pl.DataFrame(schema=_COLUMNS)
    notice, recorded = (local_day(pl.col(name), "instant", zone) for name in ("notice_at", "recorded_at"))
    effective = pl.col("effective_day")
    return left_for_good(facts).select(
        "account_id",
        notice=pl.min_horizontal(notice.fill_null(effective), effective).cast(pl.Int32),
        effective=effective,
        late=(recorded - effective).cast(pl.Float64),
    )


def _from_subscriptions(facts: Facts, grace_days: int, known_until: int) -> pl.DataFrame:
    """Where an account's last subscription ended and none began within the grace, or not yet and the grace is over."""
    ended = subscribed_stretches(facts, grace_days).filter(pl.col("end") < known_until - grace_days)
    return ended.select(
        "account_id",
        notice=pl.min_horizontal(pl.col("notice").fill_null(NEVER), "end").cast(pl.Int32),
        effective=pl.col("end").cast(pl.Int32),
        late=pl.lit(None, dtype=pl.Float64),
    )


def _in_order(account: NDArray[np.int32], day: Days) -> NDArray[np.int64]:
    """One number for account and day, in the order of both."""
    return account.astype(np.int64) << 32 | (day.astype(np.int64) + 2**31)
