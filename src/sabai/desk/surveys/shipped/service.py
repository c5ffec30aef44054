"""How a ticket was answered: satisfaction, and effort on five points or on seven, which are different measures."""

from __future__ import annotations

from sabai.desk.surveys.form import Condition, Form, Kind, Question, Texts
from sabai.desk.surveys.shipped.tongues import EASE, GREETING, THANKS, WHY, choice, said

SUBJECT = said(
    "How did we do?",
    "เราช่วยเหลือคุณได้ดีแค่ไหน",
    "كيف كانت خدمتنا؟",
    "お問い合わせ対応についてのお伺い",
)
BETTER = said(
    "What should we have done differently?",
    "เราควรทำอะไรให้ต่างออกไป",
    "ما الذي كان ينبغي أن نفعله بطريقة مختلفة؟",
    "どのように対応すべきだったでしょうか。",
)

CSAT = Form(
    questions=(
        Question(
            "satisfied",
            "csat",
            said(
                "How satisfied are you with how we handled your request?",
                "คุณพึงพอใจกับการดูแลเรื่องที่แจ้งเข้ามามากน้อยเพียงใด",
                "ما مدى رضاك عن طريقة معالجتنا لطلبك؟",
                "このたびのお問い合わせへの対応に、どの程度ご満足いただけましたか。",
            ),
            low=said("Not at all satisfied", "ไม่พอใจเลย", "غير راضٍ إطلاقًا", "まったく満足していない"),
            high=said("Very satisfied", "พอใจมาก", "راضٍ جدًا", "非常に満足"),
            required=True,
        ),
        Question(
            "solved",
            "choice",
            said("Is it solved?", "ปัญหาได้รับการแก้ไขแล้วหรือยัง", "هل حُلّت المشكلة؟", "問題は解決しましたか。"),
            choices=(
                choice("yes", "Yes", "แก้ไขแล้ว", "نعم", "解決した"),
                choice("no", "No", "ยังไม่แก้ไข", "لا", "解決していない"),
            ),
        ),
        Question("better", "text", BETTER, when=Condition("satisfied", most=3)),
        Question(
            "comment",
            "text",
            said(
                "Is there anything else that you would like to tell us?",
                "มีอะไรอยากบอกเราเพิ่มเติมไหม",
                "هل هناك شيء آخر تودّ إخبارنا به؟",
                "そのほか、お気づきの点がございましたらお聞かせください。",
            ),
            when=Condition("satisfied", least=4),
        ),
    ),
    subject=SUBJECT,
    greeting=GREETING,
    thanks=THANKS,
)

_EASY: dict[Kind, Texts] = {
    "ces5": said(
        "How easy was it to get your request handled?",
        "การติดต่อให้เราแก้ไขเรื่องของคุณง่ายหรือยากเพียงใด",
        "ما مدى سهولة معالجة طلبك معنا؟",
        "お問い合わせの解決までの手続きは、どの程度簡単でしたか。",
    ),
    "ces7": said(
        "“{company} made it easy for me to handle my issue.” How far do you agree?",
        "“{company} ช่วยให้ฉันจัดการเรื่องของฉันได้ง่าย” คุณเห็นด้วยมากน้อยเพียงใด",
        "«سهّلت {company} عليّ معالجة مشكلتي.» إلى أي مدى توافق؟",
        "「{company}のおかげで、問題を簡単に解決できた」。どの程度そう思われますか。",
    ),
}
_AGREE = (
    said("Strongly disagree", "ไม่เห็นด้วยอย่างยิ่ง", "لا أوافق بشدة", "まったくそう思わない"),
    said("Strongly agree", "เห็นด้วยอย่างยิ่ง", "أوافق بشدة", "とてもそう思う"),
)


def _effort(kind: Kind, low: Texts, high: Texts, most: int) -> Form:
    """`most`: up to this answer we ask what made it hard."""
    return Form(
        questions=(
            Question("easy", kind, _EASY[kind], low=low, high=high, required=True),
            Question(
                "hard",
                "text",
                said(
                    "What made it harder than it should be?",
                    "อะไรทำให้ยุ่งยากกว่าที่ควรจะเป็น",
                    "ما الذي جعل الأمر أصعب مما ينبغي؟",
                    "どのような点がご負担になりましたか。",
                ),
                when=Condition("easy", most=most),
            ),
            Question("why", "text", WHY, when=Condition("easy", least=most + 1)),
        ),
        subject=SUBJECT,
        greeting=GREETING,
        thanks=THANKS,
    )


CES5 = _effort("ces5", *EASE, most=3)
CES7 = _effort("ces7", *_AGREE, most=4)
