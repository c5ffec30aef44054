"""The best plain SQL that we can write for the same metrics; see `duckdb_sql.sql`. Better ones are welcome."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from benchmarks.by_hand import LONGEST
from benchmarks.work import AS_OF, CORES, Answer, Work

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def run(work: Work, out: Path) -> Answer:
    with duckdb.connect(config={"threads": CORES, "temp_directory": str(out)}) as connection:
        connection.execute(f"SET VARIABLE first = {AS_OF[0]}; SET VARIABLE dates = {len(AS_OF)}")
        connection.execute(f"SET VARIABLE facts = '{work.facts_folder}'; SET VARIABLE longest = {LONGEST}")
        columns = connection.execute(SQL).fetchnumpy()
    metrics = [name for name in columns if name not in ("account_id", "nth")]
    return Answer(work.events, {name: np.asarray(columns[name]).reshape(-1, len(AS_OF)) for name in metrics})
