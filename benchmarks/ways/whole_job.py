"""All that a score needs once facts have landed: every table, score, bands, explanations, and snapshots on disk.

The path itself is `sabai.pipeline.walk`; what `sabai score` writes beside the snapshots (CSV, page, workbook) is not
measured here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from benchmarks.given import definitions, facts_of
from benchmarks.work import AS_OF, Answer, Work
from sabai.pipeline import walk
from sabai.report.tables import scores_frame, snapshot_rows
from sabai.store.snapshots import write_snapshots


def run(work: Work, out: Path) -> Answer:
    written = write_snapshots(_snapshots(work), out / "snapshots", definitions().version, datetime.now(UTC))
    assert written > 0
    return Answer(sum(tally.facts for tally in facts_of(work).tallies))


def _snapshots(work: Work) -> Iterator[pa.Table]:
    """Score, points and contributions of every customer at every as-of date, run of accounts after run."""
    scored, _ = walk(definitions(), facts_of(work), AS_OF)
    for scores in scored:
        frame = scores_frame(scores, AS_OF)
        if frame.height:
            yield snapshot_rows(frame)
