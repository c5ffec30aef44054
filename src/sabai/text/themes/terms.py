"""The words of a text by which a group of texts can be named, cut as each script is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from sabai.text.themes.letters import plain

_RUN = re.compile(
    r"(?P<th>[\u0e01-\u0e4e]+)|(?P<ja>[ぁ-ゖァ-ヺー一-龯々]+)|(?P<ar>[\u0621-\u064a]{2,})"
    r"|(?P<en>[a-z\u00b5-\u05ff\u0900-\u0dff\u10a0-\u10ff\u1e00-\u1fff\uac00-\ud7a3]{3,})"
)
"""Stretches of one script, named by the language whose small words it may have."""
_NOUN = re.compile(r"[一-龯々]{2,}|[ァ-ヺー]{2,}")  # what a Japanese phrase is about, without particles
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"^(?:[وف]?(?:ال|بال|كال|لل)|و(?=....))(?=...)")
_SMALL = {
    "en": "the and for that this with you your our are was were has have had not but they them their its from would "
    "will can could should just very really too also there here what when which who how why all any some more "
    "most much many than then only even been being out about into over again because while still need needs "
    "want wants get gets got one please like dont doesnt cant isnt wont didnt ive were use used using every "
    "time good great bad new make makes made day week month year last since ever never always thing things",
    "ar": "في من علي الي عن ما لا هذا هذه ذلك التي الذي كان كانت يكون مع كل لم لن قد او ثم بعد قبل عند حتي لكن انا "
    "نحن هو هي هم انتم فيه فيها منه عليه علينا لنا لكم بس جدا مش مو كثير اكثر اي يا اذا ليس غير عشان لان احنا "
    "نبي نبغي يوم",
    "th": "ที่ และ ของ ใน มี ไม่ ได้ ให้ เป็น จะ ก็ แต่ กับ ว่า มาก แล้ว อยู่ มา ไป คือ นี้ นั้น เรา ผม ค่ะ ครับ คะ "
    "นะ จาก โดย หรือ ถ้า ด้วย ต้อง อยาก ยัง เลย ทำ ทุก กว่า เพราะ ตอน หน่อย เอง คุณ บ่อย ใช้ อะไร อีก ซึ่ง "
    "เพื่อ ทั้ง เวลา ดี น่า",
    "ja": "今回 本当 場合 以上 今後 毎回 全然 一番 時間 必要 最近 現在 自分 会社 弊社 御社 毎日 今日 少し 一度",
}
_LEFT_OUT = {language: frozenset(words.split()) for language, words in _SMALL.items()}


def terms_of(texts: Sequence[str]) -> list[frozenset[str]]:
    """The terms of each text: its content words, and where words stand side by side also the two together.

    >>> sorted(terms_of(["The receipt printers jam"])[0])
    ['jam', 'printer', 'printer jam', 'receipt', 'receipt printer']
    """
    return [frozenset(_terms(plain(text))) for text in texts]


def as_written(terms: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Terms as people wrote them most: one way to write a word is good for counting, and not for reading.

    >>> as_written(["طابعه", "leed"], ["الطابعة لا تطبع", "طابعة جديدة", "Leeds"])
    ('طابعة', 'leeds')
    """
    forms: dict[str, Counter[str]] = {}
    for word in _WORD.findall(" ".join(texts).lower()):
        letters = plain(word)
        bare = _ARTICLE.sub("", letters)
        forms.setdefault(_singular(bare), Counter())[word[len(letters) - len(bare) :]] += 1
    return tuple(" ".join(_most(forms, word) for word in term.split(" ")) for term in terms)


def _most(forms: Mapping[str, Counter[str]], word: str) -> str:
    return max(forms[word], key=lambda form: (forms[word][form], form)) if word in forms else word


def _terms(text: str) -> Iterator[str]:
    before = script = ""
    for run in _RUN.finditer(text):
        if run.lastgroup != script or script in ("th", "ja"):
            before, script = "", str(run.lastgroup)
        for word in _cut(run[0], script):
            kept = word if len(word) > 1 and word not in _LEFT_OUT[script] else ""
            if kept:
                yield kept
            if kept and before:
                yield f"{before}{'' if script == 'th' else ' '}{kept}"
            before = "" if script == "ja" else kept


def _cut(run: str, script: str) -> list[str]:
    """The words of a stretch of one script; of Japanese the nouns."""
    match script:
        case "th":
            return _parser("thai").parse(run)
        case "ja":
            return [noun for phrase in _parser("japanese").parse(run) for noun in _NOUN.findall(phrase)]
        case "ar":
            return [_ARTICLE.sub("", run)]
        case _:
            return [_singular(run)]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


class _Parser:
    """What budoux gives, for the type checker."""

    def parse(self, text: str) -> list[str]:
        raise NotImplementedError


@cache
def _parser(language: str) -> _Parser:
    import budoux

    load = budoux.load_default_thai_parser if language == "thai" else budoux.load_default_japanese_parser
    return cast(_Parser, load())
