"""No sentence of the rules, the habits, the months or the notices is missing from the page, and letters are whole."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sabai.errors import Issue
from sabai.language.language import speak
from sabai.receivables import months, notices
from sabai.receivables.balances import APART, BUCKETS
from sabai.receivables.habits import MANNERS
from sabai.receivables.reminders.history import HISTORIES, history
from sabai.receivables.reminders.reminders import Reminder
from sabai.receivables.reminders.rules import BOOKS, DECIDE, RULES, SILENT, WAIT, rule_for
from sabai.report.money import receivables_letters as letters
from sabai.report.money import receivables_notices as said
from sabai.report.money import receivables_words as words
from sabai.report.money.receivables_pictures import AGE_WORDS, MANNER_WORDS
from tests.receivables.books import found, invoice, payment
from tests.receivables.test_rules import CASES, HABITS, TODAY

LANGUAGES = ("en", "th", "ar", "ja")


def reminder(rule: str, **habit: object) -> Reminder:
    case = replace(CASES[rule], **habit)  # type: ignore[arg-type]
    fits = rule_for(CASES[rule])
    return Reminder(
        "A", "Baan\u202e <Coffee>", "mali", None, ("INV-1",), case.balance_minor, case.days, fits.name, fits.tone,
        fits.because, history(case.habit), case.words(), None, None, None,
    )  # fmt: skip


def test_every_rule_has_its_reason_and_its_tone() -> None:
    shown = [rule for rule in RULES if rule.tone != SILENT]
    assert {rule.name: rule.because for rule in shown} == words.REASONS
    assert {rule.tone for rule in shown} == set(words.TONE_WORDS)


def test_every_rule_that_turns_to_the_customer_has_words_and_no_other() -> None:
    assert {rule.name for rule in RULES if rule.tone not in (SILENT, WAIT, BOOKS, DECIDE)} == set(letters.LETTERS)


def test_every_habit_is_said() -> None:
    assert tuple(sentence for _fits, sentence in HISTORIES) == words.HISTORIES
    assert set(letters.OPENINGS) < set(words.HISTORIES)


def test_every_why_of_a_month_every_age_and_every_manner_has_its_word() -> None:
    assert {months.NO_SALES, months.NOTHING_TO_COLLECT, months.OLDER_THAN_SALES} == set(words.WHY_UNKNOWN)
    assert set(AGE_WORDS) == {*BUCKETS, *APART}
    assert set(MANNER_WORDS) == set(MANNERS)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("rule", [rule.name for rule in RULES if rule.tone != SILENT])
def test_nothing_is_left_to_be_filled_in(rule: str, code: str) -> None:
    each, language = reminder(rule), speak(code)
    told = [words.why_now(each, language), words.how_so_far(each, language)]
    told += [letters.letter(replace(each, language=code), TODAY, "THB", "en").words]
    assert not any("%" in sentence for sentence in told)
    assert bool(told[-1]) == (rule in letters.LETTERS)
    assert "\u202e" not in told[-1]


def test_dates_and_numbers_are_written_as_the_language_does() -> None:
    each = reminder("promise broken")
    assert each.words["promised"] == "2024-10-01"
    assert words.told(each.words, speak("en"))["promised"] == "Oct 1, 2024"
    assert words.told(each.words, speak("ja"))["promised"] == speak("ja").show.date(date(2024, 10, 1))
    assert words.told({"days": "1234", "median": ""}, speak("en")) == {"days": "1,234", "median": "unknown"}


def test_a_letter_knows_to_whom_it_is_written() -> None:
    prompt = letters.letter(reminder("first", habit=HABITS["So far they paid all"]), TODAY, "THB", "en").words
    usual = letters.letter(reminder("first"), TODAY, "THB", "en").words
    always = "You have always paid in time, so perhaps something went wrong on the way."
    assert prompt.splitlines()[0] == "Dear \u2068Baan <Coffee>\u2069,"
    assert always in prompt
    assert always not in usual
    assert "due since Sep 30, 2024" in usual
    assert "\u2068INV-1\u2069 (THB\xa010.00)" in usual


def test_a_dispute_is_not_begun_with_how_they_paid() -> None:
    disputed = reminder("disputed", habit=HABITS["So far they paid all"])
    assert "always" not in letters.letter(disputed, TODAY, "THB", "en").words


def test_a_letter_is_in_their_language_else_in_that_of_the_workspace() -> None:
    theirs, nobody_knows, unspoken = (replace(reminder("first"), language=each) for each in ("ja-JP", None, "de"))
    assert letters.letter(theirs, TODAY, "THB", "th").language.code == "ja"
    assert "様" in letters.letter(theirs, TODAY, "THB", "th").words
    assert letters.letter(nobody_knows, TODAY, "THB", "th-TH").language.code == "th"
    assert letters.letter(unspoken, TODAY, "THB", "th").language.code == "th"
    assert letters.letter(unspoken, TODAY, "THB", "fr").language.code == "en"


def test_a_rule_of_your_own_keeps_its_words() -> None:
    mine = replace(reminder("first"), rule="mine", tone="send flowers", reason="They had %(days)s bad days.")
    assert words.tone_word(mine.tone, speak("th")) == "send flowers"
    assert words.why_now(mine, speak("th")) == "They had 4 bad days."
    assert letters.letter(mine, TODAY, "THB", "en").words == ""


def _sentences() -> Iterator[str]:
    """The constant words of each notice, as the module writes them."""
    for call in ast.walk(ast.parse(inspect.getsource(notices))):
        if isinstance(call, ast.Call) and isinstance(call.args[0] if call.args else None, ast.Constant):
            code, *texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
            if str(code).startswith("RCV-"):
                yield from (text for text in texts if isinstance(text, str) and text != "payments")


def test_every_notice_is_known_to_the_page() -> None:
    known = {message.split(":")[0] for message in said.COUNTS} | {*said.COUNTS, *said.REASONS, *said.ADVICE}
    written = set(_sentences())
    assert len(written) > 40
    assert written <= known


def test_a_notice_of_the_books_is_recognised_with_what_it_counts(tmp_path: Path) -> None:
    rows = [invoice("1", 400, 50_000), invoice("2", 90, 0), invoice("3", 60, 9_000, due_on=None)]
    money = [payment("1", 300, 20_000), payment("4", 20, 1_234_500), payment("1", 40, -100, "odd")]
    issues = found(tmp_path, rows, money).notices
    assert {"RCV-010", "RCV-016", "RCV-020", "RCV-021", "RCV-023", "RCV-038"} <= {issue.code for issue in issues}
    for issue in issues:
        taken_apart = said.noticed(issue, speak("ja"))
        assert "\u2066" in taken_apart or "\u2068" in taken_apart
        assert issue.why in said.REASONS
        assert issue.hint in ("", *said.ADVICE)


def test_a_notice_that_nobody_knows_is_said_as_it_was_written() -> None:
    assert said.noticed(Issue("RCV-999", "Odd ones: 3.", "", "Who knows."), speak("ja")) == "Odd ones: 3. Who knows."
