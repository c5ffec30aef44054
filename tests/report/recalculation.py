"""Recalculates workbooks as a reader's spreadsheet program would: LibreOffice where it is there, else `formulas`."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook.workbook import Workbook

OFFICE = shutil.which("soffice")
Cells = dict[str, dict[str, object]]  # sheet -> cell -> value


def open_quietly(path: Path, *, data_only: bool = False) -> Workbook:
    """openpyxl says aloud that it drops data bars, which no test here is about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=data_only)


def edited(path: Path, to: Path, edit: Callable[[Workbook], None]) -> Path:
    """A copy of the workbook after `edit`, without any computed value: openpyxl keeps formulas only."""
    book = open_quietly(path)
    edit(book)
    book.save(to)
    return to


def recalculated(paths: list[Path], folder: Path) -> list[Cells]:
    """Every cell of each workbook, computed anew."""
    compute = _by_libreoffice if OFFICE else _by_formulas
    return [cells(open_quietly(path, data_only=True)) for path in compute(paths, folder)]


def cells(book: Workbook) -> Cells:
    return {
        sheet.title.casefold(): {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
        for sheet in book
    }


def _by_libreoffice(paths: list[Path], folder: Path) -> list[Path]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
    command = [str(OFFICE), "--headless", profile, *to, *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return [folder / "out" / path.name for path in paths]


def _by_formulas(paths: list[Path], folder: Path) -> list[Path]:
    import formulas

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path in paths:
            model = formulas.ExcelModel().loads(str(path)).finish()
            model.calculate()
            model.write(dirpath=str(folder / "out"))
    return [folder / "out" / path.name.upper() for path in paths]
