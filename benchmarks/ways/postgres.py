"""The SQL of books about churn: events in PostgreSQL, a table of dates, and one INSERT … SELECT for each metric.

Loading and indexing are not counted, the server writes nothing durably, and only 4 of the dates are measured and scaled
to all: everything in favour of PostgreSQL. Ids are small integers there, as such a book has them.
"""

from __future__ import annotations

import time
from atexit import register
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import psycopg
from numpy.typing import NDArray

from benchmarks.by_hand import FEATURES, NAMES_28, NAMES_90
from benchmarks.postgres import postgres
from benchmarks.work import AS_OF, Answer, Work

DATES = AS_OF[::13]
TABLES = """
CREATE TABLE event (account_id int, contact_id int, name_id smallint, occurred_day int, received_day int, value float8);
CREATE TABLE name (name_id smallint, name text);
CREATE TABLE dates (nth smallint, as_of int);
CREATE TABLE metric (account_id int, nth smallint, metric text, value float8);
"""
INDEXES = """
CREATE INDEX ON event (occurred_day);
CREATE INDEX ON event (name_id, occurred_day);
VACUUM ANALYZE
"""
METRIC = """
INSERT INTO metric
SELECT account_id, nth, %(metric)s, {what}
FROM event
JOIN dates ON occurred_day >= as_of - %(window)s AND occurred_day < as_of AND received_day < as_of
JOIN name USING (name_id)
WHERE name.name = ANY (%(names)s)
GROUP BY account_id, nth
"""
OF_ALL = METRIC.replace("JOIN name USING (name_id)\nWHERE name.name = ANY (%(names)s)\n", "")
WORTH = "sum(round(value * 1000000)::bigint) / 1000000.0"  # millionths are added, as everywhere
EVERYTHING = {
    "week": ("count(*)", 7),
    "month": ("count(*)", 28),
    "quarter": ("count(*)", 90),
    "worth": (WORTH, 28),
    "worth_long": (WORTH, 90),
    "people": ("count(DISTINCT contact_id)", 28),
    "people_long": ("count(DISTINCT contact_id)", 90),
    "active_days": ("count(DISTINCT occurred_day)", 28),
}


def run(work: Work, out: Path) -> Answer:
    connection = _loaded(work)
    connection.execute("TRUNCATE metric")
    begun = time.perf_counter()
    for statement, told in _statements():
        connection.execute(statement, told)
    seconds = (time.perf_counter() - begun) * len(AS_OF) / len(DATES)
    counted = {str(told["metric"]): _counted(connection, work, str(told["metric"])) for _, told in _statements()}
    return Answer(
        work.events, counted, DATES, seconds, f"{len(DATES)} of {len(AS_OF)} dates, scaled, loading not counted"
    )


def _statements() -> Iterator[tuple[str, dict[str, object]]]:
    """Each metric as SQL with its values."""
    for names, window in ((NAMES_28, 28), (NAMES_90, 90)):
        for metric, of in names.items():
            yield METRIC.format(what="count(*)"), {"metric": metric, "window": window, "names": of}
    yield METRIC.format(what="count(DISTINCT name_id)"), {"metric": "features", "window": 90, "names": FEATURES}
    for metric, (what, window) in EVERYTHING.items():
        yield OF_ALL.format(what=what), {"metric": metric, "window": window}


def _counted(connection: psycopg.Connection, work: Work, metric: str) -> NDArray[np.float64]:
    """Shape (accounts, dates); whoever has no row did nothing."""
    values = np.zeros((work.accounts, len(DATES)))
    for account, nth, value in connection.execute(
        "SELECT account_id, nth, value FROM metric WHERE metric = %s", [metric]
    ):
        values[account, nth] = value
    return values


@cache
def _loaded(work: Work) -> psycopg.Connection:
    """The server lives as long as this process."""
    held = ExitStack()
    register(held.close)
    server = held.enter_context(postgres("shared_buffers=1GB", "work_mem=256MB", "max_wal_size=4GB"))
    connection = held.enter_context(psycopg.connect(f"{server}/postgres", autocommit=True))
    connection.execute(TABLES)
    accounts = pl.read_parquet(work.facts_folder / "accounts.parquet", columns=["account_id"])["account_id"]
    names = pl.scan_parquet(work.events_file).select(pl.col("name").unique().sort()).collect()["name"]
    _copied(connection, "name", pl.DataFrame({"name_id": range(len(names)), "name": names}))
    _copied(connection, "dates", pl.DataFrame({"nth": range(len(DATES)), "as_of": DATES}))
    events = pl.scan_parquet(work.events_file).select(
        pl.col("account_id").cast(pl.Enum(accounts)).to_physical(),
        pl.col("contact_id").cast(pl.Categorical).to_physical(),
        pl.col("name").cast(pl.Enum(names)).to_physical(),
        "occurred_day", "received_day", "value",
    )  # fmt: skip
    _copied(connection, "event", events.collect())
    for statement in INDEXES.split(";"):
        connection.execute(statement)
    return connection


def _copied(connection: psycopg.Connection, table: str, rows: pl.DataFrame) -> None:
    with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv)") as copy:
        for part in rows.iter_slices(500_000):
            copy.write(part.write_csv(include_header=False).encode())
