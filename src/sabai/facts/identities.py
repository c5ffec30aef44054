"""Who is who across tools: ids of a source to accounts and contacts, by the dated rows of `identities`."""

from __future__ import annotations

import polars as pl

from sabai.definitions.model import Source

DOMAIN = "domain"
"""The source name of mail domains: an address belongs to the account that has its domain."""

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def same_salesforce(source_id: str) -> str:
    """The first 15 characters of a Salesforce id of 18, whose last three only repeat which letters are capitals.

    >>> same_salesforce("001A0000006Vm9uIAC"), same_salesforce("001A0000006Vm9uXXX")
    ('001A0000006Vm9u', '001A0000006Vm9uXXX')
    """
    could_be = len(source_id) == 18 and source_id.isascii() and source_id.isalnum()
    return source_id[:15] if could_be and _check(source_id) == source_id[15:].upper() else source_id


def _check(source_id: str) -> str:
    parts = (source_id[start : start + 5] for start in (0, 5, 10))
    return "".join(_ALPHABET[sum(1 << n for n, letter in enumerate(part) if letter.isupper())] for part in parts)


def normal(ids: pl.Series, source_name: str) -> pl.Series:
    """Ids in the one form in which they are compared."""
    if source_name == DOMAIN:
        return ids.str.to_lowercase().str.split("@").list.last()
    if not (ids.str.len_bytes() == 18).any():
        return ids
    unique = ids.drop_nulls().unique().to_list()
    return ids.replace_strict({each: same_salesforce(each) for each in unique}, default=None, return_dtype=pl.String)


def resolved(rows: pl.DataFrame, source: Source, identities: pl.DataFrame) -> pl.DataFrame:
    """Replaces source ids by ours. Adds `_unresolved`: the code why an account is not known, and `_named`: its id.

    `identities` has source_name, source_id, account_id, contact_id, from_day, until_day (exclusive); `rows` has `_day`.
    """
    for name, column in source.columns.items():
        if column.through and name in ("account_id", "contact_id"):
            rows = _through(rows, name, column.through, identities)
    return rows


def _through(rows: pl.DataFrame, name: str, source_name: str, identities: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(normal(rows[name], source_name).alias("_id"))
    found = _owners_of(rows.select("_id", "_day").unique(), _of(identities, source_name))
    rows = rows.join(found, on=["_id", "_day"], how="left", nulls_equal=True, maintain_order="left")
    if name == "account_id":
        rows = rows.with_columns(
            pl.col("account_id").alias("_named"),
            _why().alias("_unresolved"),
            pl.col("_account").alias("account_id"),
            _or_found(rows, "contact_id", "_contact"),
        )
    else:
        rows = rows.with_columns(pl.coalesce("_contact", "contact_id").alias("contact_id"), *_account_by_contact(rows))
    return rows.drop("_id", "_account", "_contact", "_accounts")


def _account_by_contact(rows: pl.DataFrame) -> list[pl.Expr]:
    if "_named" in rows.columns:
        return [_or_found(rows, "account_id", "_account")]
    named = [pl.col("contact_id").alias("_named"), _why().alias("_unresolved")]
    return [_or_found(rows, "account_id", "_account"), *named]


def _or_found(rows: pl.DataFrame, name: str, found: str) -> pl.Expr:
    return (pl.coalesce(name, found) if name in rows.columns else pl.col(found)).alias(name)


def _why() -> pl.Expr:
    several = pl.col("_accounts") > 1
    return pl.when(several).then(pl.lit("FCT-131")).when(pl.col("_account").is_null()).then(pl.lit("FCT-130"))


def _of(identities: pl.DataFrame, source_name: str) -> pl.DataFrame:
    own = identities.filter(pl.col("source_name") == source_name)
    return own.with_columns(normal(own["source_id"], source_name).alias("_id"))


def _owners_of(asked: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """For each (id, day) the one account and contact; none where it is not known or there are several."""
    day = pl.col("_day")
    inside = (pl.col("from_day") <= day).fill_null(True) & (day < pl.col("until_day")).fill_null(True)
    each = asked.join(known, on="_id", how="inner").filter(inside)
    accounts, contacts = pl.col("account_id").drop_nulls(), pl.col("contact_id").drop_nulls()
    return each.group_by("_id", "_day").agg(
        accounts.n_unique().alias("_accounts"),
        pl.when(accounts.n_unique() == 1).then(accounts.first()).alias("_account"),
        pl.when(contacts.n_unique() == 1).then(contacts.first()).alias("_contact"),
    )
