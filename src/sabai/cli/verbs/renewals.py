"""`sabai renewals`: what is due, what of it will come, and who was right about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sabai.cli.answer import Answer
from sabai.cli.columns import columns, share, span
from sabai.cli.looking_ahead import lines
from sabai.cli.outcome import verb
from sabai.cli.pages import language_option, with_files
from sabai.cli.place import Place, data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.cli.when import Date, now

if TYPE_CHECKING:
    from sabai.renewals.judgement import Judged, Judgement

LONGEST = 730
BY = ("month", "owner", "segment", "product")


class Within(click.ParamType[int]):
    """A span of days, or 0 for the rest of the calendar quarter.

    >>> Within().convert("90d", None, None), Within().convert("quarter", None, None)
    (90, 0)
    """

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if value == "quarter":
            return 0
        written = re.fullmatch(r"(\d{1,3})\s*d?", str(value))
        if not written or not 1 <= int(written[1]) <= LONGEST:
            self.fail(f'"{value}" is neither "quarter" nor 1 to {LONGEST} days; write it like 90d.', param, ctx)
        return int(written[1])


@verb
@data_argument
@definitions_option
@click.option("--as-of", type=Date(), help="The date to look ahead from; default: the day after the last fact.")
@click.option("--within", type=Within(), default="90d", show_default=True, help="How far ahead: 90d, or quarter.")
@click.option("--by", type=click.Choice(BY), default="month", show_default=True, help="What the sums are told by.")
@click.option("--issue", is_flag=True, help="Freeze this forecast in OUT/forecasts, so that it can be judged later.")
@click.option("--judge", is_flag=True, help="Compare the forecasts that were issued with what happened.")
@out_option
@language_option
def renewals(
    data: Path, definitions: Path | None, out: Path | None, issue: bool, judge: bool, lang: str, **asked: Any
) -> Answer:  # fmt: skip
    """Forecast what renews: how much, how surely, and which accounts change the quarter most.

    Owners' own calls stand beside it, from calls.csv beside sabai.yaml. Writes renewals.html, pictures, due.csv,
    months.csv and owners.csv below OUT/renewals.

    \b
        sabai renewals
        sabai renewals exports --within quarter --by owner --lang th
        sabai renewals --issue
        sabai renewals --judge
    """
    if issue and judge:
        raise click.UsageError("--issue makes a forecast, --judge looks back on earlier ones: ask for one of them.")
    with place(data, definitions, out).alone() as here:
        return _judged(here) if judge else _forecast(here, lang, issue, **asked)


def _forecast(here: Place, lang: str, freeze: bool, as_of: date | None, within: int, by: str) -> Answer:
    from sabai.pipeline import Request
    from sabai.renewals.issued import issue, issued
    from sabai.renewing import as_data, forecast, judgement, write
    from sabai.report.money.renewals import write_renewals

    with waiting() as progress:
        request = Request(here.definitions(), here.data, here.out, progress=progress)
        facts = request.facts()
        found = forecast(request, facts, as_of, within or None)
        frozen = issue(found.renewals, here.out, now()) if freeze else None
        folder = here.out / "renewals"
        judged = judgement(facts, request.definitions, here.out) if len(issued(here.out)) else None
        written = write(found, folder)
        page = write_renewals(found.renewals, found.names, judged, request.definitions, folder, lang)
    text = with_files(lines(found, by), page, [path.stem for path in written])
    if frozen:
        text += f"\nIssued to {frozen}: it stays as it is, and sabai renewals --judge will compare it."
    data = {**as_data(found), "written": written, "page": page, "forecasts": frozen}
    return Answer(data, text, found.left_out)


def _judged(here: Place) -> Answer:
    from sabai.pipeline import Request
    from sabai.renewing import judgement

    with waiting() as progress:
        request = Request(here.definitions(), here.data, here.out, progress=progress)
        found = judgement(request.facts(), request.definitions, here.out)
    return Answer({"sentence": found.sentence, **_as_dict(found)}, "\n".join(_judgement(found)))


def _judgement(found: Judgement) -> Iterator[str]:
    yield found.sentence
    yield from found.notices
    if not found.forecasts:
        return
    yield f"That is {span(found.coverage, 0)}, and 80% is right."
    tables = (("all", (found.whole,)), ("due a year before too", found.last_year), ("owner's call", found.called))
    for title, ways in tables:
        if ways and ways[0].renewals:
            yield ""
            yield from columns((title, "renewals", "Brier", "bias", "error"), [_way(each) for each in ways])
    if found.waiting:
        yield f"\n{found.waiting:,} more forecasts wait for their renewals."


def _way(each: Judged) -> tuple[str, ...]:
    bias = "–" if isnan(each.bias) else f"{each.bias:+.1%}"
    brier = "–" if isnan(each.brier) else f"{each.brier:.3f}"
    return each.name, f"{each.renewals:,}", brier, bias, share(each.error)


def _as_dict(found: Judgement) -> dict[str, object]:
    from dataclasses import asdict

    from sabai.dates import from_day

    return {**asdict(found), "next_day": None if found.next_day is None else from_day(found.next_day)}
