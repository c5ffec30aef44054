"""Why somebody left, and what would bring them back."""

from __future__ import annotations

from sabai.desk.surveys.form import Condition, Form, Question
from sabai.desk.surveys.shipped.tongues import GREETING, THANKS, choice, said

EXIT = Form(
    questions=(
        Question(
            "again",
            "rating",
            said(
                "All in all, how was your time with {company}?",
                "โดยรวมแล้ว ประสบการณ์ของคุณกับ {company} เป็นอย่างไร",
                "إجمالًا، كيف كانت تجربتك مع {company}؟",
                "{company}をご利用いただいた全体の印象はいかがでしたか。",
            ),
            low=said("Poor", "ไม่ดี", "سيئة", "悪かった"),
            high=said("Very good", "ดีมาก", "ممتازة", "とても良かった"),
            required=True,
        ),
        Question(
            "reason",
            "choice",
            said(
                "What was the main reason for leaving?",
                "เหตุผลหลักที่คุณเลิกใช้บริการคืออะไร",
                "ما السبب الرئيسي لمغادرتك؟",
                "ご解約の主な理由をお聞かせください。",
            ),
            choices=(
                choice("price", "Price", "ราคา", "السعر", "価格"),
                choice(
                    "missing feature", "A feature was missing", "ขาดฟีเจอร์ที่ต้องการ",
                    "ميزة غير متوفرة", "必要な機能がなかった",
                ),
                choice(
                    "product quality", "Quality of the product", "คุณภาพของผลิตภัณฑ์",
                    "جودة المنتج", "製品の品質",
                ),
                choice("support", "Support", "การบริการช่วยเหลือ", "الدعم", "サポート対応"),
                choice(
                    "no longer needed", "No longer needed", "ไม่จำเป็นต้องใช้แล้ว",
                    "لم تعد هناك حاجة", "必要がなくなった",
                ),
                choice(
                    "competitor", "Moved to a competitor", "เปลี่ยนไปใช้เจ้าอื่น",
                    "الانتقال إلى منافس", "他社へ乗り換えた",
                ),
                choice(
                    "company closed", "Our company closed", "บริษัทปิดกิจการ",
                    "أُغلقت شركتنا", "会社・事業を閉じた",
                ),
                choice("other", "Something else", "เหตุผลอื่น", "سبب آخر", "その他"),
            ),
            required=True,
        ),
        Question(
            "feature",
            "text",
            said(
                "Which feature would have kept you?",
                "ถ้ามีฟีเจอร์ใด คุณจะใช้ต่อ",
                "ما الميزة التي كانت ستجعلك تبقى معنا؟",
                "どのような機能があれば、ご利用を続けていただけましたか。",
            ),
            when=Condition("reason", among=("missing feature",)),
        ),
        Question(
            "where",
            "text",
            said(
                "Where did you go, and what is better there?",
                "คุณเปลี่ยนไปใช้ของใคร และที่นั่นดีกว่าอย่างไร",
                "إلى أين انتقلت، وما الأفضل هناك؟",
                "どちらへ乗り換えられましたか。また、どのような点が優れていますか。",
            ),
            when=Condition("reason", among=("competitor",)),
        ),
        Question(
            "more",
            "text",
            said(
                "Would you tell us a little more?",
                "ช่วยเล่าให้เราฟังเพิ่มเติมได้ไหม",
                "هل يمكنك أن تخبرنا بالمزيد؟",
                "差し支えなければ、もう少し詳しくお聞かせください。",
            ),
        ),
        Question(
            "back",
            "text",
            said(
                "What would bring you back?",
                "อะไรจะทำให้คุณกลับมาใช้บริการอีก",
                "ما الذي قد يعيدك إلينا؟",
                "どのような点が変われば、再びご利用いただけますか。",
            ),
        ),
    ),
    subject=said(
        "Before you go: what could we have done better?",
        "ก่อนจากกัน: เราควรทำอะไรให้ดีกว่านี้",
        "قبل أن تغادر: ما الذي كان يمكننا تحسينه؟",
        "ご利用終了にあたってのお伺い",
    ),
    greeting=said(
        "We are sorry that you left, and will not try to talk you out of it. Your honest answer helps those who stay.",
        "เราเสียดายที่คุณเลิกใช้บริการ และจะไม่รบเร้าให้เปลี่ยนใจ คำตอบตามจริงของคุณจะช่วยลูกค้าคนอื่นได้มาก",
        "يؤسفنا رحيلك، ولن نحاول ثنيك عن قرارك. إجابتك الصريحة تفيد من بقي معنا.",
        "これまでのご利用、誠にありがとうございました。お引き止めするためのものではございません。率直なご意見は今後の改善に役立てます。",
    ),
    thanks=THANKS,
)  # fmt: skip

EMPTY = Form(questions=(), subject=said("", "", "", ""), greeting=GREETING, thanks=THANKS)
