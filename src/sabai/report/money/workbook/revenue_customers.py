"""The customers that a year of revenue is summed from, and the sums."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from sabai.language.language import Language
from sabai.report.money.workbook.cells import Cell, Row, Sheet, amount, at, column_of, heads, top
from sabai.retention.earned import Earned
from sabai.retention.movements import KINDS

MOST = 20_000  # rows, each with six formulas: more are slow to open
_START, _END, _BEFORE, _FIRST_KIND = 2, 3, 4, 5
_HELD = _FIRST_KIND + len(KINDS)
_UNCHANGED, _EXCHANGE = _HELD + 1, _HELD + 2  # where exchange is a movement of its own
_HEAD = 4  # rows above the first customer
_FORMULAS = {
    "new": "IF(AND({0}<=0,{1}>0,{2}=0),{1}-{0},0)",
    "reactivation": "IF(AND({0}<=0,{1}>0,{2}=1),{1}-{0},0)",
    "expansion": "IF(({0}>0)=({1}>0),MAX({1}-{0},0),0)",
    "contraction": "IF(({0}>0)=({1}>0),MAX({0}-{1},0),0)",
    "churn": "IF(AND({0}>0,{1}<=0),{0}-{1},0)",
}


def customers(found: Earned, rows: NDArray[np.int64], language: Language) -> Sheet:
    """One row for each of `rows`, which are places of accounts."""
    _ = language.gettext
    before = found.subscriptions.first_paid() < found.year.bounds[0]
    apart = (_("at the end, at unchanged rates"), _("exchange")) if found.exchange == "dated" else ()
    kinds = (_("new"), _("came back"), _("expansion"), _("contraction"), _("churn"))
    head = heads((_("customer"), _("name"), _("at the start"), _("at the end"), _("paid before (1: yes)"), *kinds,
                  _("still paid, without more"), *apart))  # fmt: skip
    begin = top(_("From then to now"), [_("Amounts are a month, in %(currency)s.", currency=found.currency)])
    lines = (_row(_HEAD + line, found, bool(before[place]), place) for line, place in enumerate(rows.tolist()))
    widths = (16, 30, 14, 14, 10, *(14,) * (6 + len(apart)))
    return Sheet(_("Customers"), (*begin, head, *lines), widths, _HEAD)


def _row(row: int, found: Earned, before: bool, place: int) -> Row:
    account, moves = found.subscriptions.accounts[place], found.whole
    start, end, unchanged = (int(each[place, 0]) for each in (moves.start, moves.end, moves.unchanged))
    cells = [at(row, column) for column in (_START, _UNCHANGED if found.exchange == "dated" else _END, _BEFORE)]
    by_kind = {kind: int(amounts[place, 0]) for kind, amounts in moves}
    moved = (amount(unchanged, found.currency, given=True),
             amount(end - unchanged, found.currency, f"{at(row, _END)}-{cells[1]}"))  # fmt: skip
    return (
        Cell(account), Cell(found.names.get(account, account)),
        amount(start, found.currency, given=True), amount(end, found.currency, given=True),
        Cell(int(before), "input_count"),
        *(amount(by_kind[kind], found.currency, _FORMULAS[kind].format(*cells)) for kind in KINDS),
        amount(
            max(0, start) and min(start, unchanged), found.currency, f"IF({cells[0]}>0,MIN({cells[0]},{cells[1]}),0)"
        ),
        *(moved if found.exchange == "dated" else ()),
    )  # fmt: skip


def year(found: Earned, listed: Sheet, rows: int, language: Language) -> Sheet:
    """The waterfall from the start to the end, and the rates of it."""
    _, show = language.gettext, language.show
    dates = [show.date(int(day)) for day in found.year.bounds]
    columns = [column_of(listed.name, place, _HEAD, rows) for place in range(_EXCHANGE + 1)]
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
    last = row + len(named)
    yield Cell(dates[0], "total_text"), amount(now.start_minor, currency, f"SUM({columns[_START]})")
    for place, (name, minor) in enumerate(named):
        sign = "-" if place > 2 else ""
        yield Cell(name), amount(minor, currency, f"{sign}SUM({columns[_FIRST_KIND + place]})")
    if found.exchange == "dated":
        last += 1
        yield Cell(_("exchange")), amount(now.exchange_minor, currency, f"SUM({columns[_EXCHANGE]})")
    yield Cell(dates[1], "total_text"), amount(now.end_minor, currency, f"SUM({at(row, 1)}:{at(last, 1)})")


def _rates(found: Earned, columns: list[str], row: int, language: Language) -> Iterator[Row]:
    _, now = language.gettext, found.lately
    start, end, held = columns[_START], columns[_END], columns[_HELD]
    kept = columns[_UNCHANGED] if found.exchange == "dated" else end
    base = f'SUMIF({start},">0")'
    new, more, less, gone = (at(row + place, 1) for place in (1, 3, 4, 5))

    def share(value: float | None, part: str, whole: str, style: str = "percent") -> Cell:
        known = None if value is None or not isfinite(value) else value
        return Cell(known, style, f'IF({whole}=0,"",{part}/{whole})')

    yield Cell(_("Gross revenue retention")), share(now.gross.value, f"SUM({held})", base)
    yield Cell(_("Net revenue retention")), share(now.net.value, f'SUMIF({start},">0",{kept})', base)
    yield Cell(_("Quick ratio")), share(now.quick, f"-({new}+{more})", f"({less}+{gone})", "ratio")
    stayed = f'SUMIF({start},">0",{end})'
    yield Cell(_("share of those who paid at the start")), share(now.existing, stayed, f"SUM({end})")
