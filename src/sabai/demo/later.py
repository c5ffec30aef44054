"""The same company, some weeks later: every date of its exports moves, and its weekdays stay."""

from __future__ import annotations

import re
from datetime import date, timedelta

import polars as pl

_DATE = r"^\d{4}-\d\d-\d\d($|[T ])"


def later(rows: pl.DataFrame, weeks: int) -> pl.DataFrame:
    """Dates, times, and texts that begin with one, so many weeks later; what is no date stays as it is.

    >>> later(pl.DataFrame({"Day": ["2026-06-30", "2025-02-31"], "Note": ["a", None]}), 2)["Day"].to_list()
    ['2026-07-14', '2025-02-31']
    """
    if not weeks:
        return rows
    by = timedelta(weeks=weeks)
    timed = [pl.col(name) + by for name, kind in rows.schema.items() if kind.is_temporal()]
    return rows.with_columns(*timed, *(_texts(name, by) for name, kind in rows.schema.items() if kind == pl.String))


def said_later(text: str, weeks: int) -> str:
    """Every date in a text.

    >>> said_later("{ from: 2025-01-01, to: 2025-06-30 }", 1)
    '{ from: 2025-01-08, to: 2025-07-07 }'
    """
    by = timedelta(weeks=weeks)
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda found: (date.fromisoformat(found.group()) + by).isoformat(), text)


def _texts(name: str, by: timedelta) -> pl.Expr:
    text = pl.col(name)
    moved = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False) + by
    told = pl.concat_str(moved.dt.strftime("%Y-%m-%d"), text.str.slice(10))
    return pl.when(text.str.contains(_DATE) & moved.is_not_null()).then(told).otherwise(text)
