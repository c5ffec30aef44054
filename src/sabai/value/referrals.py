"""What customers brought by recommending us: the accounts that they referred, and what those are worth."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.facts.landed import Facts
from sabai.value.valued import Valued
from sabai.value.values import Referrals, worth


def referrals(facts: Facts, valued: Valued, as_of: int) -> Referrals | None:
    """None where nobody is known to have referred anybody; an account that several referred belongs to the first."""
    brought = _brought(facts, as_of)
    if not brought.height:
        return None
    paid = "revenue_minor" if "revenue_minor" in valued.frame.columns else "spent_minor"
    came = brought.filter(pl.col("referred").is_in(valued.won["account_id"].implode()))
    values = valued.with_values().select("account_id", pl.col(paid).alias("revenue_minor"), "value_minor", here=True)
    each = came.join(values, left_on="referred", right_on="account_id", how="left")
    weight = np.isin(valued.frame["account_id"].to_numpy(), came["referred"].to_numpy()).astype(np.float64)
    by_referrer = each.group_by("account_id").agg(
        brought=pl.len(), revenue_minor=pl.col("revenue_minor").sum(), value_minor=pl.col("value_minor").sum()
    )
    return Referrals(
        brought.height,
        came.height,
        int(each["here"].fill_null(False).sum()),
        round(each["revenue_minor"].sum() or 0),
        worth(valued.total(weight)),
        by_referrer.cast({"revenue_minor": pl.Int64}).sort("value_minor", "account_id", descending=[True, False]),
    )


def _brought(facts: Facts, as_of: int) -> pl.DataFrame:
    """account_id, referred: once for each who was referred."""
    empty = pl.DataFrame(schema={"account_id": pl.String, "referred": pl.String})
    if not facts.has("advocacy"):
        return empty
    rows = facts.scan("advocacy")
    if not {"referred_account_id", "account_id"} <= set(rows.collect_schema().names()):
        return empty
    known = (pl.col("occurred_day") < as_of) & (pl.col("received_day").fill_null(as_of - 1) < as_of)
    told = rows.filter(known, pl.col("kind") == "referral", pl.col("referred_account_id").is_not_null())
    first = told.sort("occurred_day", "key").unique("referred_account_id", keep="first", maintain_order=True)
    named = first.select("account_id", referred=pl.col("referred_account_id"))
    return named.filter(pl.col("account_id").is_not_null()).collect()
