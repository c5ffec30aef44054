"""A page of the money side: one sentence first, a few numbers, pictures, and the tables behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import polars as pl
from markupsafe import Markup

from sabai.definitions.model import Definitions
from sabai.language.language import Language
from sabai.report.environment import environment, own
from sabai.report.money.workbook.cells import Sheet
from sabai.report.money.workbook.write import write_book
from sabai.report.picture import Picture, write_each
from sabai.report.tables import write_scores_csv
from sabai.store.aside import aside

Cell = str | Markup


@dataclass(frozen=True, slots=True)
class Tile:
    """One number that is read first, and what it is read beside."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`heads` name the columns, the first `words` of them words and the others numbers; names stand in `<bdi>`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """A card. Where there is nothing to draw or to list, `missing` says why."""

    anchor: str
    title: str
    picture: Picture | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    missing: str = ""
    wide: bool = False
    folded: str = ""  # the word behind which the table waits; empty: it stands open

    @property
    def spreads(self) -> bool:
        """Whether it takes the whole width; a line that says why there is nothing would leave a hole beside it."""
        return self.wide or not (self.picture or (self.table and self.table.rows))


@dataclass(frozen=True, slots=True)
class Page:
    """Everything in the reader's language."""

    name: str
    title: str
    answer: str
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    notices: tuple[str, ...] = ()

    def laid(self) -> Iterator[tuple[Section, bool]]:
        """Each section, and whether it takes the whole width: a narrow one without a neighbour does too."""
        has_begun = False  # a pair, of which this is the second
        for section, after in zip_longest(self.sections, self.sections[1:]):
            is_second = has_begun
            has_begun = not (is_second or section.spreads or after is None or after.spreads)
            yield section, not (is_second or has_begun)

    def pictures(self) -> Iterator[Picture]:
        return (section.picture for section in self.sections if section.picture)


def write_page(
    page: Page, tables: Mapping[str, pl.DataFrame], definitions: Definitions, folder: Path, language: Language,
    sheets: Sequence[Sheet] = (),
) -> Path:  # fmt: skip
    """To `folder`: the page, its pictures as SVG files, its `tables` as formula-safe CSV files, and where there are
    `sheets` to redo it, a workbook of the same name. Returns the page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        write_scores_csv(frame, folder / f"{name}.csv")
    write_each(page.pictures(), folder / "pictures", language.code)
    path = folder / (f"{page.name}.html" if language.code == "en" else f"{page.name}.{language.code}.html")
    book = path.with_suffix(".xlsx")
    book.unlink(missing_ok=True)
    if sheets:
        write_book(sheets, book, definitions.workspace.currency, language)
    with aside(path) as unfinished:
        unfinished.write_text(render(page, definitions, language), encoding="utf-8")
    return path


def render_main(page: Page, language: Language) -> str:
    """What stands in the page's `<main>`, for a page of somebody else's."""
    return environment(language.code).get_template("money_main.html.j2").render(page=page)


def render(page: Page, definitions: Definitions, language: Language) -> str:
    """The whole page as text."""
    style = "".join(own(name) for name in ("report.css", "picture.css", "proof.css", "money.css"))
    return (
        environment(language.code)
        .get_template("money.html.j2")
        .render(page=page, definitions=definitions, style=Markup(style))
    )
