"""One case for each rule of reminding, and what no rule may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.receivables.reminders.case import Case, Habit, Owed
from sabai.receivables.reminders.cases import SITUATIONS
from sabai.receivables.reminders.history import HISTORIES, history
from sabai.receivables.reminders.rules import BOOKS, DECIDE, RULES, SILENT, WAIT, rule_for

TODAY = 20_000
PROMPT, SLOW = Habit(paid=10, by_due_day=9), Habit(paid=10, by_due_day=2, median_days_late=6.0)


def case(days: int = 12, situation: str = "due", *, habit: Habit = PROMPT, **more: Any) -> Case:
    about = {name: more.pop(name) for name in ("large", "healthy", "in_dispute", "unapplied_minor") if name in more}
    owed = Owed("INV-1", 1000, days, situation, due_day=TODAY - days, **more)
    return Case("A", TODAY, (owed,), habit, **about)


CASES = {
    "disputed": case(situation="disputed", disputed_from_day=TODAY - 5),
    "given back": case(situation="given back"),
    "small difference": case(situation="small"),
    "no due date": case(situation="undated"),
    "money unassigned": case(unapplied_minor=1000),
    "skipped": case(situation="skipped", paid_since=4),
    "promise pending": case(situation="promised", promised_day=TODAY + 3, promise="pending"),
    "due soon": case(-6, "not due", habit=SLOW),
    "not due": case(-6, "not due"),
    "promise broken": case(promised_day=TODAY - 3, promise="broken", reminders=1, last_reminder_day=TODAY - 9),
    "card failed": case(last_failed_day=TODAY - 9, failed_attempts=1),
    "hopeless": case(181),
    "just reminded": case(reminders=1, last_reminder_day=TODAY - 6),
    "grace": case(3),
    "in dispute elsewhere": case(in_dispute=True),
    "call": case(large=True),
    "last notice": case(61, reminders=2, last_reminder_day=TODAY - 7),
    "second": case(60, reminders=2, last_reminder_day=TODAY - 7),
    "first": case(4),
}


def test_every_rule_has_its_case() -> None:
    assert list(CASES) == [rule.name for rule in RULES]


@pytest.mark.parametrize("name", CASES)
def test_the_rule_fits_its_case(name: str) -> None:
    assert rule_for(CASES[name]).name == name


@pytest.mark.parametrize("name", CASES)
def test_sentences_name_what_is_known_of_the_case(name: str) -> None:
    told = rule_for(CASES[name]).because % CASES[name].words()
    assert "%" not in told
    assert "  " not in told
    assert "on :" not in told


@pytest.mark.parametrize(
    ("near", "rule"),
    [
        (case(-7, "not due", habit=SLOW), "not due"),
        (case(-6, "not due", habit=Habit()), "due soon"),
        (case(180), "first"),
        (case(reminders=1, last_reminder_day=TODAY - 7), "second"),
        (case(4, healthy=True), "call"),
        (case(4, healthy=False), "first"),
        (case(unapplied_minor=999), "first"),
        (case(reminders=2, last_reminder_day=TODAY - 9, last_failed_day=TODAY - 9), "second"),
        (case(promised_day=TODAY - 3, promise="broken", reminders=1, last_reminder_day=TODAY - 2), "just reminded"),
        (case(30, large=True, in_dispute=True), "in dispute elsewhere"),
    ],
)
def test_where_a_rule_ends(near: Case, rule: str) -> None:
    assert rule_for(near).name == rule


def test_waiting_says_until_when() -> None:
    until = {name: rule_for(each).until(each) for name, each in CASES.items() if rule_for(each).tone == WAIT}
    assert until == {"promise pending": TODAY + 3, "just reminded": TODAY + 1, "grace": TODAY + 1}


@given(
    situation=st.sampled_from([name for name in SITUATIONS if name not in ("due", "not due", "skipped")]),
    days=st.integers(-30, 400), reminders=st.integers(0, 5), large=st.booleans(), failed=st.booleans(),
)  # fmt: skip
def test_nobody_is_dunned_for_what_is_disputed_promised_or_ours_to_settle(
    situation: str, days: int, reminders: int, large: bool, failed: bool
) -> None:
    last = TODAY - 8 if failed else None
    each = case(days, situation, reminders=reminders, last_reminder_day=last, last_failed_day=last, large=large)
    assert rule_for(each).tone in ("settle the dispute", WAIT, BOOKS)


def test_a_letter_goes_out_where_it_may() -> None:
    """The twin of the law above: the same case, simply owed."""
    assert rule_for(case(12)).tone not in ("settle the dispute", WAIT, BOOKS, DECIDE, SILENT)


USUAL = Habit(paid=10, by_due_day=6, median_days_late=-1.0)
HABITS = {
    "They have not paid": Habit(),
    "They pay later": replace(USUAL, trend_days=5.5, recent_paid=3, before_paid=3),
    "So far they paid all": replace(USUAL, by_due_day=10),
    "So far they always paid within": replace(USUAL, reminders_heeded=3, slowest_after_reminder=10),
    "They mostly pay late": SLOW,
    "Invoices that they paid": USUAL,
}


@pytest.mark.parametrize("begins", HABITS)
def test_history_in_a_sentence(begins: str) -> None:
    assert history(HABITS[begins]).startswith(begins)
    assert len(HABITS) == len(HISTORIES)


@pytest.mark.parametrize(
    "habit",
    [
        replace(USUAL, trend_days=5.5, recent_paid=2, before_paid=30),
        replace(USUAL, reminders_heeded=2, slowest_after_reminder=2),
        replace(USUAL, reminders_heeded=9, slowest_after_reminder=11),
    ],
)
def test_too_little_is_no_habit(habit: Habit) -> None:
    assert history(habit).startswith("Invoices that they paid")


def test_the_sentence_says_how_fast() -> None:
    each = replace(CASES["first"], habit=HABITS["So far they always paid within"])
    told = history(each.habit) % each.words()
    assert told == "So far they always paid within 10 days of a reminder (reminders heeded: 3)."
