"""Lists of who owes: the late ones, whom to remind and with which words, each group, each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from sabai.language.language import Language
from sabai.receivables.habits import MANNERS, column_of
from sabai.receivables.months import Month
from sabai.receivables.receivables import Receivables
from sabai.receivables.reminders.reminders import Reminder
from sabai.report.cells import name
from sabai.report.money.page import Cell, Table
from sabai.report.money.receivables_letters import Letter, letter
from sabai.report.money.receivables_pictures import AGE_WORDS, MANNER_WORDS
from sabai.report.money.receivables_words import how_so_far, isolated, tone_word, why_now
from sabai.report.money.words import group_called, group_word

MOST_DEBTORS, MOST_GROUPS, MOST_INVOICES = 15, 25, 3
ACCOUNT = "account_id"


def debtors(found: Receivables, language: Language) -> Table:
    """Who is past due with most, and what comes next."""
    _, show = language.gettext, language.show
    late = found.accounts.filter(pl.col("overdue_minor") > 0)
    late = late.sort("overdue_minor", ACCOUNT, descending=[True, False]).head(MOST_DEBTORS)
    tones: dict[str, str] = {}
    for each in found.reminders:
        tones.setdefault(each.account_id, each.tone)
    heads = (_("customer"), _("owner"), _("next step"), _("past due"), _("oldest, days"), _("likely bad debt"),
             _("came late or not at all"))  # fmt: skip
    rows = (
        (_called(row), name(group_called("owner", row["owner"], language)),
         tone_word(tones.get(row[ACCOUNT], ""), language),
         show.money(row["overdue_minor"], found.currency), show.fixed(row["oldest_days"]),
         show.money(row["likely_bad_debt_minor"], found.currency), _came_late(row, language))
        for row in late.to_dicts()
    )  # fmt: skip
    return Table(heads, tuple(rows), words=3)


def _called(row: dict[str, Any]) -> Cell:
    return name(row["name"] or row[ACCOUNT])


def _came_late(row: dict[str, Any], language: Language) -> str:
    show = language.show
    late = row["after_reminder"] + row["late"] + row["unpaid"]
    return language.gettext("%(late)s of %(judged)s", late=show.fixed(late), judged=show.fixed(row["judged"]))


def reminded(cases: Sequence[Reminder], found: Receivables, language: Language) -> Table:
    """One row for each case; a column of words for the customer where there are any."""
    _ = language.gettext
    letters = [letter(each, found.as_of, found.currency, found.language) for each in cases]
    heads = [_("customer"), _("next step"), _("why now, and how they pay")]
    rows: list[tuple[Cell, ...]] = [
        (_who(each, found, language), tone_word(each.tone, language), _why(each, language)) for each in cases
    ]
    if any(each.words for each in letters):
        heads.append(_("suggested words"))
        rows = [(*row, _quoted(said, each, language)) for row, said, each in zip(rows, letters, cases, strict=True)]
    return Table(tuple(heads), tuple(rows), words=len(heads))


def _who(each: Reminder, found: Receivables, language: Language) -> Markup:
    """The name, and below it how much, how late, for what, and who knows them."""
    show = language.show
    shown = [name(invoice) for invoice in each.invoice_ids[:MOST_INVOICES]]
    more = len(each.invoice_ids) - MOST_INVOICES
    if more > 0:
        shown.append(language.gettext("%(count)s more", count=show.fixed(more)))
    owner = (name(language.person(each.owner)),) if each.owner else ()
    below = (Markup("<b>{}</b>").format(show.money(each.balance_minor, found.currency)), _days(each, language),
             *shown, *owner)  # fmt: skip
    return name(each.name) + Markup("").join(map(_below, below))


def _days(each: Reminder, language: Language) -> str:
    if each.rule == "no due date":
        return language.gettext("no due day")
    if each.days_past_due > 0:
        return language.ngettext("%(num)s day past due", "%(num)s days past due", each.days_past_due)
    return language.gettext("not yet due")


def _why(each: Reminder, language: Language) -> Markup:
    """The reason, and below it the history, what was said last, and until when to wait."""
    _, show = language.gettext, language.show
    lines = [how_so_far(each, language)]
    if each.said_day is not None:
        lines.append(
            _("Said last: reminder no. %(number)s, on %(date)s.",
              number=show.fixed(int(each.words["reminders"])), date=show.date(each.said_day))
        )  # fmt: skip
    if each.until_day is not None:
        lines.append(_("Wait until %(date)s.", date=show.date(each.until_day)))
    return escape(why_now(each, language)) + Markup("").join(_below(line) for line in lines if line)


def _below(line: Cell) -> Markup:
    return Markup('<small class="below">{}</small>').format(line)


def _quoted(written: Letter, each: Reminder, reader: Language) -> Markup:
    """The letter, in which the number of an invoice is never broken; its language is named where it is not the
    reader's."""
    said, own = escape(written.words), written.language
    for invoice in map(isolated, each.invoice_ids):
        said = said.replace(escape(invoice), Markup("<span>{}</span>").format(invoice))
    if not said:
        return Markup("")
    named = "" if own.code == reader.code else _below(reader.show.locale.languages[own.code])
    return Markup('{}<q class="letter" lang="{}" dir="{}">{}</q>').format(named, own.code, own.direction, said)


def told_apart(by: str, language: Language) -> str:
    """The word for a column of invoices."""
    own = {ACCOUNT: language.gettext("customer"), "currency": language.gettext("currency")}
    return own.get(by) or group_word(by, language)


def ages_by(found: Receivables, by: str, language: Language) -> Table:
    """The ages of what each group owes, the largest first; ages that nobody has are left out."""
    _, show = language.gettext, language.show
    sums = found.ageing().row(0, named=True)
    shown = [age for age in AGE_WORDS if sums[age]]
    names = _names(found, by)
    rows = (
        (name(group_called(by, names.get(row[by], row[by]), language)),
         *(show.money(row[column], found.currency) for column in ("total", *shown)))
        for row in found.ageing(by).head(MOST_GROUPS).to_dicts()
    )  # fmt: skip
    return Table((told_apart(by, language), _("owed"), *(_(AGE_WORDS[age]) for age in shown)), tuple(rows))


def _names(found: Receivables, by: str) -> dict[str, str]:
    """account_id -> name, where customers are told apart one by one."""
    if by != ACCOUNT:
        return {}
    return dict(found.accounts.select(ACCOUNT, "name").drop_nulls().iter_rows())


def paid_by(found: Receivables, by: str, language: Language) -> list[tuple[str, list[int]]]:
    """How many invoices of all, and of each group, were paid in each of MANNERS; who owes most comes first."""
    counts = [pl.col(column_of(manner)).sum() for manner in MANNERS]
    every = [(language.gettext("all"), [int(n) for n in found.accounts.select(counts).row(0)])]
    if by not in found.accounts.columns:
        return every
    apart = found.accounts.group_by(by).agg(*counts, pl.col("receivable_minor").sum())
    apart = apart.sort("receivable_minor", by, descending=[True, False], nulls_last=True).drop("receivable_minor")
    names = _names(found, by)
    return every + [
        (group_called(by, names.get(group, group), language), [int(n) for n in each])
        for group, *each in apart.head(MOST_GROUPS).iter_rows()
    ]


def shares(groups: Sequence[tuple[str, Sequence[int]]], by: str, language: Language) -> Table:
    """The same as shares, with how many invoices they are of."""
    _, show = language.gettext, language.show
    rows = (
        (name(called), *(show.percent(count / sum(counts)) for count in counts), show.fixed(sum(counts)))
        for called, counts in groups if sum(counts)
    )  # fmt: skip
    return Table((told_apart(by, language), *(_(MANNER_WORDS[each]) for each in MANNERS), _("invoices")), tuple(rows))


def month_sums(found: Receivables, language: Language) -> Table:
    """How each month became the next, the newest first."""
    _ = language.gettext
    heads = (_("Month"), _("opening"), _("invoiced"), _("paid"), _("credited"), _("refunded"), _("closing"))
    rows = [
        (language.show.month(each.first), *(language.show.money(sum_, found.currency) for sum_ in _moved(each)))
        for each in found.months
    ]
    return Table(heads, tuple(reversed(rows)))


def _moved(month: Month) -> Iterator[int]:
    moved = month.movement
    yield from (moved.opening_minor, moved.invoiced_minor, moved.paid_minor, moved.credited_minor)
    yield from (moved.refunded_minor, moved.closing_minor)


def month_measures(found: Receivables, language: Language) -> Table:
    """How well each month was collected, the newest first."""
    _, show = language.gettext, language.show
    heads = (_("Month"), _("days sales outstanding"), _("counted back"), _("if nobody were late"),
             _("days delinquent"), _("collected"))  # fmt: skip
    rows = [
        (show.month(each.first), show.fixed(each.dso, 1), show.fixed(each.countback_dso, 1),
         show.fixed(each.best_possible_dso, 1), show.fixed(each.average_days_delinquent, 1),
         show.percent(None if each.collection_effectiveness is None else each.collection_effectiveness / 100, 1))
        for each in found.months
    ]  # fmt: skip
    return Table(heads, tuple(reversed(rows)))
