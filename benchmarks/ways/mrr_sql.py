"""The same movements in plain DuckDB SQL: what was held at each month's start, and the month before beside it."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import polars as pl

from benchmarks.agree import Disagreement
from benchmarks.made.subscriptions import FIRST, LAST, ROWS, made_subscriptions
from benchmarks.ways.mrr_1m import sums
from benchmarks.work import Answer, Work
from sabai.retention.periods import periods

SQL = """
with held as (
  select r.account, b.place, sum(r.monthly) as paid
  from rows r join bounds b on r.start < b.day and r."end" >= b.day
  group by all
), steps as (
  select account, day, sum(step) as step from (
    select account, start as day, monthly as step from rows union all select account, "end", -monthly from rows
  ) group by all
), first as (
  select account, min(day) as day from (
    select account, day, sum(step) over (partition by account order by day) as paid from steps
  ) where paid > 0 group by account
), pairs as (
  select coalesce(e.account, s.account) as account, coalesce(e.place, s.place + 1) as place,
         coalesce(s.paid, 0) as a, coalesce(e.paid, 0) as b
  from held e full join held s on e.account = s.account and e.place = s.place + 1
)
select p.place, sum(case when a <= 0 and b > 0 and f.day >= d.day then b - a else 0 end) as new,
       sum(case when a <= 0 and b > 0 and f.day < d.day then b - a else 0 end) as reactivation,
       sum(case when ((a > 0 and b > 0) or (a <= 0 and b <= 0)) and b > a then b - a else 0 end) as expansion,
       sum(case when ((a > 0 and b > 0) or (a <= 0 and b <= 0)) and b < a then a - b else 0 end) as contraction,
       sum(case when a > 0 and b <= 0 then a - b else 0 end) as churn
from pairs p left join first f using (account) join bounds d on d.place = p.place - 1
where p.place between 1 and ? group by p.place order by p.place
"""


def run(work: Work, out: Path) -> Answer:
    made, days = made_subscriptions(), periods(FIRST, LAST, "month").bounds
    rows = pl.DataFrame({"account": made.account, "start": made.start, "end": made.end, "monthly": made.monthly})
    bounds = pl.DataFrame({"place": range(len(days)), "day": days})
    with duckdb.connect() as base:
        base.register("rows", rows.to_arrow())
        base.register("bounds", bounds.to_arrow())
        begun = time.perf_counter()
        found = base.execute(SQL, [len(days) - 1]).fetchall()
        seconds = time.perf_counter() - begun
    for place, (kind, ours) in enumerate(sums().items(), start=1):
        if [int(row[place]) for row in found] != ours:
            raise Disagreement(f"{kind}: not what SQL says")
    return Answer(ROWS, seconds=seconds)
