"""What those who leave write when somebody asks them why, by the reason that they tick."""

from __future__ import annotations

REASONS = ("price", "support", "not used", "competitor")
"""Ticked sooner than the true reason where one would rather not say it."""

GOODBYES: dict[str, dict[str, tuple[str, ...]]] = {
    "th": {
        "people": ("คนที่ดูแลระบบลาออกไปแล้ว คนใหม่ใช้ไม่เป็น", "ผู้จัดการคนใหม่อยากใช้ระบบเดิมของเขา"),
        "support": ("แจ้งปัญหาไปสามครั้งกว่าจะมีคนตอบ", "ตอนเปิดสาขาใหม่ไม่มีใครช่วยติดตั้งให้เสร็จ"),
        "price": ("ราคาขึ้นสองรอบในปีเดียว ร้านเล็กจ่ายไม่ไหว", "คุ้มค่าไม่พอเมื่อเทียบกับที่จ่ายทุกเดือน"),
        "did not pay": ("ช่วงนี้เงินสดไม่พอ ขอหยุดก่อน", "ยอดขายตก ต้องตัดค่าใช้จ่ายทุกอย่าง"),
        "not used": ("พนักงานไม่ได้เปิดใช้มาหลายเดือนแล้ว", "ใช้แค่คิดเงิน ฟังก์ชันอื่นไม่เคยได้แตะ"),
        "competitor": ("เจ้าอื่นมีเดลิเวอรีเชื่อมให้เลย ไม่ต้องคีย์เอง", "เพื่อนร้านข้าง ๆ แนะนำอีกระบบหนึ่ง ถูกกว่า"),
        "bankruptcy": ("ปิดร้านแล้วค่ะ ขอบคุณที่ดูแลกันมา",),
        "acquired": ("บริษัทแม่ใหม่ให้ใช้ระบบเดียวกันทุกสาขา",),
        "other": ("ย้ายไปทำธุรกิจอื่น ไม่เกี่ยวกับระบบค่ะ",),
    },
    "ja": {
        "people": (
            "導入を担当していた者が退職し、使える人がいなくなりました。",
            "新しい店長が前の職場の仕組みを希望しています。",
        ),
        "support": ("三度問い合わせて、やっと返事が来ました。", "新店舗の設定が最後まで終わらないままでした。"),
        "price": ("一年に二度の値上げは、小さな店には厳しいです。", "毎月の支払いに見合う効果が感じられませんでした。"),
        "did not pay": ("資金繰りが苦しく、いったん止めます。", "売上が落ち、経費を全て見直しています。"),
        "not used": ("ここ数か月、誰も開いていませんでした。", "会計にしか使っておらず、他の機能は不要でした。"),
        "competitor": (
            "他社は宅配の注文がそのまま取り込めるので。",
            "近所の店に勧められた別のサービスの方が安いです。",
        ),
        "bankruptcy": ("閉店しました。これまでお世話になりました。",),
        "acquired": ("買収先の方針で、全店舗の仕組みが統一されます。",),
        "other": ("別の事業に移るためで、サービスへの不満ではありません。",),
    },
    "ar": {
        "people": (
            "غادر الموظف الذي كان يدير النظام ولا أحد يعرف استخدامه.",
            "المدير الجديد يفضل النظام الذي اعتاد عليه.",
        ),
        "support": ("أبلغنا عن المشكلة ثلاث مرات قبل أن يرد أحد.", "لم يكمل أحد تجهيز الفرع الجديد معنا."),
        "price": ("رفعتم السعر مرتين في سنة واحدة ومحلنا صغير.", "ما ندفعه كل شهر أكثر من الفائدة التي نجنيها."),
        "did not pay": ("السيولة قليلة هذه الفترة وسنتوقف مؤقتًا.", "انخفضت المبيعات واضطررنا إلى خفض كل المصاريف."),
        "not used": ("لم يفتحه أحد من الموظفين منذ أشهر.", "نستخدمه للمحاسبة فقط ولا نحتاج إلى بقية المزايا."),
        "competitor": ("النظام الآخر يستقبل طلبات التوصيل مباشرة.", "نصحنا جيراننا بنظام أرخص."),
        "bankruptcy": ("أغلقنا المقهى، شكرًا على كل ما قدمتموه.",),
        "acquired": ("المجموعة المالكة الجديدة توحّد النظام في كل الفروع.",),
        "other": ("انتقلنا إلى نشاط آخر، ولا علاقة للنظام بذلك.",),
    },
    "en": {
        "people": (
            "The person who ran it left and nobody else knows how.",
            "Our new manager wants what they had before.",
        ),
        "support": ("Took three messages before anybody answered.", "The second shop was never set up to the end."),
        "price": (
            "Two price rises in a year is too much for one small shop.",
            "We pay more each month than we get out.",
        ),
        "did not pay": ("Cash is short, so we have to stop for now.", "Sales are down and we are cutting everything."),
        "not used": ("Nobody has opened it for months.", "We only ever used the till, the rest was too much."),
        "competitor": ("The other one takes delivery orders straight in.", "Next door showed us something cheaper."),
        "bankruptcy": ("We have closed. Thank you for everything.",),
        "acquired": ("The group that bought us runs one system in all shops.",),
        "other": ("We moved on to another business, nothing to do with you.",),
    },
}
