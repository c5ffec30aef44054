"""What customers say about the product, in their own language: happy, torn, unhappy, and why they left."""

from __future__ import annotations

import numpy as np

MOODS = ("unhappy", "torn", "happy")

COMMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "th": {
        "happy": (
            "ใช้ง่ายมาก พนักงานใหม่เรียนรู้ได้ภายในวันเดียว",
            "ทีมงานตอบเร็ว ช่วยแก้ปัญหาจนจบ ประทับใจค่ะ",
            "เช็กสต็อกเมล็ดกาแฟได้ทุกสาขา ประหยัดเวลาไปเยอะ",
            "รายงานยอดขายละเอียดดี ตัดสินใจเปิดสาขาใหม่ได้เลย",
            "ขอบคุณทีมคุณแก้วที่มาสอนถึงร้าน บริการดีมากครับ",
        ),
        "torn": (
            "โดยรวมดี แต่หน้าจอบนมือถือยังช้าอยู่บ้าง",
            "ฟีเจอร์ครบ แต่อยากให้มีใบกำกับภาษีอัตโนมัติ",
            "ก็โอเคนะ แต่ราคาเริ่มสูงเมื่อเทียบกับร้านเล็ก",
            "ใช้ได้ แต่บางเมนูหายากไปหน่อย",
        ),
        "unhappy": (
            "ระบบล่มช่วงเช้าสองครั้งในเดือนเดียว ลูกค้าต่อคิวยาวมาก",
            "โทรไปหลายรอบไม่มีคนรับ ต้องรอคำตอบสามวัน",
            "ขึ้นราคาแต่ไม่เห็นมีอะไรใหม่ ผิดหวังค่ะ",
            "ตั้งแต่อัปเดตล่าสุด เครื่องพิมพ์ใบเสร็จใช้ไม่ได้เลย",
            "ข้อมูลสต็อกไม่ตรงกับของจริง ต้องกลับไปจดมือ",
        ),
    },
    "ja": {
        "happy": (
            "操作が分かりやすく、アルバイトでもすぐに使えました。",
            "問い合わせへの返事が早くて、いつも助かっています。",
            "豆の在庫が全店舗で一目で分かるようになりました。",
            "売上レポートのおかげで仕入れの無駄が減りました。",
            "担当の由紀さんが丁寧に対応してくださり、感謝しています。",
        ),
        "torn": (
            "概ね満足ですが、スマホの画面が少し重いです。",
            "機能は十分ですが、インボイス対応をもう少し分かりやすくしてほしい。",
            "悪くはないですが、小さな店には少し高く感じます。",
            "便利ですが、設定の場所が分かりにくい時があります。",
        ),
        "unhappy": (
            "朝の忙しい時間に二度も止まり、大変困りました。",
            "問い合わせをしても三日間返事がありませんでした。",
            "値上げの説明が不十分で、納得できません。",
            "更新後にレシートプリンターが使えなくなりました。",
            "在庫の数が実際と合わず、結局手書きに戻しました。",
        ),
    },
    "ar": {
        "happy": (
            "النظام سهل جدًا، والموظفون الجدد تعلموه في يوم واحد.",
            "فريق الدعم سريع ومتعاون، شكرًا جزيلًا لكم.",
            "نعرف الآن مخزون البن في كل الفروع في أي لحظة.",
            "التقارير واضحة وساعدتنا على افتتاح فرع جديد.",
            "شكرًا للأستاذة ليلى على متابعتها الممتازة معنا.",
        ),
        "torn": (
            "الخدمة جيدة عمومًا لكن التطبيق بطيء على الجوال.",
            "المزايا كافية، لكن نحتاج إلى الفاتورة الضريبية تلقائيًا.",
            "لا بأس به، لكن السعر مرتفع على المحلات الصغيرة.",
            "مفيد، غير أن بعض الإعدادات يصعب العثور عليها.",
        ),
        "unhappy": (
            "توقف النظام مرتين في ساعات الذروة وخسرنا زبائن كثيرين.",
            "اتصلنا عدة مرات ولم يرد علينا أحد لثلاثة أيام.",
            "رفعتم السعر دون أي ميزة جديدة، هذا مخيب للآمال.",
            "منذ آخر تحديث لا تعمل طابعة الفواتير إطلاقًا.",
            "أرقام المخزون لا تطابق الواقع وعدنا إلى الدفتر.",
        ),
    },
    "en": {
        "happy": (
            "New baristas pick it up in a morning. Couldn't ask for more.",
            "Support answered within the hour and stayed until it was fixed.",
            "We finally know the bean stock of every shop at a glance.",
            "The sales reports helped us decide where to open next.",
            "James and the team are a pleasure to work with.",
        ),
        "torn": (
            "Good overall, but the phone app is still slow.",
            "Does what we need; tax invoices should be automatic though.",
            "Fine, but getting pricey for a small shop.",
            "Useful once you find where things are hidden.",
        ),
        "unhappy": (
            "Down twice in the morning rush this month. Queues out of the door.",
            "Three days for a reply, and then it was a copy of the help page.",
            "Prices went up and nothing got better.",
            "Receipt printer has not worked since the last update.",
            "Stock numbers are wrong, we are back to pen and paper.",
        ),
    },
}

FAREWELLS: dict[str, dict[str, str]] = {
    "seen": {
        "th": "ย้ายไปใช้ระบบอื่นที่เหมาะกับร้านมากกว่า",
        "ja": "他社のサービスに乗り換えることにしました。",
        "ar": "قررنا الانتقال إلى نظام آخر أنسب لنا.",
        "en": "We are moving to something that fits us better.",
    },
    "bankruptcy": {
        "th": "ปิดกิจการถาวร",
        "ja": "閉店することになりました。",
        "ar": "أغلقنا المقهى نهائيًا.",
        "en": "We have closed for good.",
    },
    "acquired": {
        "th": "บริษัทแม่ใหม่ให้ใช้ระบบของเขา",
        "ja": "買収先のシステムに統合されます。",
        "ar": "استحوذت علينا مجموعة تستخدم نظامها الخاص.",
        "en": "Our new owner runs everything on its own system.",
    },
}


def comment(rng: np.random.Generator, language: str, mood: str) -> str:
    """Something that a person in this mood would write."""
    choices = COMMENTS[language][mood]
    return choices[int(rng.integers(len(choices)))]


def farewell(language: str, cause: str) -> str:
    return FAREWELLS.get(cause, FAREWELLS["seen"])[language]
