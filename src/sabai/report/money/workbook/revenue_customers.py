"""The customers that a year of revenue is summed from, and the sums."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from sabai.language.language import Language
from sabai.report.money.workbook.cells import Cell, Row, Sheet, amount, at, column_of, heads, top
from sabai.retention.earned import Earned
from sabai.retention.movements import KINDS, Movements, movements
from sabai.retention.revenue import Minor

MOST = 20_000  # rows, each with six formulas: more are slow to open
_START, _END, _BEFORE, _FIRST_KIND = 2, 3, 4, 5
_HEAD = 4  # rows above the first customer
_FORMULAS = {
    "new": "IF(AND({0}<=0,{1}>0,{2}=0),{1}-{0},0)",
    "reactivation": "IF(AND({0}<=0,{1}>0,{2}=1),{1}-{0},0)",
    "expansion": "IF(({0}>0)=({1}>0),MAX({1}-{0},0),0)",
    "contraction": "IF(({0}>0)=({1}>0),MAX({0}-{1},0),0)",
    "churn": "IF(AND({0}>0,{1}<=0),{0}-{1},0)",
}


def customers(found: Earned, rows: NDArray[np.int64], whole: Minor, language: Language) -> Sheet:
    """One row for each of `rows`, whose revenue at both ends of the year is `whole` (rows, 2)."""
    _ = language.gettext
    first_paid = found.subscriptions.first_paid()[rows]
    before = first_paid < found.year.bounds[0]
    moves = movements(whole, first_paid, found.year)
    names = [found.subscriptions.accounts[place] for place in rows.tolist()]
    kinds = (_("new"), _("came back"), _("expansion"), _("contraction"), _("churn"))
    head = heads((_("customer"), _("name"), _("at the start"), _("at the end"), _("paid before (1: yes)"), *kinds,
                  _("still paid, without more")))  # fmt: skip
    begin = top(_("From then to now"), [_("Amounts are a month, in %(currency)s.", currency=found.currency)])
    lines = (_row(_HEAD + place, name, found, bool(before[place]), moves, place) for place, name in enumerate(names))
    return Sheet(_("Customers"), (*begin, head, *lines), (16, 30, 14, 14, 10, *(14,) * 6), _HEAD)


def _row(row: int, account: str, found: Earned, before: bool, moves: Movements, place: int) -> Row:
    start, end = int(moves.start[place, 0]), int(moves.end[place, 0])
    cells = [at(row, column) for column in (_START, _END, _BEFORE)]
    by_kind = {kind: int(amounts[place, 0]) for kind, amounts in moves}
    return (
        Cell(account), Cell(found.names.get(account, account)),
        amount(start, found.currency, given=True), amount(end, found.currency, given=True),
        Cell(int(before), "input_count"),
        *(amount(by_kind[kind], found.currency, _FORMULAS[kind].format(*cells)) for kind in KINDS),
        amount(max(0, start) and min(start, end), found.currency, f"IF({cells[0]}>0,MIN({cells[0]},{cells[1]}),0)"),
    )  # fmt: skip


def year(found: Earned, listed: Sheet, rows: int, language: Language) -> Sheet:
    """The waterfall from the start to the end, and the rates of it."""
    _, show = language.gettext, language.show
    dates = [show.date(int(day)) for day in found.year.bounds]
    columns = [column_of(listed.name, place, _HEAD, rows) for place in range(_FIRST_KIND + len(KINDS) + 1)]
    begin = top(f"{dates[0]} – {dates[1]}", [_("Amounts are a month, in %(currency)s.", currency=found.currency)])
    lines = (
        *_waterfall(found, columns, dates, len(begin), language),
        (),
        *_rates(found, columns, len(begin), language),
    )
    return Sheet(_("From then to now"), (*begin, *lines), (38, 20), len(begin))


def _waterfall(found: Earned, columns: list[str], dates: list[str], row: int, language: Language) -> Iterator[Row]:
    _, now, currency = language.gettext, found.lately, found.currency
    named = ((_("new"), now.new_minor), (_("came back"), now.reactivation_minor), (_("expansion"), now.expansion_minor),
             (_("contraction"), -now.contraction_minor), (_("churn"), -now.churn_minor))  # fmt: skip
    yield Cell(dates[0], "total_text"), amount(now.start_minor, currency, f"SUM({columns[_START]})")
    for place, (name, minor) in enumerate(named):
        sign = "-" if place > 2 else ""
        yield Cell(name), amount(minor, currency, f"{sign}SUM({columns[_FIRST_KIND + place]})")
    yield Cell(dates[1], "total_text"), amount(now.end_minor, currency, f"SUM({at(row, 1)}:{at(row + 5, 1)})")


def _rates(found: Earned, columns: list[str], row: int, language: Language) -> Iterator[Row]:
    _, now = language.gettext, found.lately
    start, end, held = columns[_START], columns[_END], columns[-1]
    base, stayed = f'SUMIF({start},">0")', f'SUMIF({start},">0",{end})'
    new, more, less, gone = (at(row + place, 1) for place in (1, 3, 4, 5))

    def share(value: float | None, part: str, whole: str, style: str = "percent") -> Cell:
        known = None if value is None or not isfinite(value) else value
        return Cell(known, style, f'IF({whole}=0,"",{part}/{whole})')

    yield Cell(_("Gross revenue retention")), share(now.gross.value, f"SUM({held})", base)
    yield Cell(_("Net revenue retention")), share(now.net.value, stayed, base)
    yield Cell(_("Quick ratio")), share(now.quick, f"-({new}+{more})", f"({less}+{gone})", "ratio")
    yield Cell(_("share of those who paid at the start")), share(now.existing, stayed, f"SUM({end})")
