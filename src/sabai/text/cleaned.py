"""Text as people wrote it, without what nobody sees: the same words give the same bytes."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2_000  # characters that are read of one text; what a person says in a comment stands in far fewer
_ROOM = 4 * LONGEST  # what NFKC may be given: it can only draw so many characters together

# Controls, soft hyphens, fillers, zero-width and bidirectional characters, variation selectors, tags, lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]+"
)


def cleaned(text: str) -> str:
    """The text in NFKC, without characters that nobody sees or that turn its direction, white space folded to one
    space, cut at 2,000 characters. Cleaning twice changes nothing.

    >>> cleaned("ｇｏｏｄ \\u202e\\u200b\\n  service")
    'good service'
    >>> len(cleaned("a" * 100_000))
    2000
    """
    seen = " ".join(_UNSEEN.sub("", text).split())[:_ROOM]
    return " ".join(unicodedata.normalize("NFKC", seen).split())[:LONGEST].rstrip()
