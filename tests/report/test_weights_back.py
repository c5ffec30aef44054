from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from sabai.errors import DefinitionsError, UsageError
from sabai.report.weights_back import read_edits, read_weights
from sabai.report.workbook import write_template, write_workbook
from tests.report.recalculation import edited
from tests.report.workbook_made import LAST, definitions, names, scores

STATED = {"logins": 30.0, "first_reply": 15.0, "seat_use": 25.0, "nps": 20.0, "days_late": 10.0}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "scores.xlsx"
    made = scores(5)
    write_workbook(made, definitions(), names(made), path, LAST)
    return path


@pytest.fixture
def after(workbook: Path, tmp_path: Path) -> Callable[[Callable[[Workbook], None]], Path]:
    return lambda edit: edited(workbook, tmp_path / "edited.xlsx", edit)


def write(cell: str, value: object) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book["Weights"][cell] = value

    return edit


def test_an_untouched_workbook_says_what_the_definitions_say(workbook: Path) -> None:
    edits, health = read_edits(workbook, definitions()), definitions().health
    assert edits.weights == STATED
    assert edits.cut is None
    assert (edits.needs_coverage, edits.deduction_cap) == (health.needs_coverage, health.deduction_cap)
    assert edits.deduction_points == {each.name: each.points for each in health.deductions}
    assert edits.deduction_thresholds == {each.name: each.when.value for each in health.deductions}
    assert edits.curves == {each.name: each.curve for each in health.factors if each.curve}
    assert edits.on(health) == health


def test_a_template_is_read_back_too(tmp_path: Path) -> None:
    write_template(definitions(), tmp_path / "template.xlsx")
    assert read_weights(tmp_path / "template.xlsx", definitions()) == STATED


def test_definitions_without_deductions(tmp_path: Path) -> None:
    none = replace(definitions(), health=replace(definitions().health, deductions=(), young=None))
    write_template(none, tmp_path / "template.xlsx")
    assert read_edits(tmp_path / "template.xlsx", none).deduction_points == {}


def test_changes_come_back(after) -> None:
    def edit(book: Workbook) -> None:
        for cell, value in {"E5": 40, "E6": 5.5, "E13": 75, "E20": 0, "G20": 3}.items():
            write(cell, value)(book)

    edits = read_edits(after(edit), definitions())
    assert edits.weights == {**STATED, "logins": 40.0, "first_reply": 5.5}
    assert edits.cut is not None
    assert edits.cut[0] == 75.0
    assert edits.deduction_points["asked_to_cancel"] == 0.0
    assert edits.deduction_thresholds["asked_to_cancel"] == 3.0


def test_rows_in_another_order(after) -> None:
    def swap(book: Workbook) -> None:
        for cell, value in {"B5": "nps", "E5": 1, "B8": "logins", "E8": 2}.items():
            write(cell, value)(book)

    assert read_weights(after(swap), definitions()) == {**STATED, "nps": 1.0, "logins": 2.0}


@pytest.mark.parametrize(
    ("cell", "value", "code", "words"),
    [
        ("E5", "a lot", "WBK-002", "'a lot'"),
        ("E5", "15%", "WBK-002", "'15%'"),
        ("E5", True, "WBK-002", "'True'"),
        ("E6", -3, "WBK-003", "first_reply"),
        ("E7", "=5+5", "WBK-004", "formula without a value"),
        ("E8", None, "WBK-005", "nps"),
        ("B5", "login", "WBK-007", 'Did you mean "logins"?'),
        ("B5", "nps", "WBK-008", "twice"),
        ("B5", None, "WBK-007", "Weights!B5"),
        ("E13", 5, "WBK-010", "below at risk"),
        ("E17", 60, "WBK-011", "6000%"),
        ("E23", "x", "WBK-002", "Weights!E23"),
    ],
)
def test_what_cannot_be_meant_is_said(after, cell: str, value: object, code: str, words: str) -> None:
    with pytest.raises(DefinitionsError) as error:
        read_edits(after(write(cell, value)), definitions())
    (issue,) = [issue for issue in error.value.issues if issue.code == code]
    assert words in str(issue)
    assert "edited.xlsx, Weights!" in issue.where


def test_a_factor_that_is_missing(workbook: Path) -> None:
    stated = definitions()
    factors = (*stated.health.factors, replace(stated.health.factors[0], name="features"))
    more = replace(stated, health=replace(stated.health, factors=factors))
    with pytest.raises(DefinitionsError, match=r'WBK-006  "features" is in the definitions'):
        read_weights(workbook, more)


def test_weights_that_are_all_nothing(after) -> None:
    def zero(book: Workbook) -> None:
        for row in range(5, 10):
            write(f"E{row}", 0)(book)

    with pytest.raises(DefinitionsError, match="WBK-009"):
        read_weights(after(zero), definitions())


@pytest.mark.parametrize("content", [b"", b"weights\n1\n", b"PK\x03\x04 cut in the middle"])
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "scores.xlsx").write_bytes(content)
    with pytest.raises(UsageError, match="WBK-001"):
        read_weights(tmp_path / "scores.xlsx", definitions())


def test_a_workbook_of_somebody_else_and_none_at_all(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "other.xlsx")
    for name in ("other.xlsx", "absent.xlsx"):
        with pytest.raises(UsageError, match="WBK-001"):
            read_weights(tmp_path / name, definitions())


def test_a_workbook_whose_weights_were_deleted(after) -> None:
    def forget(book: Workbook) -> None:
        book.defined_names["sabai_weights"].attr_text = "#REF!"

    with pytest.raises(UsageError, match="sabai_weights"):
        read_weights(after(forget), definitions())
