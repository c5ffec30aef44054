"""Pictures that every page draws: captions are broken as a reader of that writing would break them."""

from __future__ import annotations

import re

from sabai.report.environment import own
from sabai.report.picture import wrapped


def test_captions_are_broken_where_words_end() -> None:
    text = "How well the score tells who will leave in each later month: the longer, the more time you have."
    lines = wrapped(text)
    assert " ".join(lines) == text
    assert len(lines) == 2
    assert max(map(len, lines)) - min(map(len, lines)) < 10
    assert wrapped("各区分の顧客のうち解約した割合です。", letters=12.25)[0][-1] != "。"


def test_print_hides_no_part_of_a_picture() -> None:
    """The class of a dashed box was once that of the way back to all customers, which is not printed."""
    printed = own("report.css").partition("@media print")[2]
    hidden = {
        each.strip() for rule in re.findall(r"([^{}]+)\{[^{}]*display: none", printed) for each in rule.split(",")
    }
    assert "p.back" in hidden
    assert not hidden & {f".{name}" for name in re.findall(r"\.picture \.(\w+)", own("picture.css"))}
