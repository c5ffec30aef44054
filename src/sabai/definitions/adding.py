"""A source added to a file that somebody wrote: all that stands there stays, comments and spaces too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from sabai.definitions.lines import read_lines
from sabai.definitions.model import ColumnMap, Source
from sabai.definitions.written import NULLS

_PLAIN = re.compile(r"[^\W\d][\w.-]*( [\w.-]+)*")
_WORDS = (*NULLS, "yes", "no", "true", "false", "on", "off", "y", "n")


def with_source(text: str, path: Path, source: Source) -> str:
    """The text that stands in the file at `path` with one source more, below the others.

    Of a source its files, its table and its columns are written, of a column `from`, `format`, `unit` and `thousands`.
    Raises DefinitionsError where the text cannot be read; whether it may stand says who reads it.
    """
    read_lines(text, path.name)
    place = _place(text)
    if place.flow:
        written = f"{source.name}: {{ {', '.join(_entries(source))} }}"
        return text[: place.end] + (", " if place.filled else " ") + written + text[place.end :]
    written = _block(source, place.indent)
    head = "" if place.there else "sources:\n"
    before = text[: _line_end(text, place.end)]
    between = "" if not before or before.endswith("\n") else "\n"
    return before + between + head + written + text[len(before) :]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the last source ends, how far the first is indented, and whether there are any."""

    end: int
    indent: int = 2
    there: bool = True
    filled: bool = True
    flow: bool = False


def _place(text: str) -> _Place:
    """Where the section ends that the parser sees under `sources`; the end of the text where there is none."""
    inside = list(_under("sources", text))
    if not inside:
        return _Place(len(text), there=False)
    begun, *rest = inside
    ends = [event.end_mark.index for event in rest if not _closes_block(event)]
    if not isinstance(begun, MappingStartEvent):  # nothing stands behind the colon
        return _Place(begun.start_mark.index)
    if begun.flow_style:
        closing = rest.pop()
        ends = [event.end_mark.index for event in rest]
        return _Place(max(ends, default=closing.start_mark.index), filled=bool(rest), flow=True)
    return _Place(max(ends), rest[0].start_mark.column)


def _under(name: str, text: str) -> Iterator[Any]:
    """The events of the value under a key of the whole file."""
    depth, keys, here = 0, 0, False
    for event in YAML(typ="safe", pure=True).parse(text):
        depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)
        top = depth == 1 and not isinstance(event, MappingEndEvent | SequenceEndEvent)
        if here and top and keys % 2 == 0:
            return
        if here and depth:
            yield event
        if top:
            here = here or (keys % 2 == 0 and isinstance(event, ScalarEvent) and event.value == name)
            keys += 1
        depth += isinstance(event, MappingStartEvent | SequenceStartEvent)


def _closes_block(event: Any) -> bool:
    """The end of a block lies where the next thing begins, behind all comments."""
    closes = isinstance(event, MappingEndEvent | SequenceEndEvent)
    return closes and bool(event.start_mark.index == event.end_mark.index)


def _line_end(text: str, index: int) -> int:
    """Behind the line in which something ended; there, where the line had ended with it."""
    if index and text[index - 1] == "\n":
        return index
    return (text.find("\n", index) + 1) or len(text)


def _block(source: Source, indent: int) -> str:
    outer, inner = " " * indent, " " * indent * 2
    columns = "".join(f"{inner}{' ' * indent}{each}\n" for each in _columns(source.columns))
    files, table, _ = _entries(source)
    return f"{outer}{source.name}:\n{inner}{files}\n{inner}{table}\n{inner}columns:\n{columns}"


def _entries(source: Source) -> tuple[str, str, str]:
    columns = ", ".join(_columns(source.columns))
    return f"files: {_many(source.files)}", f"table: {source.table}", f"columns: {{ {columns} }}"


def _columns(columns: Mapping[str, ColumnMap]) -> list[str]:
    return [f"{_text(ours)}: {_column(column)}" for ours, column in columns.items()]


def _column(column: ColumnMap) -> str:
    said = {"format": column.format, "unit": column.unit, "thousands": column.thousands}
    more = [f"{name}: {_text(value)}" for name, value in said.items() if value]
    theirs = _many(column.columns)
    return f"{{ {', '.join([f'from: {theirs}', *more])} }}" if more else theirs


def _many(texts: Sequence[str]) -> str:
    return _text(texts[0]) if len(texts) == 1 else f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """
    >>> _text("Invoice no"), _text("no"), _text("Date: paid")
    ('Invoice no', '"no"', '"Date: paid"')
    """
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
