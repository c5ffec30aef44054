"""Who left, when and why, who looked after them, and whether anybody asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from sabai.dates import from_day
from sabai.facts.landed import Facts
from sabai.proof.leaving import left_for_good
from sabai.retention.groups import grouped
from sabai.retention.last_seen import LastSeen
from sabai.retention.stays import Stays

Asked = Literal["answered", "asked", "not asked"]
HOW = ("voluntary", "involuntary", "not said")
AROUND_LEAVING = 90
"""An exit survey goes out after the notice, which may come so many days before the end."""

_UNWILLING = r"(?i)payment|involuntary|card|dunning|delinquen"


@dataclass(frozen=True, slots=True)
class Churned:
    """One customer who left. `reason` and `comment` are in their own words; "" where nobody wrote anything down.

    `how` is one of HOW: whether they chose to leave or a payment failed. `asked`: whether an exit survey reached them.
    `last_seen`: what the score said before, where it was scored.
    """

    account_id: str
    name: str
    left_on: date
    notice_on: date | None
    how: str
    reason: str
    comment: str
    owner: str
    asked: Asked
    stayed_days: int
    last_seen: LastSeen | None = None

    @property
    def spoke_on(self) -> date:
        """When they said that they would leave, or else left."""
        return min(self.left_on, self.notice_on or self.left_on)


def churned(facts: Facts, stays: Stays, names: Mapping[str, str], first: int, last: int) -> tuple[Churned, ...]:
    """Those whose stay ended in [first, last), the latest first. `names` by account id."""
    ended = np.flatnonzero((stays.end >= first) & (stays.end < last))
    if not ended.size:
        return ()
    rows = pl.DataFrame(
        {
            "account_id": [stays.accounts[place] for place in stays.account[ended]],
            "start": stays.start[ended],
            "end": stays.end[ended],
        }
    )
    told = _told(facts, rows).join(_asked(facts), on="account_id", how="left", maintain_order="left")
    days, place = np.unique(stays.end[ended], return_inverse=True)
    owners = grouped(facts, stays, "owner", days)
    own = [owners.names[owners.code[account, day]] for account, day in zip(stays.account[ended], place, strict=True)]
    order = np.argsort(-stays.end[ended], kind="stable")
    found = told.to_dicts()
    return tuple(_one(found[at], names, own[at]) for at in order)


def _told(facts: Facts, rows: pl.DataFrame) -> pl.DataFrame:
    """What the churn facts say of them; how they left, where nobody says it, is not said."""
    facts_of = left_for_good(facts)
    for column in ("reason", "comment", "kind"):
        if column not in facts_of.columns:
            facts_of = facts_of.with_columns(pl.lit(None, dtype=pl.String).alias(column))
    if "notice_at" not in facts_of.columns:
        facts_of = facts_of.with_columns(pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("notice_at"))
    kind = pl.col("kind")
    how = pl.when(kind.is_null()).then(pl.lit("not said")).when(kind.str.contains(_UNWILLING))
    said = facts_of.select(
        "account_id", "reason", "comment", notice=pl.col("notice_at").dt.date(),
        how=how.then(pl.lit("involuntary")).otherwise(pl.lit("voluntary")),
    )  # fmt: skip
    return rows.join(said, on="account_id", how="left", maintain_order="left")


def _asked(facts: Facts) -> pl.DataFrame:
    """The last exit survey of each account: when it was asked, and whether somebody answered."""
    if not facts.has("responses"):
        return pl.DataFrame(schema={"account_id": pl.String, "asked_day": pl.Int32, "answered": pl.Boolean})
    exits = facts.scan("responses").filter(pl.col("kind").str.to_lowercase() == "exit")
    return (
        exits.group_by("account_id")
        .agg(asked_day=pl.col("asked_day").max(), answered=pl.col("answered_day").is_not_null().any())
        .collect()
    )


def _one(row: Mapping[str, object], names: Mapping[str, str], owner: str) -> Churned:
    start, end = int(str(row["start"])), int(str(row["end"]))
    account_id, notice = str(row["account_id"]), row["notice"]
    return Churned(
        account_id,
        names.get(account_id, account_id),
        from_day(end),
        notice if isinstance(notice, date) else None,
        str(row["how"] or "not said"),
        str(row["reason"] or ""),
        str(row["comment"] or ""),
        owner,
        _whether(row, end),
        end - start,
    )


def _whether(row: Mapping[str, object], end: int) -> Asked:
    asked = row["asked_day"]
    if not isinstance(asked, int) or asked < end - AROUND_LEAVING:
        return "not asked"
    return "answered" if row["answered"] else "asked"
