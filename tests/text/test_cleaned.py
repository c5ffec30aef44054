"""Cleaning loses what nobody sees and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.text.cleaned import LONGEST, cleaned

HIDDEN = [
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200f",
    "\ufeff",
    "\u00ad",
    "\x00",
    "\x1b",
    "\ud800",
    "\U000e0041",
]
AWKWARD = st.text(
    st.sampled_from(["a", "e", "\u0301", " ", "\n", "\u3164", "ﷺ", "ｶ", "ﾞ", "ำ", "가", "\u1160", *HIDDEN])
)


@given(st.text() | AWKWARD)
def test_twice_is_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@given(st.text() | AWKWARD)
def test_what_comes_out_can_be_written_and_has_nothing_hidden(text: str) -> None:
    said = cleaned(text)
    said.encode("utf-8")
    assert unicodedata.is_normalized("NFKC", said)
    assert not set(said) & set(HIDDEN)
    assert said == said.strip()
    assert "  " not in said
    assert "\n" not in said


def test_every_sign_stays_clean_beside_others() -> None:
    """No sign may turn into one that is taken out only the second time."""
    for first in range(0, 0x110000, 0x100):
        text = "".join(f"a{chr(point)}b " for point in range(first, first + 0x100))
        assert cleaned(cleaned(text)) == cleaned(text), hex(first)


@pytest.mark.parametrize("sign", HIDDEN)
def test_the_hidden_part_words_from_nothing(sign: str) -> None:
    assert cleaned(f"go{sign}od") == "good"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        (" \t\r\n\u3000 ", ""),
        ("ｶﾞｲﾄﾞ　①", "ガイド 1"),
        ("ทำ", "ทํา"),
        ("ﻣﻤﺘﺎﺯ", "ممتاز"),
        ("I ❤️ it 👨‍👩‍👧", "I ❤ it 👨👩👧"),
        ("e\u200b\u0301", "é"),
        ("<b>{{7*7}}</b>", "<b>{{7*7}}</b>"),
    ],
)
def test_golden(text: str, said: str) -> None:
    assert cleaned(text) == said


def test_words_that_differ_stay_apart() -> None:
    """The twin: a cleaner that took marks or case away would pass all above."""
    assert cleaned("Résumé") != cleaned("resume")
    assert cleaned("ไม่ดี") != cleaned("ไมดี")


@pytest.mark.parametrize("sign", ["a", "ดี", "ﷺ", "👍", "\u0301", "e\u0301"])
def test_a_comment_of_a_hundred_kilobytes_is_cut(sign: str) -> None:
    assert 0 < len(cleaned(sign * (100_000 // len(sign)))) <= LONGEST


def test_what_is_hidden_does_not_use_up_the_room() -> None:
    assert cleaned("\u200b" * 100_000 + "good") == "good"
