"""The triangle as a heat map: the table of the page."""

from __future__ import annotations

from markupsafe import Markup

from sabai.language.language import Language
from sabai.report.cells import name
from sabai.report.money.cohorts_cells import Cell, Row, Triangle
from sabai.report.money.cohorts_words import SINCE, cohort_name
from sabai.report.money.page import Table
from sabai.retention.cohorts.question import Question

ROWS, AGES = 60, 37  # on the page; all of it is in triangle.csv


def heat_table(triangle: Triangle, asked: Question, language: Language) -> Table:
    """All together first, then each cohort, its size beside its name; a cell is shaded by the class of its step."""
    _, shown = language.gettext, triangle.newest(ROWS, AGES)
    named = [(Markup("{}").format(_("all")), shown.everybody)]
    named += [(Markup(name(cohort_name(row.name, asked.by, language))), row) for row in shown.rows]
    rows = (
        (_head(called, row, language), *(_cell(each, triangle, language) for each in row.cells))
        for called, row in named
    )
    return Table((_(SINCE[asked.every]), *shown.ages), tuple(rows) if shown.rows else ())


def _head(called: Markup, row: Row, language: Language) -> Markup:
    size = language.gettext("n = %(n)s", n=language.show.fixed(row.size))
    return Markup("{} <small>{}</small>").format(called, size)


def _cell(cell: Cell, triangle: Triangle, language: Language) -> Markup:
    if cell.share is None:
        unknown = Markup('<span class="heat yet" role="img" aria-label="{0}" title="{0}"></span>')
        return unknown.format(language.show.unknown)
    step, some = triangle.step(cell.share), " some" if cell.some else ""
    said = language.show.percent(cell.share) + ("*" if cell.some else "")
    return Markup('<span class="heat h{}{}">{}</span>').format(step, some, said)
