"""The list of whom to turn to next: each case is met by the first rule that fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from sabai.receivables.reminders.case import Case
from sabai.receivables.reminders.cases import cases
from sabai.receivables.reminders.history import history
from sabai.receivables.reminders.rules import BOOKS, DECIDE, SILENT, WAIT, Rule, rule_for

_NO_LETTERS = ("given back", "small", "undated")


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to do about one account. `said_day` and `said` are what was said last; `until_day`: the last of waiting.

    `language` is theirs as it came in, "th" or "ja-JP", None where nobody said. `reason` and `history` are sentences
    with `words` to be filled in: `why` is both, in English.
    """

    account_id: str
    name: str
    owner: str | None
    language: str | None
    invoice_ids: tuple[str, ...]
    balance_minor: int
    days_past_due: int
    rule: str
    tone: str
    reason: str
    history: str
    words: Mapping[str, str]
    said: str | None
    said_day: int | None
    until_day: int | None

    @property
    def why(self) -> str:
        return " ".join(each % self.words for each in (self.reason, self.history) if each)

    @property
    def waits(self) -> bool:
        return self.tone == WAIT


def reminders(
    rows: pl.DataFrame, accounts: pl.DataFrame, as_of: int, bands: Mapping[str, str] | None = None
) -> tuple[Reminder, ...]:
    """In the order in which to work: whom to turn to, our own books, what waits; of each the largest balance first.

    `rows` are the balances as the door completes them, `accounts` as `accounts.accounts` gives them, `bands` the
    bands of health where they are known.
    """
    told = {row["account_id"]: row for row in accounts.to_dicts()}
    ruled = ((case, rule_for(case)) for case in cases(rows, accounts, as_of, bands or {}))
    found = [_reminder(case, rule, told[case.account_id]) for case, rule in ruled if rule.tone != SILENT]
    return tuple(sorted(found, key=lambda each: (_turn(each.tone), -each.balance_minor, each.account_id, each.rule)))


def _turn(tone: str) -> int:
    return 2 if tone == WAIT else 1 if tone in (BOOKS, DECIDE) else 0


def _reminder(case: Case, rule: Rule, about: Mapping[str, Any]) -> Reminder:
    return Reminder(
        case.account_id, about["name"] or case.account_id, about["owner"], about["language"],
        tuple(each.invoice_id for each in case.owed), case.balance_minor, case.days, rule.name, rule.tone, rule.because,
        "" if case.situation in _NO_LETTERS else history(case.habit), case.words(), *_said_last(case), rule.until(case),
    )  # fmt: skip


def _said_last(case: Case) -> tuple[str | None, int | None]:
    last = case.last_reminder_day
    return (None, None) if last is None else (f"reminder no. {case.reminders}", last)
