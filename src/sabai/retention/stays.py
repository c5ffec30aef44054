"""Who was a customer from when to when: what every rate of retention counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import ALWAYS, NEVER
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days
from sabai.metrics.lives import first_seen
from sabai.proof.leaving import left_for_good, subscribed_stretches


@dataclass(frozen=True, slots=True)
class Stays:
    """One entry for each time that an account was a customer, by account, then start; shape (stays,).

    `account` indexes `accounts`. A stay holds at the as-of dates in (start, end]; `end` is NEVER while it goes on.
    Several stays of one account are that many times that it came.
    """

    accounts: tuple[str, ...]
    account: NDArray[np.int32]
    start: Days
    end: Days

    def present(self, bounds: Days) -> NDArray[np.bool_]:
        """Who was a customer when each of the days began; shape (accounts, bounds)."""
        opens, closes = (np.searchsorted(bounds, day, side="right") for day in (self.start, self.end))
        steps = np.zeros((len(self.accounts), len(bounds) + 1), dtype=np.int32)
        np.add.at(steps, (self.account, opens), 1)
        np.add.at(steps, (self.account, np.maximum(opens, closes)), -1)
        return np.cumsum(steps, axis=1)[:, :-1] > 0

    @property
    def first(self) -> Days:
        """The first day of the first stay of each account; NEVER for those who never were a customer."""
        first = np.full(len(self.accounts), NEVER, dtype=np.int32)
        np.minimum.at(first, self.account, self.start)
        return first

    def last_end(self, before: int) -> Days:
        """The last day before `before` on which a stay of each account ended; ALWAYS for those who never left."""
        ended = self.end < before
        last = np.full(len(self.accounts), ALWAYS, dtype=np.int32)
        np.maximum.at(last, self.account[ended], self.end[ended])
        return last


def stays(facts: Facts, definitions: Definitions, known_until: int) -> Stays:
    """All that is known of them at the day `known_until`, from the source that `churn:` names.

    Test accounts and prospects never stayed, nor did whoever left before coming. From subscriptions, a pause within the
    grace is none, nor is one that may yet end within it, and a trial is not yet a stay; else a stay runs from the
    account's start to its churn, or to the day on which its contract was over, and a former customer of whom nobody
    says when it left never stayed.
    """
    if definitions.churn.source == "subscriptions":
        rows = subscribed_stretches(facts, definitions.churn.grace_days)
    else:
        rows = _from_accounts(facts)
    held = (pl.col("start") < known_until, pl.col("start") < pl.col("end"))
    rows = rows.filter(*held).join(_customers(facts), on="account_id", how="semi")
    ended = pl.col("end") < settled_until(definitions, known_until)
    rows = rows.with_columns(end=pl.when(ended).then("end").otherwise(NEVER))
    places = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String}).with_row_index("account")
    rows = rows.join(places, on="account_id").sort("account", "start")
    return Stays(
        facts.account_ids,
        rows["account"].to_numpy().astype(np.int32),
        rows["start"].to_numpy().astype(np.int32),
        rows["end"].to_numpy().astype(np.int32),
    )


def settled_until(definitions: Definitions, known_until: int) -> int:
    """The day before which it is known who left: an ended subscription may yet go on within its grace."""
    return known_until - (definitions.churn.grace_days if definitions.churn.source == "subscriptions" else 0)


def newest_accounts(facts: Facts) -> pl.DataFrame:
    """What is known of each account today: the version that was received last."""
    if not facts.has("accounts"):
        return pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String})
    rows = facts.scan("accounts").filter(pl.col("superseded_day").is_null()).sort("received_day", "source", "key")
    return rows.collect().unique("account_id", keep="last", maintain_order=True)


def made_up(facts: Facts) -> pl.DataFrame:
    """The ids of test accounts, as they stand today."""
    accounts = newest_accounts(facts)
    return accounts.filter(pl.col("test") if "test" in accounts.columns else pl.lit(value=False)).select("account_id")


def _customers(facts: Facts) -> pl.DataFrame:
    accounts = newest_accounts(facts)
    if "lifecycle" in accounts.columns:
        accounts = accounts.filter(pl.col("lifecycle").fill_null("customer") != "prospect")
    return accounts.join(made_up(facts), on="account_id", how="anti").select("account_id")


def _from_accounts(facts: Facts) -> pl.DataFrame:
    """From the start that was written down, or the first fact; to the churn, or to where the contract was over."""
    accounts = newest_accounts(facts)
    for day in ("started_day", "ended_day"):
        if day not in accounts.columns:
            accounts = accounts.with_columns(pl.lit(None, dtype=pl.Int32).alias(day))
    former = pl.col("lifecycle").eq_missing("former") if "lifecycle" in accounts.columns else pl.lit(value=False)
    known = accounts.select("account_id", "started_day", "ended_day", former=former).join(
        left_for_good(facts), on="account_id", how="left"
    )
    if known["started_day"].null_count():
        known = known.join(first_seen(facts), on="account_id", how="left")
    else:
        known = known.with_columns(first_seen=pl.lit(None, dtype=pl.Int32))
    end = pl.min_horizontal(pl.col("effective_day").fill_null(NEVER), pl.col("ended_day").fill_null(NEVER))
    known = known.with_columns(start=pl.coalesce("started_day", "first_seen"), end=end)
    told = known.filter(pl.col("start").is_not_null(), ~pl.col("former") | (pl.col("end") != NEVER))
    return told.select("account_id", "start", "end")
