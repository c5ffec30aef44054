"""The rules of reminding, read from the top: the first that fits a case says the tone, and why now.

A rule is a row: its name, its tone, when it fits, and the sentence that gives its reason. To change how your company
reminds, change a row, move it, or add one; `tests/receivables/test_rules.py` has a case for each. Sentences may name
the words of `Case.words`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sabai.receivables.accounts import BAD_DEBT_DAYS
from sabai.receivables.reminders.case import Case

SOON_DAYS = 7  # before the due day, a note helps; earlier it annoys
GRACE_DAYS = 3  # a payment may be on its way
PAUSE_DAYS = 7  # between two letters
LAST_NOTICE_DAYS = 60

WAIT = "wait"
"""The only tone in which nothing is done today."""
BOOKS, DECIDE = "our own books", "decide"
"""Tones in which nobody writes to the customer: there is work to do here."""
SILENT = "leave in peace"
"""Cases of this tone are not on the list."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`until` is the last day of waiting, where the tone is WAIT."""

    name: str
    tone: str
    fits: Callable[[Case], bool]
    because: str
    until: Callable[[Case], int | None] = lambda case: None


def of(situation: str) -> Callable[[Case], bool]:
    return lambda case: case.situation == situation


def due_soon(case: Case) -> bool:
    return -SOON_DAYS < case.days <= 0


def is_forgetful(case: Case) -> bool:
    """More than half of what it paid before came late, or it never had anything to pay before."""
    return 2 * case.habit.by_due_day < case.habit.paid or case.habit.paid == 0


def card_failed(case: Case) -> bool:
    """And asking for the money has not been tried so often that it must be something else."""
    return case.last_failed_day is not None and case.reminders < 2 and not just_reminded(case)


def promise_broken(case: Case) -> bool:
    return case.promise_broken and not just_reminded(case)


def just_reminded(case: Case) -> bool:
    return case.reminded_days is not None and case.reminded_days < PAUSE_DAYS


def deserves_a_call(case: Case) -> bool:
    return case.large or case.healthy is True or case.in_dispute


def until_reminded_again(case: Case) -> int | None:
    return None if case.last_reminder_day is None else case.last_reminder_day + PAUSE_DAYS


def until_grace_is_over(case: Case) -> int | None:
    return case.as_of + GRACE_DAYS - case.days + 1


RULES: tuple[Rule, ...] = (
    # What a letter would only make worse.
    Rule(
        "disputed", "settle the dispute", of("disputed"),
        "In dispute since %(disputed)s: settle that first, a reminder would say that nobody listens.",
    ),
    Rule(
        "given back", BOOKS, of("given back"),
        "Open only because money was refunded: it wants a credit note from us, not money from them.",
    ),
    Rule(
        "small difference", BOOKS, of("small"),
        "What is left is a rounding of half a percent at most: write it off, a letter costs more.",
    ),
    Rule(
        "no due date", BOOKS, of("undated"),
        "The invoice says no due day, so nobody can be late: agree on one and write it down.",
    ),
    Rule(
        "money unassigned", BOOKS, lambda case: case.situation == "due" and case.unapplied_minor >= case.balance_minor,
        "They have paid as much already without saying for what: find out before anybody writes.",
    ),
    Rule(
        "skipped", BOOKS, of("skipped"),
        "They paid %(since)s invoices that fell due after it: look for a payment lost on our side; if there is none, "
        "ask what is wrong with this one.",
    ),
    # What was promised.
    Rule(
        "promise pending", WAIT, of("promised"),
        "They promised to pay on %(promised)s: wait until that day is over.",
        until=lambda case: case.promised_day,
    ),
    # Before the due day.
    Rule(
        "due soon", "friendly note", lambda case: due_soon(case) and is_forgetful(case),
        "Due on %(due)s: a friendly note now saves both sides a reminder.",
    ),
    Rule("not due", SILENT, lambda case: case.days <= 0, "Not due before %(due)s, and they need no note."),
    # After it.
    Rule(
        "promise broken", "refer to the promise", promise_broken,
        "They promised to pay on %(promised)s and have not: ask what came between, and for a new day.",
    ),
    Rule(
        "card failed", "ask for a new card", card_failed,
        "Their payment failed on %(failed)s (attempts so far: %(attempts)s): they may not know, so ask for a new card.",
    ),
    Rule(
        "hopeless", DECIDE, lambda case: case.days > BAD_DEBT_DAYS,
        "Days past due: %(days)s, reminders so far: %(reminders)s. Likely bad debt: decide to collect or write off.",
    ),
    Rule(
        "just reminded", WAIT, just_reminded,
        "Reminded on %(reminded)s: give it a week.",
        until=until_reminded_again,
    ),
    Rule(
        "grace", WAIT, lambda case: case.days <= GRACE_DAYS,
        "Days past due: only %(days)s, so the money may be on its way.",
        until=until_grace_is_over,
    ),
    Rule(
        "in dispute elsewhere", "personal call", lambda case: case.in_dispute,
        "Days past due: %(days)s, while another invoice is in dispute: talk about both, in person.",
    ),
    Rule(
        "call", "personal call", deserves_a_call,
        "Days past due: %(days)s, and too good a customer for a form letter: call.",
    ),
    Rule(
        "last notice", "last notice", lambda case: case.reminders >= 2 and case.days > LAST_NOTICE_DAYS,
        "Days past due: %(days)s, reminders: %(reminders)s, the last on %(reminded)s. Say what comes next, and when.",
    ),
    Rule(
        "second", "second, firm", lambda case: case.reminders >= 1,
        "Reminders so far: %(reminders)s, the last on %(reminded)s, without an answer: be firm, and ask for a day.",
    ),
    Rule(
        "first", "first reminder", lambda case: True,
        "Days past due: %(days)s, and nobody has written yet.",
    ),
)  # fmt: skip


def rule_for(case: Case) -> Rule:
    return next(rule for rule in RULES if rule.fits(case))
