"""What customers write to support: by topic, in their own language."""

from __future__ import annotations

TOPICS = ("sign-in", "printer", "billing", "stock", "outage", "request")

TICKETS: dict[str, dict[str, str]] = {
    "th": {
        "sign-in": "เข้าระบบไม่ได้ ขึ้นว่ารหัสผ่านหมดอายุ",
        "printer": "เครื่องพิมพ์ใบเสร็จไม่ออก ไฟกระพริบสีแดง",
        "billing": "ยอดในใบแจ้งหนี้ไม่ตรงกับจำนวนผู้ใช้",
        "stock": "ตัวเลขสต็อกนมไม่ลดหลังขาย",
        "outage": "ระบบล่มทั้งสาขา ขายของไม่ได้เลย",
        "request": "อยากได้ใบกำกับภาษีอัตโนมัติ",
    },
    "ja": {
        "sign-in": "ログインできません。パスワードの期限切れと表示されます。",
        "printer": "レシートが印刷されず、赤いランプが点滅しています。",
        "billing": "請求金額が利用人数と合っていません。",
        "stock": "販売しても牛乳の在庫数が減りません。",
        "outage": "全店舗でシステムが止まり、会計ができません。",
        "request": "インボイスを自動で発行できるようにしてほしいです。",
    },
    "ar": {
        "sign-in": "لا أستطيع الدخول، تظهر رسالة انتهاء كلمة المرور.",
        "printer": "طابعة الفواتير لا تطبع والضوء الأحمر يومض.",
        "billing": "مبلغ الفاتورة لا يطابق عدد المستخدمين.",
        "stock": "مخزون الحليب لا ينقص بعد البيع.",
        "outage": "النظام متوقف في كل الفروع ولا نستطيع البيع.",
        "request": "نريد إصدار الفاتورة الضريبية تلقائيًا.",
    },
    "en": {
        "sign-in": "Can't sign in, it says my password has expired.",
        "printer": "Receipt printer prints nothing and blinks red.",
        "billing": "The invoice does not match our number of users.",
        "stock": "Milk stock does not go down after a sale.",
        "outage": "Everything is down in all shops, we cannot sell.",
        "request": "Please make tax invoices automatic.",
    },
}
REQUESTS = {
    "th": "ใบกำกับภาษีอัตโนมัติ",
    "ja": "インボイス自動発行",
    "ar": "الفاتورة الضريبية التلقائية",
    "en": "Automatic tax invoices",
}
