"""Pictures that every page draws: captions are broken as a reader of that writing would break them."""

from __future__ import annotations

from sabai.report.picture import wrapped


def test_captions_are_broken_where_words_end() -> None:
    text = "How well the score tells who will leave in each later month: the longer, the more time you have."
    lines = wrapped(text)
    assert " ".join(lines) == text
    assert len(lines) == 2
    assert max(map(len, lines)) - min(map(len, lines)) < 10
    assert wrapped("各区分の顧客のうち解約した割合です。", letters=12.25)[0][-1] != "。"
