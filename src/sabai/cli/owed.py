"""What a person reads of receivables: what is owed by age, month by month, who is past due, and whom to turn to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sabai.cli.columns import columns

if TYPE_CHECKING:
    from sabai.receivables.months import Month
    from sabai.receivables.receivables import Receivables
    from sabai.receivables.reminders.reminders import Reminder


def lines(found: Receivables, by: str, column: str, top: int) -> Iterator[str]:
    """Divided by a `column` of invoices, called `by`; `top` lines of each list."""
    from sabai.dates import from_day
    from sabai.receivables.counted import major

    yield f"{major(found.receivable_minor, found.currency)} receivable when {from_day(found.as_of)} began."
    if found.unapplied_minor:
        yield f"Beside it: {major(found.unapplied_minor, found.currency)} that names no invoice."
    yield ""
    yield from _ageing(found, by, column, top)
    yield ""
    yield from _months(found)
    yield ""
    yield from _debtors(found, top)
    yield ""
    yield from _reminders(found, top)


def _ageing(found: Receivables, by: str, column: str, top: int) -> Iterator[str]:
    whole, parts = found.ageing(), found.ageing(column)
    shown = [name for name in whole.columns if whole[name][0]]
    named = [(row[column] or "unknown", row) for row in parts.head(top).to_dicts()]
    named.append(("all", whole.row(0, named=True)))
    yield from columns((by, *shown), [(name, *(_amount(row[age], found) for age in shown)) for name, row in named])
    if parts.height > top:
        yield f"… and {parts.height - top:,} more."


def _months(found: Receivables) -> Iterator[str]:
    heads = ("month", "invoiced", "paid", "credited", "refunded", "closing", "DSO", "countback", "ADD", "CEI %")
    yield from columns(heads, [tuple(_month(each, found)) for each in found.months])
    for each in found.months:
        yield from (f"{each.first:%Y-%m}: {sentence}" for sentence in each.why)
    yield "DSO: days sales outstanding. ADD: average days delinquent. CEI: of what could be collected, how much was."


def _month(month: Month, found: Receivables) -> Iterator[str]:
    moved = month.movement
    sums = (moved.invoiced_minor, moved.paid_minor, moved.credited_minor, moved.refunded_minor, moved.closing_minor)
    measures = (month.dso, month.countback_dso, month.average_days_delinquent, month.collection_effectiveness)
    yield f"{month.first:%Y-%m}"
    yield from (_amount(each, found) for each in sums)
    yield from ("unknown" if each is None else f"{each:.1f}" for each in measures)


def _debtors(found: Receivables, top: int) -> Iterator[str]:
    """Who is past due, the most first; how many of the invoices that were due came late or not at all."""
    owing = found.accounts.filter(found.accounts["overdue_minor"] > 0)
    most = owing.sort("overdue_minor", "account_id", descending=[True, False]).head(top)
    rows = [
        (row["account_id"], row["name"] or "", _amount(row["overdue_minor"], found), str(row["oldest_days"]),
         _amount(row["likely_bad_debt_minor"], found),
         f"{row['late'] + row['after_reminder'] + row['unpaid']} of {row['judged']}")
        for row in most.to_dicts()
    ]  # fmt: skip
    yield f"Accounts past due: {owing.height:,}."
    yield from columns(("account", "name", "past due", "oldest", "bad debt", "late"), rows, words=2)


def _reminders(found: Receivables, top: int) -> Iterator[str]:
    """The next things to do, in order."""
    yield f"To turn to: {len(found.reminders):,}, in this order:"
    for number, each in enumerate(found.reminders[:top], 1):
        invoices = ", ".join(each.invoice_ids[:3]) + (", …" if len(each.invoice_ids) > 3 else "")
        balance = _amount(each.balance_minor, found)
        yield f"{number:>3}. {each.tone}: {each.name} ({each.account_id}), {balance}, {invoices}"
        yield f"     {each.why}{_said(each)}"


def _said(each: Reminder) -> str:
    from sabai.dates import from_day

    return "" if each.said_day is None else f" Said last: {each.said}, {from_day(each.said_day)}."


def _amount(minor: int, found: Receivables) -> str:
    """Without its currency, which the first line says."""
    from sabai.receivables.counted import major

    return major(minor, found.currency).rpartition(" ")[0]
