"""The triangle as a heat map: the table of the page."""

from __future__ import annotations

from markupsafe import Markup

from sabai.language.language import Language
from sabai.report.cells import name
from sabai.report.money.cohorts_cells import Cell, Row, Triangle
from sabai.report.money.cohorts_words import SINCE, cohort_name
from sabai.report.money.page import Table
from sabai.retention.cohorts.question import Question

ROWS, AGES, EARLY = 60, 37, 6  # on the page; all of it is in triangle.csv


def heat_table(triangle: Triangle, asked: Question, language: Language) -> Table:
    """All together first, then each cohort, its size beside its name; a cell is shaded by the class of its step."""
    _, shown = language.gettext, at_a_glance(triangle)
    named = [(Markup("{}").format(_("all")), shown.everybody)]
    named += [(Markup(name(cohort_name(row.name, asked.by, language))), row) for row in shown.rows]
    rows = (
        (_head(called, row, language), *(_cell(each, triangle, language) for each in row.cells))
        for called, row in named
    )
    return Table((_(SINCE[asked.every]), *shown.ages), tuple(rows) if shown.rows else ())


def at_a_glance(triangle: Triangle) -> Triangle:
    """The newest cohorts and the first ages; cohorts that nobody watched while they were young are no rows of gaps."""
    known = (any(cell.share is not None for cell in row.cells[:EARLY]) for row in triangle.rows)
    unseen = next((place for place, young in enumerate(known) if young), 0)
    return triangle.newest(min(ROWS, len(triangle.rows) - unseen), AGES)


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
