"""How much revenue stays, to be redone: from customers to movements, and from these to gross and net retention."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose, isfinite

import numpy as np

from sabai.language.language import Language
from sabai.report.money.revenue_words import footing, unchanged_rates
from sabai.report.money.words import EVERY_WORDS, period_name
from sabai.report.money.workbook.cells import Cell, Row, Sheet, amount, at, heads, top
from sabai.report.money.workbook.revenue_customers import MOST, customers, year
from sabai.retention.earned import Earned
from sabai.retention.rates import Rates


def revenue_sheets(found: Earned, language: Language) -> tuple[Sheet, ...]:
    """The year and the customers that it is summed from, where a sheet bears them; and every period."""
    each = _periods(found, language)
    rows = np.flatnonzero((found.whole.start != 0) | (found.whole.end != 0))
    if not 0 < len(rows) <= MOST:
        return (each,)
    listed = customers(found, rows, language)
    return (year(found, listed, len(rows), language), listed, each)


def _periods(found: Earned, language: Language) -> Sheet:
    _ = language.gettext
    begin = top(_("How much revenue stays?"), _notes(found, language))
    apart = (_("exchange"),) if found.exchange == "dated" else ()
    head = heads(
        (_(EVERY_WORDS[found.periods.every]), _("at the start"), _("new"), _("came back"), _("expansion"),
         _("contraction"), _("churn"), *apart, _("at the end"), _("gross"), _("net"), _("Quick ratio"))
    )  # fmt: skip
    first = len(begin) + 1
    newest = reversed(list(enumerate(found.each)))
    rows = (
        _row(first + place, period_name(found.periods, number, language), each, found)
        for place, (number, each) in enumerate(newest)
    )
    return Sheet(_("Every period"), (*begin, head, *rows), (24, *(15,) * (7 + len(apart)), 11, 11, 11), first)


def _notes(found: Earned, language: Language) -> Iterator[str]:
    _ = language.gettext
    yield _("Amounts are a month, in %(currency)s.", currency=found.currency)
    yield footing(found, language)
    if found.exchange == "dated":
        yield unchanged_rates(language)
    yield _("Yellow cells came from the facts and may be changed; all else follows by formulas.")


def _row(row: int, name: str, each: Rates, found: Earned) -> Row:
    currency, dated = found.currency, found.exchange == "dated"
    start, new, back, more, less, gone, swayed = (at(row, column) for column in range(1, 8))
    given = (each.start_minor, each.new_minor, each.reactivation_minor, each.expansion_minor, each.contraction_minor,
             each.churn_minor, *((each.exchange_minor,) if dated else ()))  # fmt: skip
    stayed = each.start_minor - each.contraction_minor - each.churn_minor
    return (
        Cell(name),
        *(amount(minor, currency, given=True) for minor in given),
        amount(each.end_minor, currency, f"{start}+{new}+{back}+{more}-{less}-{gone}" + f"+{swayed}" * dated),
        _share(each.gross.value, stayed, each.start_minor, f'IF({start}=0,"",({start}-{less}-{gone})/{start})'),
        _share(each.net.value, stayed + each.expansion_minor, each.start_minor,
               f'IF({start}=0,"",({start}+{more}-{less}-{gone})/{start})'),
        Cell(each.quick, "ratio", f'IF({less}+{gone}=0,"",({new}+{more})/({less}+{gone}))'),
    )  # fmt: skip


def _share(value: float, part: int, whole: int, formula: str) -> Cell:
    """Customers who are paid more than they pay are in no rate: where there are any, the sums alone do not say it."""
    says = not whole or isclose(value, part / whole, abs_tol=1e-9)
    return Cell(value if isfinite(value) else None, "percent", formula if says else "")
