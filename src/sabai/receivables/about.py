"""Who each account is, and who answers for it."""

from __future__ import annotations

import polars as pl

from sabai.facts.landed import Facts
from sabai.receivables.reading import day, known, read

ABOUT = ("segment", "country", "industry")
_ACCOUNTS = {"account_id": pl.String, "name": pl.String, **dict.fromkeys(ABOUT, pl.String), "language": pl.String}
_OWNERS = {"account_id": pl.String, "user": pl.String, "from_on": pl.Date, "until_on": pl.Date}


def about_accounts(facts: Facts, as_of: int) -> pl.DataFrame:
    """account_id, name, segment, country, industry, language, and the owner at `as_of`: who was named last for it."""
    accounts = known(read(facts, "accounts", _ACCOUNTS), as_of).select(*_ACCOUNTS)
    accounts = accounts.sort("account_id").unique("account_id", keep="last", maintain_order=True)
    return accounts.join(_owners(facts, as_of), on="account_id", how="left", maintain_order="left")


def _owners(facts: Facts, as_of: int) -> pl.DataFrame:
    rows = known(read(facts, "owners", _OWNERS), as_of).with_columns(day("from_on"), day("until_on"))
    begun = (pl.col("from_day") < as_of).fill_null(True)
    rows = rows.filter(begun, (pl.col("until_day") >= as_of).fill_null(True))
    newest = rows.sort("account_id", "from_day", "user", nulls_last=False)
    return newest.group_by("account_id", maintain_order=True).agg(pl.col("user").last().alias("owner"))
