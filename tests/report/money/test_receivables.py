"""The page of who owes: what it says, and that its sums are those of the books."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sabai.language.language import speak
from sabai.receivables.receivables import Receivables
from sabai.report.money.page import Page, Section
from sabai.report.money.receivables import receivables_page, write_receivables
from tests.receivables.books import Row, definitions, found, invoice, on, payment

STRANGE = "A <b>&\u202e Co"


def books(folder: Path) -> Receivables:
    """One that is late, one that is not yet, one refunded without a credit note, one in dispute."""
    rows = [
        invoice("late", 120, 50_000, 100), invoice("later", 10, 30_000, -20), invoice("paid", 80, 20_000),
        invoice("back", 70, 10_000), invoice("disputed", 40, 7_000, disputed_from=on(20), account_id="B"),
        invoice("B-1", 60, 9_000, 40, account_id="B"),
    ]  # fmt: skip
    money = [
        payment("late", 60, 0, "reminder"), payment("paid", 70, 20_000), payment("back", 60, 10_000),
        payment("back", 50, -10_000, "refund"), payment("elsewhere", 9, 1_500, account_id="B"),
    ]  # fmt: skip
    accounts: list[Row] = [{"account_id": "A", "name": STRANGE, "segment": "Café", "test": False}]
    return found(folder, rows, money, accounts=accounts)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return receivables_page(books(tmp_path), "segment", speak("en"))


def section(page: Page, anchor: str) -> Section:
    return next(each for each in page.sections if each.anchor == anchor)


def cells(page: Page, anchor: str) -> list[list[str]]:
    """A table as a person reads it."""
    table = section(page, anchor).table
    assert table
    assert all(len(row) == len(table.heads) for row in table.rows)
    return [[re.sub(r"<[^>]*>|[\u2068\u2069]", " ", str(cell)).strip() for cell in row] for row in table.rows]


def test_the_answer_is_that_of_the_books(page: Page) -> None:
    assert (
        page.answer
        == "Of THB\xa01.1K owed on Jul 1, 2026, THB\xa0590 is past due, THB\xa0500 of it by more than 90 days."
    )
    owed, late, days, collected = page.tiles
    assert (owed.value, owed.beside) == ("THB\xa01.1K", "and THB\xa015 received that names no invoice")
    assert (late.value, late.beside) == ("THB\xa0590", "2 customers")
    assert (days.beside[:9], collected.beside) == ("Jun 2026;", "Jun 2026")


def test_nothing_late_is_said_plainly(tmp_path: Path) -> None:
    early = found(tmp_path, [invoice("1", 10, 500, -20)])
    page = receivables_page(early, "segment", speak("en"))
    assert page.answer == "Of THB\xa05 owed on Jul 1, 2026, nothing is past due."
    assert section(page, "remind").table.rows == ()  # type: ignore[union-attr]
    assert section(page, "remind").missing == "Nobody is to be reminded today."
    assert section(page, "manners").picture is None


def test_late_but_not_for_long(tmp_path: Path) -> None:
    page = receivables_page(found(tmp_path, [invoice("1", 60, 500, 40)]), "owner", speak("en"))
    assert page.answer == "Of THB\xa05 owed on Jul 1, 2026, THB\xa05 is past due, nothing by more than 90 days."
    assert section(page, "ages-by").title == "Apart by owner"


def test_where_nothing_is_owed_every_card_says_so(tmp_path: Path) -> None:
    paid = found(tmp_path, [invoice("1", 5, 500, 2)], [payment("1", 3, 500)])
    page = receivables_page(replace(paid, months=()), "segment", speak("en"))
    bare = [each for each in page.sections if not each.picture and not (each.table and each.table.rows)]
    assert {each.anchor for each in bare} >= {"ages", "remind", "debtors", "days", "collected", "sums"}
    assert len(page.tiles) == 2
    assert all(each.missing for each in bare)


def test_ages_stand_in_a_picture_what_is_not_simply_owed_apart(page: Page) -> None:
    picture = section(page, "ages").picture
    assert picture
    assert "more than 90 days past due: THB\xa0500." in picture.about
    assert "in dispute: THB\xa070." in picture.about
    assert picture.shapes.count('class="unsaid"') == 2  # in dispute, and refunded
    assert "no due day" not in picture.about


def test_ages_of_each_group_add_up(page: Page) -> None:
    table = section(page, "ages-by").table
    assert table
    for _name, total, *ages in cells(page, "ages-by"):
        assert _coins(total) == sum(map(_coins, ages)) > 0
    assert [row[0] for row in cells(page, "ages-by")] == ["Café", "unknown"]


def _coins(money: str) -> int:
    return int(re.sub(r"[^\d-]", "", money))


def test_how_they_pay_says_of_how_many(page: Page) -> None:
    everyone, cafe, unknown = cells(page, "manners")
    assert everyone == ["all", "50%", "0%", "0%", "0%", "50%", "4"]
    assert (cafe[0], cafe[-1], unknown[0], unknown[-1]) == ("Café", "3", "unknown", "1")
    picture = section(page, "manners").picture
    assert picture
    assert "n = 4" in picture.shapes


def test_whom_to_remind_with_the_reason_and_words_for_them(page: Page) -> None:
    words = {row[0].split()[0]: row for row in cells(page, "remind")}
    late = next(row for row in words.values() if "late" in row[0].split())
    assert "THB\xa0500.00" in late[0]
    assert "100 days past due" in late[0]
    assert late[1] == "personal call"
    assert "Said last: reminder no. 1, on May 2, 2026." in late[2]
    assert late[3].startswith("Dear")
    assert "THB\xa0500.00" in late[3]
    assert "Mar 23, 2026" in late[3]


def test_nobody_is_written_to_about_what_is_ours_to_settle(page: Page) -> None:
    table = section(page, "ours").table
    assert table
    assert len(table.heads) == 3
    assert any("back" in row[0] for row in cells(page, "ours"))
    assert not any("back" in row[0].split() for row in cells(page, "remind"))


def test_who_is_late_with_most_comes_first_and_says_the_next_step(page: Page) -> None:
    first, second = cells(page, "debtors")
    assert (first[2], first[3], first[4]) == ("personal call", "THB\xa0500.00", "100")
    assert (second[0], second[3]) == ("B", "THB\xa090.00")


def test_customers_one_by_one_by_their_names(tmp_path: Path) -> None:
    page = receivables_page(books(tmp_path), "account_id", speak("en"))
    names = [row[0] for row in cells(page, "ages-by")]
    assert names[1] == "B"
    assert "Co" in names[0]
    assert [row[0] for row in cells(page, "manners")][1:] == [names[0], "B"]


def test_by_currency_how_they_pay_is_told_of_all(tmp_path: Path) -> None:
    page = receivables_page(books(tmp_path), "currency", speak("en"))
    assert [row[0] for row in cells(page, "manners")] == ["all"]
    assert [row[0] for row in cells(page, "ages-by")] == ["THB"]


def test_a_month_without_sales_says_why_it_has_no_days(tmp_path: Path) -> None:
    page = receivables_page(found(tmp_path, [invoice("1", 100, 500)]), "segment", speak("en"))
    assert "No sales in this month, so there is nothing to divide by." in section(page, "days").notes
    assert page.tiles[2].value == "unknown"


@pytest.mark.parametrize("lang", ["en", "th", "ar", "ja"])
def test_the_page_is_written_in_each_language_with_its_files(tmp_path: Path, lang: str) -> None:
    path = write_receivables(books(tmp_path), "segment", definitions(), tmp_path / "out", lang)
    text = path.read_text(encoding="utf-8")
    assert path.name == ("receivables.html" if lang == "en" else f"receivables.{lang}.html")
    assert "<b>&\u202e" not in text
    assert "A &lt;b&gt;&amp;" in text
    assert "%(" not in text
    pictures = {each.name for each in (tmp_path / "out" / "pictures").iterdir()}
    assert len(pictures) == 4
    assert {each.stem for each in (tmp_path / "out").glob("*.csv")} == {"invoices", "accounts", "months", "reminders"}
