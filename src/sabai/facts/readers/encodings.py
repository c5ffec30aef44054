"""In which encoding a text was probably written: a proposal for whoever knows, never a guess that is acted on."""

from __future__ import annotations

from charset_normalizer import from_bytes

OFTEN_MET = ("cp1252", "cp1251", "cp1256", "cp874", "cp932", "cp949", "gb18030", "big5", "utf_16")
"""What spreadsheets of the West, Russia, the Arab world, Thailand, Japan, Korea and China write. Of their many near
relatives one would be proposed as often as it is wrong."""

_JAPANESE = ("cp932", "euc_jp")


def likely_encoding(text: bytes) -> str:
    """The likeliest encoding of a text that is not UTF-8.

    >>> likely_encoding("ログイン画面".encode("euc_jp")), likely_encoding("เข้าสู่ระบบ".encode("cp874"))
    ('euc_jp', 'cp874')
    """
    for encoding in _JAPANESE:
        if _is_full_of_kana(text.decode(encoding, "ignore")):
            return encoding
    best = from_bytes(text, cp_isolation=list(OFTEN_MET)).best()
    return best.encoding if best else "cp1252"


def _is_full_of_kana(text: str) -> bool:
    """Kana are a small part of what bytes can mean, and a large part of Japanese: they do not come by chance."""
    foreign = [letter for letter in text if letter > "\x7f"]
    return sum("\u3040" <= letter <= "\u30ff" for letter in foreign) > len(foreign) / 3
