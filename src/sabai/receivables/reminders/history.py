"""How the account paid so far, in one sentence: what makes a reminder a letter to somebody, read from the top."""

from __future__ import annotations

from collections.abc import Callable

from sabai.receivables.reminders.case import Habit

ENOUGH = 3  # fewer are no habit


def is_new(habit: Habit) -> bool:
    return habit.paid == 0


def heeds_reminders(habit: Habit) -> bool:
    return habit.reminders_heeded >= ENOUGH and (habit.slowest_after_reminder or 0) <= 10


def grows_later(habit: Habit) -> bool:
    both = min(habit.recent_paid, habit.before_paid) >= ENOUGH
    return both and habit.trend_days is not None and habit.trend_days >= 5


def was_never_late(habit: Habit) -> bool:
    return habit.by_due_day == habit.paid >= ENOUGH


def is_mostly_late(habit: Habit) -> bool:
    return habit.paid >= ENOUGH and 2 * habit.by_due_day < habit.paid


HISTORIES: tuple[tuple[Callable[[Habit], bool], str], ...] = (
    (is_new, "They have not paid an invoice that fell due before, so nothing is known of their habits."),
    (grows_later, "They pay later than they used to: by %(trend)s days in the last six months."),
    (was_never_late, "So far they paid all %(paid)s invoices by the due day: something is different this time."),
    (heeds_reminders, "So far they always paid within %(slowest)s days of a reminder (reminders heeded: %(heeded)s)."),
    (is_mostly_late, "They mostly pay late: the median of the %(paid)s invoices that they paid, in days: %(median)s."),
    (lambda habit: True, "Invoices that they paid so far: %(paid)s, of them by the due day: %(by_due_day)s."),
)


def history(habit: Habit) -> str:
    """The sentence, with words of `Case.words` still to be filled in."""
    return next(sentence for fits, sentence in HISTORIES if fits(habit))
