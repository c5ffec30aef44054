"""What a run leaves for the next one: what everybody is judged by, and where every account stood at last.

Two open files in a folder: the reference, named by its hash, and where accounts stand. The second is written last, in
one step, and names the first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from sabai.dates import to_day
from sabai.definitions.model import Definitions
from sabai.health.judge import Judge
from sabai.health.ranks import Usual, counted
from sabai.health.reference import Reference, percentile_factors, versioned
from sabai.health.scores import Scores
from sabai.health.standing import Standing
from sabai.health.weeks import mondays
from sabai.metrics.grid import Grid
from sabai.store.aside import aside

_EVERYONE = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """`accounts` stood so after the Monday `monday`; `last` is the last as-of date that was scored. `restated`: facts
    of landings up to this number counted from when they should have been known."""

    judge: Judge
    monday: int
    last: int
    accounts: tuple[str, ...]
    standing: Standing
    restated: int = 0

    def score(self, grid: Grid) -> Scores:
        """`grid` has all canonical Mondays after `monday`, and no date before it."""
        places = {account: place for place, account in enumerate(self.accounts)}
        before = self.standing.of(np.array([places.get(account, -1) for account in grid.accounts], dtype=np.int64))
        return self.judge.score(grid, before)

    @property
    def can_go_on(self) -> bool:
        """Whether later weeks leave what is usual as it is: the span that says it is stated, and was all known."""
        health = self.judge.health
        needs = percentile_factors(health) or health.bands.cut is None
        return not needs or (health.reference is not None and to_day(health.reference[1]) < self.judge.until + 7)


def frozen(judge: Judge, scores: Scores, before: Frozen | None = None, *, restated: int = 0) -> Frozen:
    """What `scores`, of all accounts, leave for the next run; `before` is what they went on from."""
    assert scores.standing is not None
    weeks = scores.grid.as_of[mondays(scores.grid.as_of)]
    monday = int(weeks[-1]) if len(weeks) else before.monday if before else 0
    restated = before.restated if before else restated
    return Frozen(judge, monday, int(scores.grid.as_of[-1]), scores.grid.accounts, scores.standing, restated)


def keep(frozen: Frozen, folder: Path) -> None:
    """Writes it to `folder`; what stood there is whole until then."""
    reference = frozen.judge.reference
    with aside(folder / f"reference-{reference.version}.parquet") as unfinished:
        _told(reference).write_parquet(unfinished)
    columns: dict[str, object] = {
        "account_id": frozen.accounts,
        "band": frozen.standing.band,
        "young": frozen.standing.young,
        "best": list(frozen.standing.best.T),
        "worst": list(frozen.standing.worst.T),
    }
    known = {
        "reference": reference.version,
        "cut": list(frozen.judge.cut),
        "until": frozen.judge.until,
        "monday": frozen.monday,
        "last": frozen.last,
        "weeks": len(frozen.standing.best),
        "restated": frozen.restated,
    }
    table = pa.table(columns).replace_schema_metadata({"sabai": json.dumps(known)})
    with aside(folder / "standing.parquet") as unfinished:
        pq.write_table(table, unfinished)


def kept(folder: Path, definitions: Definitions) -> Frozen | None:
    """What the last run with these definitions left; None where there was none."""
    if not (folder / "standing.parquet").exists():
        return None
    table = pq.read_table(folder / "standing.parquet")
    known = json.loads(table.schema.metadata[b"sabai"])
    reference = _read(pl.read_parquet(folder / f"reference-{known['reference']}.parquet", glob=False))
    assert reference.version == known["reference"]
    shape = (table.num_rows, known["weeks"])
    standing = Standing(
        table["band"].to_numpy().astype(np.int8),
        table["young"].to_numpy(),
        *(_matrix(table[name], shape) for name in ("best", "worst")),
    )
    judge = Judge(definitions.health, reference, (known["cut"][0], known["cut"][1]), known["until"])
    accounts = tuple(table["account_id"].to_pylist())
    return Frozen(judge, known["monday"], known["last"], accounts, standing, known.get("restated", 0))


def _matrix(column: pa.ChunkedArray, shape: tuple[int, int]) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    flat = column.combine_chunks().flatten().to_numpy().astype(np.int8)
    return np.ascontiguousarray(flat.reshape(shape).T)


def _told(reference: Reference) -> pl.DataFrame:
    """One row for each segment and factor, of which some have no value; segment "" is everybody."""
    rows = [
        (segment, factor, among.values.tolist(), np.diff(among.below).tolist())
        for segment, factors in [(_EVERYONE, reference.everyone), *reference.segments.items()]
        for factor, among in factors.items()
    ]
    numbers = {"values": pl.List(pl.Float64), "counts": pl.List(pl.Int64)}
    return pl.DataFrame(rows, schema={"segment": pl.String, "factor": pl.String, **numbers}, orient="row")


def _read(rows: pl.DataFrame) -> Reference:
    told: dict[str, dict[str, Usual]] = {}
    for segment, factor, values, counts in rows.iter_rows():
        told.setdefault(segment, {})[factor] = counted(np.array(values, float), np.array(counts, np.int64))
    everyone: Mapping[str, Usual] = told.pop(_EVERYONE, {})
    return versioned(everyone, told)
