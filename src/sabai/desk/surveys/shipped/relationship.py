"""Would they recommend us, and why."""

from __future__ import annotations

from sabai.desk.surveys.form import Condition, Form, Question
from sabai.desk.surveys.shipped.tongues import GREETING, THANKS, WHY, choice, said

NPS = Form(
    questions=(
        Question(
            "recommend",
            "nps",
            said(
                "How likely are you to recommend {company} to a friend or colleague?",
                "คุณมีแนวโน้มจะแนะนำ {company} ให้เพื่อนหรือเพื่อนร่วมงานมากน้อยเพียงใด",
                "ما مدى احتمال أن توصي بـ {company} لصديق أو زميل؟",
                "{company}を親しい方や同僚にすすめる可能性はどのくらいありますか。",
            ),
            low=said("Not at all likely", "ไม่แนะนำแน่นอน", "غير محتمل إطلاقًا", "まったくすすめない"),
            high=said("Extremely likely", "แนะนำแน่นอน", "محتمل جدًا", "非常にすすめたい"),
            required=True,
        ),
        Question("why", "text", WHY),
        Question(
            "better",
            "text",
            said(
                "What should we do better, first of all?",
                "อยากให้เราปรับปรุงเรื่องใดก่อนเป็นอันดับแรก",
                "ما أول ما ينبغي أن نحسّنه؟",
                "まず改善すべき点は何でしょうか。",
            ),
            when=Condition("recommend", most=6),
        ),
        Question(
            "nine",
            "text",
            said(
                "What would have made it a nine or a ten?",
                "ต้องมีอะไรเพิ่ม คุณจึงจะให้ 9 หรือ 10 คะแนน",
                "ما الذي كان سيجعل تقييمك 9 أو 10؟",
                "9点や10点をいただくには、何が足りなかったでしょうか。",
            ),
            when=Condition("recommend", least=7, most=8),
        ),
        Question(
            "best",
            "text",
            said(
                "What do you like best?",
                "คุณชอบอะไรมากที่สุด",
                "ما أكثر ما يعجبك؟",
                "特に気に入っていらっしゃる点は何ですか。",
            ),
            when=Condition("recommend", least=9),
        ),
        Question(
            "speak",
            "choice",
            said(
                "Would you say so to others? Choose what suits you; we would ask again before anything is published.",
                "คุณยินดีบอกต่อให้ผู้อื่นทราบหรือไม่ เลือกข้อที่สะดวก เราจะขออนุญาตอีกครั้งก่อนเผยแพร่",
                "هل تودّ أن تشارك رأيك مع الآخرين؟ اختر ما يناسبك، وسنستأذنك قبل نشر أي شيء.",
                "ほかの方にもお話しいただけますか。差し支えないものをお選びください。公開の前に必ずご確認をお願いいたします。",
            ),
            choices=(
                choice("review", "A public review", "เขียนรีวิว", "كتابة تقييم علني", "レビューの投稿"),
                choice(
                    "reference", "A talk with a future customer", "พูดคุยกับผู้ที่สนใจเป็นลูกค้า",
                    "التحدث مع عميل محتمل", "導入検討中の方とのお話",
                ),
                choice("case study", "A case study", "เป็นกรณีศึกษา", "قصة نجاح", "導入事例への協力"),
                choice("no", "Rather not", "ขอไม่สะดวก", "أفضّل ألا أفعل", "今回は遠慮する"),
            ),
            many=True,
            when=Condition("recommend", least=9),
        ),
    ),
    subject=said(
        "Would you recommend us?",
        "คุณจะแนะนำเราให้ผู้อื่นไหม",
        "هل توصي بنا؟",
        "ご満足度についてのお伺い（1分）",
    ),
    greeting=GREETING,
    thanks=THANKS,
)  # fmt: skip

ONBOARDING = Form(
    questions=(
        Question(
            "start",
            "csat",
            said(
                "How satisfied are you with your first weeks with {company}?",
                "คุณพึงพอใจกับช่วงเริ่มต้นใช้งาน {company} มากน้อยเพียงใด",
                "ما مدى رضاك عن أسابيعك الأولى مع {company}؟",
                "{company}の導入から最初の数週間について、どの程度ご満足いただけましたか。",
            ),
            low=said("Not at all satisfied", "ไม่พอใจเลย", "غير راضٍ إطلاقًا", "まったく満足していない"),
            high=said("Very satisfied", "พอใจมาก", "راضٍ جدًا", "非常に満足"),
            required=True,
        ),
        Question(
            "goal",
            "choice",
            said(
                "Have you reached what you came for?",
                "คุณได้ผลลัพธ์ตามที่ตั้งใจไว้แล้วหรือยัง",
                "هل حققت ما جئت من أجله؟",
                "ご利用開始時の目的は達成できましたか。",
            ),
            choices=(
                choice("yes", "Yes", "ได้แล้ว", "نعم", "達成できた"),
                choice("partly", "Partly", "ได้บางส่วน", "جزئيًا", "一部達成できた"),
                choice("not yet", "Not yet", "ยังไม่ได้", "ليس بعد", "まだ達成できていない"),
            ),
        ),
        Question(
            "missing",
            "text",
            said(
                "What is still in the way?",
                "ยังติดขัดเรื่องใดอยู่",
                "ما الذي لا يزال يعيقك؟",
                "どのような点が妨げになっていますか。",
            ),
            when=Condition("goal", among=("partly", "not yet")),
        ),
        Question(
            "help",
            "text",
            said(
                "Is there anything that we should show you, or someone on your team?",
                "มีเรื่องใดที่คุณหรือทีมงานอยากให้เราช่วยแนะนำเพิ่มเติมไหม",
                "هل هناك ما ينبغي أن نشرحه لك أو لأحد أفراد فريقك؟",
                "ご自身やチームの方に、あらためてご案内した方がよいことはございますか。",
            ),
        ),
    ),
    subject=said(
        "How were your first weeks?",
        "ช่วงเริ่มต้นใช้งานเป็นอย่างไรบ้าง",
        "كيف كانت أسابيعك الأولى؟",
        "導入後のご様子についてのお伺い",
    ),
    greeting=GREETING,
    thanks=THANKS,
)
