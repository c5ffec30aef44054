"""Small files that people write by hand beside `sabai.yaml`: a line for each thing that somebody says."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from sabai.dates import to_day
from sabai.errors import FactsError, Issue
from sabai.store.refused import in_our_words

Row = Mapping[str, str]
Said = TypeVar("Said")


def lines_of(
    path: Path, columns: Sequence[str], unreadable: Callable[[str], Issue], may_have: Sequence[str] = ()
) -> Iterator[tuple[str, Row]]:
    """Each line: where it stands ("calls.csv:2"), and what its columns say, "" where nothing is written.

    Raises FactsError with what `unreadable` makes of the reason: no such file, no text, one of `columns` missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [column for column in columns if column not in (rows.fieldnames or ())]
            if missing:
                raise FactsError(unreadable(f"missing columns: {', '.join(missing)}"))
            for row in rows:
                said = {name: (row.get(name) or "").strip() for name in (*may_have, *columns)}
                yield f"{path.name}:{rows.line_num}", said
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise FactsError(unreadable(in_our_words(problem))) from problem


def understood(
    lines: Iterable[tuple[str, Row]], wrong: Callable[[Row, str], Iterable[Issue]], meant: Callable[[Row], Said]
) -> tuple[tuple[Said, ...], tuple[Issue, ...]]:
    """What is `meant` by the lines of which nothing is `wrong`, and what is wrong with the others."""
    found: list[Said] = []
    issues: list[Issue] = []
    for where, row in lines:
        faults = list(wrong(row, where))
        issues += faults
        if not faults:
            found.append(meant(row))
    return tuple(found), tuple(issues)


def left_out(code: str, what: str, where: str, hint: str) -> Issue:
    """What is wrong with one line."""
    return Issue(code, what, where, "The line was left out.", hint)


def day_of(text: str) -> int | None:
    """
    >>> day_of("1970-01-03"), day_of("soon")
    (2, None)
    """
    try:
        return to_day(date.fromisoformat(text))
    except ValueError:
        return None
