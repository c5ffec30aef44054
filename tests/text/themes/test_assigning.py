"""Which themes a text speaks of: golden texts in four languages with twins, laws, and what a person's word changes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.text.themes import Corrected, assigned, explained
from sabai.text.themes.taxonomy import OTHER, Theme, shipped
from tests.tries import tries

GOLDEN = [
    # text, its themes, and a twin that looks like it and is about something else
    ("The price went up twice", {"price"}, "We are an enterprise of two"),
    ("Slow and full of bugs", {"speed", "bugs"}, "A slowenian colleague"),
    ("ราคาแพงไปหน่อย", {"price"}, "เราคาดว่าจะมาถึงวันจันทร์"),
    ("ระบบช้ามากตอนเช้า", {"speed"}, "ไปดูช้างกับลูกค้า"),
    ("คำแปลไม่ถูกต้อง", {"translation"}, "เรื่องนี้แปลกดี"),
    ("أسعاركم مرتفعة", {"price"}, "مساعي الشركة"),
    ("وفاتورتنا بلا رقم", {"billing"}, "الجو برد اليوم"),
    ("الرد على التذاكر بطيء", {"support", "speed"}, "وصل ورد للمكتب"),
    ("サーバーがダウンした", {"outage"}, "ダウンロードしておきます"),
    ("料金が高すぎる", {"price"}, "社員の意識が高い"),
    ("解約します", {"contract"}, "木曜は出張です"),
]


def themes_of(text: str) -> set[str]:
    return set(assigned([text], shipped())[0])


@pytest.mark.parametrize(("text", "themes", "twin"), GOLDEN, ids=[row[0] for row in GOLDEN])
def test_golden(text: str, themes: set[str], twin: str) -> None:
    assert themes_of(text) == themes
    assert not themes & themes_of(twin)


@pytest.mark.parametrize("text", ["", " ", "\u202e\u200b", "👍", "555", "😀" * 3000, "<script>{{ 7*7 }}</script>"])
def test_what_says_nothing_is_about_nothing(text: str) -> None:
    assert themes_of(text) == set()


@pytest.mark.parametrize(
    "text", ["Thank you very much, nothing to add", "ไม่มีเวลาตอบแบบสอบถาม", "ليس لدي ما أضيفه", "特に言うことはないです"]
)
def test_pleasantries_are_other(text: str) -> None:
    assert themes_of(text) == set()


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("We have to pay far too much money for it", "price"),
        ("เปิดแต่ละหน้าใช้เวลานานเหลือเกิน", "speed"),
        ("لا أحد يجيبنا عندما نسأل", "support"),
        ("質問したのに誰も答えてくれません", "support"),
    ],
)
def test_what_has_none_of_the_words_is_found_by_its_meaning(text: str, theme: str) -> None:
    (found,) = explained([text], shipped())
    assert found.by == "meaning"
    assert found.themes == (theme,)
    assert explained([text], tuple(Theme(each.id) for each in shipped()))[0].themes == ()


def test_negation_does_not_matter() -> None:
    assert themes_of("The price is not a problem") == themes_of("The price is a problem") == {"price"}


def test_why_is_told() -> None:
    words, nothing = explained(["ราคาแพง", "asdf"], shipped())
    assert (words.by, words.words) == ("words", ("ราคา", "แพง"))
    assert (nothing.by, nothing.themes) == ("nothing", ())


# -- A person's word ---------------------------------------------------------------------------------------------------

WRONG = "The receipt printer is out of order"


def test_a_correction_wins_over_words() -> None:
    assert themes_of(WRONG) == {"billing"}
    taught = [Corrected(WRONG, ("bugs",))]
    assert assigned([WRONG], shipped(), taught) == [("bugs",)]


def test_it_holds_for_what_means_the_same_in_another_language() -> None:
    taught = [Corrected(WRONG, ("bugs",))]
    found = explained(
        ["Our receipt printer is broken again", "เครื่องพิมพ์ใบเสร็จเสีย", "Your invoice is wrong"], shipped(), taught
    )
    assert [each.by for each in found] == ["person", "person", "words"]
    assert [each.themes for each in found] == [("bugs",), ("bugs",), ("billing",)]


def test_a_correction_to_nothing_is_kept_too() -> None:
    assert assigned([WRONG], shipped(), [Corrected(WRONG, ())]) == [()]


def test_corrections_move_the_centre_of_a_theme() -> None:
    text = "The barista course was sold out"
    taught = [Corrected(each, ("onboarding",)) for each in ("The barista class is full", "A course for baristas")]
    far, near = explained([text], shipped())[0], explained([text], shipped(), taught)[0]
    assert "onboarding" not in far.themes
    assert near.themes == ("onboarding",)
    assert near.nearness > far.nearness


def test_a_theme_that_is_gone_is_left_out_of_a_correction() -> None:
    assert assigned([WRONG], shipped(), [Corrected(WRONG, ("no_such", "bugs"))]) == [("bugs",)]


# -- Laws --------------------------------------------------------------------------------------------------------------

SOME = [
    "ราคาแพง",
    "price",
    "it is slow",
    "سعر مرتفع",
    "サーバーがダウン",
    "hello",
    "ขอบคุณ",
    "👍",
    "",
    "Nobody calls us back",
]
TEXTS = st.lists(st.sampled_from(SOME), max_size=6)
QUICK = tries(10, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(TEXTS)
def test_a_text_is_judged_by_itself(texts: list[str]) -> None:
    assert assigned(texts, shipped()) == [each for text in texts for each in assigned([text], shipped())]


@QUICK
@given(TEXTS, TEXTS)
def test_themes_stand_in_the_order_of_the_taxonomy_and_other_is_none_of_them(
    texts: list[str], corrected: list[str]
) -> None:
    order = [theme.id for theme in shipped()]
    taught = [Corrected(text, ("speed", "price")) for text in corrected]
    for themes in assigned(texts, shipped(), taught):
        assert list(themes) == sorted(set(themes), key=order.index)
        assert OTHER not in themes


@QUICK
@given(st.text(max_size=200))
def test_any_text_has_an_answer_and_always_the_same(text: str) -> None:
    assert assigned([text], shipped()) == assigned([text], shipped())


def test_no_texts_and_no_themes() -> None:
    assert assigned([], shipped()) == []
    assert assigned(["anything"], ()) == [()]
