"""The file of everything that was set aside, each with its row and its cell as they came in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from sabai.definitions.model import Source
from sabai.facts.files import Found
from sabai.facts.incoming import Inbox
from sabai.facts.landed import ASIDE
from sabai.facts.readers import Reading, batches
from sabai.facts.values import as_text

_CELL = ("_file", "_row", "table", "field")


def with_raw(aside: pl.DataFrame, inbox: Inbox) -> pl.DataFrame:
    """What was set aside as ASIDE says; reads the files concerned once more.

    `value` is the cell as it stood in the file, where one cell is to blame: a time in its own zone and format.
    """
    if aside.is_empty():
        return pl.DataFrame(schema=ASIDE)
    rows, cells = [_no_rows()], [_no_cells()]
    for number, found in _concerned(aside, inbox).items():
        for part in _parts(aside, number, *found):
            rows.append(_as_json(part))
            cells += _cells(part, aside, found[0], inbox)
    told = aside.join(_once(rows, "_file", "_row"), on=["_file", "_row"], how="left", maintain_order="left")
    told = told.join(_once(cells, *_CELL), on=_CELL, how="left", maintain_order="left")
    value = pl.coalesce("stood", "value")
    told = told.with_columns(*_origin(inbox), pl.col("_row").alias("row"), value.alias("value"))
    return told.sort("table", "file", "row").select(ASIDE.names()).cast(ASIDE)


def _origin(inbox: Inbox) -> Iterator[pl.Expr]:
    for place, name in enumerate(("source", "file")):
        names = {number: origin[place] for origin, number in inbox.numbers.items()}
        yield pl.col("_file").replace_strict(names, default=None, return_dtype=pl.String).alias(name)


def _concerned(aside: pl.DataFrame, inbox: Inbox) -> dict[int, tuple[Found, Reading]]:
    numbers = set(aside["_file"].unique())
    return {
        inbox.number(source, file): (file, Reading(source, inbox.scratch))
        for source in _sources(inbox)
        for file in inbox.found[source.name]
        if inbox.number(source, file) in numbers
    }


def _sources(inbox: Inbox) -> list[Source]:
    return list(inbox.definitions.sources.values())


def _parts(aside: pl.DataFrame, number: int, file: Found, reading: Reading) -> Iterator[pl.DataFrame]:
    """The rows that were set aside, with all their columns as they are called in the file."""
    wanted = aside.filter(pl.col("_file") == number).select("_row").unique()
    for rows in batches(file, reading, None):
        yield rows.join(wanted, on="_row", how="semi").with_columns(pl.lit(number, dtype=pl.UInt32).alias("_file"))


def _as_json(rows: pl.DataFrame) -> pl.DataFrame:
    raw = pl.struct(pl.exclude("_file", "_row", "_broken")).struct.json_encode().alias("raw")
    return rows.select("_file", "_row", raw)


def _cells(rows: pl.DataFrame, aside: pl.DataFrame, file: Found, inbox: Inbox) -> Iterator[pl.DataFrame]:
    """What stood in each column of ours that is made of a single one of the file."""
    concerned = set(aside.select("table", "field").unique().iter_rows())
    for source in _sources(inbox):
        for name, column in source.columns.items() if file in inbox.found[source.name] else ():
            if (source.table, name) in concerned and len(column.columns) == 1 and _is_plain(rows, column.columns[0]):
                stood = as_text(rows[column.columns[0]]).alias("stood")
                place = (pl.lit(source.table).alias("table"), pl.lit(name).alias("field"))
                yield rows.select("_file", "_row", *place, stood)


def _is_plain(rows: pl.DataFrame, column: str) -> bool:
    return column in rows.columns and not rows.schema[column].is_nested()


def _once(parts: Sequence[pl.DataFrame], *known_by: str) -> pl.DataFrame:
    return pl.concat(parts).unique(known_by, keep="first", maintain_order=True)


def _no_rows() -> pl.DataFrame:
    return pl.DataFrame(schema={"_file": pl.UInt32, "_row": pl.UInt32, "raw": pl.String})


def _no_cells() -> pl.DataFrame:
    texts = dict.fromkeys(("table", "field", "stood"), pl.String)
    return pl.DataFrame(schema={"_file": pl.UInt32, "_row": pl.UInt32, **texts})
