"""Languages by their scripts, and Latin ones by their small words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.text.language import language_of, languages
from sabai.text.scripts import NAMES, script_counts

SAID = {
    "th": "ระบบใช้งานง่ายมาก แต่ช้าไปหน่อย",
    "ar": "الخدمة ممتازة والدعم سريع",
    "ja": "サポートの対応がとても早くて助かりました",
    "en": "The support answered within an hour and was friendly.",
    "de": "Die Rechnung ist falsch und der Support antwortet nicht.",
    "fr": "Le service est très lent et je ne suis pas content.",
    "es": "El soporte es muy bueno, pero la factura está mal.",
    "pt": "O suporte é muito bom, mas a fatura não está certa.",
    "it": "Il servizio è molto lento e non sono contento.",
    "nl": "De app is traag en het werkt niet goed.",
    "id": "Aplikasi ini sangat lambat dan tidak bisa digunakan.",
    "tr": "Uygulama çok yavaş ve destek iyi değil.",
    "pl": "Aplikacja jest bardzo wolna i nie działa.",
    "sv": "Appen är mycket långsam och fungerar inte.",
    "vi": "Ứng dụng này rất chậm và không tốt.",
    "zh": "这个软件很慢,我们不满意。",
    "ko": "앱이 너무 느려요.",
    "ru": "Приложение работает, но это был очень долгий путь, и мы устали",
    "uk": "Додаток працює дуже повільно і підтримка не відповідає",
    "el": "Η εφαρμογή είναι αργή",
    "he": "האפליקציה איטית מאוד",
    "fa": "این برنامه خیلی کند است و پشتیبانی پاسخ نمی‌دهد",
    "ur": "یہ ایپ بہت سست ہے اور مدد نہیں ملتی",
}
NO_LANGUAGE = ["", "   ", "10/10", "👍👍", "…!?", "https://example.com/very/good", "@somebody", "ऐप बहुत धीमा है"]


def test_each_language_is_known() -> None:
    assert dict(zip(SAID, languages(list(SAID.values())), strict=True)) == {code: code for code in SAID}


@pytest.mark.parametrize("text", NO_LANGUAGE)
def test_where_nobody_can_tell_nothing_is_said(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sabai Dashboard ใช้ดีมาก", "th"),
        ("Excel export が壊れています", "ja"),
        ("تطبيق Sabai رائع", "ar"),
        ("We love สบาย very much, the team is great", "en"),
        ("最高", "ja"),
        ("ﻣﻤﺘﺎﺯ ﺟﺪﺍ", "ar"),
        ("#บริการดี https://t.co/abc", "th"),
        ("ok thx", "en"),
        ("La la la, great!", "en"),
    ],
)
def test_mixed_scripts_and_single_words(text: str, code: str) -> None:
    assert language_of(text) == code


def test_a_language_that_is_clearly_another_is_not_english() -> None:
    """The twin of "English in doubt"."""
    assert language_of("Le support est nul et la facture est fausse") == "fr"


@given(st.lists(st.text(max_size=30), max_size=5))
def test_many_at_once_are_as_each_alone(texts: list[str]) -> None:
    assert languages(texts) == [language_of(text) for text in texts]


@given(st.lists(st.text(max_size=30), max_size=5))
def test_every_sign_is_counted_once(texts: list[str]) -> None:
    assert script_counts(texts).sum(axis=1).tolist() == [len(text) for text in texts]


def test_no_letter_belongs_to_two_scripts() -> None:
    counts = dict(zip(NAMES, script_counts(["กaبあ漢پٹ1"])[0].tolist(), strict=True))
    wanted = dict.fromkeys(("thai", "latin", "arabic", "kana", "han", "persian", "urdu", "none"), 1)
    assert {name: many for name, many in counts.items() if many} == wanted
