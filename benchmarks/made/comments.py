"""Comments as customers leave them, in four languages, made with a seed."""

from __future__ import annotations

import numpy as np

SAID = {
    "en": (
        ["The dashboard", "Your support team", "The new invoice page", "Exporting to a spreadsheet", "The mobile app"],
        [
            "is much faster than before",
            "never answers in time",
            "does what it should",
            "crashes twice a day",
            "is easy",
        ],
        [
            "and we would recommend it.",
            "so we may leave next year.",
            "thank you!",
            "please look into it.",
            "as agreed.",
        ],
    ),
    "th": (
        ["หน้ารายงาน", "ทีมสนับสนุน", "หน้าใบแจ้งหนี้ใหม่", "การส่งออกข้อมูล", "แอปบนมือถือ"],
        ["เร็วกว่าเดิมมาก", "ไม่เคยตอบทันเวลา", "ใช้งานได้ตามปกติ", "ล่มวันละสองครั้ง", "ใช้ง่าย"],
        ["และเราจะแนะนำให้คนอื่น", "เราอาจเลิกใช้ปีหน้า", "ขอบคุณค่ะ", "ช่วยตรวจสอบด้วย", "ตามที่ตกลงกันไว้"],
    ),
    "ar": (
        ["لوحة المتابعة", "فريق الدعم", "صفحة الفواتير الجديدة", "تصدير البيانات", "تطبيق الهاتف"],
        ["أسرع بكثير من قبل", "لا يرد في الوقت المناسب", "يعمل كما ينبغي", "يتعطل مرتين في اليوم", "سهل الاستخدام"],
        ["وسنوصي به الآخرين", "وقد نغادر العام القادم", "شكرا لكم", "نرجو النظر في الأمر", "كما اتفقنا"],
    ),
    "ja": (
        ["ダッシュボードは", "サポートチームは", "新しい請求書のページは", "データの書き出しは", "スマホのアプリは"],
        ["以前よりずっと速くなり", "期限までに返事がなく", "期待どおりに動き", "一日に二回も落ち", "簡単に使え"],
        [
            "他の方にも勧めたいです。",
            "来年は解約するかもしれません。",
            "感謝しています。",
            "確認をお願いします。",
            "約束のとおりです。",
        ],
    ),
}
SENTENCES = (1, 4)  # of a comment: one to three


def comments(many: int, seed: int) -> list[str]:
    """A quarter in each language; as good as none is there twice, for each names its order."""
    rng, languages = np.random.default_rng(seed), list(SAID)
    return [f"{_comment(rng, languages[at % 4])} #{at}" for at in range(many)]


def _comment(rng: np.random.Generator, language: str) -> str:
    many = rng.integers(*SENTENCES)
    return " ".join(" ".join(str(rng.choice(part)) for part in SAID[language]) for _ in range(many))
