"""`sabai receivables`: who owes what, how well it is collected, and whom to remind next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.verbs.report import LANGUAGES
from sabai.cli.waiting import waiting
from sabai.cli.when import Date

if TYPE_CHECKING:
    import polars as pl

    from sabai.facts.landed import Facts
    from sabai.receivables.receivables import Receivables
    from sabai.receivables.reminders.reminders import Reminder

BY = {"account": "account_id", **{name: name for name in ("owner", "segment", "country", "industry", "currency")}}


@verb
@data_argument
@definitions_option
@click.option("--as-of", "as_of", type=Date(), help="When that day began; default: after the last fact.")
@click.option("--by", type=click.Choice(list(BY)), default="segment", show_default=True, help="Divide the ageing.")
@click.option("--months", type=click.IntRange(1, 240), default=12, show_default=True, help="Whole months before it.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="Lines of each list.")
@out_option
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The reader's language.")
def receivables(
    data: Path, definitions: Path | None, as_of: date | None, by: str, months: int, top: int, out: Path | None,
    lang: str,
) -> Answer:  # fmt: skip
    """Who owes what and since when, how well it is collected, how each pays, and whom to remind next, and how.

    Writes receivables.html, which has words for each reminder, pictures, invoices.csv, accounts.csv, months.csv and
    reminders.csv below OUT/receivables. Where `sabai score` has left its scores in OUT, reminders know who is healthy.

    \b
        sabai receivables
        sabai receivables exports --definitions sabai.yaml --as-of 2026-07-01 --by owner --months 24
        sabai receivables --lang th
    """
    from sabai.pipeline import Request
    from sabai.receivables.receivables import receivables as found_in
    from sabai.receivables.tables import tables
    from sabai.report.money.receivables import write_receivables

    with place(data, definitions, out).alone() as here, waiting() as progress:
        meaning = here.definitions()
        facts = Request(meaning, here.data, here.out, progress=progress).facts()
        day = _day(facts, as_of)
        found = found_in(facts, meaning, day, months, _bands(here.out / "scores.csv", day))
        page = write_receivables(found, BY[by], meaning, here.out / "receivables", lang)
    written = tables(found)
    names = ", ".join((page.name, "pictures", *(f"{name}.csv" for name in written)))
    text = [*lines(found, by, top), "", f"Written to {page.parent}: {names}."]
    told = as_data(found, by, written) | {"out": page.parent, "page": page}
    return Answer(told, "\n".join(text), (*facts.issues, *found.notices))


def as_data(found: Receivables, by: str, written: Mapping[str, pl.DataFrame]) -> dict[str, object]:
    """For programs: money in minor units."""
    from sabai.dates import from_day

    return {
        "as_of": from_day(found.as_of),
        "currency": found.currency,
        "receivable_minor": found.receivable_minor,
        "unapplied_minor": found.unapplied_minor,
        "ageing": found.ageing().row(0, named=True),
        "by": by,
        "ageing_by": found.ageing(BY[by]).to_dicts(),
        **{name: table.to_dicts() for name, table in written.items()},
    }


def lines(found: Receivables, by: str, top: int) -> Iterator[str]:
    """What a person reads."""
    from sabai.dates import from_day
    from sabai.receivables.counted import major

    yield f"{major(found.receivable_minor, found.currency)} receivable when {from_day(found.as_of)} began."
    if found.unapplied_minor:
        yield f"Beside it: {major(found.unapplied_minor, found.currency)} that names no invoice."
    yield ""
    yield from _ageing(found, by, top)
    yield ""
    yield from _months(found)
    yield ""
    yield from _debtors(found, top)
    yield ""
    yield from _reminders(found, top)


def _ageing(found: Receivables, by: str, top: int) -> Iterator[str]:
    whole, parts = found.ageing(), found.ageing(BY[by])
    shown = [name for name in whole.columns if whole[name][0]]
    yield "".join(f"{name:>14}" for name in shown) + f"   {by}"
    for row in parts.head(top).to_dicts():
        yield "".join(f"{_amount(row[name], found):>14}" for name in shown) + f"   {row[BY[by]] or 'unknown'}"
    if parts.height > top:
        yield f"{'…':>14}   {parts.height - top} more"
    yield "".join(f"{_amount(whole[name][0], found):>14}" for name in shown) + "   all"


def _months(found: Receivables) -> Iterator[str]:
    heads = ("invoiced", "paid", "credited", "refunded", "closing")
    yield f"{'month':<8}" + "".join(f"{name:>14}" for name in heads) + "    DSO  countback      ADD   CEI %"
    for month in found.months:
        moved = month.movement
        sums = (
            moved.invoiced_minor, moved.paid_minor, moved.credited_minor, moved.refunded_minor, moved.closing_minor
        )  # fmt: skip
        measures = (
            f"{_number(month.dso):>7}{_number(month.countback_dso):>11}{_number(month.average_days_delinquent):>9}"
            f"{_number(month.collection_effectiveness):>8}"
        )
        yield f"{month.first:%Y-%m} " + "".join(f"{_amount(each, found):>14}" for each in sums) + measures
        yield from (f"{'':<8}{sentence}" for sentence in month.why)
    yield "DSO: days sales outstanding. ADD: average days delinquent. CEI: of what could be collected, how much was."


def _debtors(found: Receivables, top: int) -> Iterator[str]:
    """Who is past due, the most first; how many of the invoices that were due came late or not at all."""
    owing = found.accounts.filter(found.accounts["overdue_minor"] > 0)
    yield f"Accounts past due: {owing.height:,}."
    yield f"{'past due':>14}{'oldest':>8}{'bad debt':>14}{'late':>10}   account"
    for row in owing.sort("overdue_minor", "account_id", descending=[True, False]).head(top).to_dicts():
        late = f"{row['late'] + row['after_reminder'] + row['unpaid']} of {row['judged']}"
        sums = f"{_amount(row['overdue_minor'], found):>14}{row['oldest_days']:>8}"
        yield f"{sums}{_amount(row['likely_bad_debt_minor'], found):>14}{late:>10}   {_name(row)}"


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


def _day(facts: Facts, as_of: date | None) -> int:
    """As asked, or the day after the last fact. Raises FactsError where the facts know nothing of it."""
    from sabai.metrics.calendar import asked_days, last_known

    return asked_days(facts, (as_of,))[0] if as_of else last_known(facts) + 1


def _bands(scores: Path, as_of: int) -> dict[str, str]:
    """account_id -> band by the newest score at or before `as_of`, where there is one."""
    import polars as pl

    from sabai.dates import from_day

    if not scores.exists():
        return {}
    rows = pl.scan_csv(scores, infer_schema=False).select("account_id", "as_of", "band")
    rows = rows.filter(pl.col("as_of") <= from_day(as_of).isoformat()).sort("as_of")
    return dict(rows.group_by("account_id").agg(pl.col("band").last()).collect().iter_rows())


def _amount(minor: int, found: Receivables) -> str:
    from sabai.receivables.counted import major

    return major(minor, found.currency).rpartition(" ")[0]


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1f}"


def _name(row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({row['account_id']})" if row["name"] else str(row["account_id"])
