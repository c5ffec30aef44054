"""Whether one row of a fact table can be taken, by the vocabulary of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

import msgspec

from sabai.desk.intake import refusals
from sabai.desk.intake.checking import OBJECT, Item
from sabai.desk.intake.clocks import happened_at
from sabai.desk.intake.reading import decoded, harmless
from sabai.errors import did_you_mean
from sabai.facts.catalogue import TABLES, FactTable, Type

OPEN = tuple(name for name in TABLES if name not in ("dues", "identities"))
"""Tables of which rows can be sent: `dues` are made when landing, identities come from identify, group and alias."""

ROWS = msgspec.json.Decoder(list[msgspec.Raw])


def _instant(value: object) -> bool:
    return isinstance(value, str) and _converts(value, datetime)


def _date(value: object) -> bool:
    return isinstance(value, str) and _converts(value, date)


def _converts(value: str, kind: type) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _properties(value: object) -> bool:
    return isinstance(value, dict)


READS: dict[Type, tuple[Callable[[object], bool], str]] = {
    "text": (lambda value: isinstance(value, str), "a text"),
    "instant": (_instant, "a time such as 2026-06-29T08:15:00Z"),
    "date": (_date, "a date such as 2026-06-29"),
    "number": (_number, "a number"),
    "integer": (_integer, "a whole number"),
    "money": (_integer, "a whole number of minor units, and the currency beside it"),
    "flag": (lambda value: isinstance(value, bool), "true or false"),
    "instants": (lambda value: isinstance(value, list) and all(map(_instant, value)), "an array of times"),
    "properties": (_properties, "an object"),
}


def table_of(name: str) -> FactTable:
    """The table of that name, if rows of it can be sent."""
    if name not in OPEN:
        raise refusals.no_table(name, did_you_mean(name, OPEN))
    return TABLES[name]


def split(body: bytes) -> list[bytes]:
    """The rows of a JSON array, or of JSON lines."""
    if body.lstrip()[:1] == b"[":
        return [bytes(raw) for raw in decoded(body, ROWS)]
    return [line for line in body.splitlines() if line.strip()]


def checked_row(table: FactTable, index: int, raw: bytes, received: datetime) -> Item:
    """The row as it will be kept, or a Refusal.

    A happening is known again by its key. A thing has versions: only the same words again are the same.
    """
    harmless(raw)
    row = decoded(raw, OBJECT)
    for column, value in row.items():
        _fits(table, column, value)
    for column in dict.fromkeys((*table.required, *_key(table))):
        if row.get(column) in (None, ""):
            raise refusals.lacking(column)
    _not_ahead(table, row, received)
    words = msgspec.json.encode(row, order="deterministic")
    key = "\x1f".join(str(row[column]) for column in _key(table))
    same = "" if table.kind == "happening" else "\x1f" + blake2b(words, digest_size=16).hexdigest()
    return Item(index, key + same, words)


def _key(table: FactTable) -> tuple[str, ...]:
    """What must be there to know a row again: of things, only what they require."""
    return table.key if table.kind == "happening" else tuple(name for name in table.key if name in table.required)


def _fits(table: FactTable, column: str, value: Any) -> None:
    if column not in table.columns:
        raise refusals.no_column(column, did_you_mean(column, list(table.columns)))
    reads, wanted = READS[table.columns[column]]
    if value is not None and not reads(value):
        raise refusals.of_another_type(column, wanted)


def _not_ahead(table: FactTable, row: dict[str, Any], received: datetime) -> None:
    """Happenings have happened; things may well begin later."""
    told = row.get(table.time)
    if table.kind == "happening" and table.columns[table.time] == "instant" and told and table.name != "churn":
        happened_at(msgspec.convert(told, datetime), None, received)
