"""Who owes us, as a page: how old it is, how well it is collected, whom to remind next, and what to say to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.language.language import Language, speak
from sabai.receivables.receivables import Receivables
from sabai.receivables.reminders.reminders import Reminder
from sabai.receivables.reminders.rules import BOOKS, DECIDE
from sabai.receivables.tables import tables
from sabai.report.money.page import Page, Section, Tile, write_page
from sabai.report.money.receivables_listed import (
    ages_by,
    debtors,
    month_measures,
    month_sums,
    paid_by,
    reminded,
    shares,
    told_apart,
)
from sabai.report.money.receivables_notices import noticed
from sabai.report.money.receivables_pictures import ages, days_outstanding, effectiveness, manners
from sabai.report.money.receivables_words import WHY_UNKNOWN
from sabai.report.money.workbook.receivables import receivables_sheets

MOST_CASES = 30


def write_receivables(found: Receivables, by: str, definitions: Definitions, folder: Path, lang: str) -> Path:
    """receivables.html, pictures and tables into `folder`; `by` is a column of `found.invoices`. UsageError for a
    language that is not spoken."""
    language = speak(lang).calling(definitions.labels)
    page, sheets = receivables_page(found, by, language), receivables_sheets(found, language)
    return write_page(page, tables(found), definitions, folder, language, sheets)


def receivables_page(found: Receivables, by: str, language: Language) -> Page:
    """All of it in one language."""
    return Page(
        "receivables", language.gettext("Who owes us?"), _answer(found, language), tuple(_tiles(found, language)),
        tuple(_sections(found, by, language)), tuple(noticed(issue, language) for issue in found.notices),
    )  # fmt: skip


def _answer(found: Receivables, language: Language) -> str:
    _, show = language.gettext, language.show
    overdue, old = _overdue(found), int(found.ageing()["90+"][0])
    said = {"owed": show.money_short(found.receivable_minor, found.currency), "date": show.date(found.as_of)}
    if not overdue:
        return _("Of %(owed)s owed on %(date)s, nothing is past due.", **said)
    said["overdue"] = show.money_short(overdue, found.currency)
    if not old:
        return _("Of %(owed)s owed on %(date)s, %(overdue)s is past due, nothing by more than 90 days.", **said)
    old_said = show.money_short(old, found.currency)
    return _(
        "Of %(owed)s owed on %(date)s, %(overdue)s is past due, %(old)s of it by more than 90 days.",
        old=old_said, **said,
    )  # fmt: skip


def _overdue(found: Receivables) -> int:
    return int(found.accounts["overdue_minor"].sum())


def _tiles(found: Receivables, language: Language) -> Iterator[Tile]:
    _, show, currency = language.gettext, language.show, found.currency
    beside = _(
        "and %(amount)s received that names no invoice", amount=show.money_short(found.unapplied_minor, currency)
    )
    yield Tile(
        _("Owed"), show.money_short(found.receivable_minor, currency), beside if found.unapplied_minor else ""
    )  # fmt: skip
    late = found.accounts.filter(found.accounts["overdue_minor"] > 0).height
    yield Tile(
        _("Past due"), show.money_short(_overdue(found), currency),
        language.ngettext("%(num)s customer", "%(num)s customers", late),
    )  # fmt: skip
    yield from _of_the_last_month(found, language)


def _of_the_last_month(found: Receivables, language: Language) -> Iterator[Tile]:
    _, show = language.gettext, language.show
    if not found.months:
        return
    last = found.months[-1]
    month = show.month(last.first)
    best = _("%(month)s; %(days)s if nobody were late", month=month, days=show.number(last.best_possible_dso))
    yield Tile(_("Days sales outstanding"), show.number(last.dso), best)
    effective = last.collection_effectiveness
    yield Tile(
        _("Collected of what could be"), show.percent(None if effective is None else effective / 100, 1), month
    )  # fmt: skip


def _sections(found: Receivables, by: str, language: Language) -> Iterator[Section]:
    _ = language.gettext
    yield Section("ages", _("How old it is"), picture=ages(found, language), missing=_("Nothing is owed."))
    yield _how_they_pay(found, by, language)
    yield from _to_do(found, language)
    yield Section(
        "debtors", _("Who is late with most"), table=debtors(found, language), wide=True,
        missing=_("Nobody is past due."),
        notes=(_("Likely bad debt is what is more than 180 days past due; it is stated, and never written off."),),
    )  # fmt: skip
    yield Section(
        "ages-by", _("Apart by %(group)s", group=told_apart(by, language)), table=ages_by(found, by, language),
        wide=True, missing=_("Nothing is owed."),
    )  # fmt: skip
    yield from _months(found, language)


def _how_they_pay(found: Receivables, by: str, language: Language) -> Section:
    _ = language.gettext
    groups = paid_by(found, by, language)
    return Section(
        "manners", _("How they pay"), picture=manners(groups, language), table=shares(groups, by, language),
        folded=_("In numbers"), missing=_("No invoice has fallen due yet."),
    )  # fmt: skip


def _to_do(found: Receivables, language: Language) -> Iterator[Section]:
    """First whom to turn to, with words for them; then what is ours to settle; then what waits."""
    _ = language.gettext
    ours = [each for each in found.reminders if each.tone in (BOOKS, DECIDE)]
    waiting = [each for each in found.reminders if each.waits]
    letters = [each for each in found.reminders if not each.waits and each.tone not in (BOOKS, DECIDE)]
    yield _cases(
        "remind", _("Whom to remind, and what to say"), _("Nobody is to be reminded today."), letters, found,
        language,
    )  # fmt: skip
    yield _cases(
        "ours", _("For us to settle or to decide"), _("Nothing is left to settle."), ours, found,
        language, folded=True,
    )  # fmt: skip
    yield _cases("waiting", _("To wait for"), _("Nothing is waited for."), waiting, found, language, folded=True)


def _cases(
    anchor: str, title: str, missing: str, cases: Sequence[Reminder], found: Receivables, language: Language,
    folded: bool = False,
) -> Section:  # fmt: skip
    first = language.gettext("The first %(count)s are shown; all stand in reminders.csv.", count=MOST_CASES)
    notes = (first,) if len(cases) > MOST_CASES else ()
    fold = _cases_counted(cases, found, language) if folded and cases else ""
    table = reminded(cases[:MOST_CASES], found, language)
    return Section(anchor, title, table=table, notes=notes, missing=missing, wide=True, folded=fold)


def _cases_counted(cases: Sequence[Reminder], found: Receivables, language: Language) -> str:
    """What waits behind the fold: how many, and how much."""
    amount = language.show.money_short(sum(each.balance_minor for each in cases), found.currency)
    return language.ngettext("%(num)s case, %(amount)s", "%(num)s cases, %(amount)s", len(cases), amount=amount)


def _months(found: Receivables, language: Language) -> Iterator[Section]:
    """How long and how well, with their formulas, and the sums that they are made of."""
    _, none_yet = language.gettext, language.gettext("No whole month has passed since the first invoice.")
    unknown = sorted({why for month in found.months for why in month.why})
    days = (
        _("Days sales outstanding = closing / sales × days of the month; counted back, the days whose sales make up "
          "the closing sum. Days delinquent = days sales outstanding − what they were if nobody were late."),
        *(_(WHY_UNKNOWN[why]) for why in unknown),
    )  # fmt: skip
    yield Section(
        "days", _("How long money is out"), picture=days_outstanding(found, language), missing=none_yet,
        table=month_measures(found, language), folded=_("In numbers"), notes=days if found.months else (),
    )  # fmt: skip
    collected = _("Collected = (opening + sales − closing) / (opening + sales − what is not yet due at the end).")
    yield Section(
        "collected", _("How well it is collected"), picture=effectiveness(found, language), missing=none_yet,
        notes=(collected,) if found.months else (),
    )  # fmt: skip
    footing = _("Opening + invoiced − paid − credited + refunded = closing, to the smallest coin.")
    yield Section(
        "sums", _("Every month"), table=month_sums(found, language), wide=True, missing=none_yet,
        notes=(footing,) if found.months else (),
    )  # fmt: skip
