"""The months of the books from opening to closing, and how long money is out, both ways."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.language.language import Language
from sabai.receivables.months import Month
from sabai.receivables.receivables import Receivables
from sabai.report.money.workbook.cells import Cell, Row, Sheet, amount, at, heads, top

_WIDTHS = (16, 8, *(15,) * 8, *(13,) * 4)


def months(found: Receivables, language: Language) -> Sheet:
    """Every month, the newest first."""
    _ = language.gettext
    begin = top(_("Every month"), _notes(found, language))
    head = heads(
        (_("Month"), _("days"), _("opening"), _("invoiced"), _("paid"), _("credited"), _("refunded"), _("closing"),
         _("sales"), _("not yet due"), _("days sales outstanding"), _("if nobody were late"), _("days delinquent"),
         _("collected"))
    )  # fmt: skip
    first = len(begin) + 1
    rows = (_month(first + place, each, found, language) for place, each in enumerate(reversed(found.months)))
    return Sheet(_("Every month"), (*begin, head, *rows), _WIDTHS, first)


def _notes(found: Receivables, language: Language) -> Iterator[str]:
    _ = language.gettext
    yield _("Amounts are in %(currency)s.", currency=found.currency)
    yield _("Opening + invoiced − paid − credited + refunded = closing, to the smallest coin.")
    yield _("Collected = (opening + sales − closing) / (opening + sales − what is not yet due at the end).")


def _month(row: int, each: Month, found: Receivables, language: Language) -> Row:
    days, opening, billed, paid, credited, refunded, closing, sales, early, dso, best = (
        at(row, column) for column in range(1, 12)
    )
    moved, currency = each.movement, found.currency
    given = (moved.opening_minor, moved.invoiced_minor, moved.paid_minor, moved.credited_minor, moved.refunded_minor)
    effective = each.collection_effectiveness
    could = f"({opening}+{sales}-{early})"
    return (
        Cell(language.show.month(each.first)), Cell(moved.last - moved.first, "count"),
        *(amount(minor, currency, given=True) for minor in given),
        amount(moved.closing_minor, currency, f"{opening}+{billed}-{paid}-{credited}+{refunded}"),
        amount(each.sales_minor, currency, f"{billed}-{credited}"),
        amount(each.current_minor, currency, given=True),
        Cell(each.dso, "points", f'IF({sales}<=0,"",{closing}/{sales}*{days})'),
        Cell(each.best_possible_dso, "points", f'IF({sales}<=0,"",{early}/{sales}*{days})'),
        Cell(each.average_days_delinquent, "points", f'IF({sales}<=0,"",{dso}-{best})'),
        Cell(None if effective is None else effective / 100, "percent",
             f'IF({could}<=0,"",({opening}+{sales}-{closing})/{could})'),
    )  # fmt: skip


def counted_back(found: Receivables, language: Language) -> Sheet | None:
    """The newest month: how many days back the sales make up what is owed. None where its months do not reach."""
    newest = list(reversed(found.months))
    if not newest or newest[0].countback_dso is None:
        return None
    if newest[0].movement.closing_minor > sum(max(each.sales_minor, 0) for each in newest):
        return None
    _ = language.gettext
    title = _("days sales outstanding") + " · " + _("counted back")
    begin = top(title, [_("Amounts are in %(currency)s.", currency=found.currency)])
    first = len(begin) + 1
    head = heads((_("Month"), _("days"), _("sales"), _("still to be covered"), _("covered"), _("days counted")))
    rows = tuple(_back(first + place, newest[: place + 1], found, language) for place in range(len(newest)))
    column = f"{at(first, 5)}:{at(first + len(rows) - 1, 5)}"
    total = (Cell(_("Together"), "total_text"), *(Cell(None),) * 4,
             Cell(newest[0].countback_dso, "points", f"SUM({column})"))  # fmt: skip
    return Sheet(_("counted back"), (*begin, head, *rows, total), (16, 8, 16, 18, 16, 14), first)


def _back(row: int, until: list[Month], found: Receivables, language: Language) -> Row:
    """The last month of `until`, whose first is the newest."""
    each, currency = until[-1], found.currency
    days, sales, left, covers = (at(row, column) for column in range(1, 5))
    owed = until[0].movement.closing_minor
    before = max(0, owed - sum(max(month.sales_minor, 0) for month in until[:-1]))
    covered = min(before, max(each.sales_minor, 0))
    length = each.movement.last - each.movement.first
    part = covered / each.sales_minor if 0 < covered == before else 1.0
    above = f"{at(row - 1, 3)}-{at(row - 1, 4)}"
    return (
        Cell(language.show.month(each.first)), Cell(length, "count"), amount(each.sales_minor, currency, given=True),
        amount(before, currency, above) if len(until) > 1 else amount(before, currency, given=True),
        amount(covered, currency, f"MIN({left},MAX({sales},0))"),
        Cell(length * part if before else 0, "points",
             f"IF({left}<=0,0,IF({covers}<{left},{days},{days}*{covers}/{sales}))"),
    )  # fmt: skip
