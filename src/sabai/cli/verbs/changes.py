"""`sabai changes`: why a score moved between two dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import data_option, definitions_option, out_option, place
from sabai.cli.scored import day_asked, known_account, scored
from sabai.cli.unchanged import asked
from sabai.cli.when import Date
from sabai.dates import from_day, to_day

if TYPE_CHECKING:
    from sabai.health.change import Change
    from sabai.health.steps import Part
    from sabai.pipeline import Run

WEEKS = 4


@verb
@click.argument("account", required=False)
@click.option("--top", type=click.IntRange(min=1), help="The accounts that moved most, instead of one ACCOUNT.")
@click.option("--from", "first", type=Date(), help=f"The earlier date; default: {WEEKS} weeks before the later one.")
@click.option("--to", "last", type=Date(), help="The later date; default: the last one.")
@data_option
@definitions_option
@out_option
def changes(
    account: str | None, top: int | None, first: date | None, last: date | None, data: Path, definitions: Path | None,
    out: Path | None,
) -> Answer:  # fmt: skip
    """Split the move of ACCOUNT's score between two dates into parts that sum to it.

    \b
        sabai changes acme --from 2025-05-05 --to 2025-06-02
        sabai changes --top 10
    """
    if (account is None) == (top is None):
        raise click.UsageError("Name one ACCOUNT, or how many with --top.")
    first = first or (last - timedelta(weeks=WEEKS) if last else None)
    with place(data, definitions, out).alone() as here:
        dates = [first, last] if first and last else ()
        return asked(here).answered(lambda: told(scored(here, dates), account, top, first, last))


def told(run: Run, account: str | None, top: int | None, first: date | None, last: date | None) -> Answer:
    """How one account moved between the dates, or those that moved most."""
    later = day_asked(run, last)
    earlier = to_day(first or from_day(later) - timedelta(weeks=WEEKS))
    moves = _changes(
        run, [known_account(run, account)] if account else _moved_most(run, earlier, later, top or 1), earlier, later
    )
    data_of = {"from": from_day(earlier), "to": from_day(later), "changes": moves}
    moved = "\n\n".join(text(move, earlier, later) for move in moves)
    return Answer(data_of, moved or f"No account has a score on both {from_day(earlier)} and {from_day(later)}.")


def _moved_most(run: Run, earlier: int, later: int, top: int) -> list[str]:
    from sabai.health.moves import biggest_moves

    return [move.account_id for move in biggest_moves(run.scores, earlier, later, top)]


def _changes(run: Run, accounts: Sequence[str], earlier: int, later: int) -> list[Change]:
    from sabai.health.change import change

    return [
        change(run.scores, run.definitions, account, earlier, later, overrides=run.overrides) for account in accounts
    ]


def text(move: Change, earlier: int, later: int) -> str:
    """The move, then its parts, largest first."""
    head = (
        f"{move.account_id}: {_score(move.before)} on {from_day(earlier)} ({_band(move.band_before)}), "
        f"{_score(move.after)} on {from_day(later)} ({_band(move.band_after)})"
    )
    if move.points is None:
        return head
    parts = sorted(move.parts, key=lambda part: -abs(part.points))
    return "\n".join([f"{head}, {move.points:+.2f}", *map(_line, parts)])


def _line(part: Part) -> str:
    return f"  {f'{part.kind} {part.name}'.strip():<50}{part.points:>+9.2f}"


def _score(score: float | None) -> str:
    return "unknown" if score is None else f"{score:.2f}"


def _band(band: str) -> str:
    return band.replace("_", " ")
