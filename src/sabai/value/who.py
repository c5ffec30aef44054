"""Accounts as value speaks of them: their name, the segment that they stand in, and whether they count."""

from __future__ import annotations

import polars as pl

from sabai.errors import Issue, UsageError, did_you_mean
from sabai.facts.landed import Facts

_SCHEMA = {"account_id": pl.String, "name": pl.String, "segment": pl.String}
_KINDS = ("segment", "industry", "country", "language", "parent_id")
ALL = "all"


def accounts(facts: Facts, as_of: int, by: str | None) -> pl.DataFrame:
    """account_id, name, segment of all accounts but tests and prospects, by account_id; `by` is a column of accounts.

    Without `by`, or where accounts have no segments: all are one. Raises UsageError for a column that is not there.
    """
    everybody = pl.DataFrame({"account_id": facts.account_ids}, schema={"account_id": pl.String})
    rows = _newest(facts, as_of)
    if by and by not in rows.columns:
        known = [name for name in rows.columns if name in _KINDS or name.startswith("properties.")]
        raise UsageError(_no_such(by, known))
    told = rows.select(
        "account_id",
        pl.col("name").cast(pl.String) if "name" in rows.columns else pl.lit(None, dtype=pl.String).alias("name"),
        segment=pl.col(by).cast(pl.String) if by else pl.lit(ALL),
        out=_is(rows, "test") | (_word(rows, "lifecycle") == "prospect"),
    )
    joined = everybody.join(told, on="account_id", how="left", maintain_order="left")
    kept = joined.filter(~pl.col("out").fill_null(False)).drop("out")
    return kept.with_columns(pl.col("segment").fill_null("unknown" if by else ALL)).cast(pl.Schema(_SCHEMA))


def segment_column(facts: Facts, asked: str | None) -> str | None:
    """What was asked for, else "segment" where accounts have any."""
    if asked or not facts.has("accounts"):
        return asked
    rows = facts.scan("accounts")
    there = "segment" in rows.collect_schema().names()
    return "segment" if there and rows.select(pl.col("segment").is_not_null().any()).collect().item() else None


def _newest(facts: Facts, as_of: int) -> pl.DataFrame:
    if not facts.has("accounts"):
        return pl.DataFrame(schema={"account_id": pl.String})
    known = pl.col("received_day").fill_null(as_of - 1) < as_of
    rows = facts.scan("accounts").filter(pl.col("superseded_day").is_null() & known).collect()
    return rows.unique("account_id", keep="last", maintain_order=True)


def _is(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).fill_null(False) if name in rows.columns else pl.lit(False)


def _word(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).fill_null("") if name in rows.columns else pl.lit("")


def _no_such(by: str, known: list[str]) -> Issue:
    return Issue(
        "VAL-001", f'Accounts have no column "{by}".', why="Nobody could be told apart by it.",
        hint=did_you_mean(by, known) or "Map one, or leave --by out.",
    )  # fmt: skip
