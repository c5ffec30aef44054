"""`sabai facts`: what became of every row that came in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting

if TYPE_CHECKING:
    from sabai.facts.landed import Tally

HEADS = ("table", "rows in", "facts", "versions", "duplicates", "conflicts", "waiting", "rejects", "received assumed")


@verb
@data_argument
@definitions_option
@out_option
@click.option("--strict", is_flag=True, help="Stop at the first row that breaks its contract.")
def facts(data: Path, definitions: Path | None, out: Path | None, strict: bool) -> Answer:
    """Land the exports and add up, table by table, what became of every row.

    rows in = facts + versions + duplicates + conflicts + waiting + rejects
    """
    from sabai.facts.land import land

    with place(data, definitions, out).alone() as here, waiting() as progress:
        landed = land(here.definitions(), here.data, here.out / "facts", strict=strict, progress=progress)
    return Answer({"tallies": landed.tallies}, table(landed.tallies), landed.issues)


def table(tallies: Sequence[Tally]) -> str:
    """One line a table and one for all; the numbers of a line add up to its first."""
    rows = [HEADS, *(_row(tally.table, *_counts(tally), tally.received_assumed) for tally in tallies)]
    sums = [sum(column) for column in zip(*map(_counts, tallies), strict=True)]
    rows.append(("all", *(f"{number:,}" for number in sums), "") if sums else ("all", *["0"] * 7, ""))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(_cell(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )


def _counts(tally: Tally) -> tuple[int, ...]:
    return (
        tally.rows_in, tally.facts, tally.versions, tally.duplicates, tally.conflicts, tally.waiting, tally.rejects,
    )  # fmt: skip


def _row(name: str, *cells: float) -> tuple[str, ...]:
    *counts, assumed = cells
    return (name, *(f"{int(count):,}" for count in counts), f"{assumed:.0%}")


def _cell(text: str, width: int, at: int) -> str:
    return text.ljust(width) if at == 0 else text.rjust(width)
