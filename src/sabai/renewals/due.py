"""What comes up for renewal: which account, when, for how much, and whether it has already said no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.proof.leaving import leavings
from sabai.renewals.agreements import ROLLING_MONTHS, Agreements
from sabai.retention.groups import UNKNOWN, grouped
from sabai.retention.stays import Stays, newest_accounts, stays


@dataclass(frozen=True, slots=True)
class Due:
    """One renewal: all items of an account with one day. Money in minor units of the workspace's currency.

    `monthly_minor` recurs, `value_minor` is that of the term which would begin (both None where no item has an amount);
    `products` has the value of each. `notice`: it has said that it leaves. `owner` and `segment` are "" where unknown.
    """

    account_id: str
    account: int
    day: int
    days_left: int
    monthly_minor: int | None
    value_minor: int | None
    term_months: int
    auto_renew: bool | None
    notice: bool
    products: tuple[tuple[str, int], ...]
    owner: str
    segment: str


@dataclass(frozen=True, slots=True)
class Rolling:
    """Accounts with contracts that renew every month, how many of them leave, and those whose contracts lack a term."""

    accounts: int
    monthly_minor: int
    notices: int
    without_term: int


@dataclass(frozen=True, slots=True)
class ComingUp:
    """Renewals by day, then account, and what stands apart from them."""

    renewals: tuple[Due, ...]
    rolling: Rolling
    notices: tuple[str, ...]


def coming_up(
    facts: Facts, definitions: Definitions, agreed: Agreements, as_of: int, horizon_days: int
) -> ComingUp:  # fmt: skip
    """What renews in [as_of, as_of + horizon), of customers; as known when the day `as_of` began."""
    who = stays(facts, definitions, as_of)
    customers = np.flatnonzero(who.present(np.array([as_of], dtype=np.int32))[:, 0]).astype(np.int32)
    left = leavings(facts, definitions, as_of)
    notice_in = left.days_until(customers, np.full(len(customers), as_of, dtype=np.int32))[0]
    leaving = pl.Series(customers[notice_in < 0])
    running = agreed.at(as_of).filter(pl.col("account").is_in(pl.Series(customers).implode()))
    running = running.with_columns(notice=pl.col("notice") | pl.col("account").is_in(leaving.implode()))
    within = pl.col("due") < as_of + horizon_days
    due = running.filter(within, pl.col("term_months") > ROLLING_MONTHS)
    return ComingUp(_rows(facts, who, due, as_of), _rolling(running), tuple(_notices(due)))


def _rows(facts: Facts, who: Stays, due: pl.DataFrame, as_of: int) -> tuple[Due, ...]:
    worth = pl.col("monthly_minor") * pl.col("term_months")
    amounts = {"monthly_minor": pl.col("monthly_minor"), "value_minor": worth}
    rows = due.sort("due", "account", "product").group_by("due", "account", "notice", maintain_order=True).agg(
        *(pl.when(each.count() > 0).then(each.sum()).alias(name) for name, each in amounts.items()),
        pl.col("term_months").max(), pl.col("auto_renew").min(),
        products=pl.struct(pl.col("product").fill_null(UNKNOWN).alias("name"), worth.fill_null(0).alias("worth")),
    )  # fmt: skip
    owner, segment = (_group(facts, who, by, as_of) for by in ("owner", "segment"))
    found = (_row(row, who.accounts, as_of, owner, segment) for row in rows.iter_rows(named=True))
    return tuple(sorted(found, key=lambda each: (each.day, each.account_id, each.notice)))


def _row(
    row: dict[str, Any], accounts: Sequence[str], as_of: int, owner: Sequence[str], segment: Sequence[str]
) -> Due:  # fmt: skip
    account, day = row["account"], row["due"]
    products = tuple((each["name"], each["worth"]) for each in row["products"])
    return Due(
        accounts[account], account, day, day - as_of, row["monthly_minor"], row["value_minor"], row["term_months"],
        row["auto_renew"], row["notice"], products, owner[account], segment[account],
    )  # fmt: skip


def _group(facts: Facts, who: Stays, by: str, as_of: int) -> list[str]:
    """The owner or the segment of every account; "" where nobody says so."""
    if by == "segment" and by not in newest_accounts(facts).columns:
        return [UNKNOWN] * len(who.accounts)
    groups = grouped(facts, who, by, np.array([as_of], dtype=np.int32))
    return [groups.names[code] for code in groups.code[:, 0].tolist()]


def _rolling(running: pl.DataFrame) -> Rolling:
    rolls = running.filter(pl.col("term_months") <= ROLLING_MONTHS, pl.col("term_months") > 0)
    without = running.filter(pl.col("due").is_null())
    accounts, leaving = (each["account"].n_unique() for each in (rolls, rolls.filter("notice")))
    return Rolling(accounts, int(rolls["monthly_minor"].sum() or 0), leaving, without["account"].n_unique())


def _notices(due: pl.DataFrame) -> list[str]:
    counts = (
        (due["monthly_minor"].null_count(), "have no amount a month, and are not in money"),
        (int((due["monthly_minor"] < 0).sum()), "are negative: they are taken off their customer's renewal"),
    )
    return [f"{count:,} subscriptions that are due {what}." for count, what in counts if count]
