"""Everything that a run leaves in its folder for people and for other tools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sabai.health.scores import Scores
from sabai.progress import Progress, quiet
from sabai.report.names import account_names
from sabai.report.page import write_page
from sabai.report.tables import scores_csv, scores_frame, snapshot_rows, write_rejects_csv
from sabai.report.view import Scored
from sabai.report.workbook.write import write_workbook
from sabai.store.restating import Restated
from sabai.store.snapshots import restate_snapshots, write_snapshots


class Finished(Scored, Protocol):
    """A run with the days that were asked for and the folder for its results."""

    @property
    def asked(self) -> tuple[int, ...]: ...
    @property
    def out(self) -> Path: ...


def write_tables(
    scored: Iterable[Scores], asked: Sequence[int], out: Path, version: str, computed_at: datetime, *,
    restate: bool = False,
) -> Restated | None:  # fmt: skip
    """scores.csv and snapshots/ of the asked days, run of accounts after run; each is whole or as it was before.

    To `restate` is to supersede only those snapshots that say something else now; then the answer says how many.
    """
    out.mkdir(parents=True, exist_ok=True)
    with scores_csv(out / "scores.csv") as csv:
        frames = (csv.add(scores_frame(part, asked)) for part in scored)
        rows = (snapshot_rows(frame) for frame in frames if frame.height)
        if restate:
            return restate_snapshots(rows, out / "snapshots", version, computed_at)
        write_snapshots(rows, out / "snapshots", version, computed_at)
    return None


def write_pages(run: Finished, *, progress: Progress = quiet) -> None:
    """rejects.csv, scores.xlsx and report.html; each is whole or as it was before."""
    last = run.asked[-1]
    names = {account_id: named.name for account_id, named in account_names(run.facts, last).items()}
    outputs: list[tuple[str, Callable[[], object]]] = [
        ("rejects.csv", lambda: write_rejects_csv(run.facts, run.out / "rejects.csv")),
        ("scores.xlsx", lambda: write_workbook(run.scores, run.definitions, names, run.out / "scores.xlsx", last)),
        ("report.html", lambda: write_page(run, run.out / "report.html")),
    ]
    for done, (name, write) in enumerate(outputs):
        progress(f"writing {name}", done, len(outputs))
        write()
    progress("written", len(outputs), len(outputs))
