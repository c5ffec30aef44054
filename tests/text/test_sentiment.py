"""How comments feel: clear ones in four languages, unsure ones, and whatever else people send."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.errors import SabaiError
from sabai.text.sentences import embedded
from sabai.text.sentiment import Sentiment, model
from sabai.text.sentiment.grams import CELLS, grams
from sabai.text.sentiment.judged import SURE, UNREAD
from sabai.text.sentiment.model import FOLDER, SHIPPED, card, shipped
from tests.tries import tries

CLEAR = {
    "en": (
        [
            "Terrible support, nobody answers and the app crashes all the time.",
            "I am very disappointed, a waste of money.",
        ],
        ["Excellent service, thank you so much!", "I love this product, it is easy to use and works great."],
    ),
    "th": (
        ["บริการแย่มาก ไม่มีใครตอบเลย ผิดหวังที่สุด", "ระบบล่มบ่อย น่ารำคาญมาก เสียเงินฟรี"],
        ["บริการดีมาก ประทับใจสุดๆ ขอบคุณค่ะ", "ชอบมาก ใช้งานง่าย คุ้มค่า"],
    ),
    "ar": (
        ["خدمة سيئة جدا ولا أحد يرد، خيبة أمل كبيرة", "التطبيق يتعطل دائما، أسوأ تجربة"],
        ["خدمة رائعة وممتازة، شكرا جزيلا لكم", "أحب هذا المنتج، سهل الاستخدام وجميل"],
    ),
    "ja": (
        ["サポートの対応が最悪で、がっかりしました。", "すぐに壊れてしまい、お金の無駄でした。"],
        ["とても使いやすくて、大満足です。ありがとうございます。", "素晴らしいサービスで、対応も早くて嬉しいです。"],
    ),
}
SENTIMENT = Sentiment.shipped()


@pytest.mark.parametrize("language", CLEAR)
def test_what_is_clear_is_told(language: str) -> None:
    unhappy, happy = CLEAR[language]
    assert SENTIMENT.judged(unhappy).label.tolist() == [0, 0]
    assert SENTIMENT.judged(happy).label.tolist() == [2, 2]


def test_chances_say_which_and_how_sure() -> None:
    said = SENTIMENT.judged([text for pair in CLEAR.values() for side in pair for text in side])
    assert said.chance.sum(axis=1) == pytest.approx(np.ones(len(said.label)), abs=1e-5)
    assert (said.label == said.chance.argmax(axis=1)).all()
    assert (said.sure == (said.chance.max(axis=1) >= SURE)).all()
    assert said.sure.mean() >= 0.75


def test_below_six_tenths_it_is_unsure() -> None:
    texts = [
        "The training was on Tuesday, some liked it and some did not.",
        "ok",
        "Meh",
        "良くも悪くもない",
        "งั้นๆ ก็พอใช้ได้",
    ]
    said = SENTIMENT.judged(texts)
    unsure = said.chance.max(axis=1) < SURE
    assert unsure.any()
    assert not said.sure[unsure].any()


def test_a_language_that_was_not_measured_is_never_sure() -> None:
    said = SENTIMENT.judged(["Der Support ist hervorragend und die Software ist sehr gut, vielen Dank!"])
    assert said.label.tolist() == [2]
    assert not said.sure.any()


def test_of_nothing_nothing_is_said() -> None:
    said = SENTIMENT.judged(["", "\u200b\u202e", "great"])
    assert said.label.tolist() == [UNREAD, UNREAD, 2]
    assert np.isnan(said.chance[:2]).all()
    assert not said.sure[:2].any()
    assert SENTIMENT.judged([]).chance.shape == (0, 3)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "😡" * 500,
        "😍😍😍",
        "ดี good جيد 良い",
        "\u202egood",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "\ud800",
        "1/10",
    ],
)
def test_whatever_is_sent_is_judged(text: str) -> None:
    said = SENTIMENT.judged([text])
    known = said.label[0] != UNREAD
    assert np.isfinite(said.chance).all() == known


def test_a_text_is_judged_alone() -> None:
    texts = [text for pair in CLEAR.values() for side in pair for text in side]
    together, alone = SENTIMENT.judged(texts), [SENTIMENT.judged([text]) for text in texts]
    assert together.chance == pytest.approx(np.concatenate([each.chance for each in alone]), abs=1e-4)


def test_vectors_need_not_be_asked_for_twice() -> None:
    texts = CLEAR["en"][0]
    assert (SENTIMENT.judged(texts, vectors=embedded(texts)).chance == SENTIMENT.judged(texts).chance).all()


def test_hidden_characters_turn_no_judgement() -> None:
    assert (
        SENTIMENT.judged(["ter\u200brible ser\u00advice"]).chance == SENTIMENT.judged(["terrible service"]).chance
    ).all()


def test_the_shipped_file_is_the_one_that_was_measured() -> None:
    assert hashlib.sha256(SHIPPED.read_bytes()).hexdigest() == card()["digest"]
    assert SHIPPED.stat().st_size < 1_000_000


def test_another_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "sentiment.npz"
    other.write_bytes(SHIPPED.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(model, "SHIPPED", other)
    with pytest.raises(SabaiError) as refused:
        shipped.__wrapped__()
    assert [issue.code for issue in refused.value.issues] == ["TXT-002"]


def test_only_what_may_be_given_away_has_taught() -> None:
    free = {"CC0 1.0", "MIT", "AFL-3.0", "CC BY 4.0"}
    assert {each["licence"] for each in card()["made_from"]} <= free
    assert "amazon_reviews_ja" not in {each["name"] for each in card()["made_from"]}
    notice = (FOLDER / "NOTICE.md").read_text(encoding="utf-8")
    assert all(each["credit"] in notice for each in card()["made_from"])


def test_the_card_is_what_the_artefact_holds() -> None:
    told = json.loads((FOLDER / "sentiment.json").read_text(encoding="utf-8"))
    assert told["temperature"] == pytest.approx(shipped().temperature)


@given(st.lists(st.text(max_size=40), max_size=4))
@tries(10)
def test_runs_of_each_text_stand_alone(texts: list[str]) -> None:
    found = grams(texts)
    assert found.texts == len(texts)
    for at, text in enumerate(texts):
        assert (found.cell[found.text == at] == grams([text]).cell).all()
    assert ((found.cell >= 0) & (found.cell < CELLS)).all()


def test_order_of_words_is_seen_and_case_is_not() -> None:
    def cells(text: str) -> set[int]:
        return set(grams([text]).cell.tolist())

    assert cells("GOOD job") == cells("good JOB")
    assert cells("good job") != cells("job good")
    assert cells("so good @anna https://example.com") == cells("so good")
