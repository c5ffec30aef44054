"""What a spreadsheet program computes from the sheets is what Sabai found, and nothing in them runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from sabai.language.language import speak
from sabai.report.money.workbook.cells import Sheet
from sabai.report.money.workbook.receivables import receivables_sheets
from sabai.report.money.workbook.retention import retention_sheets
from sabai.report.money.workbook.revenue import revenue_sheets
from sabai.report.money.workbook.value import value_sheets
from sabai.report.money.workbook.write import write_book
from tests.proof.twins import MUST_FAIL
from tests.report.money.made import FORMULA, found
from tests.report.money.test_receivables import books
from tests.report.money.test_value import contracts, nobody, purchases
from tests.report.recalculation import edited, open_quietly, recalculated
from tests.spoken import SPOKEN

Value = str | float | None
Sheets = Sequence[Sheet]


def made(folder: Path, code: str = "en") -> dict[str, Sheets]:
    """The sheets of every page, of a company each."""
    language = speak(code)
    for name in ("kept", "books", "contracts", "euros"):
        (folder / name).mkdir()
    company = found(folder / "kept")
    return {
        "retention": retention_sheets(company.kept, language),
        "revenue": revenue_sheets(company.earned, language),
        "exchange": revenue_sheets(found(folder / "euros", "in euros").earned, language),
        "receivables": receivables_sheets(books(folder / "books"), language),
        "value": value_sheets(contracts(folder / "contracts"), language),
    }


def computed(sheets: Mapping[str, Sheets], folder: Path) -> dict[str, dict[str, dict[str, object]]]:
    """Every cell anew: the file is opened without what was computed before."""
    paths = [write_book(each, folder / f"{name}.xlsx", "USD", speak("en")) for name, each in sheets.items()]
    bare = [edited(path, folder / f"bare-{path.name}", lambda book: None) for path in paths]
    return dict(zip(sheets, recalculated(bare, folder), strict=True))


def differing(sheets: Sheets, cells: Mapping[str, Mapping[str, object]]) -> list[tuple[str, str, Value, object]]:
    """Formulas that say something else than Sabai."""
    off = []
    for sheet in sheets:
        for row, of in enumerate(sheet.rows):
            for column, cell in enumerate(of):
                if cell.formula:
                    name = xl_rowcol_to_cell(row, column)
                    says = cells[sheet.name.casefold()].get(name)
                    if not _same(cell.value, says):
                        off.append((sheet.name, name, cell.value, says))
    return off


def _same(told: Value, says: object) -> bool:
    if isinstance(says, datetime):
        return says.replace(tzinfo=UTC).toordinal() - date(1899, 12, 30).toordinal() == told
    if isinstance(told, int | float) and isinstance(says, int | float):
        return says == pytest.approx(told, rel=1e-6, abs=0.0051)  # half a coin: values of customers are whole coins
    return (told or "") == (says or "")


def test_every_formula_says_what_sabai_found(tmp_path: Path) -> None:
    sheets = made(tmp_path)
    cells = computed(sheets, tmp_path)
    for page, of in sheets.items():
        assert sum(bool(cell.formula) for sheet in of for row in sheet.rows for cell in row) > 10
        assert not differing(of, cells[page]), page


@MUST_FAIL
def test_the_comparison_sees_a_coin(tmp_path: Path) -> None:
    sheets = {"retention": made(tmp_path)["retention"]}
    [sheet] = sheets["retention"]
    off = tuple(replace(cell, value=cell.value + 0.01) if cell.formula and isinstance(cell.value, float) else cell
                for cell in sheet.rows[-1])  # fmt: skip
    wrong = (replace(sheet, rows=(*sheet.rows[:-1], off)),)
    assert not differing(wrong, computed(sheets, tmp_path)["retention"])


def test_another_customer_is_reckoned_where_its_name_is_written(tmp_path: Path) -> None:
    company = contracts(tmp_path)
    path = write_book(value_sheets(company, speak("en")), tmp_path / "value.xlsx", "USD", speak("en"))
    worth = dict(company.accounts.drop_nulls("value_minor").select("account_id", "value_minor").iter_rows())
    others = list({value: account for account, value in worth.items()}.values())[-2:]
    assert len(others) == 2

    def ask(other: str) -> Path:
        def edit(book: Workbook) -> None:
            book["By hand"]["B4"].value = other

        return edited(path, tmp_path / f"{other}.xlsx", edit)

    books = recalculated([ask(other) for other in others], tmp_path)
    for other, cells in zip(others, books, strict=True):
        assert cells["by hand"]["B19"] == pytest.approx(worth[other] / 100, abs=0.0051)


@pytest.mark.parametrize("code", SPOKEN)
def test_what_came_from_outside_is_text_and_nothing_else(tmp_path: Path, code: str) -> None:
    sheets = made(tmp_path, code)
    for name, each in sheets.items():
        book = open_quietly(write_book(each, tmp_path / f"{name}.xlsx", "USD", speak(code)))
        assert [sheet.title for sheet in book] == [sheet.name for sheet in each]
        assert all(bool(sheet.sheet_view.rightToLeft) == (code == "ar") for sheet in book)
        formulas = {cell.formula for sheet in each for row in sheet.rows for cell in row if cell.formula}
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {str(cell.value)[1:] for cell in cells if cell.data_type == "f"} <= formulas
        assert all(FORMULA not in formula for formula in formulas)
    assert FORMULA in {cell.value for row in sheets["revenue"][1].rows for cell in row}


def test_where_customers_buy_without_a_contract_there_is_nothing_to_redo(tmp_path: Path) -> None:
    assert value_sheets(purchases(tmp_path), speak("en")) == ()
    (tmp_path / "nobody").mkdir()
    assert value_sheets(nobody(tmp_path / "nobody"), speak("en")) == ()


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    sheets = made(tmp_path)["retention"]
    one, other = (write_book(sheets, tmp_path / name, "JPY", speak("ja")) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()
