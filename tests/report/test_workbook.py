from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from sabai.errors import UsageError
from sabai.health.scores import Scores
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak
from sabai.report.workbook import book, write_template, write_workbook
from tests.report.recalculation import open_quietly
from tests.report.workbook_made import DAYS, LAST, definitions, names, scores

FIRST = 7


@pytest.fixture(scope="module")
def made() -> Scores:
    return scores(30)


@pytest.fixture(scope="module")
def path(made: Scores, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "scores.xlsx"
    write_workbook(made, definitions(), names(made), path, LAST)
    return path


def test_the_lowest_scores_come_first_and_unknown_ones_last(path: Path) -> None:
    sheet = open_quietly(path, data_only=True)["Scores"]
    score = [sheet.cell(row, 3).value for row in range(FIRST, sheet.max_row + 1)]
    known = [value for value in score if isinstance(value, float)]
    assert score[: len(known)] == sorted(known)
    assert 0 < len(known) < len(score)


def test_names_are_text_and_never_formulas(path: Path) -> None:
    sheet = open_quietly(path)["Scores"]
    cells = [sheet.cell(row, column) for row in range(FIRST, sheet.max_row + 1) for column in (1, 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)


def test_bands_are_told_by_shape_and_not_by_colour_alone(path: Path) -> None:
    sheet = open_quietly(path, data_only=True)["Scores"]
    bands = {str(sheet.cell(row, 4).value) for row in range(FIRST, sheet.max_row + 1)}
    assert bands <= {"● healthy", "▲ at risk", "■ unhealthy", "? unknown"}
    assert len(bands) >= 3


def test_the_same_scores_give_the_same_file(path: Path, made: Scores, tmp_path: Path) -> None:
    write_workbook(made, definitions(), names(made), tmp_path / "again.xlsx", LAST)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    write_workbook(made, definitions(), names(made), tmp_path / "earlier.xlsx", DAYS[0])
    assert (tmp_path / "earlier.xlsx").read_bytes() != path.read_bytes()


def test_a_large_set_says_who_is_missing(made: Scores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_ACCOUNTS", 8)
    write_workbook(made, definitions(), {}, tmp_path / "few.xlsx", LAST)
    file = open_quietly(tmp_path / "few.xlsx", data_only=True)
    customers = int(made.grid.alive[:, -1].sum())
    assert file["Scores"]["A2"].value == (
        f"The 8 customers with the lowest scores of {customers}, as of Mar 18, 2024; the others are in scores.csv."
    )
    assert "Only the 8 customers with the lowest scores are in this workbook." in [
        cell.value for cell in file["Summary"]["B"]
    ]
    assert (file["Summary"]["C13"].value, file["Summary"]["G13"].value) == (8, customers)
    lowest = np.sort(made.score[made.grid.alive[:, -1], -1])[:8]
    assert [file["Scores"].cell(row, 3).value for row in range(FIRST, FIRST + 8)] == pytest.approx(lowest.tolist())


def test_a_template_has_rows_to_fill_and_the_same_formulas(path: Path, tmp_path: Path) -> None:
    write_template(definitions(), tmp_path / "template.xlsx")
    template, full = (open_quietly(file)["Scores"] for file in (tmp_path / "template.xlsx", path))
    assert template.max_row == FIRST + book.EMPTY_ROWS - 1
    for column in ("C", "D", "E"):
        assert template[f"{column}{FIRST}"].value == full[f"{column}{FIRST}"].value
    shown = open_quietly(tmp_path / "template.xlsx", data_only=True)["Scores"]
    assert not any(shown[f"{column}{FIRST}"].value for column in "ABCDE")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language(made: Scores, tmp_path: Path, lang: str) -> None:
    write_workbook(made, definitions(), names(made), tmp_path / "scores.xlsx", LAST, lang)
    file = open_quietly(tmp_path / "scores.xlsx")
    assert {sheet.sheet_view.rightToLeft or False for sheet in file} == {lang == "ar"}
    assert ("Scores" in file.sheetnames) == (lang == "en")
    assert len(file.sheetnames) == 4
    words = {str(cell.value) for sheet in file for row in sheet.iter_rows() for cell in row}
    assert speak(lang).gettext("payment") in words
    assert ("payment" in words) == (lang == "en")


def test_no_path_or_clock_of_the_machine_is_in_the_file(path: Path) -> None:
    with ZipFile(path) as parts:
        core = parts.read("docProps/core.xml").decode()
    assert core.count("2024-03-18T00:00:00Z") == 2


def test_a_day_that_was_not_scored_and_a_language_not_spoken(made: Scores, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Nothing was computed"):
        write_workbook(made, definitions(), {}, tmp_path / "scores.xlsx", LAST + 1)
    with pytest.raises(UsageError, match="USE-010"):
        write_workbook(made, definitions(), {}, tmp_path / "scores.xlsx", LAST, "xx")
    assert list(tmp_path.iterdir()) == []
