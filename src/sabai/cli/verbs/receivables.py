"""`sabai receivables`: who owes what, how well it is collected, and whom to remind next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.owed import lines
from sabai.cli.pages import language_option, with_files
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.cli.when import Date, day_of

if TYPE_CHECKING:
    import polars as pl

    from sabai.receivables.receivables import Receivables

BY = {"account": "account_id", **{name: name for name in ("owner", "segment", "country", "industry", "currency")}}


@verb
@data_argument
@definitions_option
@click.option("--as-of", "as_of", type=Date(), help="When that day began; default: after the last fact.")
@click.option("--by", type=click.Choice(list(BY)), default="segment", show_default=True, help="Divide the ageing.")
@click.option("--months", type=click.IntRange(1, 240), default=12, show_default=True, help="Whole months before it.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="Lines of each list.")
@out_option
@language_option
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
        day = day_of(facts, as_of)
        found = found_in(facts, meaning, day, months, _bands(here.out / "scores.csv", day))
        page = write_receivables(found, BY[by], meaning, here.out / "receivables", lang)
    written = tables(found)
    text = with_files(lines(found, by, BY[by], top), page, written)
    told = as_data(found, by, written) | {"out": page.parent, "page": page}
    return Answer(told, text, (*facts.issues, *found.notices))


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


def _bands(scores: Path, as_of: int) -> dict[str, str]:
    """account_id -> band by the newest score at or before `as_of`, where there is one."""
    import polars as pl

    from sabai.dates import from_day

    if not scores.exists():
        return {}
    rows = pl.scan_csv(scores, glob=False, infer_schema=False).select("account_id", "as_of", "band")
    rows = rows.filter(pl.col("as_of") <= from_day(as_of).isoformat()).sort("as_of")
    return dict(rows.group_by("account_id").agg(pl.col("band").last()).collect().iter_rows())
