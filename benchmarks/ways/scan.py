"""The limit: DuckDB reads the columns that the event metrics read, and does next to nothing with them.

Sums of lengths, because counts, lowest and highest would be answered from the file's own statistics without reading.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.work import CORES, Answer, Work

SCAN = """
    SELECT count(*), sum(strlen(account_id)), sum(strlen(contact_id)), sum(strlen(name)),
           sum(occurred_day), sum(received_day), sum(value)
    FROM read_parquet(?)
"""


def run(work: Work, out: Path) -> Answer:
    with duckdb.connect(config={"threads": CORES}) as connection:
        rows, *_ = connection.execute(SCAN, [str(work.events_file)]).fetchone() or (0,)
    return Answer(rows)
