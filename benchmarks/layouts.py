"""`python -m benchmarks.layouts 2m`: the same events laid out in three ways, and what each costs to read and to add to.

- buckets: divided by account, each file a stretch of time sorted by account inside, as a store has them;
- months: a file for each month, sorted by account inside;
- z-order: files of neighbours in account and day alike.

Seconds are those of the processor, of all threads together: others at work on the machine change them little.
Every file is looked into only where its least and most, which Delta keeps beside it, say that it has wanted rows.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl

from benchmarks.given import facts_of
from benchmarks.rows import machine
from benchmarks.sizes import SIZES
from benchmarks.work import Work
from sabai.store.aside import make_durable
from sabai.store.delta import ROW_GROUP

BUCKETS = 8
FILE_ROWS = 500_000
COLUMNS = ("name", "occurred_day", "received_day", "value")
BITS = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, and what Delta knows of it: its bucket, and the least and most account and day in it."""

    path: Path
    bucket: int
    accounts: tuple[int, int]
    days: tuple[int, int]


Parts = Iterator[tuple[int, pl.DataFrame]]
"""A bucket, and rows for one file of it."""
Layout = Callable[[pl.DataFrame], Parts]


def buckets(events: pl.DataFrame) -> Parts:
    for (bucket,), rows in events.partition_by("bucket", as_dict=True).items():
        stretch = pl.int_range(pl.len()) // FILE_ROWS
        for _, part in rows.sort("occurred_day").with_columns(stretch.alias("part")).group_by("part"):
            yield int(str(bucket)), part.drop("part").sort("account", "occurred_at")


def months(events: pl.DataFrame) -> Parts:
    for _, part in events.group_by(pl.col("occurred_at").dt.strftime("%Y-%m")):
        yield 0, part.sort("account", "occurred_at")


def z_order(events: pl.DataFrame) -> Parts:
    scaled = [_scaled(events[name].cast(pl.Float64)) for name in ("account", "occurred_day")]
    z = _spread(scaled[0]) << np.uint64(1) | _spread(scaled[1])
    rows = events.with_columns(pl.Series("z", z)).sort("z").drop("z")
    yield from ((0, part) for part in rows.iter_slices(FILE_ROWS))


def _scaled(column: pl.Series) -> np.ndarray:
    part = (column - column.min()) / max(column.max() - column.min(), 1)
    return (part * (2**BITS - 1)).to_numpy().astype(np.uint64)


def _spread(bits: np.ndarray) -> np.ndarray:
    """Each bit at twice its place."""
    spread = np.zeros_like(bits)
    for place in range(BITS):
        spread |= (bits >> np.uint64(place) & np.uint64(1)) << np.uint64(2 * place)
    return spread


LAYOUTS: dict[str, Layout] = {"buckets": buckets, "months": months, "z-order": z_order}


def written(parts: Parts, folder: Path) -> list[Piece]:
    return [_piece(folder / f"{len(list(folder.glob('*')))}.parquet", bucket, rows) for bucket, rows in parts]


def _piece(path: Path, bucket: int, rows: pl.DataFrame) -> Piece:
    rows.write_parquet(path, compression="zstd", row_group_size=ROW_GROUP, statistics=True)
    make_durable(path)
    ends = [(int(rows[name].min()), int(rows[name].max())) for name in ("account", "occurred_day")]
    return Piece(path, bucket, *ends)


def by_account(pieces: Sequence[Piece], accounts: int, in_buckets: bool) -> int:
    """Every account's rows together and in order of time, a run of accounts at a time, as the kernel wants them."""
    rows = 0
    for run in range(BUCKETS):
        first, last = run * accounts // BUCKETS, (run + 1) * accounts // BUCKETS - 1
        if in_buckets:
            files, mine = [each for each in pieces if each.bucket == run], pl.lit(True)
        else:
            files = [each for each in pieces if each.accounts[0] <= last and each.accounts[1] >= first]
            mine = pl.col("account").is_between(first, last)
        read = _scan(files).filter(mine).select("account", "occurred_at", *COLUMNS).collect()
        rows += read.sort("account", "occurred_at").height
    return rows


def last_day(pieces: Sequence[Piece], day: int) -> int:
    files = [each for each in pieces if each.days[1] >= day]
    return _scan(files).filter(pl.col("occurred_day") >= day).select("account", *COLUMNS).collect().height


def _scan(files: Sequence[Piece]) -> pl.LazyFrame:
    return pl.scan_parquet([file.path for file in files])


def timed(work: Callable[[], object], runs: int = 3) -> float:
    seconds = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def measured(name: str, layout: Layout, events: pl.DataFrame, folder: Path) -> tuple[str, ...]:
    """A line of the table; the last day lands after all others."""
    day, accounts = int(events["occurred_day"].max()), int(events["account"].max()) + 1
    before, new = events.filter(pl.col("occurred_day") < day), events.filter(pl.col("occurred_day") == day)
    begun = time.process_time()
    pieces = written(layout(before), folder)
    all_written, landing = time.process_time() - begun, time.process_time()
    grown = [*pieces, *written(layout(new), folder)]
    landed = time.process_time() - landing
    tidied = min(_tidied(layout, grown, pieces, new, folder) for _ in range(2))
    assert by_account(grown, accounts, layout is buckets) == events.height
    assert last_day(grown, day) == new.height
    seconds = (
        timed(lambda: by_account(grown, accounts, layout is buckets)), timed(lambda: last_day(grown, day)),
        landed, tidied, all_written,
    )  # fmt: skip
    size = sum(each.path.stat().st_size for each in grown) / 1e6
    return (name, *(f"{each:.3f}" for each in seconds), str(len(grown)), str(len(grown) - len(pieces)), f"{size:.0f}")


def _tidied(layout: Layout, grown: Sequence[Piece], pieces: Sequence[Piece], new: pl.DataFrame, folder: Path) -> float:
    """Joins the files of the last day with those that they would stand among, in the order of the layout."""
    days = int(new["occurred_day"].min())
    newest = max(each.days[1] for each in pieces)
    among = list(pieces) if layout is z_order else [each for each in pieces if each.days[1] >= min(newest, days)]
    begun = time.process_time()
    both = pl.concat([pl.read_parquet([each.path for each in among]), new])
    (folder / "tidy").mkdir(exist_ok=True)
    written(layout(both), folder / "tidy")
    return time.process_time() - begun


def main(size_name: str) -> None:
    work = Work.of(SIZES[size_name])
    facts_of(work)
    wanted = ["account_id", "contact_id", "key", "occurred_at", *COLUMNS]
    rows = pl.read_parquet(work.events_file, columns=wanted)
    rows = rows.with_columns(pl.col("account_id").rank("dense").cast(pl.Int32).alias("account") - 1)
    events = rows.with_columns((pl.col("account") * 2_654_435_761 % 2**32 % BUCKETS).cast(pl.Int32).alias("bucket"))
    print(f"{work.events:,} events, {work.accounts:,} accounts; {machine()}, load {os.getloadavg()[0]:.1f}\n")
    heads = ("layout", "all by account", "last day", "land a day", "tidy again", "write all", "files", "of a day", "MB")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name, layout in LAYOUTS.items():
        with TemporaryDirectory(prefix="sabai-layouts-") as folder:
            print(f"| {' | '.join(measured(name, layout, events, Path(folder)))} |", flush=True)
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
