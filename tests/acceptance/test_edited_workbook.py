"""A person edits weights in the workbook and hands it back: sound edits are taken, others refused by their cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.acceptance.conftest import Folder

BOOK = "sabai-out/scores.xlsx"
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # of openpyxl


@pytest.fixture
def edit(folder: Folder) -> Callable[[object], None]:
    """Writes something where the weight of `logins` stands."""
    assert folder.say("score", "--as-of", "2025-05-19").code == 0
    path = folder.root / BOOK

    def write(weight: object) -> None:
        book = load_workbook(path)
        sheet, row, column = weight_of(book, "logins")
        sheet.cell(row, column).value = weight
        book.save(path)

    return write


def weight_of(book: Workbook, factor: str) -> tuple[Worksheet, int, int]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if row[0].value != factor and factor not in [cell.value for cell in row[:3]]:
                continue
            for cell in row:
                if cell.value == 60:
                    return sheet, cell.row, cell.column
    raise AssertionError("no weight of 60 beside the factor")


def test_an_untouched_workbook_changes_nothing(folder: Folder, edit: Callable[[object], None]) -> None:
    before = (folder.root / "sabai.yaml").read_text()
    said = folder.say("check", BOOK, "--write", "--json")
    assert (said.code, said.json["edited"], said.json["written"]) == (0, [], False)
    assert (folder.root / "sabai.yaml").read_text() == before


def test_a_sound_edit_is_shown_and_then_written(folder: Folder, edit: Callable[[object], None]) -> None:
    edit(50)
    assert "logins: 60 → 50" in folder.say("check", BOOK).out
    assert "weight: 60" in (folder.root / "sabai.yaml").read_text()
    assert folder.say("check", BOOK, "--write").code == 0
    assert "logins: { weight: 50," in (folder.root / "sabai.yaml").read_text()
    assert folder.say("check").code == 0


def named(book: Workbook, name: str) -> list[Cell]:
    """The cells that have this name, from top to bottom."""
    ((sheet, area),) = book.defined_names[name].destinations
    cells = book[sheet][area.replace("$", "")]
    return [row[0] for row in cells] if isinstance(cells, tuple) else [cells]


@pytest.fixture
def book(folder: Folder) -> Workbook:
    folder.mean(
        ("  bands:", "  deductions: { quiet: { when: { logins: '< 2' }, points: 5 } }  # ours\n  bands:"),
    )
    assert folder.say("score", "--as-of", "2025-05-19").code == 0
    return load_workbook(folder.root / BOOK)


def test_all_that_can_be_edited_is_shown_and_then_written(folder: Folder, book: Workbook) -> None:
    before = (folder.root / "sabai.yaml").read_text()
    for name, value in {
        "sabai_healthy_from": 75, "sabai_needs_coverage": 0.4, "sabai_deduction_cap": 20,
        "sabai_deduction_points": 7, "sabai_deduction_thresholds": 3,
    }.items():  # fmt: skip
        named(book, name)[0].value = value
    named(book, "value_1")[1].value = 25
    book.save(folder.root / BOOK)
    edits = [
        "curve of logins: { 0: 0, 20: 100 } → { 0: 0, 25: 100 }",
        "points of quiet: 5 → 7",
        "condition of quiet: < 2 → < 3",
        "deduction_cap: 30 → 20",
        "needs_coverage: 0.5 → 0.4",
        "bands: { healthy: 70, at_risk: 40 } → { healthy: 75, at_risk: 40 }",
    ]
    assert folder.say("check", BOOK).out.splitlines()[1:] == [f"  {edit}" for edit in edits]
    assert (folder.root / "sabai.yaml").read_text() == before
    assert folder.say("check", BOOK, "--write").code == 0
    expected = before.replace("curve: { 0: 0, 20: 100 }", "curve: { 0: 0, 25: 100 }").replace("'< 2'", '"< 3"')
    expected = expected.replace("points: 5", "points: 7").replace("healthy: 70", "healthy: 75")
    expected = expected.replace("health:\n", "health:\n  deduction_cap: 20\n  needs_coverage: 0.4\n")
    assert (folder.root / "sabai.yaml").read_text() == expected
    assert folder.say("check", BOOK).out == "The workbook says what the definitions say.\n"
    assert folder.say("score", "--as-of", "2025-05-19").code == 0


def test_a_curve_that_falls_back_is_refused(folder: Folder, book: Workbook) -> None:
    before = (folder.root / "sabai.yaml").read_text()
    named(book, "value_1")[1].value = -1
    book.save(folder.root / BOOK)
    said = folder.say("check", BOOK, "--write", "--json")
    assert (said.code, said.json["issues"][0]["code"]) == (1, "DEF-035")
    assert (folder.root / "sabai.yaml").read_text() == before


@pytest.mark.parametrize("weight", ["heavy", "=1/0", -5, "-5", 1e308, True, "", None, "60%", "#REF!", "๖๐"])
def test_an_edit_that_is_no_weight_is_refused(folder: Folder, edit: Callable[[object], None], weight: object) -> None:
    before = (folder.root / "sabai.yaml").read_text()
    edit(weight)
    said = folder.say("check", BOOK, "--write", "--json")
    assert said.code == 1
    assert (folder.root / "sabai.yaml").read_text() == before
    assert said.json["issues"][0]["where"]


def test_a_missing_row_is_told(folder: Folder, edit: Callable[[object], None]) -> None:
    book = load_workbook(folder.root / BOOK)
    sheet, row, _ = weight_of(book, "logins")
    sheet.delete_rows(row)
    book.save(folder.root / BOOK)
    said = folder.say("check", BOOK, "--write", "--json")
    assert said.code == 1
    assert "logins" in said.out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a workbook"])
def test_a_workbook_that_is_none(folder: Folder, content: bytes) -> None:
    folder.file("edited.xlsx", content)
    said = folder.say("check", "edited.xlsx", "--json")
    assert said.code == 2
    assert "edited.xlsx" in said.out


def test_a_workbook_that_is_not_there_or_of_another_kind(folder: Folder) -> None:
    assert folder.say("check", "nowhere.xlsx", "--json").code in (1, 2)
    path = Path(folder.root, "other.xlsx")
    Workbook().save(path)
    assert folder.say("check", "other.xlsx", "--json").code == 2
    assert folder.say("check", "sabai.yaml", "--write", "--json").code == 2
    assert folder.say("check", "other.xlsx", "--definitions", "nowhere.yaml", "--json").code in (1, 2)
