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
        for name, value in _variables(work).items():
            connection.execute(f"SET VARIABLE {name} = ?", [value])
        columns = connection.execute(SQL).fetchnumpy()
    metrics = [name for name in columns if name not in ("account_id", "nth")]
    return Answer(work.events, {name: np.asarray(columns[name]).reshape(-1, len(AS_OF)) for name in metrics})


def _variables(work: Work) -> dict[str, int | str]:
    return {"facts": str(work.facts_folder), "first": AS_OF[0], "dates": len(AS_OF), "longest": LONGEST}
