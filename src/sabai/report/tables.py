"""Scores as a table of plain columns: what `scores.csv` and the snapshots hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from sabai.facts.landed import Facts
from sabai.health.cell import column_of
from sabai.health.scores import BANDS, Scores
from sabai.metrics.grid import Floats
from sabai.report.safe_text import safe_text
from sabai.store.aside import aside


def scores_frame(scores: Scores, days: Sequence[int]) -> pl.DataFrame:
    """One row for every account that is a customer at each of the days, sorted by account and date; null is unknown.

    Columns: account_id, as_of, score, band, coverage; for each factor `.value`, `.points`, `.contribution`; for each
    deduction, milestone and the floor `.contribution`. The contributions of a row sum to its score to 1e-9; they are
    null where the score is unknown, and `floor.contribution` also where nothing was cut. Milestones are the score of
    young accounts only. `days` are days since 1970-01-01, each an as-of date of the grid
    (else UsageError).
    """
    cells = _Cells(scores, days)
    return pl.DataFrame([*_who(scores, cells), *chain.from_iterable(_columns(scores, cells))])


def snapshot_rows(frame: pl.DataFrame) -> pa.Table:
    """The same rows for `store.snapshots`, with text as every reader of Delta tables knows it."""
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    fields = [pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type) for f in table.schema]
    return table.cast(pa.schema(fields))


@contextmanager
def scores_csv(path: Path) -> Iterator[ScoresFile]:
    """A CSV file that takes frame after frame and appears, whole, when the block ends well."""
    with aside(path) as unfinished, unfinished.open("wb") as file:
        yield ScoresFile(file)


class ScoresFile:
    """Comma-separated, UTF-8, unknown is an empty cell; text that a spreadsheet would run is made harmless."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def add(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Writes the rows, with a header before the first, and gives them back as they were."""
        harmless = [_harmless(column) for column in frame if column.dtype == pl.String]
        frame.with_columns(harmless).write_csv(self._file, include_header=self._file.tell() == 0)
        return frame


def _harmless(column: pl.Series) -> pl.Series:
    """Each text is looked at once, however many rows say it."""
    texts = column.unique().to_frame("was")
    changed = texts.with_columns(safe_text(pl.col("was")).alias("is")).filter(pl.col("was") != pl.col("is"))
    return column.replace(changed["was"], changed["is"]) if changed.height else column


def write_scores_csv(frame: pl.DataFrame, path: Path) -> None:
    """One frame as a file of its own."""
    with scores_csv(path) as file:
        file.add(frame)


def write_rejects_csv(facts: Facts, path: Path) -> None:
    """The rows that were set aside as a CSV file, made as harmless as the scores."""
    write_scores_csv(facts.aside().collect(), path)


class _Cells:
    """The cells of the grid that become rows, account by account."""

    def __init__(self, scores: Scores, days: Sequence[int]) -> None:
        grid = scores.grid
        columns = np.array([column_of(grid, day) for day in sorted(set(days))], dtype=np.int64)
        self.account, place = np.nonzero(grid.alive[:, columns])
        self.column = columns[place]
        self._flat = self.account * len(grid.as_of) + self.column
        self._all = len(self._flat) == grid.alive.size

    def take(self, of: Floats) -> Floats:
        return of.ravel() if self._all else of.ravel()[self._flat]

    def floats(self, name: str, of: Floats, hidden: NDArray[np.bool_] | None = None) -> pl.Series:
        """Null where unknown or hidden; -0.0 becomes 0.0."""
        values = self.take(of) + 0.0
        if hidden is not None:
            values[hidden] = np.nan
        return pl.Series(name, values, nan_to_null=True)


def _who(scores: Scores, cells: _Cells) -> Iterator[pl.Series]:
    grid = scores.grid
    yield pl.Series("account_id", grid.accounts, pl.String).gather(cells.account)
    yield pl.Series("as_of", grid.as_of[cells.column]).cast(pl.Date)
    yield cells.floats("score", scores.score)
    yield pl.Series("band", BANDS).gather(scores.band[cells.account, cells.column])
    yield cells.floats("coverage", scores.coverage)


def _columns(scores: Scores, cells: _Cells) -> Iterator[Iterator[pl.Series]]:
    unknown = np.isnan(cells.take(scores.score))
    unknown_anywhere = unknown if unknown.any() else None
    factors = [name for name in scores.contributions if name in scores.points]
    for name in factors:
        yield _factor(name, scores, cells, unknown_anywhere)
    rest = {**scores.deductions, **{name: of for name, of in scores.contributions.items() if name not in scores.points}}
    for name, of in rest.items():
        yield iter([cells.floats(f"{name}.contribution", of, unknown_anywhere)])
    yield iter([cells.floats("floor.contribution", scores.floor, unknown | (cells.take(scores.floor) == 0))])


def _factor(name: str, scores: Scores, cells: _Cells, unknown: NDArray[np.bool_] | None) -> Iterator[pl.Series]:
    yield cells.floats(f"{name}.value", scores.grid.values[name])
    yield cells.floats(f"{name}.points", scores.points[name])
    yield cells.floats(f"{name}.contribution", scores.contributions[name], unknown)
