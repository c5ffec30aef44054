"""A case: what one account owes in one situation, and what is known of how it pays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor

from sabai.dates import from_day


@dataclass(frozen=True, slots=True)
class Owed:
    """An open invoice. `balance_minor` is what the customer has to pay of it; days are since 1970-01-01."""

    invoice_id: str
    balance_minor: int
    days_past_due: int | None
    situation: str  # one of cases.SITUATIONS
    due_day: int | None = None
    disputed_from_day: int | None = None
    promised_day: int | None = None
    promise: str | None = None
    reminders: int = 0
    last_reminder_day: int | None = None
    failed_attempts: int = 0
    last_failed_day: int | None = None
    paid_since: int = 0  # how many invoices that fell due after it were paid


@dataclass(frozen=True, slots=True)
class Habit:
    """How the account paid what fell due before; all None and 0 where nothing did."""

    paid: int = 0
    by_due_day: int = 0
    median_days_late: float | None = None
    trend_days: float | None = None
    recent_days_late: float | None = None
    recent_paid: int = 0
    before_paid: int = 0
    reminders_heeded: int = 0
    slowest_after_reminder: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What one account owes in one situation.

    `large`: among the tenth of accounts that were billed most in a year; `healthy` is None where nobody said its band;
    `in_dispute`: about another invoice; `unapplied_minor`: money of theirs that names no invoice.
    """

    account_id: str
    as_of: int
    owed: tuple[Owed, ...]
    habit: Habit = Habit()
    large: bool = False
    healthy: bool | None = None
    in_dispute: bool = False
    unapplied_minor: int = 0

    @property
    def situation(self) -> str:
        return self.owed[0].situation

    @property
    def balance_minor(self) -> int:
        return sum(each.balance_minor for each in self.owed)

    @property
    def days(self) -> int:
        """Past due, of the oldest; below zero before the due day."""
        return max((each.days_past_due for each in self.owed if each.days_past_due is not None), default=0)

    @property
    def reminders(self) -> int:
        return max(each.reminders for each in self.owed)

    @property
    def last_reminder_day(self) -> int | None:
        return latest(each.last_reminder_day for each in self.owed)

    @property
    def reminded_days(self) -> int | None:
        """Since the last reminder."""
        last = self.last_reminder_day
        return None if last is None else self.as_of - last

    @property
    def last_failed_day(self) -> int | None:
        return latest(each.last_failed_day for each in self.owed)

    @property
    def promised_day(self) -> int | None:
        return latest(each.promised_day for each in self.owed if each.promise in ("pending", "broken"))

    @property
    def promise_broken(self) -> bool:
        return any(each.promise == "broken" for each in self.owed)

    def words(self) -> dict[str, str]:
        """What sentences about the case may name: counts, and dates as 2026-01-31, empty where there is none."""
        habit = self.habit
        days = {
            "due": latest(each.due_day for each in self.owed),
            "reminded": self.last_reminder_day,
            "failed": self.last_failed_day,
            "promised": self.promised_day,
            "disputed": latest(each.disputed_from_day for each in self.owed),
        }
        counts = {
            "days": abs(self.days),
            "reminders": self.reminders,
            "attempts": max(each.failed_attempts for each in self.owed),
            "paid": habit.paid,
            "by_due_day": habit.by_due_day,
            "heeded": habit.reminders_heeded,
            "slowest": max(habit.slowest_after_reminder or 0, 2),
            "since": max(each.paid_since for each in self.owed),
            "median": _whole(habit.median_days_late),
            "recent": _whole(habit.recent_days_late),
            "trend": _whole(habit.trend_days),
        }
        told = {name: "" if value is None else str(value) for name, value in counts.items()}
        return told | {name: "" if value is None else from_day(value).isoformat() for name, value in days.items()}


def latest(days: Iterable[int | None]) -> int | None:
    """The greatest of the known days.

    >>> latest([3, None, 5]), latest([None])
    (5, None)
    """
    return max((each for each in days if each is not None), default=None)


def _whole(days: float | None) -> int | None:
    return None if days is None else floor(days)
