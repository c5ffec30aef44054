"""`sabai revenue`: what recurs, what moved it, and how much of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.behind import behind
from sabai.cli.columns import columns, share, span
from sabai.cli.kept import span_options
from sabai.cli.outcome import verb
from sabai.cli.over_periods import benchmarks, last_periods
from sabai.cli.pages import language_option, noted, with_files
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting

if TYPE_CHECKING:
    from sabai.definitions.model import Exchange
    from sabai.language.numbers import Formatter
    from sabai.retention.earned import Earned
    from sabai.retention.rates import Rates
    from sabai.retention.span import Span
    from sabai.retention.variants import Tool

TOOLS = ("sabai", "chartmogul", "baremetrics", "renewals")


@verb
@data_argument
@definitions_option
@span_options
@click.option(
    "--exchange",
    type=click.Choice(["signed", "dated"]),
    help="Contracts in another currency at the rate of the day on which they began, or of each day, with what exchange "
    "moved apart; default: as defined under money.",
)
@click.option("--as", "tool", type=click.Choice(TOOLS), help="Say it as another tool would, and why that differs.")
@click.option("--why", "period", metavar="PERIOD", help="Every customer behind one period, such as 2026-03.")
@click.option("--account", help="The subscriptions of one customer behind its figures: the last step down.")
@out_option
@language_option
def revenue(
    data: Path, definitions: Path | None, span: Span, exchange: Exchange | None, tool: Tool | None,
    out: Path | None, lang: str, **behind_it: str | None,
) -> Answer:  # fmt: skip
    """Recurring revenue by month: new, expansion, contraction, churn, reactivation, footing to the cent; gross and net
    revenue retention with intervals; how much hangs on few.

    Writes revenue.html, pictures and CSV files, every customer's movement among them, below OUT/revenue.

    \b
        sabai revenue
        sabai revenue --every quarter --by product
        sabai revenue --exchange dated
        sabai revenue --as chartmogul
        sabai revenue --why 2026-03
        sabai revenue --why 2026-03 --account A-1001
    """
    from sabai.pipeline import Request
    from sabai.report.money.revenue import write_revenue
    from sabai.retention.earned import earned
    from sabai.retention.told import told_earned

    with place(data, definitions, out).alone() as here, waiting() as progress:
        request = Request(here.definitions(), here.data, here.out, progress=progress)
        facts = request.facts()
        found = earned(facts, request.definitions, span, exchange)
        page = write_revenue(found, request.definitions, here.out / "revenue", lang)
    told: dict[str, object] = {**told_earned(found), "page": page}
    if any(behind_it.values()):
        return behind(found, facts, behind_it["period"], behind_it["account"], told)
    return Answer(told, with_files(lines(found, tool), page, ["periods", "movements"]))


def lines(found: Earned, tool: Tool | None) -> Iterator[str]:
    """What a person reads at a glance."""
    from sabai.dates import from_day
    from sabai.language.language import speak
    from sabai.retention.benchmarks import comparable

    show, lately = speak("en").show, found.lately
    first, last = (from_day(int(day)) for day in found.year.bounds)
    began = show.money(lately.start_minor, found.currency)
    yield f"Of {began} a month on {first}, {span(lately.gross)} was still paid on {last};"
    yield f"{span(lately.net)} with what these {lately.customers:,} customers took more."
    yield (
        f"Now {show.money(lately.end_minor, found.currency)} a month, "
        f"{show.money(lately.end_minor * 12, found.currency)} a year."
    )
    own = {f"{name}_retention": (f"{name} retention", getattr(lately, name).value) for name in ("gross", "net")}
    yield from benchmarks(comparable(found), own)
    yield ""
    yield from _others(found, tool) if tool else _periods(found, show)
    if found.groups:
        yield ""
        yield from _groups(found, show)
    if found.largest:
        yield ""
        few = ", ".join(f"{name} {share(part)}" for _, name, part in found.largest[:3])
        yield (
            f"Largest: {few}; the ten largest pay {share(sum(part for _, _, part in found.largest))}. As even as "
            f"{found.concentration.effective:,.0f} equal customers."
        )
    yield from noted(found.notices)


def _periods(found: Earned, show: Formatter) -> Iterator[str]:
    apart = ("exchange",) if found.exchange == "dated" else ()
    heads = ("start", "new", "back", "more", "less", "churn", *apart, "end", "gross", "net", "quick")
    yield f"{found.currency} a month; start + new + back + more − less − churn{' + exchange' if apart else ''} = end"
    yield from last_periods(found.periods, heads, lambda place: _amounts(found, found.each[place], show))


def _amounts(found: Earned, each: Rates, show: Formatter) -> Iterator[str]:
    from sabai.language.numbers import major

    amounts = (
        each.start_minor, each.new_minor, each.reactivation_minor, each.expansion_minor, -each.contraction_minor,
        -each.churn_minor, *((each.exchange_minor,) if found.exchange == "dated" else ()), each.end_minor,
    )  # fmt: skip
    yield from (show.number(major(amount, found.currency), 0) for amount in amounts)
    yield from (share(each.gross.value), share(each.net.value), "–" if each.quick is None else f"{each.quick:.1f}")


def _others(found: Earned, tool: Tool) -> Iterator[str]:
    """What the tool says, beside what we say, and why."""
    from sabai.retention.variants import EXCHANGE_OF

    for figure in found.others:
        if figure.tool in ("sabai", tool):
            yield f"{figure.tool}: {figure.figure} {share(figure.value)} = {figure.formula}"
            yield f"    {figure.why}"
    if found.foreign and tool in EXCHANGE_OF:
        yield EXCHANGE_OF[tool]


def _groups(found: Earned, show: Formatter) -> Iterator[str]:
    rows = [
        (name or "not said", f"{each.customers:,}", show.money(each.start_minor, found.currency),
         show.money(each.end_minor, found.currency), span(each.gross), span(each.net))
        for name, each in found.groups
    ]  # fmt: skip
    yield from columns((found.by or "", "customers", "start", "end", "gross (95%)", "net (95%)"), rows)
