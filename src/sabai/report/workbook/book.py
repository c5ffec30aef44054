"""What a workbook says, before a sheet is drawn: the accounts on it, their numbers at one date, and the curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Definitions, Health
from sabai.health.cell import column_of
from sabai.health.scores import BANDS, Scores
from sabai.language.language import Language
from sabai.metrics.grid import Floats
from sabai.report.workbook.curves import Curve, curves_by_hand, curves_of
from sabai.report.workbook.layout import Layout

MOST_ACCOUNTS = 5_000
MOST_CELLS = 60_000  # more make the file slow to write and slow to open
EMPTY_ROWS = 20

Where = tuple[NDArray[np.int64], int]


@dataclass(frozen=True, slots=True)
class Row:
    """One account as Sabai sees it at the date; None is unknown. An empty row has no account."""

    account_id: str = ""
    name: str = ""
    segment: int = 0
    young: bool = False
    score: float | None = None
    coverage: float | None = None
    raw_band: str = "unknown"
    band: str = "unknown"
    values: Mapping[str, float | None] = field(default_factory=dict)
    points: Mapping[str, float | None] = field(default_factory=dict)
    contributions: Mapping[str, float | None] = field(default_factory=dict)  # of factors and milestones
    deductions: Mapping[str, float | None] = field(default_factory=dict)
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """`in_sabai` counts held bands of all customers, in the order of BANDS; `customers` is their sum.

    `curves` say how values become points, numbered from 1; a factor without one has no points.
    """

    definitions: Definitions
    language: Language
    day: int | None  # None: a template, to be filled by hand
    rows: tuple[Row, ...]
    segments: tuple[str, ...]
    curves: tuple[Curve, ...]
    cut: tuple[float, float]
    in_sabai: tuple[int, ...]

    @property
    def health(self) -> Health:
        return self.definitions.health

    @property
    def layout(self) -> Layout:
        return Layout(self.health)

    @property
    def customers(self) -> int:
        return sum(self.in_sabai)

    @property
    def curve_numbers(self) -> dict[tuple[str, int | None], int]:
        """(factor, segment) -> number of its curve; segment None: the same for everybody."""
        return {(curve.factor, curve.segment): number for number, curve in enumerate(self.curves, start=1)}

    @property
    def by_segment(self) -> bool:
        return len(self.segments) > 1


def book_of(scores: Scores, definitions: Definitions, names: Mapping[str, str], day: int, language: Language) -> Book:
    """The customers at `day`, lowest score first, unknown last, as many as a spreadsheet bears."""
    column = column_of(scores.grid, day)
    alive = np.flatnonzero(scores.grid.alive[:, column])
    order = alive[np.lexsort((alive, scores.score[alive, column]))]  # NaN sorts last
    where = (order[: _most(definitions.health)], column)
    return Book(
        definitions,
        language,
        day,
        tuple(_rows(scores, names, where)),
        scores.grid.segments,
        curves_of(scores, definitions.health, *where),
        scores.cut,
        tuple(int((scores.band[alive, column] == band).sum()) for band in range(len(BANDS))),
    )


def empty_book(definitions: Definitions, language: Language) -> Book:
    """No accounts yet, but rows to write them into."""
    cut = definitions.health.bands.cut or (70.0, 40.0)
    curves = curves_by_hand(definitions.health)
    rows = tuple(Row() for _ in range(EMPTY_ROWS))
    return Book(definitions, language, None, rows, ("",), curves, cut, (0,) * len(BANDS))


def known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _most(health: Health) -> int:
    return min(MOST_ACCOUNTS, MOST_CELLS // Layout(health).width)


def _rows(scores: Scores, names: Mapping[str, str], where: Where) -> list[Row]:
    columns = {
        kind: _by_account(of, where)
        for kind, of in (
            ("values", scores.grid.values),
            ("points", scores.points),
            ("contributions", scores.contributions),
            ("deductions", scores.deductions),
        )
    }
    return [
        _row(scores, names, int(account), where[1], {kind: of[index] for kind, of in columns.items()})
        for index, account in enumerate(where[0])
    ]


def _row(
    scores: Scores, names: Mapping[str, str], account: int, column: int, of: Mapping[str, Mapping[str, float | None]]
) -> Row:
    cell = account, column
    account_id = scores.grid.accounts[account]
    return Row(
        account_id,
        names.get(account_id, ""),
        int(scores.grid.segment[cell]),
        bool(scores.young[cell]),
        known(scores.score[cell]),
        known(scores.coverage[cell]),
        BANDS[scores.raw_band[cell]],
        BANDS[scores.band[cell]],
        floor=known(scores.floor[cell]) or None,  # 0: nothing was cut
        **of,
    )


def _by_account(of: Mapping[str, Floats], where: Where) -> list[dict[str, float | None]]:
    """What each of the accounts has under every name; one dict an account."""
    if not of:
        return [{} for _ in where[0]]
    table = np.stack([values[where] for values in of.values()], axis=1)
    cells: NDArray[np.object_] = table.astype(object)
    cells[np.isnan(table)] = None
    return [dict(zip(of, row, strict=True)) for row in cells.tolist()]
