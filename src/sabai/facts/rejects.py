"""The file of everything that was set aside, each with its row as it came in."""

from __future__ import annotations

import polars as pl

from sabai.definitions.model import Source
from sabai.facts.files import Found
from sabai.facts.incoming import Inbox
from sabai.facts.readers import Reading, batches


def with_raw(aside: pl.DataFrame, inbox: Inbox) -> pl.DataFrame:
    """table, file, row, field, code, value, hint, raw (JSON), fate; reads the files concerned once more."""
    files = {number: name for name, number in inbox.numbers.items()}
    raw = [_rows(aside, number, *found) for number, found in _concerned(aside, inbox).items()]
    known = pl.concat(raw) if raw else pl.DataFrame(schema={"_file": pl.UInt32, "_row": pl.UInt32, "raw": pl.String})
    told = aside.join(known.unique(("_file", "_row")), on=["_file", "_row"], how="left", maintain_order="left")
    file = pl.col("_file").replace_strict(files, default=None, return_dtype=pl.String)
    told = told.with_columns(file.alias("file"), pl.col("_row").alias("row")).sort("table", "file", "row")
    return told.select("table", "file", "row", "field", "code", "value", "hint", "raw", "fate")


def _concerned(aside: pl.DataFrame, inbox: Inbox) -> dict[int, tuple[Found, Reading]]:
    numbers = set(aside["_file"].unique())
    return {
        inbox.number(file): (file, Reading(source, inbox.scratch))
        for source in _sources(inbox)
        for file in inbox.found[source.name]
        if inbox.number(file) in numbers
    }


def _sources(inbox: Inbox) -> list[Source]:
    return list(inbox.definitions.sources.values())


def _rows(aside: pl.DataFrame, number: int, file: Found, reading: Reading) -> pl.DataFrame:
    wanted = aside.filter(pl.col("_file") == number).select("_row").unique()
    parts = [rows.join(wanted, on="_row", how="semi") for rows in batches(file, reading, None)]
    return pl.concat(
        part.select(
            pl.lit(number, dtype=pl.UInt32).alias("_file"),
            "_row",
            pl.struct(pl.exclude("_row", "_broken")).struct.json_encode().alias("raw"),
        )
        for part in parts
    )
