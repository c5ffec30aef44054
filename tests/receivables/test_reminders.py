"""From books to the list: who is on it, for what, in which order, and what was said last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sabai.receivables.reminders.reminders import Reminder
from tests.receivables.books import AS_OF, Row, found, invoice, on, payment


def listed(folder: Path, rows: list[Row], money: list[Row] | None = None, **more: Any) -> list[Reminder]:
    return list(found(folder, rows, money or [], **more).reminders)


def customers(*names: str) -> list[Row]:
    """Small ones, of which none is large: the large one owes nothing."""
    return [
        invoice("X", 60, 10**9, account_id="LARGE"),
        *(invoice(f"I-{each}", 60, 500, account_id=each) for each in names),
    ]


PAID = payment("X", 50, 10**9, account_id="LARGE")


def test_what_is_past_due_is_one_letter_and_a_dispute_is_not_in_it(tmp_path: Path) -> None:
    rows = [
        *customers(), invoice("1", 60, 500), invoice("2", 40, 300),
        invoice("3", 90, 900, disputed_from=on(50)), invoice("4", 5, 800),
    ]  # fmt: skip
    dispute, letter = listed(tmp_path, rows, [PAID])
    assert (dispute.tone, dispute.invoice_ids) == ("settle the dispute", ("3",))
    assert (letter.tone, letter.invoice_ids, letter.balance_minor) == ("personal call", ("1", "2"), 800)
    assert letter.rule == "in dispute elsewhere"


def test_the_same_without_the_dispute_is_a_letter(tmp_path: Path) -> None:
    [letter] = listed(tmp_path, [*customers(), invoice("1", 60, 500), invoice("2", 40, 300)], [PAID])
    assert (letter.tone, letter.days_past_due) == ("first reminder", 46)


def test_first_whom_to_turn_to_then_our_books_then_what_waits(tmp_path: Path) -> None:
    rows = [
        *customers("B"), invoice("1", 60, 700), invoice("2", 15, 900, 2, account_id="C"),
        invoice("3", 60, 950, account_id="D"),
    ]  # fmt: skip
    money = [PAID, payment("3", 30, 950, account_id="D"), payment("3", 20, -950, "refund", account_id="D")]
    found_here = listed(tmp_path, rows, money)
    assert [(each.account_id, each.rule) for each in found_here] == [
        ("A", "first"), ("B", "first"), ("D", "given back"), ("C", "grace"),
    ]  # fmt: skip
    assert found_here[-1].waits
    assert found_here[-1].until_day == AS_OF + 2


def test_what_was_said_last_and_when(tmp_path: Path) -> None:
    money = [PAID, payment("I-A", 30, 0, "reminder"), payment("I-A", 12, 0, "reminder")]
    [letter] = listed(tmp_path, customers("A"), money)
    assert (letter.tone, letter.said, letter.said_day) == ("second, firm", "reminder no. 2", AS_OF - 12)
    assert "the last on 2026-06-19" in letter.why


def test_reasons_name_the_history(tmp_path: Path) -> None:
    rows = [*customers("A"), *(invoice(str(n), 200, 500, 150, account_id="A") for n in range(3))]
    money = [payment(str(n), 140, 0, "reminder") for n in range(3)] + [payment(str(n), 135, 500) for n in range(3)]
    [letter] = listed(tmp_path, rows, [PAID, *money])
    assert letter.why == (
        "Days past due: 46, and nobody has written yet. "
        "So far they always paid within 5 days of a reminder (reminders heeded: 3)."
    )


def test_who_is_large_or_healthy_gets_a_call(tmp_path: Path) -> None:
    owing = [*customers("A", "B"), invoice("Y", 60, 900, account_id="LARGE")]
    tones = {each.account_id: each.tone for each in listed(tmp_path, owing, [PAID], bands={"A": "healthy"})}
    assert tones == {"A": "personal call", "B": "first reminder", "LARGE": "personal call"}


def test_a_promise_is_waited_for_and_the_rest_is_not(tmp_path: Path) -> None:
    rows = [*customers("A"), invoice("2", 60, 400, promised_on=on(-4))]
    letter, wait = listed(tmp_path, rows, [PAID])
    assert (letter.tone, letter.invoice_ids) == ("first reminder", ("I-A",))
    assert (wait.tone, wait.invoice_ids, wait.until_day) == ("wait", ("2",), AS_OF + 4)


def test_one_unpaid_among_paid_ones_is_looked_for_at_home(tmp_path: Path) -> None:
    rows = [*customers("A"), *(invoice(str(n), 50, 500, account_id="A") for n in range(3))]
    paid = [payment(str(n), 40, 500) for n in range(3)]
    [look] = listed(tmp_path, rows, [PAID, *paid])
    assert (look.rule, look.invoice_ids) == ("skipped", ("I-A",))
    [letter] = [each for each in listed(tmp_path, rows, [PAID, *paid[:2]]) if "I-A" in each.invoice_ids]
    assert letter.tone == "first reminder"


def test_those_due_on_the_same_day_say_nothing_of_it(tmp_path: Path) -> None:
    rows = [*customers("A"), *(invoice(str(n), 60, 500, account_id="A") for n in range(3))]
    [letter] = listed(tmp_path, rows, [PAID, *(payment(str(n), 40, 500) for n in range(3))])
    assert letter.tone == "first reminder"


def test_only_the_next_invoice_to_fall_due_gets_a_note(tmp_path: Path) -> None:
    rows = [*customers(), invoice("1", 10, 500, -3), invoice("2", 10, 400, -20)]
    [note] = listed(tmp_path, rows, [PAID])
    assert (note.tone, note.invoice_ids) == ("friendly note", ("1",))


def test_who_has_money_with_us_is_not_written_to(tmp_path: Path) -> None:
    [look] = listed(tmp_path, customers("A"), [PAID, payment("elsewhere", 20, 500)])
    assert look.rule == "money unassigned"


def test_nobody_owes_and_nobody_is_listed(tmp_path: Path) -> None:
    assert listed(tmp_path, [invoice("1", 60, 500)], [payment("1", 50, 500)]) == []
