"""What a spreadsheet program computes from the formulas equals what Sabai computes, before and after a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from openpyxl.workbook.workbook import Workbook

from sabai.definitions.model import Bands, Definitions
from sabai.health.reference import take_cut, take_reference
from sabai.health.score import score_grid
from sabai.health.scores import BANDS, Scores
from sabai.report.workbook import write_workbook
from sabai.report.workbook.look import SHAPES
from tests.report.recalculation import OFFICE, Cells, cells, edited, open_quietly, recalculated
from tests.report.workbook_made import LAST, definitions, grid, names, scores

FEW, MANY = 4, 40
FIRST = 7  # the first row with an account, as people count


def named(book: Workbook, name: str, nth: int = 0) -> object:
    ((sheet, area),) = book.defined_names[name].destinations
    area = area.replace("$", "")
    found = book[sheet][area]
    return found[nth][0] if isinstance(found, tuple) else found


def change(name: str, value: float, nth: int = 0) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        named(book, name, nth).value = value

    return edit


def with_health(**changes: object) -> Definitions:
    stated = definitions()
    return replace(stated, health=replace(stated.health, **changes))


def with_weight(number: int, weight: float) -> Definitions:
    factors = list(definitions().health.factors)
    factors[number] = replace(factors[number], weight=weight)
    return with_health(factors=tuple(factors))


def with_deduction(number: int, **changes: object) -> Definitions:
    deductions = list(definitions().health.deductions)
    deductions[number] = replace(deductions[number], **changes)
    return with_health(deductions=tuple(deductions))


def threshold(number: int, value: float) -> Definitions:
    when = replace(definitions().health.deductions[number].when, value=value)
    return with_deduction(number, when=when)


CASES: dict[str, tuple[Callable[[Workbook], None], Definitions]] = {
    "nothing": (lambda _: None, definitions()),
    "weight": (change("sabai_weights", 70, 1), with_weight(1, 70.0)),
    "weight_zero": (change("sabai_weights", 0, 2), with_weight(2, 0.0)),
    "cut": (change("sabai_healthy_from", 80), with_health(bands=Bands(cut=(80.0, np.nan)))),
    "coverage": (change("sabai_needs_coverage", 0.8), with_health(needs_coverage=0.8)),
    "points_off": (change("sabai_deduction_points", 3, 0), with_deduction(0, points=3.0)),
    "threshold": (change("sabai_deduction_thresholds", 5, 2), threshold(2, 5.0)),
    "cap": (change("sabai_deduction_cap", 10), with_health(deduction_cap=10.0)),
}
WHAT_MATTERS_MOST = ("nothing", "weight")
EVERYTHING = [pytest.mark.long, pytest.mark.skipif(not OFFICE, reason="without LibreOffice it takes minutes")]


def as_sabai_would(changed: Definitions, accounts: int) -> Scores:
    """The same accounts scored by the changed definitions, against the reference and cut points of the first ones."""
    made, health = grid(accounts), definitions().health
    reference = take_reference(made, health)
    first = take_cut([score_grid(made, health, reference, None)], health)
    cut = changed.health.bands.cut or first
    return score_grid(made, changed.health, reference, (cut[0], first[1]))


def assert_scored(sheet: dict[str, object], expected: Scores) -> None:
    rows = {account: row for row, account in enumerate(expected.grid.accounts)}
    column = expected.grid.as_of.tolist().index(LAST)
    seen = 0
    while account := sheet.get(f"A{FIRST + seen}"):
        cell = rows[str(account)], column
        score, band = sheet[f"C{FIRST + seen}"], str(sheet[f"D{FIRST + seen}"])
        assert (np.nan if score in (None, "") else score) == pytest.approx(expected.score[cell], abs=1e-6, nan_ok=True)
        assert band.startswith(SHAPES[BANDS[expected.raw_band[cell]]])
        assert sheet[f"E{FIRST + seen}"] == pytest.approx(expected.coverage[cell], abs=1e-6)
        seen += 1
    assert seen == expected.grid.alive[:, column].sum()


def assert_counted(sheet: dict[str, object], expected: Scores) -> None:
    column = expected.grid.as_of.tolist().index(LAST)
    band = expected.raw_band[expected.grid.alive[:, column], column]
    assert [sheet[f"C{row}"] for row in range(9, 13)] == [int((band == index).sum()) for index in range(4)]


@pytest.mark.parametrize(
    ("accounts", "cases"), [(FEW, WHAT_MATTERS_MOST), pytest.param(MANY, tuple(CASES), marks=EVERYTHING)]
)
def test_changes_are_followed(tmp_path: Path, accounts: int, cases: tuple[str, ...]) -> None:
    path, made = tmp_path / "scores.xlsx", scores(accounts)
    write_workbook(made, definitions(), names(made), path, LAST)
    copies = [edited(path, tmp_path / f"{case}.xlsx", CASES[case][0]) for case in cases]
    computed = dict(zip(cases, recalculated(copies, tmp_path), strict=True))
    for case in cases:
        expected = as_sabai_would(CASES[case][1], accounts)
        assert_scored(computed[case]["scores"], expected)
        assert_counted(computed[case]["summary"], expected)
    assert_the_same(cells(open_quietly(path, data_only=True)), computed["nothing"])
    for case in {*cases} - {"nothing"}:  # the twin: a change that is not followed is seen
        with pytest.raises(AssertionError):
            assert_scored(computed[case]["scores"], as_sabai_would(definitions(), accounts))


def assert_the_same(written: Cells, computed: Cells) -> None:
    """Programs that do not calculate show what Sabai wrote, in every cell."""
    for sheet, of in written.items():
        for cell, value in of.items():
            if isinstance(value, int | float):
                assert computed[sheet][cell] == pytest.approx(value, abs=1e-6), (sheet, cell)
            else:
                assert (computed[sheet].get(cell) or "") == (value or ""), (sheet, cell)
