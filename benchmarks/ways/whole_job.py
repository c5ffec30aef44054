"""All that a score needs once facts have landed: every table, score, bands, explanations, and snapshots on disk.

The path itself is `sabai.pipeline.walk`; what `sabai score` writes beside the snapshots (CSV, page, workbook) is not
measured here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa

from benchmarks.work import AS_OF, Answer, Work
from sabai.pipeline import walk
from sabai.report.tables import scores_frame
from sabai.store.snapshots import write_snapshots


def run(work: Work, out: Path) -> Answer:
    written = write_snapshots(_snapshots(work), out / "snapshots", work.definitions.version, datetime.now(UTC))
    assert written > 0
    return Answer(sum(tally.facts for tally in work.facts.tallies))


def _snapshots(work: Work) -> Iterator[pa.Table]:
    """Score, points and contributions of every customer at every as-of date, run of accounts after run."""
    scored, _ = walk(work.definitions, work.facts, AS_OF)
    for scores in scored:
        frame = scores_frame(scores, AS_OF)
        if frame.height:
            yield _with_plain_text(frame.to_arrow(compat_level=pl.CompatLevel.oldest()))


def _with_plain_text(table: pa.Table) -> pa.Table:
    fields = [pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(fields))
