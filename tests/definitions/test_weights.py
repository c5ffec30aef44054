"""Weights are changed in the file as it was written, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.definitions.starter import STARTER
from sabai.definitions.weights import with_weights
from sabai.errors import DefinitionsError
from tests.definitions.good import GOOD, changed, write


def test_only_the_number_changes(tmp_path: Path) -> None:
    assert with_weights(write(tmp_path, GOOD), {"logins": 20}) == changed(("weight: 15", "weight: 20"))


def test_several_at_once(tmp_path: Path) -> None:
    text = with_weights(write(tmp_path, GOOD), {"urgent": 7.5, "logins": 0, "seat_use": 123})
    assert text == changed(("weight: 15", "weight: 0"), ("weight: 10, curve", "weight: 123, curve"),
                           ("weight: 10, better", "weight: 7.5, better"))  # fmt: skip


def test_comments_line_ends_and_letters_of_any_length_stay(tmp_path: Path) -> None:
    text = STARTER.replace("usage:\n", "usage:  # การใช้ 🎈 使う\n", 1).replace("\n", "\r\n")
    path = tmp_path / "sabai.yaml"
    path.write_bytes(text.encode())
    assert with_weights(path, {"logins": 9}) == text.replace(
        "logins:         { weight: 8,", "logins:         { weight: 9,"
    )


def test_weights_in_blocks(tmp_path: Path) -> None:
    block = "logins:\n        weight: '15'  # much\n        better: higher\n"
    text = changed(("logins: { weight: 15, better: higher }\n", block))
    assert with_weights(write(tmp_path, text), {"logins": 16}) == text.replace("'15'", "16")


def test_the_same_weights_change_nothing(tmp_path: Path) -> None:
    assert with_weights(write(tmp_path, GOOD), {"logins": 15, "urgent": 10}) == GOOD
    assert with_weights(write(tmp_path, GOOD), {}) == GOOD


@pytest.mark.parametrize(
    ("text", "weights", "code"),
    [
        (GOOD, {"login": 3}, "DEF-060"),
        (GOOD, {"logins": -3}, "DEF-032"),
        (GOOD, {"logins": 0, "seat_use": 0, "urgent": 0}, "DEF-032"),
        (GOOD.replace("sabai: 1", "sabai: 2"), {"logins": 3}, "DEF-015"),
        (
            changed(("weight: 15", "weight: &w 10"), ("weight: 10, curve", "weight: *w, curve")),
            {"seat_use": 3},
            "DEF-004",
        ),
    ],
)
def test_what_cannot_be_changed(text: str, weights: dict[str, float], code: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(DefinitionsError) as caught:
        with_weights(path, weights)
    assert caught.value.issues[0].code == code
    assert path.read_text(encoding="utf-8") == text
