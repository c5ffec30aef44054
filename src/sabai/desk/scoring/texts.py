"""What people wrote, wherever the facts have it. Only jobs come here, through `scoring/door.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import polars as pl

from sabai.dates import to_day
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.sources import DESK
from sabai.facts.catalogue import day_column
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.log import Log
from sabai.facts.stored.store import is_store

PLACES = {
    "response": ("responses", "comment", "answered_at"),
    "ticket": ("tickets", "text", "opened_at"),
    "touchpoint": ("touchpoints", "note", "occurred_at"),
    "churn": ("churn", "comment", "effective_at"),
}
"""Kind of a text -> the table, its column, and when it was said."""
BESIDE = {"contact_id": "", "score": None, "scale_max": None, "language": "", "request": ""}
LONGEST_KEY = 200


class Text(NamedTuple):
    """`key` is the id of its fact, the same as long as the fact is; `score` only where it is a whole number."""

    kind: str
    key: str
    account_id: str
    contact_id: str
    at: datetime
    text: str
    score: int | None
    scale_max: int | None
    language: str
    request: str


def texts(facts: StoredFacts, since: date) -> Iterator[Text]:
    """Those that were said from that day on, each by its newest version; of a ticket that was merged none."""
    for kind, (table, column, at) in PLACES.items():
        if facts.has(table):
            yield from _of(kind, facts.scan(table), column, at, since)


def landings(company: Company) -> int:
    """How many landings the store has seen; 0 without one."""
    entries = Log(company.store).entries() if is_store(company.store) else []
    return entries[-1].number if entries else 0


def _of(kind: str, rows: pl.LazyFrame, column: str, at: str, since: date) -> Iterator[Text]:
    known = rows.collect_schema().names()
    if column not in known or at not in known:
        return
    said = pl.col(column).str.strip_chars()
    wanted = rows.filter(
        pl.col("superseded_day").is_null(), pl.col(day_column(at)) >= to_day(since), said.is_not_null(), said != ""
    )
    if "merged_into" in known:
        wanted = wanted.filter(pl.col("merged_into").is_null())
    missing = [pl.lit(value).alias(name) for name, value in BESIDE.items() if name not in known]
    for row in wanted.with_columns(missing).sort(at, "key").collect().iter_rows(named=True):
        yield _text(kind, row, row[column], row[at])


def _text(kind: str, row: dict[str, Any], text: str, at: datetime) -> Text:
    scored = kind == "response"
    return Text(
        kind=kind,
        key=key_of(row["source"], row["key"]),
        account_id=row["account_id"] or "",
        contact_id=row["contact_id"] or "",
        at=min(at, row["received_at"]) if kind == "churn" else at,  # who leaves later has said so already
        text=text,
        score=_whole(row["score"]) if scored else None,
        scale_max=_whole(row["scale_max"]) if scored else None,
        language=row["language"] or "",
        request=row["request"] or "",
    )


def key_of(source: str, key: str) -> str:
    """The desk knows its own facts by their ids alone; two tools may use the same ones.

    >>> key_of("desk", "desk-7"), key_of("crm", "7")
    ('desk-7', 'crm:7')
    """
    whole = key if source == DESK else f"{source}:{key}"
    return whole if len(whole) <= LONGEST_KEY else blake2b(whole.encode(), digest_size=16).hexdigest()


def _whole(value: float | None) -> int | None:
    return int(value) if value is not None and value.is_integer() and abs(value) < 30_000 else None
