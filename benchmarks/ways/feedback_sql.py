"""The same scores in plain DuckDB SQL: the last answer of each person, by quarter and by group, without intervals."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb

from benchmarks.agree import Disagreement
from benchmarks.made.answers import ANSWERS, made_answers
from benchmarks.ways.feedback_1m import heard
from benchmarks.work import Answer, Work

NPS = "100.0 * (count(*) filter (score >= 9) - count(*) filter (score <= 6)) / count(*)"
LATEST = """
create or replace table {name} as
select r.*, a.segment, a.country, date '1970-01-01' + r.answered_day as day
from read_parquet('{facts}/responses.parquet') r join read_parquet('{facts}/accounts.parquet') a using (account_id)
where r.kind = 'nps' and r.score is not null and r.answered_day >= {first}
qualify row_number() over (partition by r.account_id, r.contact_id, {within}
                           order by r.answered_day desc, r.response_id desc) = 1
"""
BY = ("segment", "country", "language")


def run(work: Work, out: Path) -> Answer:
    folder, found = made_answers().folder, heard()
    first = found.asked.lately[0]
    quarter = "date_trunc('quarter', date '1970-01-01' + r.answered_day)"
    begun = time.process_time()
    with duckdb.connect() as base:
        base.execute(LATEST.format(name="lately", facts=folder, first=first, within="1"))
        base.execute(LATEST.format(name="quarters", facts=folder, first=0, within=quarter))
        groups = {by: base.execute(f"select {by}, count(*), {NPS} from lately group by 1").fetchall() for by in BY}
        each = base.execute(
            f"select date_trunc('quarter', day), count(*), {NPS} from quarters group by 1 order by 1"
        ).fetchall()
    seconds = time.process_time() - begun
    ours = found.questions[0]
    for by, rows in groups.items():
        _same(by, rows, [(group.name, group.cell.n, group.cell.main.value) for group in ours.groups[by]])
    _same("quarter", [row[1:] for row in each], [(cell.n, cell.main.value) for cell in ours.each if cell.n])
    return Answer(ANSWERS, seconds=seconds, note="seconds of CPU, without intervals")


def _same(by: str, theirs: list[tuple], ours: list[tuple]) -> None:
    def plain(rows: list[tuple]) -> set[tuple]:
        return {(*row[:-1], round(float(row[-1]), 9)) for row in rows}

    if plain(theirs) != plain(ours):
        raise Disagreement(f"NPS by {by}: not what SQL says")
