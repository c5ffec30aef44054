"""What is owed, to be redone: balances and ages of invoices, the months from opening to closing, days outstanding."""

from __future__ import annotations

from typing import Any

from sabai.language.language import Language
from sabai.receivables.balances import APART, BUCKETS
from sabai.receivables.receivables import Receivables
from sabai.report.money.receivables_pictures import AGE_WORDS
from sabai.report.money.workbook.cells import Cell, Row, Sheet, amount, at, column_of, heads, on_day, top
from sabai.report.money.workbook.receivables_months import counted_back, months

MOST = 20_000  # invoices, each with three formulas: more are slow to open
_HEAD, _AS_OF = 5, "$B$3"  # rows above the first invoice, and where their day stands
_BALANCE, _PLACE, _BACK = 7, 9, 11
_AGES_FROM = 4  # the row of the first age


def receivables_sheets(found: Receivables, language: Language) -> tuple[Sheet, ...]:
    """Ages, open invoices (where a sheet bears them), months, and the newest month counted back."""
    rows = found.open_invoices.sort("account_id", "invoice_id").to_dicts()
    sheets: tuple[Sheet, ...] = ()
    if 0 < len(rows) <= MOST:
        listed = _invoices(rows, found, language)
        sheets = (_ages(found, listed.name, len(rows), language), listed)
    if found.months:
        sheets += (months(found, language),)
    back = counted_back(found, language)
    return (*sheets, back) if back else sheets


def _ages(found: Receivables, invoices: str, rows: int, language: Language) -> Sheet:
    _, sums = language.gettext, found.ageing().row(0, named=True)
    balance, place, back = (column_of(invoices, column, _HEAD, rows) for column in (_BALANCE, _PLACE, _BACK))
    begin = top(_("How old it is"), [_("Amounts are in %(currency)s.", currency=found.currency)])
    lines: list[Row] = []
    for row, age in enumerate((*BUCKETS, *APART), start=_AGES_FROM):
        label = at(row, 0)
        summed = f"SUMIFS({balance},{place},{label})"
        if age in BUCKETS:
            summed += f"-SUMIFS({back},{place},{label})"
        elif age == "given back":
            of = ",".join(at(_AGES_FROM + number, 0) for number in range(len(BUCKETS)))
            summed = "+".join(f"SUMIFS({back},{place},{each})" for each in (*of.split(","), label))
        lines.append((Cell(_(AGE_WORDS[age])), amount(sums[age], found.currency, summed)))
    last = at(_AGES_FROM + len(lines) - 1, 1)
    total = amount(sums["total"], found.currency, f"SUM({at(_AGES_FROM, 1)}:{last})")
    head = heads((_("age"), _("owed")))
    return Sheet(_("How old it is"), (*begin, head, *lines, (Cell(_("Together"), "total_text"), total)), (36, 18), 4)


def _invoices(rows: list[dict[str, Any]], found: Receivables, language: Language) -> Sheet:
    _ = language.gettext
    title, note = top(_("Invoices"), [_("Amounts are in %(currency)s.", currency=found.currency)])[:2]
    day = (Cell(_("as of")), on_day(found.as_of, given=True))
    head = heads(
        (_("invoice"), _("customer"), _("due on"), _("invoiced"), _("paid"), _("credited"), _("refunded"), _("owed"),
         _("days past due"), _("age"), _("not simply owed"), _("refunded, no credit note"))
    )  # fmt: skip
    lines = (_invoice(_HEAD + place, row, found, language) for place, row in enumerate(rows))
    widths = (20, 28, 12, 14, 14, 12, 12, 14, 10, 24, 24, 14)
    return Sheet(_("Invoices"), (title, note, day, (), head, *lines), widths, _HEAD)


def _invoice(row: int, of: dict[str, Any], found: Receivables, language: Language) -> Row:
    _, currency = language.gettext, found.currency
    due, billed, paid, credited, refunded, _owed, days = (at(row, column) for column in range(2, 9))
    apart = at(row, _PLACE + 1)
    given = (of[f"{kind}_minor"] for kind in ("base", "paid", "credited", "refunded"))
    stands = of["place"]
    place = _(AGE_WORDS[stands])
    return (
        Cell(of["invoice_id"]), Cell(of["name"] or of["account_id"]), on_day(of["due_day"], given=True),
        *(amount(minor, currency, given=True) for minor in given),
        amount(of["balance_minor"], currency, f"{billed}-{paid}-{credited}+{refunded}"),
        Cell(of["days_past_due"], "count", f'IF({due}="","",{_AS_OF}-{due})'),
        Cell(place, "text", f'IF({apart}<>"",{apart},{_age(days, language)})'),
        Cell(place if stands in APART else None), amount(of["given_back_minor"], currency, given=True),
    )  # fmt: skip


def _age(days: str, language: Language) -> str:
    """The bucket of so many days, by its label on the sheet of ages."""
    sheet = language.gettext("How old it is").replace("'", "''")
    labels = dict(zip(BUCKETS, (f"'{sheet}'!{at(_AGES_FROM + n, 0, fixed=True)}" for n in range(6)), strict=True))
    nested = labels["90+"]
    for age, most in (("61-90", 90), ("31-60", 60), ("1-30", 30), ("current", 0)):
        nested = f"IF({days}<={most},{labels[age]},{nested})"
    return f'IF({days}="",{labels["no due date"]},{nested})'
