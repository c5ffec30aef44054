"""Scores at one date, or empty rows to be filled by hand, as an XLSX file that recalculates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.workbook import Workbook

from sabai.dates import EPOCH, from_day
from sabai.definitions.model import Definitions
from sabai.health.scores import Scores
from sabai.language.language import speak
from sabai.report.workbook.book import Book, book_of, empty_book
from sabai.report.workbook.curves_sheet import draw_curves
from sabai.report.workbook.drawing import Drawing
from sabai.report.workbook.look import Look
from sabai.report.workbook.scores_sheet import draw_scores
from sabai.report.workbook.summary_sheet import draw_summary
from sabai.report.workbook.weights_sheet import draw_weights
from sabai.store.aside import aside


def write_workbook(
    scores: Scores, definitions: Definitions, account_names: Mapping[str, str], path: Path, day: int, lang: str = "en"
) -> None:
    """The customers at `day` (days since 1970-01-01, an as-of date of the grid) in the language `lang`.

    Cells hold what Sabai computed, and formulas that compute the same to 1e-6. Where there are more customers than a
    spreadsheet bears, those with the lowest scores are written, and the sheets say so. The same scores give the same
    bytes. UsageError where nothing was computed for the day or `lang` is not spoken.
    """
    _draw(book_of(scores, definitions, account_names, day, speak(lang).calling(definitions.labels)), path)


def write_template(definitions: Definitions, path: Path, lang: str = "en") -> None:
    """The same workbook without accounts, for a team without data: 20 rows to be filled by hand."""
    _draw(empty_book(definitions, speak(lang).calling(definitions.labels)), path)


def _draw(book: Book, path: Path) -> None:
    with aside(path) as unfinished, saved(unfinished) as file:
        file.set_properties({"title": book.definitions.workspace.name, "created": _created(book)})
        file.set_size(2200, 1400)
        drawing = Drawing(file, Look(file, rtl=book.language.rtl), book)
        for draw in (draw_summary, draw_weights, draw_scores, draw_curves):
            draw(drawing)


@contextmanager
def saved(path: Path) -> Iterator[Workbook]:
    """A workbook that is saved when the block ends. Raises the OSError that XlsxWriter wraps in its own."""
    try:
        with Workbook(path) as file:
            yield file
    except FileCreateError as error:
        raise error.args[0] from error


def _created(book: Book) -> datetime:
    """The as-of date stands for the time of writing, so that the same scores give the same file."""
    day = EPOCH if book.day is None else from_day(book.day)
    return datetime.combine(day, time(), UTC)
