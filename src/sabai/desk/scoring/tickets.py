"""Which tickets were solved, for whoever asks how that went. Only jobs come here, through `scoring/door.py`."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import polars as pl

from sabai.dates import from_day, to_day
from sabai.facts.stored.facts import StoredFacts


class Solved(NamedTuple):
    """`contact_id` is "" where the ticket names nobody."""

    ticket_id: str
    account_id: str
    contact_id: str
    on: date


def solved_since(facts: StoredFacts, since: date) -> list[Solved]:
    """Each by its newest version, the earliest first; one that was merged into another is not one of its own."""
    if not facts.has("tickets"):
        return []
    tickets = facts.scan("tickets")
    known = tickets.collect_schema().names()
    if "resolved_day" not in known:
        return []
    newest = tickets.filter(pl.col("superseded_day").is_null(), pl.col("resolved_day") >= to_day(since))
    if "merged_into" in known:
        newest = newest.filter(pl.col("merged_into").is_null())
    whose = pl.col("contact_id") if "contact_id" in known else pl.lit(None, dtype=pl.String).alias("contact_id")
    rows = newest.select("ticket_id", "account_id", whose, "resolved_day").sort("resolved_day", "ticket_id").collect()
    return [
        Solved(ticket, account, contact or "", from_day(day))
        for ticket, account, contact, day in rows.iter_rows()
        if account
    ]
