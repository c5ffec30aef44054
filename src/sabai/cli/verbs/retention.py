"""`sabai retention`: how many customers stay, who left, and whether anybody asked them why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sabai.cli.answer import Answer
from sabai.cli.columns import UNKNOWN, columns, share, span
from sabai.cli.kept import span_options
from sabai.cli.outcome import verb
from sabai.cli.over_periods import benchmarks, last_periods
from sabai.cli.pages import language_option, noted, with_files
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting

if TYPE_CHECKING:
    from sabai.retention.churned import Churned
    from sabai.retention.kept import Kept
    from sabai.retention.span import Span

SHOWN = 12  # so many who left are read at a glance


@verb
@data_argument
@definitions_option
@span_options
@out_option
@language_option
def retention(data: Path, definitions: Path | None, span: Span, out: Path | None, lang: str) -> Answer:
    """How many customers stay: (CE − CN) / CS for every period, by group, and everybody who left with their reason.

    CS were customers at the start, CE at the end, CN of these came in between. Writes retention.html, pictures and CSV
    files below OUT/retention.

    \b
        sabai retention
        sabai retention --every quarter --by owner
        sabai retention --from 2026-01-01 --to 2026-07-01 --every span
    """
    from sabai.pipeline import Request
    from sabai.report.money.retention import write_retention
    from sabai.retention.kept import kept
    from sabai.retention.told import told_kept

    with place(data, definitions, out).alone() as here, waiting() as progress:
        request = Request(here.definitions(), here.data, here.out, progress=progress)
        found = kept(request.facts(), request.definitions, span, here.out / "snapshots")
        page = write_retention(found, request.definitions, here.out / "retention", lang)
    return Answer({**told_kept(found), "page": page}, with_files(lines(found), page, ["periods", "groups", "churned"]))


def lines(found: Kept) -> Iterator[str]:
    """What a person reads at a glance."""
    from sabai.dates import from_day
    from sabai.retention.benchmarks import comparable

    first, last = (from_day(int(day)) for day in found.year.bounds)
    lately, mean = found.lately, found.all_periods
    stayed = lately.end - lately.new - lately.came_back
    yield f"Of {lately.start:,} customers on {first}, {stayed:,} were still there on {last}: {span(lately.rate)}."
    every = found.periods.every
    yield f"Lost in a {every} on average: {span(mean.churn, 2)}, n = {mean.start:,} customer-{every}s."
    own = {"churn": ("lost in a month", mean.churn.value), "retention": ("kept over the year", lately.rate.value)}
    yield from benchmarks(comparable(found), own, decimals=2)
    yield from _other_readings(found)
    yield ""
    yield from _periods(found)
    if found.groups:
        yield ""
        yield from _groups(found)
    if found.churned:
        yield ""
        yield from _churned(found)
    yield from noted(found.notices)


def _other_readings(found: Kept) -> Iterator[str]:
    """Only where they differ."""
    lately = found.lately
    if lately.arrived != lately.new:
        went = lately.arrived - lately.new
        yield f"Taking off also the {went:,} who came and left again: {share(lately.rate_of_all_new)}."
    if lately.came_back:
        yield f"Counting the {lately.came_back:,} who came back as kept: {share(lately.rate_with_returns)}."


def _periods(found: Kept) -> Iterator[str]:
    heads = ("start", "new", "came back", "lost", "unpaid", "end", "kept (95%)", "lost (95%)")
    return last_periods(found.periods, heads, lambda place: _cells(found, place))


def _cells(found: Kept, place: int) -> tuple[str, ...]:
    each, unpaid = found.each[place], found.how[place]["involuntary"]
    counts = (each.start, each.new, each.came_back, each.lost, unpaid, each.end)
    return (*(f"{count:,}" for count in counts), span(each.rate), span(each.churn))


def _groups(found: Kept) -> Iterator[str]:
    rows = [
        (group.name or "not said", f"{group.lately.start:,}", f"{group.lately.end:,}", span(group.lately.rate),
         f"{group.each.lost:,}", span(group.each.churn, 2))
        for group in found.groups
    ]  # fmt: skip
    lost = f"lost in a {found.periods.every}"
    yield from columns((found.by or "", "start", "end", "kept, the year (95%)", "lost, ever", lost), rows)


def _churned(found: Kept) -> Iterator[str]:
    reasons = Counter(each.reason or "no reason noted" for each in found.churned)
    yield f"Why {len(found.churned):,} left: " + ", ".join(f"{why} {n:,}" for why, n in reasons.most_common()) + "."
    asked = Counter(each.asked for each in found.churned)
    yield (
        f"Asked by an exit survey: {asked['asked'] + asked['answered']:,}, answered {asked['answered']:,}, "
        f"never asked {asked['not asked']:,}."
    )
    yield ""
    rows = [
        (str(each.left_on), each.account_id, each.name, each.reason or UNKNOWN, each.how, each.owner or UNKNOWN,
         each.asked, *_last_seen(each))
        for each in found.churned[:SHOWN]
    ]  # fmt: skip
    heads = ("left on", "account", "name", "reason", "how", "owner", "asked why", "last band", "lowest then")
    yield from columns(heads, rows, words=len(heads))


def _last_seen(each: Churned) -> tuple[str, str]:
    """What the score said before they spoke."""
    seen = each.last_seen
    return (seen.band.replace("_", " "), ", ".join(seen.worst) or UNKNOWN) if seen else (UNKNOWN, UNKNOWN)
