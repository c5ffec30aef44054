"""The same export every month: a file's mapping as a source of the definitions, and the next file known by it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from fnmatch import fnmatch
from glob import escape
from pathlib import PurePath
from typing import Any

from sabai.definitions.model import ColumnMap, Definitions, Source
from sabai.desk.intake.files.values import written_as
from sabai.desk.intake.models import Upload
from sabai.facts.catalogue import TABLES

Columns = dict[str, dict[str, Any]]
"""{our column: {"from": theirs, "dates": order}}"""
NUMBERS = ("number", "integer", "money")


def pattern(name: str) -> str:
    """Files that are called like this one, whatever day or number their name ends with.

    >>> pattern("invoices-2026-05.csv"), pattern("2026.csv"), pattern("เก่า [1].xlsx")
    ('invoices*.csv', '2026.csv', 'เก่า*.xlsx')
    """
    path = PurePath(name)
    stem = re.split(r"\d", path.stem, maxsplit=1)[0].rstrip(" -_.([")
    return f"{escape(stem)}*{path.suffix}" if stem else escape(name)


def name_of(upload: Upload, table: str, taken: Collection[str]) -> str:
    """A name that definitions can speak of, and that nothing else has.

    >>> name_of(Upload(name="Old invoices 2026-05.csv"), "invoices", ["old_invoices"])
    'old_invoices_2'
    """
    words = re.findall("[a-z0-9]+", PurePath(pattern(upload.name)).stem.lower())
    name = "_".join(words)[:36].strip("_")
    name = name if name[:1].isalpha() else f"{table}_file"
    names = (name, *(f"{name}_{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)


def as_source(upload: Upload, name: str, table: str, columns: Columns) -> Source:
    """What a person said of the file, as `sabai.yaml` says it; how dates are written is seen in its first rows."""
    rows = (upload.looked or {}).get("rows", ())
    made: dict[str, ColumnMap] = {}
    for ours, said in columns.items():
        kind, theirs = TABLES[table].columns[ours], said["from"]
        values = [row[theirs] for row in rows if theirs in row]
        made[ours] = ColumnMap(
            (theirs,),
            format=written_as(values, said["dates"]) if kind in ("date", "instant") else None,
            thousands="," if kind in NUMBERS and any("," in value for value in values) else "",
            unit="major" if kind == "money" else None,
        )
    return Source(name, (pattern(upload.name),), table, made)


def known(definitions: Definitions, name: str, names: Collection[str]) -> tuple[str, str, Columns] | None:
    """Name and table of the source that reads such files, and its mapping; None where none does, or it does more."""
    for source in definitions.sources.values():
        theirs = {each for column in source.columns.values() for each in column.columns}
        if any(fnmatch(name, each) for each in source.files) and theirs <= set(names) and _is_plain(source):
            return source.name, source.table, _mapping(source.columns)
    return None


def _mapping(columns: Mapping[str, ColumnMap]) -> Columns:
    return {ours: {"from": each.columns[0], "dates": _order(each.format)} for ours, each in columns.items()}


def _order(form: str | None) -> str:
    first = re.search("%[dmY]", form or "")
    return {"%d": "dmy", "%m": "mdy"}.get(first[0] if first else "", "ymd")


def _is_plain(source: Source) -> bool:
    """Whether the page of a file can say all that the source says."""
    table = TABLES.get(source.table)
    if table is None or source.joins or source.where or source.lag_seconds:
        return False
    return all(
        ours in table.columns
        and len(each.columns) == 1
        and replace(each, format=None, thousands="", unit=None, through=None, line=0) == ColumnMap(each.columns)
        and (each.unit == "major") == (table.columns[ours] == "money")
        for ours, each in source.columns.items()
    )
