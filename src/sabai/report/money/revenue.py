"""Recurring revenue as a page: from then to now, what moved it, how much stays, on whom it hangs, as others say it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.numbers import get_currency_precision

from sabai.definitions.model import Definitions
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language, speak
from sabai.language.numbers import major
from sabai.report.cells import name
from sabai.report.money.others import others_have
from sabai.report.money.page import Page, Section, Table, Tile, write_page
from sabai.report.money.retention_notices import noticed
from sabai.report.money.revenue_pictures import by_group, from_then_to_now, moved, on_whom, stayed
from sabai.report.money.revenue_words import footing, unchanged_rates
from sabai.report.money.words import EVERY_WORDS, group_called, group_word, period_name, share_of
from sabai.report.money.workbook.revenue import revenue_sheets
from sabai.retention.earned import Earned
from sabai.retention.rates import Rates
from sabai.retention.told import earned_tables
from sabai.retention.variants import EXCHANGE_OF

FIGURE_WORDS = {
    "gross revenue retention": gettext_noop("gross revenue retention"),
    "net revenue retention": gettext_noop("net revenue retention"),
    "net revenue retention with exchange": gettext_noop("net revenue retention with exchange"),
    "gross MRR churn rate": gettext_noop("gross MRR churn rate"),
    "net MRR churn rate": gettext_noop("net MRR churn rate"),
    "gross renewal rate": gettext_noop("gross renewal rate"),
}
WHY_WORDS = {
    "What was there and still is: never above 100%.": gettext_noop("What was there and still is: never above 100%%."),
    "Only those who paid at the start: whoever comes back is no expansion.": gettext_noop(
        "Only those who paid at the start: whoever comes back is no expansion."
    ),
    "What currencies gained and lost counts as well, as in the books; the rates above leave it out.": gettext_noop(
        "What currencies gained and lost counts as well, as in the books; the rates above leave it out."
    ),
    "One less our gross revenue retention.": gettext_noop("One less our gross revenue retention."),
    "Sets whoever comes back off against those who left, which usually makes it lower than one less our net "
    "revenue retention.": (
        gettext_noop(
            "Sets whoever comes back off against those who left, which usually makes it lower than one less our net "
            "revenue retention."
        )
    ),
    "Leaves out contraction, so it is higher than ours wherever customers pay less than before.": gettext_noop(
        "Leaves out contraction, so it is higher than ours wherever customers pay less than before."
    ),
    "Counts only customers who could leave in the period, which usually makes it lower than gross revenue "
    "retention, where those who were bound count as well.": gettext_noop(
        "Counts only customers who could leave in the period, which usually makes it lower than gross revenue "
        "retention, where those who were bound count as well."
    ),
}
EXCHANGE_WORDS = {
    "ChartMogul counts at the closing rate of the day on which each invoice was paid: what exchange moved stands "
    "within its expansion and contraction.": gettext_noop(
        "ChartMogul counts at the closing rate of the day on which each invoice was paid: what exchange moved stands "
        "within its expansion and contraction."
    ),
}
TOOL_NAMES = {"sabai": "Sabai", "chartmogul": "ChartMogul", "baremetrics": "Baremetrics"}


def write_revenue(found: Earned, definitions: Definitions, folder: Path, lang: str) -> Path:
    """revenue.html, pictures and tables into `folder`; UsageError for a language that is not spoken."""
    language = speak(lang).calling(definitions.labels)
    page, sheets = revenue_page(found, language), revenue_sheets(found, language)
    return write_page(page, earned_tables(found), definitions, folder, language, sheets)


def revenue_page(found: Earned, language: Language) -> Page:
    """All of it in one language."""
    _, show, lately = language.gettext, language.show, found.lately
    first, last = (show.date(int(day)) for day in found.year.bounds)
    answer = _(
        "Of %(start)s a month on %(first)s, %(gross)s was still paid on %(last)s; with expansion it is %(net)s.",
        start=show.money_short(lately.start_minor, found.currency), first=first, last=last,
        gross=share_of(lately.gross, language), net=share_of(lately.net, language),
    ) if lately.start_minor else _("Nothing recurred at the start of this time.")  # fmt: skip
    return Page(
        "revenue", _("How much revenue stays?"), answer, tuple(_tiles(found, language)),
        tuple(_sections(found, language)), noticed(found.notices, language),
    )  # fmt: skip


def _tiles(found: Earned, language: Language) -> Iterator[Tile]:
    _, show, lately, currency = language.gettext, language.show, found.lately, found.currency
    yield Tile(
        _("Recurs each month"), show.money_short(lately.end_minor, currency),
        _("%(amount)s a year", amount=show.money_short(lately.end_minor * 12, currency)),
    )  # fmt: skip
    yield Tile(
        _("Net revenue retention"), show.percent(lately.net.value, 1), others_have("net_retention", found, language)
    )  # fmt: skip
    yield Tile(
        _("Gross revenue retention"), show.percent(lately.gross.value, 1),
        others_have("gross_retention", found, language),
    )  # fmt: skip
    yield Tile(
        _("Quick ratio"), show.fixed(lately.quick, 1), _("what came for each that went; above 1 it grows"),
    )  # fmt: skip


def _sections(found: Earned, language: Language) -> Iterator[Section]:
    _ = language.gettext
    nothing = _("Nothing recurs: there are no subscriptions with a price.")
    yield Section(
        "year", _("From then to now"), picture=from_then_to_now(found, language), missing=nothing,
        notes=(unchanged_rates(language),) if found.exchange == "dated" else (),
    )  # fmt: skip
    yield Section("moved", _("What moved it"), picture=moved(found, language), missing=nothing)
    yield Section("rates", _("How much stayed"), picture=stayed(found, language), missing=nothing)
    yield Section("few", _("On whom it hangs"), picture=on_whom(found, language), missing=nothing)
    if found.by:
        yield _groups(found, found.by, language)
    of_exchange = tuple(_(EXCHANGE_WORDS[each]) for each in EXCHANGE_OF.values()) if found.foreign else ()
    yield Section(
        "others", _("As others would say it"), table=_others(found, language), wide=True,
        notes=(_("All from the same movements of the same year; each tool defines its figure in its own way."),
               *of_exchange),
    )  # fmt: skip
    yield Section(
        "periods", _("Every period"), table=_periods(found, language), wide=True,
        notes=(footing(found, language), _("Amounts are a month, in %(currency)s.", currency=found.currency)),
    )  # fmt: skip


def _groups(found: Earned, by: str, language: Language) -> Section:
    _, show = language.gettext, language.show
    word = group_word(by, language)
    title, missing = _("Apart by %(group)s", group=word), _("Nobody is known.")
    table = Table(
        (word, _("customers"), _("at the start"), _("at the end"), _("gross"), _("net")),
        tuple(
            (name(group_called(by, called, language)), show.fixed(each.customers),
             show.money(each.start_minor, found.currency),
             show.money(each.end_minor, found.currency), share_of(each.gross, language), share_of(each.net, language))
            for called, each in sorted(found.groups, key=lambda each: -each[1].start_minor)
        ),
    )  # fmt: skip
    picture = by_group(found, by, title, language)
    return Section("groups", title, picture=picture, table=table, folded=_("Every group"), missing=missing)


def _others(found: Earned, language: Language) -> Table:
    _, show = language.gettext, language.show
    rows = tuple(
        (TOOL_NAMES.get(each.tool, _("over renewals due")), _(FIGURE_WORDS[each.figure]), _(WHY_WORDS[each.why]),
         show.percent(each.value, 1))
        for each in found.others
    )  # fmt: skip
    return Table((_("tool"), _("figure"), _("why it differs"), _("the year")), rows, words=3)


def _periods(found: Earned, language: Language) -> Table:
    _ = language.gettext
    apart = (_("exchange"),) if found.exchange == "dated" else ()
    heads = (
        _(EVERY_WORDS[found.periods.every]), _("at the start"), _("new"), _("came back"), _("expansion"),
        _("contraction"), _("churn"), *apart, _("at the end"), _("gross"), _("net"),
    )  # fmt: skip
    rows = [
        (period_name(found.periods, place, language), *_amounts(found, each, language))
        for place, each in enumerate(found.each)
    ]
    return Table(heads, tuple(reversed(rows)))


def _amounts(found: Earned, each: Rates, language: Language) -> Iterator[str]:
    show = language.show
    amounts = (
        each.start_minor, each.new_minor, each.reactivation_minor, each.expansion_minor, each.contraction_minor,
        each.churn_minor, *((each.exchange_minor,) if found.exchange == "dated" else ()), each.end_minor,
    )  # fmt: skip
    decimals = get_currency_precision(found.currency)
    yield from (show.fixed(major(amount, found.currency), decimals) for amount in amounts)
    yield from (show.percent(rate.value, 1) for rate in (each.gross, each.net))
