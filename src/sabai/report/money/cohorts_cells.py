"""The triangle as rows of cells, each with the step of the scale on which it stands; what is not known has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sabai.report.sheet import top_of
from sabai.retention.cohorts.cohorts import Cohorts

STEPS = 8
INK = ((0.06, False), (0.15, False), (0.25, False), (0.36, False), (0.48, False), (0.8, True), (0.9, True), (1.0, True))
"""How strongly each step is inked, and whether its figures are as light as the paper: none lies between, since there
neither dark nor light figures could be read, neither by day nor by night. money.css has the same steps."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`share` None: nobody has come to that age, or nobody watched then. `some`: not all of them have come to it."""

    share: float | None
    some: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One cohort of `size` that began, age by age."""

    name: str
    size: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Triangle:
    """`everybody` is over all cohorts, of those who came to each age, without marks. Most ink is near `top`."""

    ages: tuple[str, ...]
    rows: tuple[Row, ...]
    everybody: Row
    top: float

    def step(self, share: float) -> int:
        """
        >>> triangle = Triangle((), (), Row("", 0, ()), 0.4)
        >>> triangle.step(0.0), triangle.step(0.19), triangle.step(0.4), triangle.step(1.2)
        (0, 3, 7, 7)
        """
        return max(0, min(int(share / self.top * STEPS), STEPS - 1))

    def newest(self, rows: int, ages: int) -> Triangle:
        """The last of the cohorts and the first of the ages."""
        kept = (Row(row.name, row.size, row.cells[:ages]) for row in self.rows[-rows:])
        everybody = Row("", self.everybody.size, self.everybody.cells[:ages])
        return Triangle(self.ages[:ages], tuple(kept), everybody, self.top)


def triangle(found: Cohorts) -> Triangle:
    """All of it. The first age, at which nearly all are there, does not stretch the scale."""
    by_cohort: dict[str, list[dict[str, Any]]] = {name: [] for name in found.names}
    for each in found.triangle.iter_rows(named=True):
        by_cohort[each["cohort"]].append(each)
    rows = tuple(_row(name, cells) for name, cells in by_cohort.items())
    everybody = _row("", list(found.curve.iter_rows(named=True)), marked=False)
    later = [cell.share for row in rows for cell in row.cells[1 if len(found.ages) > 1 else 0 :] if cell.share]
    return Triangle(found.ages, rows, everybody, top_of(max(later, default=1.0)))


def _row(name: str, cells: list[dict[str, Any]], marked: bool = True) -> Row:
    size = cells[0]["size"] if cells else 0
    return Row(name, size, tuple(_cell(each, marked) for each in cells))


def _cell(row: dict[str, Any], marked: bool) -> Cell:
    return Cell(row["share"] if row["reached"] else None, marked and row["reached"] < row["size"])
