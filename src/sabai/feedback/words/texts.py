"""Everything that customers wrote, or that was written down of them, out of four tables."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from sabai.facts.landed import Facts
from sabai.feedback.asked.known import columns_of, known_at

SCHEMA = {
    "where": pl.String,  # responses, tickets, touchpoints or churn
    "key": pl.String,
    "account_id": pl.String,
    "day": pl.Int32,
    "text": pl.String,
    "farewell": pl.Boolean,  # said on leaving: in a churn row, or in answer to an exit survey
}
_TABLES = (
    ("responses", "comment", ("answered_day", "asked_day"), "response_id"),
    ("tickets", "text", ("opened_day",), "ticket_id"),
    ("touchpoints", "note", ("occurred_day",), "touchpoint_id"),
    ("churn", "comment", ("notice_day", "effective_day"), "account_id"),
)


def texts(facts: Facts, first: int, until: int) -> pl.DataFrame:
    """Those of [first, until) that were received before, with SCHEMA, by account and day; empty ones are none."""
    found = [
        _of(facts, table, column, days, key, until)
        for table, column, days, key in _TABLES
        if column in columns_of(facts, table)
    ]
    if not found:
        return pl.DataFrame(schema=SCHEMA)
    rows = pl.concat(found).filter(pl.col("day").is_between(first, until - 1), pl.col("text") != "")
    return rows.select(*SCHEMA).sort("account_id", "day", "where", "key").collect()


def _of(facts: Facts, table: str, column: str, days: tuple[str, ...], key: str, until: int) -> pl.LazyFrame:
    """As each stood on the last day."""
    given = columns_of(facts, table)
    day = pl.coalesce(*(name for name in days if name in given))
    return known_at(facts, table, until).select(
        "account_id", where=pl.lit(table), key=pl.col(key), day=day,
        text=pl.col(column).str.strip_chars(), farewell=_farewell(table, given),
    )  # fmt: skip


def _farewell(table: str, given: Collection[str]) -> pl.Expr:
    if table == "responses" and "kind" in given:
        return pl.col("kind").str.to_lowercase().eq_missing("exit")
    return pl.lit(table == "churn")
