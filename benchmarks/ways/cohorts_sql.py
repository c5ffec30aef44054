"""The same triangle in plain DuckDB SQL: distinct accounts by the month in which they began, and the month of an event.

Intervals and the curve are not asked of it.
"""

from __future__ import annotations

import time
from pathlib import Path

import duckdb

from benchmarks.agree import Disagreement
from benchmarks.ways.cohorts import AS_OF, triangle_of
from benchmarks.work import CORES, Answer, Work

SQL = """
with accounts as (
  select account_id, started_day, date_trunc('month', date '1970-01-01' + started_day) as began
  from read_parquet($facts || '/accounts.parquet')
  where started_day < $as_of and superseded_day is null and coalesce(lifecycle, 'customer') <> 'prospect'
), active as (
  select distinct began, account_id,
         date_diff('month', began, date_trunc('month', date '1970-01-01' + occurred_day)) as age
  from read_parquet($facts || '/events.parquet') join accounts using (account_id)
  where occurred_day >= started_day and occurred_day < $as_of and received_day < $as_of
)
select strftime(began, '%Y-%m'), age::varchar, count(*) from active group by all
"""


def run(work: Work, out: Path) -> Answer:
    with duckdb.connect(config={"threads": CORES, "temp_directory": str(out)}) as base:
        begun = time.perf_counter()
        found = base.execute(SQL, {"facts": str(work.facts_folder), "as_of": AS_OF}).fetchall()
        seconds = time.perf_counter() - begun
    theirs = {(cohort, age): active for cohort, age, active in found}
    ours = {(cohort, age): active for cohort, age, active in _seen(work)}
    if any(theirs.get(cell, 0) != active for cell, active in ours.items()):
        raise Disagreement("cohorts: not what SQL says")
    return Answer(work.events, seconds=seconds)


def _seen(work: Work) -> list[tuple[str, str, int]]:
    """The cells that all of a cohort came to."""
    triangle = triangle_of(work).triangle
    return triangle.filter(triangle["reached"] == triangle["size"])["cohort", "age", "active"].rows()
