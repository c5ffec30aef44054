"""Filters: `{ name: login, severity: [urgent, high], score: ">= 9", channel: [not: mail] }`."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions import words
from sabai.definitions.model import Op, Scalar, Where
from sabai.definitions.vocabulary import column_type
from sabai.definitions.written import Entries, Items, Text, Written, one_or_many, texts
from sabai.facts.catalogue import Type

_OPS: tuple[Op, ...] = (">=", "<=", ">", "<")
_NUMBERS = ("number", "integer", "money")


def wheres(node: Written | None, table: str | None) -> tuple[Where, ...]:
    """The filters on columns of a fact table; with `table` None on foreign columns, whose values are texts."""
    if not isinstance(node, Entries):
        return ()
    return tuple(where for key, value in node for where in _of_column(key.text, value, _type(table, key.text)))


def _type(table: str | None, column: str) -> Type:
    return (table and column_type(table, column)) or "text"


def _of_column(column: str, node: Written, kind: Type) -> Iterator[Where]:
    if isinstance(node, Text):
        yield _of_text(column, node.text, kind)
        return
    values = [item for item in one_or_many(node) if isinstance(item, Text)]
    if values or (isinstance(node, Items) and not node.items):
        yield Where(column, "in", tuple(value(item.text, kind) for item in values))
    others = [text for item in one_or_many(node) if isinstance(item, Entries) for text in texts(item.get("not"))]
    if others:
        yield Where(column, "not in", tuple(value(text, kind) for text in others))


def _of_text(column: str, text: str, kind: Type) -> Where:
    if text == "known":
        return Where(column, "known")
    if text == "unknown":
        return Where(column, "unknown")
    for op in _OPS:
        if text.startswith(op):
            return Where(column, op, (words.number(text.removeprefix(op).strip()),))
    return Where(column, "in", (value(text, kind),))


def value(text: str, kind: Type) -> Scalar:
    """The text as a value of its column's type. Raises ValueError if it is none."""
    if kind == "flag":
        return words.flag(text)
    return words.number(text) if kind in _NUMBERS else text
