"""`sabai revenue`: what recurs, what moved it, and how much of it stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.columns import columns, share, span
from sabai.cli.kept import span_options
from sabai.cli.outcome import verb
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.verbs.report import LANGUAGES
from sabai.cli.waiting import waiting

if TYPE_CHECKING:
    import polars as pl

    from sabai.facts.landed import Facts
    from sabai.language.numbers import Formatter
    from sabai.retention.earned import Earned
    from sabai.retention.rates import Rates
    from sabai.retention.span import Span
    from sabai.retention.variants import Tool

SHOWN = 12
TOOLS = ("sabai", "chartmogul", "baremetrics", "renewals")


@verb
@data_argument
@definitions_option
@span_options
@click.option("--as", "tool", type=click.Choice(TOOLS), help="Say it as another tool would, and why that differs.")
@click.option("--why", "period", metavar="PERIOD", help="Every customer behind one period, such as 2026-03.")
@click.option("--account", help="The subscriptions of one customer behind its figures: the last step down.")
@out_option
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The reader's language.")
def revenue(
    data: Path, definitions: Path | None, span: Span, tool: Tool | None, period: str | None, account: str | None,
    out: Path | None, lang: str,
) -> Answer:  # fmt: skip
    """Recurring revenue by month: new, expansion, contraction, churn, reactivation, footing to the cent; gross and net
    revenue retention with intervals; how much hangs on few.

    Writes revenue.html, pictures and CSV files, every customer's movement among them, below OUT/revenue.

    \b
        sabai revenue
        sabai revenue --every quarter --by product
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
        found = earned(facts, request.definitions, span)
        page = write_revenue(found, request.definitions, here.out / "revenue", lang)
    told: dict[str, object] = {**told_earned(found), "page": page}
    if period or account:
        return _behind(found, facts, period, account, told)
    text = [*lines(found, tool), "", f"Written to {page.parent}: {page.name}, pictures, periods.csv, movements.csv."]
    return Answer(told, "\n".join(text))


def lines(found: Earned, tool: Tool | None) -> Iterator[str]:
    """What a person reads at a glance."""
    from sabai.dates import from_day
    from sabai.language.language import speak

    show, lately = speak("en").show, found.lately
    first, last = (from_day(int(day)) for day in found.year.bounds)
    began = show.money(lately.start_minor, found.currency)
    yield f"Of {began} a month on {first}, {span(lately.gross)} was still paid on {last};"
    yield f"{span(lately.net)} with what these {lately.customers:,} customers took more."
    yield (
        f"Now {show.money(lately.end_minor, found.currency)} a month, "
        f"{show.money(lately.end_minor * 12, found.currency)} a year."
    )
    yield from _benchmarks(found)
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
    yield from ("", *(f"Note: {notice}" for notice in found.notices)) if found.notices else ()


def _benchmarks(found: Earned) -> Iterator[str]:
    own = {"gross_retention": ("gross", found.lately.gross.value), "net_retention": ("net", found.lately.net.value)}
    for benchmark in found.benchmarks:
        if benchmark.name in own and found.year.is_a_year:
            what, value = own[benchmark.name]
            yield f"Benchmark, {what} retention: {share(benchmark.value)}, yours {share(value)} ({benchmark.source})."


def _periods(found: Earned, show: Formatter) -> Iterator[str]:
    from sabai.retention.periods import label_of

    first = max(0, len(found.each) - SHOWN)
    rows = [
        (label_of(found.periods, place), *_amounts(each, found.currency, show))
        for place, each in enumerate(found.each)
        if place >= first
    ]
    yield f"{found.currency} a month; start + new + back + more − less − churn = end"
    heads = (found.periods.every, "start", "new", "back", "more", "less", "churn", "end", "gross", "net", "quick")
    yield from columns(heads, rows)
    if first:
        yield f"… and {first:,} earlier in periods.csv."


def _amounts(each: Rates, currency: str, show: Formatter) -> Iterator[str]:
    from sabai.language.numbers import major

    amounts = (
        each.start_minor, each.new_minor, each.reactivation_minor, each.expansion_minor, -each.contraction_minor,
        -each.churn_minor, each.end_minor,
    )  # fmt: skip
    yield from (show.number(major(amount, currency), 0) for amount in amounts)
    yield from (share(each.gross.value), share(each.net.value), "–" if each.quick is None else f"{each.quick:.1f}")


def _others(found: Earned, tool: Tool) -> Iterator[str]:
    """What the tool says, beside what we say, and why."""
    for figure in found.others:
        if figure.tool in ("sabai", tool):
            yield f"{figure.tool}: {figure.figure} {share(figure.value)} = {figure.formula}"
            yield f"    {figure.why}"


def _groups(found: Earned, show: Formatter) -> Iterator[str]:
    rows = [
        (name or "not said", f"{each.customers:,}", show.money(each.start_minor, found.currency),
         show.money(each.end_minor, found.currency), span(each.gross), span(each.net))
        for name, each in found.groups
    ]  # fmt: skip
    yield from columns((found.by or "", "customers", "start", "end", "gross (95%)", "net (95%)"), rows)


def _behind(found: Earned, facts: Facts, period: str | None, account: str | None, told: dict[str, object]) -> Answer:
    """The customers behind a period, or the rows behind a customer."""
    from sabai.retention.earned import rows_behind

    places = _places(found, period)
    moved = found.movements(places)
    if account is None:
        return Answer({**told, "movements": moved.to_dicts()}, "\n".join(_moved(found, moved)))
    _refuse_unknown(account, found.subscriptions.accounts)
    moved = moved.filter(moved["account_id"] == account)
    first, last = int(found.periods.starts[places[0]]), int(found.periods.ends[places[-1]])
    rows = rows_behind(facts, account, first, last)
    text = [*_moved(found, moved), "", *_rows(rows)]
    return Answer({**told, "movements": moved.to_dicts(), "rows": rows.to_dicts()}, "\n".join(text))


def _refuse_unknown(account: str, known: Sequence[str]) -> None:
    from sabai.errors import Issue, UsageError, did_you_mean

    if account not in known:
        hint = did_you_mean(account, known[:10_000]) or "The ids stand in movements.csv."
        raise UsageError(Issue("RET-005", f'There is no account "{account}".', "--account", hint=hint))


def _places(found: Earned, period: str | None) -> list[int]:
    from sabai.errors import Issue, UsageError
    from sabai.retention.periods import label_of

    labels = [label_of(found.periods, place) for place in range(len(found.periods))]
    if period is None:
        return list(range(len(labels)))
    if period not in labels:
        raise UsageError(
            Issue(
                "RET-003",
                f'There is no {found.periods.every} "{period}".',
                "--why",
                "Only whole periods that have settled can be broken down.",
                f"Write one from {labels[0]} to {labels[-1]}, for instance {labels[-1]}.",
            )
        )
    return [labels.index(period)]


def _moved(found: Earned, moved: pl.DataFrame) -> Iterator[str]:
    from sabai.language.language import speak

    show = speak("en").show
    rows = [
        (row["period"], row["kind"], row["account_id"], row["name"],
         *(show.money(row[amount], found.currency) for amount in ("start_minor", "end_minor", "moved_minor")))
        for row in moved.iter_rows(named=True)
    ]  # fmt: skip
    yield from columns(("period", "kind", "account", "name", "start", "end", "moved"), rows, words=4)
    sums: dict[str, int] = {}
    for kind, amount in moved.select("kind", "moved_minor").iter_rows():
        sums[kind] = sums.get(kind, 0) + amount
    yield ", ".join(f"{kind} {show.money(amount, found.currency)}" for kind, amount in sums.items()) or "Nothing moved."


def _rows(rows: pl.DataFrame) -> Sequence[str]:
    texts = [tuple("" if cell is None else str(cell) for cell in row) for row in rows.iter_rows()]
    return list(columns(rows.columns, texts, words=len(rows.columns)))
