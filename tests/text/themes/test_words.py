"""Words are found by the rules of their script: what is one, what only looks like one, and where nothing is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.text.themes.letters import plain
from sabai.text.themes.taxonomy import shipped
from sabai.text.themes.words import Words, plain_word
from tests.tries import tries

FOUND = [
    ("price", "The PRICE is wrong."),
    ("price", "prices, prices"),
    ("price", "価格(price)が高い"),
    ("price", "ตอนนี้priceแพง"),
    ("cant find", "I can’t  find it"),
    ("log in", "cannot log-in"),
    ("slow", "it is sooo slooooow"),
    ("slow~", "slower than ever"),
    ("~down", "a shutdown"),
    ("ช้า", "ระบบช้ามากกกก"),
    ("ทำงาน", "มันไม่ทำงานเลย"),
    ("ราคา", "เรื่องราคาค่ะ"),
    ("سعر", "السعر مرتفع"),
    ("سعر", "وبسعر أعلى"),
    ("سعر", "وسعره غالٍ"),
    ("سعر", "السِّعْر"),
    ("اسعار", "أسعاركم"),
    ("فاتوره", "الفاتورة"),
    ("فاتوره", "لفاتورتنا الأخيرة"),
    ("فاتوره", "والفاتوره"),
    ("خدمه العملاء", "لخدمة العملاء"),
    ("بطيء", "النظام بطئ"),
    ("ダウン", "サーバがダウン"),
    ("~ダウン", "サーバーダウン中"),
    ("ﾀﾞｳﾝ", "サーバがダウン"),
    ("パスワード", "ワンタイムパスワード"),
    ("エラー~", "エラーメッセージ"),
    ("価格", "価格改定のお知らせ"),
    ("〜ダウン", "サーバーダウン"),
]

NOT_FOUND = [
    ("price", "We are an enterprise."),
    ("price", "priced"),
    ("lag", "Our flagship store"),
    ("fast", "breakfast"),
    ("slow~", "the aslow tribe"),
    ("ราคา", "เราคาดหวังมากกว่านี้"),
    ("แปล", "หน้าจอแปะลิงก์"),
    ("ไว", "วางไว้ตรงนั้น"),
    ("سعر", "مسعر الحرب"),
    ("رد", "مورد جديد"),
    ("عقد", "معقد"),
    ("ダウン", "ダウンロードできた"),
    ("ロード", "ダウンロードできた"),
    ("アプリ", "アプリケーション"),
]


def found(words: list[str], text: str) -> tuple[str, ...]:
    return Words.of(words).found_in(plain(text))


@pytest.mark.parametrize(("word", "text"), FOUND)
def test_it_stands_there(word: str, text: str) -> None:
    assert found([word], text)


@pytest.mark.parametrize(("word", "text"), NOT_FOUND)
def test_it_only_looks_so(word: str, text: str) -> None:
    assert not found([word], text)


@pytest.mark.parametrize(
    ("word", "unless", "is_it", "is_it_not"),
    [
        ("ช้า", "-ช้าง", "ช้ามาก", "ร้านช้างน้อย"),
        ("แปล", "-แปลก", "แปลผิด", "หน้าจอแปลก ๆ"),
        ("رد", "-برد", "لم يصلنا رد", "الجو برد"),
        ("高い", "-評価が高い", "料金が高い", "社内の評価が高い"),
        ("loads", "-loads of", "it loads quickly", "loads of fun"),
    ],
)
def test_where_another_word_stands_nothing_is_found(word: str, unless: str, is_it: str, is_it_not: str) -> None:
    assert found([word, unless], is_it)
    assert not found([word, unless], is_it_not)
    assert found([word], is_it_not), "without the exception it would have been"
    assert found([word, unless], f"{is_it_not} … {is_it}"), "elsewhere in the text it still counts"


def test_words_are_told_as_they_stand_each_once() -> None:
    assert found(["price", "slow"], "Slow, slow, and the prices!") == ("slow", "prices")


def test_shipped_words_say_something_and_stand_once() -> None:
    for theme in shipped():
        for language, words in theme.words.items():
            looked_for = [plain_word(word) for word in words]
            assert all(word.strip("~-") for word in looked_for), (theme.id, language)
            assert len(set(looked_for)) == len(looked_for), (theme.id, language, looked_for)


@pytest.mark.parametrize("theme", shipped(), ids=lambda theme: theme.id)
def test_every_shipped_word_finds_itself(theme: object) -> None:
    """Unless an exception of its own theme covers it, which would make it idle."""
    every = [word for words in theme.words.values() for word in words]  # type: ignore[attr-defined]
    for word in every:
        if not word.startswith("-"):
            assert found(every, word.strip("~")), word


TEXTS = st.text(alphabet=st.sampled_from("aeslow price ราคาช้งเ سعرالوب ダウンロド高い~-.*+?()[]|\\"), max_size=40)


@tries(50)
@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_any_word_can_be_looked_for_in_any_text(words: list[str], text: str) -> None:
    once = found(words, text)
    assert once == found(words, text)
    assert all(word in plain(text) for word in once)


@tries(50)
@given(TEXTS, TEXTS, st.sampled_from([" ", "。", "!", "\n"]))
def test_more_text_behind_a_gap_takes_nothing_away(text: str, more: str, gap: str) -> None:
    words = ["price", "slow~", "ราคา", "ช้า", "سعر", "ダウン", "高い"]
    assert set(found(words, text)) <= set(found(words, f"{text}{gap}{more}"))


@tries(50)
@given(st.text(max_size=60))
def test_plain_is_plain_again(text: str) -> None:
    assert plain(plain(text)) == plain(text)
