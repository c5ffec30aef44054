"""Text to dates and instants: ISO 8601 needs no words, everything else a format, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import polars as pl

Way = Callable[[pl.Series], pl.Series]

_NAIVE = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M:%S%.f",
    "%Y/%m/%d %H:%M",
)
_DATES = ("%Y-%m-%d", "%Y/%m/%d")
_AWARE = ("%+", "%Y-%m-%d %H:%M%#z", "%Y-%m-%dT%H:%M%#z")
_ORDERS = (("day first", "%d{0}%m{0}{1}"), ("month first", "%m{0}%d{0}{1}"))
_CLOCKS = ("", " %H:%M", " %H:%M:%S")


def instants(text: pl.Series, form: str | None, zone: str, extra_days: int = 0) -> pl.Series:
    """UTC instants of text; times that carry no zone are local in `zone`, dates are its midnights. Unreadable: null."""
    if form is None:
        naive = [partial(_local, form=each, zone=zone, extra_days=extra_days) for each in _NAIVE + _DATES]
        aware = [partial(_aware, form=each) for each in _AWARE]
        often = [naive[0], aware[0], naive[len(_NAIVE)]]  # most exports write one of these
        return _first_that_reads(_year_first(text), [*often, *naive[1:], *aware[1:]])
    if form == "%s":
        return pl.from_epoch(text.cast(pl.Int64, strict=False), "s").cast(pl.Datetime("us", "UTC"))
    if "%z" in form or "%+" in form or "%#z" in form:
        return _aware(text, form)
    return _local(text, form, zone, extra_days)


def dates(text: pl.Series, form: str | None, zone: str) -> pl.Series:
    """Dates of text; where a time stands behind, its own date, or that in `zone` if it carries a time zone."""
    if form is None:
        ways: list[Way] = [partial(_date, form=each) for each in _DATES + _NAIVE]
        aware = [partial(_date_of_aware, form=each, zone=zone) for each in _AWARE]
        return _first_that_reads(_year_first(text), [*ways, *aware])
    return _date_of_aware(text, form, zone) if "%z" in form else _date(text, form)


def _year_first(text: pl.Series) -> pl.Series:
    """Only what begins with four digits: for a parser, 01/09/21 might lie in the year 1."""
    unclear = ~text.str.contains(r"^\d{4}[-/]")
    return text.set(unclear, None) if unclear.any() else text


def to_utc(local: pl.Series, zone: str) -> pl.Series:
    """Local times without a zone to UTC; a time that the clock skipped is null, one that came twice is the first."""
    if zone == "UTC":
        return local.dt.replace_time_zone("UTC")
    return local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC")


def readings(text: pl.Series) -> list[tuple[str, str]]:
    """Formats in which all of these dates can be read, each with what the first one would mean."""
    first = text.drop_nulls().head(1)
    found = []
    for name, order in _ORDERS:
        for form in _forms(order):
            read = text.str.to_datetime(form, strict=False) if "%H" in form else text.str.to_date(form, strict=False)
            if read.null_count() == text.null_count() and _year_is_sane(read):
                found.append((form, f'"{first[0]}" is {read.drop_nulls()[0]:%-d %B %Y} ({name}) with format "{form}"'))
    return found


def looks_numeric(text: pl.Series) -> pl.Series:
    """Whether it looks like a date of which the order is unknown: 03/04/2024, 3.4.24."""
    return text.str.contains(r"^\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})\b")


def _forms(order: str) -> list[str]:
    return [order.format(sep, year) + clock for sep in "/.-" for year in ("%Y", "%y") for clock in _CLOCKS]


def _year_is_sane(read: pl.Series) -> bool:
    years = read.drop_nulls().dt.year()
    return len(years) > 0 and bool(years.is_between(1900, 2199).all())


def _first_that_reads(text: pl.Series, ways: Sequence[Way]) -> pl.Series:
    """Most files write all alike, so the way that reads the first value goes before the others."""
    first = text.drop_nulls().head(1)
    likely = next((way for way in ways if not way(first).null_count()), ways[0])
    found = likely(text)
    for way in ways:
        left = found.is_null() & text.is_not_null()
        if not left.any():
            break
        places = left.arg_true()
        found = found.scatter(places, way(text.gather(places)))
    return found


def _local(text: pl.Series, form: str, zone: str, extra_days: int) -> pl.Series:
    return to_utc(_moment(text, form).dt.offset_by(f"{extra_days}d"), zone)


def _moment(text: pl.Series, form: str) -> pl.Series:
    if any(mark in form for mark in ("%H", "%I", "%T", "%R", "%k", "%l", "%c")):
        return text.str.to_datetime(form, time_unit="us", strict=False)
    return text.str.to_date(form, strict=False).cast(pl.Datetime("us"))


def _aware(text: pl.Series, form: str) -> pl.Series:
    return text.str.to_datetime(form, time_unit="us", time_zone="UTC", strict=False)


def _date(text: pl.Series, form: str) -> pl.Series:
    return _moment(text, form).dt.date()


def _date_of_aware(text: pl.Series, form: str, zone: str) -> pl.Series:
    return _aware(text, form).dt.convert_time_zone(zone).dt.date()
