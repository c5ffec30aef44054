"""Which account a row belongs to, by whatever it names; rows of unknown accounts wait."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sabai.facts.aside import Check
from sabai.facts.catalogue import FactTable
from sabai.facts.identities import same_salesforce

MAY_LACK = frozenset({"contacts", "identities"})
"""Tables of which a row makes sense before its account is known."""


def by_other(rows: pl.DataFrame, name: str, owners: pl.DataFrame) -> pl.DataFrame:
    """Fills unknown accounts by another column that the row names: its contact, its invoice.

    `owners` has that column and account_id; whoever belongs to several accounts says nothing.
    """
    if name not in rows.columns or name not in owners.columns or "account_id" not in owners.columns:
        return rows
    pairs = owners.select(name, pl.col("account_id").alias("_owner")).drop_nulls().unique()
    single = pairs.filter(~pl.col(name).is_duplicated())
    own = pl.col("account_id") if "account_id" in rows.columns else pl.lit(None, dtype=pl.String)
    joined = rows.join(single, on=name, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce(own, "_owner").alias("account_id")).drop("_owner")


def spelled_as_known(rows: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """Salesforce ids of 15 and 18 characters become the one that the accounts table uses."""
    if known is None or "account_id" not in rows.columns:
        return rows
    used = {same_salesforce(each): each for each in known["account_id"].to_list()}
    strangers = rows.select("account_id").unique().join(known, on="account_id", how="anti").to_series().drop_nulls()
    meant = {each: used[same_salesforce(each)] for each in strangers.to_list() if same_salesforce(each) in used}
    return rows.with_columns(pl.col("account_id").replace(meant)) if meant else rows


def checks(rows: pl.DataFrame, table: FactTable, known: pl.DataFrame | None) -> Iterator[Check]:
    """Rows that must wait: their account is not named, not resolved, or not among the known (None: all are known)."""
    if "account_id" not in table.columns or table.name == "accounts":
        return
    if "account_id" not in rows.columns:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias("account_id"))
    if table.name not in MAY_LACK:
        yield from _unnamed(rows)
    if known is not None:
        strange = rows["account_id"].is_not_null() & ~rows["account_id"].is_in(known["account_id"].implode())
        yield Check("account_id", "FCT-132", strange, rows["account_id"])


def _unnamed(rows: pl.DataFrame) -> Iterator[Check]:
    unknown = rows["account_id"].is_null()
    if "_unresolved" in rows.columns:
        for code in ("FCT-131", "FCT-130"):
            yield Check("account_id", code, unknown & (rows["_unresolved"] == code), rows["_named"])
    yield Check("account_id", "FCT-133", unknown, rows["account_id"])
