"""Owners' calls as they are written down: one line an account in `calls.csv` beside `sabai.yaml`.

Its columns: account_id, call (renew, expand, contract or churn), probability (80%, .8, a word, or empty), who, when.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.errors import Issue, did_you_mean
from sabai.facts.by_hand import Row, day_of, left_out, lines_of, understood
from sabai.renewals.calls import Call

NAME = "calls.csv"
COLUMNS = ("account_id", "call", "probability", "who", "when")
CALLS = {"renew": 1.0, "expand": 1.0, "contract": 1.0, "churn": 0.0}
"""A call without a probability is taken at its word."""

WORDS = {"certain": 1.0, "commit": 0.95, "likely": 0.8, "even": 0.5, "unlikely": 0.2, "lost": 0.0}


def calls_beside(definitions: Definitions, accounts: Collection[str]) -> tuple[tuple[Call, ...], tuple[Issue, ...]]:
    """What `calls.csv` beside `sabai.yaml` says, as `read_calls` gives it; nothing where there is no file."""
    path = Path(definitions.path).with_name(NAME)
    return read_calls(path, frozenset(accounts)) if path.exists() else ((), ())


def read_calls(path: Path, accounts: Collection[str]) -> tuple[tuple[Call, ...], tuple[Issue, ...]]:
    """The calls of a file, and an issue with file:line for every line that was left out.

    Raises FactsError REN-001 where the file cannot be read or lacks a column.
    """
    lines = lines_of(path, COLUMNS, partial(_unreadable, path.name))
    return understood(lines, partial(_wrong, accounts), _call)


def probability(written: str, call: str) -> float | None:
    """The chance to renew that was written down; None where it cannot be understood.

    >>> [probability(*said) for said in (("80%", "renew"), ("0.8", "renew"), ("likely", "renew"), ("", "churn"))]
    [0.8, 0.8, 0.8, 0.0]
    """
    text = written.strip().lower()
    if not text:
        return CALLS.get(call)
    if text in WORDS:
        return WORDS[text]
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _wrong(accounts: Collection[str], row: Row, where: str) -> Iterator[Issue]:
    call = row["call"].lower()
    if row["account_id"] not in accounts:
        yield left_out("REN-002", f'There is no account "{row["account_id"]}".', where, "")
    if call not in CALLS:
        yield left_out("REN-003", f'"{row["call"]}" is not a call.', where, did_you_mean(call, tuple(CALLS)))
    elif probability(row["probability"], call) is None:
        hint = f"Write 80%, 0.8, or one of {', '.join(WORDS)}."
        yield left_out("REN-004", f'"{row["probability"]}" is not a probability.', where, hint)
    if not row["who"]:
        yield left_out("REN-005", '"who" is empty.', where, "A call says whose it is: it will be judged.")
    if day_of(row["when"]) is None:
        yield left_out("REN-006", f'"when" is "{row["when"]}".', where, "Write a date such as 2026-11-30.")


def _call(row: Row) -> Call:
    call = row["call"].lower()
    chance, day = probability(row["probability"], call), day_of(row["when"])
    assert chance is not None
    assert day is not None
    return Call(row["account_id"], call, chance, row["who"], day)


def _unreadable(name: str, why: str) -> Issue:
    return Issue(
        "REN-001",
        f"The calls cannot be read: {why}.",
        f"{name}:1",
        "No owner's call would stand beside the forecast.",
        f"A UTF-8 file whose first line is  {','.join(COLUMNS)}",
    )
