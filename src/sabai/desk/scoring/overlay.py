"""What is told of an account or a contact in passing is laid over what is known of it: the rest stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Facts

KEYS = {"accounts": "account_id", "contacts": "contact_id"}
Row = dict[str, Any]


def overlaid(facts: Facts | None, table: str, rows: list[Row]) -> list[Row]:
    """The rows, each with what was known before it in columns that it leaves out; other tables as they are."""
    key = KEYS.get(table)
    if key is None:
        return rows
    known = _known(facts, table, key, {row[key] for row in rows if row.get(key)})
    laid: list[Row] = []
    for row in rows:
        before = known.get(row.get(key), {})
        laid.append({**before, **{name: value for name, value in row.items() if value is not None}})
        known[row.get(key)] = {name: value for name, value in laid[-1].items() if name != "received_at"}
    return laid


def _known(facts: Facts | None, table: str, key: str, ids: Iterable[str]) -> dict[Any, Row]:
    """What the newest row of each says, whichever source it came from."""
    if facts is None or not facts.has(table):
        return {}
    rows = facts.scan(table).filter(pl.col(key).is_in(list(ids))).sort("received_at", nulls_last=False)
    names = [
        name for name in rows.collect_schema().names() if name in _columns(table) or name.startswith("properties.")
    ]
    last = rows.group_by(key).agg(pl.col(name).drop_nulls().last() for name in names if name != key).collect()
    return {row[key]: {name: value for name, value in row.items() if value is not None} for row in last.to_dicts()}


def _columns(table: str) -> Iterable[str]:
    return [name for name in TABLES[table].columns if name != "updated_at"]
