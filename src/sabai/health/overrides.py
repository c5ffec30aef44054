"""What people say against a score: a band with a reason and an end (override), or a felt rating (pulse).

Both are a view beside the scores: they never enter `Scores`, and so never the proof. For now they are read from
`overrides.csv` beside `sabai.yaml`. Its columns: kind (override or pulse; empty: override), account_id, band, reason,
who, from, until.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from sabai.dates import to_day
from sabai.definitions.model import Definitions
from sabai.errors import Issue
from sabai.facts.by_hand import Row, day_of, left_out, lines_of, understood
from sabai.health.scores import BANDS, Scores
from sabai.health.standing import BandArray

NAME = "overrides.csv"
COLUMNS = ("account_id", "band", "reason", "who", "from", "until")
Kind = Literal["override", "pulse"]
_KINDS: Mapping[str, Kind] = {"": "override", "override": "override", "pulse": "pulse"}
_BANDS = BANDS[:-1]  # nobody says "unknown"


@dataclass(frozen=True, slots=True)
class Override:
    """Holds for as-of dates in [from_day, until_day). An override replaces the band shown, a pulse stands beside it."""

    kind: Kind
    account_id: str
    band: str
    reason: str
    who: str
    from_day: int
    until_day: int


def overrides_beside(
    definitions: Definitions, accounts: Collection[str]
) -> tuple[tuple[Override, ...], tuple[Issue, ...]]:
    """What `overrides.csv` beside `sabai.yaml` says, as `read_overrides` gives it; nothing where there is no file."""
    path = Path(definitions.path).with_name(NAME)
    return read_overrides(path, frozenset(accounts)) if path.exists() else ((), ())


def read_overrides(path: Path, accounts: Collection[str]) -> tuple[tuple[Override, ...], tuple[Issue, ...]]:
    """The overrides and pulses of a file, and an issue with file:line for every line that was left out.

    Raises FactsError where the file cannot be read or lacks a column.
    """
    lines = lines_of(path, COLUMNS, partial(_unreadable, path.name), may_have=["kind"])
    return understood(lines, partial(_wrong, accounts), _override)


def all_in_force(overrides: Iterable[Override], as_of_day: int, kind: Kind = "override") -> dict[str, Override]:
    """account_id -> what holds at that date; of several, the one that began last, and then the later line."""
    holding = [each for each in overrides if each.kind == kind and each.from_day <= as_of_day < each.until_day]
    return {each.account_id: each for each in sorted(holding, key=lambda override: override.from_day)}


def in_force(
    overrides: Iterable[Override], account_id: str, as_of_day: int, kind: Kind = "override"
) -> Override | None:
    """What holds for one account at that date."""
    return all_in_force(overrides, as_of_day, kind).get(account_id)


def shown_bands(scores: Scores, overrides: Iterable[Override]) -> BandArray:
    """The bands that people see: those of the scores, with overrides in their time; shape (accounts, as_of).

    An override speaks of customers only: where the account is none at that date, the band stays unknown.
    """
    grid, band = scores.grid, scores.band.copy()
    row_of = {account_id: row for row, account_id in enumerate(grid.accounts)}
    for override in sorted(overrides, key=lambda override: override.from_day):
        row = row_of.get(override.account_id)
        if override.kind == "override" and row is not None:
            time = (grid.as_of >= override.from_day) & (grid.as_of < override.until_day) & grid.alive[row]
            band[row, time] = np.int8(BANDS.index(override.band))
    return band


def _unreadable(name: str, why: str) -> Issue:
    return Issue(
        "HLT-021",
        f"The overrides cannot be read: {why}.",
        f"{name}:1",
        "No override or pulse would be shown.",
        f"A UTF-8 file whose first line is  {','.join(COLUMNS)}",
    )


def _wrong(accounts: Collection[str], row: Row, where: str) -> Iterator[Issue]:
    if row["account_id"] not in accounts:
        yield left_out("HLT-022", f'There is no account "{row["account_id"]}".', where, "")
    if row["band"] not in _BANDS:
        yield left_out("HLT-023", f'"{row["band"]}" is not a band.', where, f"Write one of {', '.join(_BANDS)}.")
    if row["kind"] not in _KINDS:
        yield left_out("HLT-024", f'"{row["kind"]}" is not a kind.', where, "Write override or pulse.")
    for column in ("reason", "who"):
        if not row[column]:
            yield left_out("HLT-025", f'"{column}" is empty.', where, "An override says who set it, and why.")
    yield from _wrong_time(row, where)


def _wrong_time(row: Row, where: str) -> Iterator[Issue]:
    begins, ends = (day_of(row[column]) for column in ("from", "until"))
    for column, day in (("from", begins), ("until", ends)):
        if day is None:
            yield left_out("HLT-026", f'"{column}" is "{row[column]}".', where, "Write a date such as 2026-11-30.")
    if begins is not None and ends is not None and begins >= ends:
        yield left_out("HLT-027", "It ends before it begins.", where, "`until` is the first date that is free again.")


def _override(row: Row) -> Override:
    from_day, until_day = (to_day(date.fromisoformat(row[column])) for column in ("from", "until"))
    return Override(_KINDS[row["kind"]], row["account_id"], row["band"], row["reason"], row["who"], from_day, until_day)
