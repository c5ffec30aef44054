"""Numbers, money and dates as each language writes them, with the same digits everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak

DAY = 20_413  # 2025-11-21
DIGITS = set("0123456789")


@pytest.mark.parametrize(
    ("code", "date", "money", "share"),
    [
        ("en", "Nov 21, 2025", "$1,234.50", "62%"),
        ("th", "21 พ.ย. 2025", "US$1,234.50", "62%"),
        ("ar", "21 نوفمبر 2025", "\u200f1,234.50\xa0US$", "62%"),
        ("ja", "2025年11月21日", "$1,234.50", "62%"),
    ],
)
def test_each_language_in_its_own_way(code: str, date: str, money: str, share: str) -> None:
    show = speak(code).show
    assert (show.date(DAY), show.money(123_450, "USD"), show.percent(0.62)) == (date, money, share)


def test_small_shares_keep_a_decimal_where_asked() -> None:
    show = speak("en").show
    assert [show.percent(0.018, decimals) for decimals in (0, 1)] == ["2%", "1.8%"]


@pytest.mark.parametrize(
    ("code", "minor", "text"),
    [
        ("en", 99_740_000, "THB\u00a0997.4K"),
        ("en", 73_108, "THB\u00a0731"),
        ("en", 450, "THB\u00a04.50"),
        ("ja", 589_322, "THB\u00a05,893"),
        ("ja", 1_660_000, "THB\u00a01.7万"),
        ("th", 99_740_000, "฿997.4K"),
    ],
)
def test_headlines_are_short_in_each_language(code: str, minor: int, text: str) -> None:
    assert speak(code).show.money_short(minor, "THB") == text


@pytest.mark.parametrize(("currency", "text"), [("JPY", "¥1,500"), ("USD", "$15.00"), ("KWD", "KWD\u00a01.500")])
def test_minor_units_follow_the_currency(currency: str, text: str) -> None:
    assert speak("en").show.money(1500, currency) == text


@pytest.mark.parametrize("code", LANGUAGES)
def test_unknown_is_a_word_and_zero_is_a_number(code: str) -> None:
    show = speak(code).show
    for write in (show.number, show.fixed, show.signed, show.percent):
        assert write(None) == write(float("nan")) == speak(code).gettext("unknown")
        assert "0" in write(0.0)


@pytest.mark.parametrize("code", LANGUAGES)
@given(value=st.floats(-1e9, 1e9))
def test_digits_are_the_same_in_every_language(code: str, value: float) -> None:
    show = speak(code).show
    for text in (
        show.number(value),
        show.fixed(value, 2),
        show.signed(value),
        show.percent(value),
        show.money(value, "THB"),
        show.date(DAY),
    ):
        assert {letter for letter in text if letter.isdecimal()} <= DIGITS


def test_a_sign_stays_before_its_digits_where_text_runs_right_to_left() -> None:
    assert speak("ar").show.signed(-2.25) == "\u200e-2.2"
    assert speak("ar").show.percent(-0.11).startswith("\u200e-")
    assert speak("en").show.signed(-2.25) == "-2.2"


def test_what_rounds_to_zero_has_no_sign() -> None:
    assert speak("en").show.signed(-0.01) == speak("en").show.signed(0.01) == "0.0"


def test_only_arabic_runs_right_to_left() -> None:
    assert {code: speak(code).direction for code in LANGUAGES} == {"en": "ltr", "th": "ltr", "ar": "rtl", "ja": "ltr"}


@pytest.mark.parametrize(
    ("code", "two", "three"),
    [
        ("en", "nps and use", "seats, nps, and use"),
        ("th", "nps และ use", "seats, nps และ use"),
        ("ar", "nps وuse", "seats وnps وuse"),
        ("ja", "nps、use", "seats、nps、use"),
    ],
)
def test_each_language_joins_a_list_in_its_own_way(code: str, two: str, three: str) -> None:
    show = speak(code).show
    assert (show.listed(["nps", "use"]), show.listed(["seats", "nps", "use"])) == (two, three)
    assert (show.listed([]), show.listed(["nps"])) == ("", "nps")
