"""Foreign columns to typed values of ours: strict, column by column; what cannot be read is null where text stood."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from sabai.facts.bare import may_have_blanks_around
from sabai.facts.times import dates, instants, to_utc

FLAGS = {
    "true": True,
    "t": True,
    "yes": True,
    "y": True,
    "1": True,
    "false": False,
    "f": False,
    "no": False,
    "n": False,
    "0": False,
}

DTYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "instant": pl.Datetime("us", "UTC"),
    "date": pl.Date(),
    "number": pl.Float64(),
    "integer": pl.Int64(),
    "money": pl.Int64(),
    "flag": pl.Boolean(),
    "properties": pl.String(),
    "instants": pl.List(pl.Datetime("us", "UTC")),
}


def as_text(raw: pl.Series) -> pl.Series:
    """Text as a person would write the value: whole numbers without ".0".

    >>> as_text(pl.Series([17850.0, 1.5])).to_list()
    ['17850', '1.5']
    """
    if raw.dtype.is_float():
        whole = raw.cast(pl.Int64, strict=False)
        return whole.cast(pl.String).zip_with((raw == whole).fill_null(False), raw.cast(pl.String))
    return raw.cast(pl.String)


def without_marks(raw: pl.Series, marks: Collection[str]) -> pl.Series:
    """Null where a null mark stands or nothing but blanks; text without blanks around."""
    if raw.dtype == pl.String:
        raw = raw.str.strip_chars() if may_have_blanks_around(raw) else raw
        longest = max((len(mark.encode()) for mark in marks), default=0)
        if not (raw.str.len_bytes() <= longest).any():  # far cheaper than to compare each
            return raw
    elif not marks:
        return raw
    marked = as_text(raw).is_in(["", *marks])
    return raw if not marked.any() else pl.select(pl.when(~marked).then(raw)).to_series()


def as_number(raw: pl.Series, decimal: str, thousands: str) -> pl.Series:
    """
    >>> as_number(pl.Series(["1.234,5", "x"]), ",", ".").to_list()
    [1234.5, None]
    """
    if raw.dtype.is_numeric() or raw.dtype == pl.Boolean or isinstance(raw.dtype, pl.Decimal):
        return raw.cast(pl.Float64)
    text = as_text(raw)
    if thousands:
        text = text.str.replace_all(thousands, "", literal=True)
    if decimal != ".":
        text = text.str.replace_all(".", "?", literal=True).str.replace_all(decimal, ".", literal=True)
    return text.cast(pl.Float64, strict=False)


def as_integer(number: pl.Series) -> pl.Series:
    """Whole numbers only; 1.5 is no integer."""
    whole = number.cast(pl.Int64, strict=False)
    return whole.set(whole.cast(pl.Float64) != number, None)


def as_flag(raw: pl.Series) -> pl.Series:
    if raw.dtype == pl.Boolean:
        return raw
    return as_text(raw).str.to_lowercase().replace_strict(FLAGS, default=None, return_dtype=pl.Boolean)


def as_instant(raw: pl.Series, form: str | None, zone: str, extra_days: int = 0) -> pl.Series:
    """UTC instants; `extra_days` moves local midnights, for ends that still belong to the time."""
    if raw.dtype == pl.Date:
        return to_utc(raw.cast(pl.Datetime("us")).dt.offset_by(f"{extra_days}d"), zone)
    if isinstance(raw.dtype, pl.Datetime):
        if raw.dtype.time_zone:
            return raw.cast(pl.Datetime("us", raw.dtype.time_zone)).dt.convert_time_zone("UTC")
        return to_utc(raw.cast(pl.Datetime("us")).dt.offset_by(f"{extra_days}d"), zone)
    return instants(as_text(raw), form, zone, extra_days)


def as_date(raw: pl.Series, form: str | None, zone: str, extra_days: int = 0) -> pl.Series:
    if isinstance(raw.dtype, pl.Datetime) and raw.dtype.time_zone:
        found = raw.dt.convert_time_zone(zone).dt.date()
    elif raw.dtype == pl.Date or isinstance(raw.dtype, pl.Datetime):
        found = raw.cast(pl.Date)
    else:
        found = dates(as_text(raw), form, zone)
    return found.dt.offset_by(f"{extra_days}d") if extra_days else found


def as_instants(raw: pl.Series, form: str | None, zone: str) -> pl.Series:
    """Several instants in one cell, divided by `;`, `,` or `|`; null if one of them cannot be read."""
    if raw.dtype == pl.List:
        parts = raw.list.eval(pl.element().cast(pl.String))
    else:
        parts = as_text(raw).str.replace_all(r'[\[\]"\s]+$|^[\[\]"\s]+|"', "").str.replace_all(r"\s*[;,|]\s*", ";")
        parts = parts.str.split(";")
    flat = pl.DataFrame({"row": pl.int_range(len(parts), eager=True), "part": parts}).explode("part")
    read = flat.with_columns(as_instant(flat["part"], form, zone).alias("at"))
    found = read.group_by("row", maintain_order=True).agg("at")["at"]
    broken = read.group_by("row", maintain_order=True).agg((pl.col("at").is_null()).any())["at"]
    return found.zip_with(~broken, pl.Series([None], dtype=found.dtype).new_from_index(0, len(found)))
