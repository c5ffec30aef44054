"""How many stay, to be redone: [(CE − CN) / CS] × 100 and its Wilson interval for every period."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from sabai.language.language import Language
from sabai.report.money.words import EVERY_WORDS, period_name
from sabai.report.money.workbook.cells import Cell, Row, Sheet, at, heads, top
from sabai.retention.customers import Retention
from sabai.retention.kept import Kept

_START, _NEW, _BACK, _LOST, _ARRIVED, _END, _KEPT = range(1, 8)
_Z2 = "1.959963984540054^2"
_WIDTHS = (24, 12, 10, 12, 10, 16, 12, 12, 12, 12, 18, 14)


def retention_sheets(found: Kept, language: Language) -> tuple[Sheet, ...]:
    """One sheet: the year, and every period below it, the newest first."""
    _, show = language.gettext, language.show
    year = tuple(show.date(int(day)) for day in found.year.bounds)
    named = [(f"{year[0]} – {year[1]}", found.lately)]
    named += [(period_name(found.periods, at, language), each) for at, each in reversed(list(enumerate(found.each)))]
    begin = top(_("How many customers stay?"), _notes(language))
    head = heads(
        (_(EVERY_WORDS[found.periods.every]), _("at the start"), _("new"), _("came back"), _("lost"),
         _("came in all"), _("at the end"), _("kept"), _("at least"), _("at most"), _("kept, less all who came"),
         _("lost, of those at the start"))
    )  # fmt: skip
    first = len(begin) + 1
    rows = (_row(first + place, name, each) for place, (name, each) in enumerate(named))
    return (Sheet(_("Customers"), (*begin, head, *rows), _WIDTHS, first),)


def _notes(language: Language) -> Iterable[str]:
    _ = language.gettext
    yield _("Kept = (customers at the end − new ones − those who came back) / customers at the start.")
    yield _("Yellow cells came from the facts and may be changed; all else follows by formulas.")


def _row(row: int, name: str, each: Retention) -> Row:
    start, new, back, lost, arrived, end, kept = (at(row, column) for column in range(_START, _KEPT + 1))
    given = (each.start, each.new, each.came_back, each.lost, each.arrived)

    def share(formula: str, value: float | None) -> Cell:
        known = None if value is None or not isfinite(value) else value
        return Cell(known, "percent", f'IF({start}=0,"",{formula})')

    root = f"SQRT({kept}*(1-{kept})/{start}+{_Z2}/(4*{start}^2))*SQRT({_Z2})"
    middle, below = f"{kept}+{_Z2}/(2*{start})", f"(1+{_Z2}/{start})"
    return (
        Cell(name),
        *(Cell(count, "input_count") for count in given),
        Cell(each.end, "count", f"{start}+{new}+{back}-{lost}"),
        share(f"({end}-{new}-{back})/{start}", each.rate.value),
        share(f"({middle}-{root})/{below}", each.rate.low),
        share(f"({middle}+{root})/{below}", each.rate.high),
        share(f"({end}-{arrived}-{back})/{start}", each.rate_of_all_new),
        share(f"{lost}/{start}", each.churn.value),
    )
