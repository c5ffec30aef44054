"""Sources: files, the table they fill, and how each of its columns is made."""

from __future__ import annotations

from typing import Any

from sabai.definitions import words
from sabai.definitions.model import ColumnMap, Join, Source
from sabai.definitions.spelling.wheres import wheres
from sabai.definitions.written import Entries, Text, Written, one_or_many, texts


def spell_source(key: Text, node: Entries) -> Source:
    """The source under `key`."""
    given: dict[str, Any] = {
        name: node.text(name) for name in ("separator", "encoding", "sheet", "time_zone") if name in node
    }
    if "null" in node:
        given["nulls"] = texts(node.get("null"))
    return Source(
        name=key.text,
        files=texts(node.get("files")),
        table=node.text("table"),
        columns={column.text: _column(column, value) for column, value in node.section("columns")},
        joins=tuple(_join(join) for join in one_or_many(node.get("join")) if isinstance(join, Entries)),
        where=wheres(node.get("where"), None),
        lag_seconds=words.duration(node.text("lag", "0")),
        since=words.calendar_date(node.text("since")) if "since" in node else None,
        history="every" if node.text("history") == "every" else "last",
        line=key.line,
        **given,
    )


def _join(node: Entries) -> Join:
    return Join(node.text("file"), texts(node.get("on")))


def _column(key: Text, node: Written) -> ColumnMap:
    if not isinstance(node, Entries):
        return ColumnMap(columns=texts(node), line=key.line)
    plain = ("glue", "format", "decimal", "thousands", "unit", "through", "days_from", "time_zone")
    given: dict[str, Any] = {name: node.text(name) for name in plain if name in node}
    value = node.get("value")
    return ColumnMap(
        columns=texts(node.get("from")),
        value=value.text if isinstance(value, Text) else None,
        row_number=words.flag(node.text("row_number", "no")),
        nulls=texts(node.get("null")),
        offsets={
            word.text: words.calendar_date(day.text) for word, day in node.section("offsets") if isinstance(day, Text)
        },
        scale={word.text: _worth(worth) for word, worth in node.section("scale") if isinstance(worth, Text)},
        inclusive=words.flag(node.text("inclusive", "no")),
        line=key.line,
        **given,
    )


def _worth(node: Text) -> float | str | bool:
    """What a word of a scale is worth: a number or yes/no where it is written as one, else a text."""
    for read in () if node.quoted else (words.number, words.flag):
        try:
            return read(node.text)
        except ValueError:
            continue
    return node.text
