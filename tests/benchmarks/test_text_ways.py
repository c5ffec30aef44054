"""The comments that are timed are always the same and in four languages, and each way judges all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.made.comments import SAID, comments
from benchmarks.sizes import SIZES, TEXT
from benchmarks.timed import way_of
from benchmarks.work import Work
from sabai.text.language import languages


def test_comments_are_made_with_a_seed_in_four_languages() -> None:
    made = comments(40, seed=7)
    assert made == comments(40, seed=7) != comments(40, seed=8)
    assert Counter(languages(made)) == dict.fromkeys(SAID, 10)
    assert len(set(made)) == 40


@pytest.mark.parametrize("way", TEXT)
def test_each_way_judges_all(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.ways import sklearn_text, text_1000  # takes seconds, and only here

    for module in (text_1000, sklearn_text):
        monkeypatch.setattr(module, "COMMENTS", 12)
    answer = way_of(way)(Work.of(SIZES["text"]), tmp_path)
    assert answer.rows == (1 if way == "text_start" else 12)
    assert answer.seconds is None or answer.seconds > 0
