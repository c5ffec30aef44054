"""Features that are missing: who asked for them, what these customers pay, and whether they left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.facts.landed import Facts
from sabai.feedback.asked.known import columns_of, known_at
from sabai.feedback.asked.paid import with_paid
from sabai.feedback.words.leaving import Left, left_after
from sabai.retention.stays import Stays


@dataclass(frozen=True, slots=True)
class Wish:
    """So many `tickets` of so many `accounts` asked for it. `monthly`: what those who are still there pay a month;
    `lost`: what those who have left since paid, minor units; None where no contracts are known."""

    wish: str
    tickets: int
    accounts: int
    still_there: int
    monthly: int | None
    lost: int | None
    left: Left


def wishes(
    facts: Facts, first: int, until: int, contracts: pl.DataFrame | None, stays: Stays, settled: int
) -> tuple[Wish, ...]:
    """By what is at stake, then by how many ask. The same words in other letters are one wish."""
    asked = _asked(facts, first, until)
    if asked.is_empty():
        return ()
    spoke = asked.group_by("account_id").agg(pl.col("day").min())
    whole = _customers(stays, until, contracts)
    talked = _talked(facts, first, until).join(spoke, on="account_id", how="anti")
    everybody = pl.concat([spoke, talked])
    found = [_wish(of, whole, everybody, stays, settled) for _, of in asked.group_by("wish", maintain_order=True)]
    return tuple(sorted(found, key=lambda each: (-(each.monthly or 0) - (each.lost or 0), -each.accounts, each.wish)))


def _wish(of: pl.DataFrame, customers: pl.DataFrame, everybody: pl.DataFrame, stays: Stays, settled: int) -> Wish:
    first = of.group_by("account_id").agg(pl.col("day").min())
    who = first.join(customers, on="account_id", how="left")
    here, gone = who.filter(pl.col("there")), who.filter(~pl.col("there").fill_null(value=False))
    paid = who["monthly"].null_count() < who.height
    return Wish(
        of["said"].value_counts(sort=True)["said"][0],
        of.height,
        who.height,
        here.height,
        int(here["monthly"].sum()) if paid else None,
        int(gone["monthly"].sum()) if paid else None,
        left_after(first, everybody, stays, settled),
    )


def _asked(facts: Facts, first: int, until: int) -> pl.DataFrame:
    """`said` as it was written, `wish` folded."""
    if "request" not in columns_of(facts, "tickets"):
        return pl.DataFrame(schema={"account_id": pl.String, "day": pl.Int32, "said": pl.String, "wish": pl.String})
    said = pl.col("request").str.normalize("NFC").str.replace_all(r"[\s\p{Cf}]+", " ").str.strip_chars()
    told = (
        known_at(facts, "tickets", until)
        .select("account_id", day=pl.col("opened_day"), said=said)
        .filter(pl.col("day").is_between(first, until - 1), pl.col("said") != "")
    )
    folded = pl.col("said").str.normalize("NFKC").str.to_lowercase()
    return told.with_columns(wish=folded).sort("account_id", "day").collect()


def _talked(facts: Facts, first: int, until: int) -> pl.DataFrame:
    """The first ticket of each account, whatever it was about."""
    rows = known_at(facts, "tickets", until).filter(pl.col("opened_day").is_between(first, until - 1))
    return rows.group_by("account_id").agg(day=pl.col("opened_day").min()).collect()


def _customers(stays: Stays, until: int, contracts: pl.DataFrame | None) -> pl.DataFrame:
    """Whether each is still there, and what it pays a month, or paid on its last day."""

    there = stays.present(np.array([until], dtype=np.int32))[:, 0]
    last = np.minimum(stays.last_end(until + 1), until)
    rows = pl.DataFrame(
        {"account_id": stays.accounts, "there": there, "left": last}, schema_overrides={"left": pl.Int32}
    )
    rows = rows.with_columns(on=pl.when("there").then(until).otherwise("left").cast(pl.Int32))
    return with_paid(rows, contracts, "on").select("account_id", "there", "monthly")
