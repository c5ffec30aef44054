"""Which happenings a store has: the hash of every key beside the hash of what its row says, sorted, in open arrays.

A cache beside the tables, never the truth: where it is missing or not that of the tables, it is made out of them again.
Sixteen bytes a fact; a look-up touches a few pages of the arrays and reads no table.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.facts.catalogue import FactTable
from sabai.facts.duplicates import hashed_keys
from sabai.store.aside import make_durable, said_plainly

Hashes = NDArray[np.uint64]
"""Of shape (2, rows): keys ascending, and what the rows say."""

_HASHED_BY = f"{pl.__version__}, column by column"  # another version of Polars may hash differently


def hashes(rows: pl.DataFrame, table: FactTable) -> Hashes:
    """The hashes of `rows` in their own order."""
    return np.stack([hashed_keys(rows).to_numpy(), said(rows, table).to_numpy()])


def said(rows: pl.DataFrame, table: FactTable, but_for: str = "") -> pl.Series:
    """A hash of what each row says. What was mapped counts; columns that nobody filled do not, so that a column which
    the table gets later changes nothing."""
    leave = {*table.key, but_for}  # who is meant is no part of what is said
    names = sorted(name for name in rows.columns if name in table.columns or name.startswith("properties."))
    told = pl.lit(0, dtype=pl.UInt64)
    for name in names:
        if name not in leave:
            told = told ^ pl.when(pl.col(name).is_not_null()).then(_hash(rows, name)).otherwise(0)
    return rows.with_columns(told.alias("_said"))["_said"]


def _hash(rows: pl.DataFrame, name: str) -> pl.Expr:
    column = pl.col(name)
    if rows.schema[name].base_type() is pl.List:
        column = column.cast(pl.List(pl.String)).list.join(";")
    return column.hash(crc32(name.encode()))  # far cheaper than to hash name and value together


@dataclass(frozen=True, slots=True)
class Keys:
    """The arrays in `folder` of one table; each is named by the landings whose facts it has: `1-17.npy`."""

    folder: Path

    def known(self, asked: Hashes) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """For each of the rows asked about: whether its key is known, and whether it said just the same."""
        known, same = np.zeros(asked.shape[1], np.bool_), np.zeros(asked.shape[1], np.bool_)
        if not self._paths():
            return known, same
        order = np.argsort(asked[0])  # neighbours touch the same page
        keys = asked[0][order]
        for segment in self._segments():
            place = np.searchsorted(segment[0], keys)
            place[place == segment.shape[1]] = 0
            (found,) = np.nonzero(segment[0][place] == keys)
            rows = order[found]
            known[rows] = True
            same[rows] |= segment[1][place[found]] == asked[1][rows]
        return known, same

    def add(self, landing: int, new: Hashes) -> None:
        """The hashes of what this landing adds; they count once it is logged."""
        with said_plainly(self.folder):
            self._write(f"{landing}-{landing}", new)

    def settle(self, landing: int, facts: int, remake: Callable[[], Hashes]) -> None:
        """Leaves the arrays with the facts of all landings up to this one, so many: made again where they are not just
        those, and joined where they are of like size, so that few are looked into."""
        with said_plainly(self.folder):
            self.forget(landing)
            if not self._are(facts):
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir(parents=True)
                self._write(f"1-{landing}", remake())
                self._stamp.write_text(_HASHED_BY)
            self._join()

    def forget(self, landing: int) -> None:
        """The arrays of landings after this one, which were never finished, and those that were joined into another."""
        for path in self._paths():
            first, last = _span(path)
            inside = any(path != other and _within((first, last), _span(other)) for other in self._paths())
            if first > landing or inside:
                path.unlink()

    def _are(self, facts: int) -> bool:
        try:
            return self._stamp.read_text() == _HASHED_BY and sum(each.shape[1] for each in self._segments()) == facts
        except (OSError, ValueError):
            return False

    def _join(self) -> None:
        """Joins the latest arrays as long as the one before is at most twice as large."""
        paths = self._paths()
        while len(paths) > 1 and paths[-2].stat().st_size <= 2 * paths[-1].stat().st_size:
            name = f"{_span(paths[-2])[0]}-{_span(paths[-1])[1]}"
            self._write(name, np.concatenate([np.load(path) for path in paths[-2:]], axis=1))
            for path in paths[-2:]:
                path.unlink()
            paths = self._paths()

    def _write(self, name: str, hashes: Hashes) -> None:
        if not hashes.shape[1]:
            return
        unfinished = self.folder / "unfinished"
        with unfinished.open("wb") as file:
            np.save(file, np.take(hashes, np.argsort(hashes[0]), axis=1))
        make_durable(unfinished)
        unfinished.replace(self.folder / f"{name}.npy")

    @property
    def _stamp(self) -> Path:
        return self.folder / "hashed-by"

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.npy"), key=_span)

    def _segments(self) -> Iterator[Hashes]:
        for path in self._paths():
            yield np.load(path, mmap_mode="r")


def _span(path: Path) -> tuple[int, int]:
    first, _, last = path.stem.partition("-")
    return int(first), int(last)


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    """
    >>> _within((2, 3), (1, 3)), _within((2, 3), (3, 3))
    (True, False)
    """
    return other[0] <= span[0] and span[1] <= other[1]
