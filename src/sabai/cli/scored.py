"""Scores for a verb: by the pipeline, with a progress bar while somebody waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sabai.cli.place import Place
from sabai.cli.waiting import waiting
from sabai.dates import to_day
from sabai.errors import Issue, UsageError

if TYPE_CHECKING:
    from sabai.pipeline import Run


def scored(place: Place, as_of: Sequence[date] = ()) -> Run:
    """Scores at the dates, or at every Monday that the facts allow; nothing is written but landed facts."""
    from sabai.pipeline import Request, compute

    with waiting() as progress:
        return compute(Request(place.definitions(), place.data, place.out, tuple(as_of), progress=progress))


def day_asked(run: Run, as_of: date | None) -> int:
    """The day to speak of: the one asked for, or else the last that was scored."""
    return to_day(as_of) if as_of else int(run.scores.grid.as_of[-1])


def known_account(run: Run, account_id: str) -> str:
    """The account, or a UsageError that names the nearest one."""
    from sabai.errors import did_you_mean

    accounts = run.scores.grid.accounts
    if account_id not in accounts:
        hint = did_you_mean(account_id, accounts[:10_000]) if len(accounts) < 10_000 else ""
        raise UsageError(
            Issue("CLI-005", f'There is no account "{account_id}".', why="Nothing is scored for it.", hint=hint)
        )
    return account_id
