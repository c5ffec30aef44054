"""One text as native speakers of the four languages would put it."""

from __future__ import annotations

from sabai.desk.surveys.form import Choice, Texts


def said(en: str, th: str, ar: str, ja: str) -> Texts:
    return {"en": en, "th": th, "ar": ar, "ja": ja}


def choice(key: str, en: str, th: str, ar: str, ja: str) -> Choice:
    return Choice(key, said(en, th, ar, ja))


WHY = said(
    "What is the main reason for your answer?",
    "เหตุผลหลักที่คุณให้คะแนนนี้คืออะไร",
    "ما السبب الرئيسي لتقييمك؟",
    "そのようにお答えになった主な理由をお聞かせください。",
)
THANKS = said(
    "Thank you. We read every answer.",
    "ขอขอบคุณ เราอ่านทุกคำตอบ",
    "شكرًا لك. نقرأ كل إجابة تصلنا.",
    "ご回答ありがとうございました。いただいたお声はすべて拝読いたします。",
)
GREETING = said(
    "Begin with one click below; it takes less than a minute.",
    "เริ่มได้เลยด้วยการคลิกคำตอบด้านล่าง ใช้เวลาไม่ถึงหนึ่งนาที",
    "ابدأ بنقرة واحدة أدناه، ولن يستغرق الأمر أكثر من دقيقة.",
    "いつもお世話になっております。下の選択肢を一つ押してお始めください。1分ほどで終わります。",
)
EASE = (
    said("Very difficult", "ยากมาก", "صعب جدًا", "とても難しかった"),
    said("Very easy", "ง่ายมาก", "سهل جدًا", "とても簡単だった"),
)
