"""The files that the made company's tools leave behind: Parquet, JSON lines, CSV of two habits, tabs, a workbook."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import xlsxwriter

_LONG_AGO = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)


def parquet_by_month(rows: pl.DataFrame, folder: Path, at: str) -> None:
    """One file for each month of the instant `at`; rows out of order stand in the last file, as if sent again."""
    folder.mkdir(parents=True, exist_ok=True)
    months = rows.with_columns(pl.col(at).dt.strftime("%Y-%m").cum_max().alias("month"))
    for (month,), part in months.partition_by("month", as_dict=True).items():
        part.drop("month").write_parquet(folder / f"{month}.parquet")


def json_lines(rows: pl.DataFrame, path: Path) -> None:
    """Gzipped, with no time of writing inside, so that the same rows are the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows.iter_rows(named=True))
    path.write_bytes(gzip.compress(lines.encode(), mtime=0))


def csv(rows: pl.DataFrame, path: Path, separator: str = ",") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.write_csv(path, separator=separator)


def csv_of_the_old_tool(rows: pl.DataFrame, path: Path, dates: tuple[str, ...]) -> None:
    """Semicolons, 31/12/2024 and 1.234,50."""
    turned = [pl.col(name).str.replace(r"^(\d{4})-(\d\d)-(\d\d)$", "$3/$2/$1") for name in dates]
    csv(rows.with_columns(*turned, pl.col("Amount").map_elements(_with_commas, return_dtype=pl.String)), path, ";")


def _with_commas(amount: str) -> str:
    """
    >>> _with_commas("1234.50"), _with_commas("-4386"), _with_commas("n/a?")
    ('1.234,50', '-4.386', 'n/a?')
    """
    whole, point, rest = amount.partition(".")
    if not whole.lstrip("-").isdigit():
        return amount
    return f"{int(whole):,}".replace(",", ".") + ("," + rest if point else "")


def workbook(rows: pl.DataFrame, path: Path, sheet: str) -> None:
    """One sheet with a header; times are cells of a workbook, not text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    book.set_properties({"created": _LONG_AGO})
    page = book.add_worksheet(sheet)
    page.write_row(0, 0, rows.columns)
    for number, row in enumerate(rows.iter_rows(), start=1):
        page.write_row(number, 0, row)
    book.close()
