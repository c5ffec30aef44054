"""What pages call the things that definitions name."""

from __future__ import annotations

from pathlib import Path

from sabai.language.language import speak
from tests.definitions.good import GOOD, issues, read

WITHOUT = GOOD[: GOOD.index("\nlabels:\n")]


def test_a_label_is_one_text_for_all_or_one_for_each_language(tmp_path: Path) -> None:
    labels = read(tmp_path).labels
    assert labels["people"] == {"": "People at work"}
    assert labels["logins"] == {"th": "การเข้าใช้งาน", "ja": "ログイン回数"}


def test_labels_move_no_score(tmp_path: Path) -> None:
    assert read(tmp_path, WITHOUT).version == read(tmp_path, GOOD).version


def test_readers_see_the_label_of_their_language(tmp_path: Path) -> None:
    here = {code: speak(code).calling(read(tmp_path).labels) for code in ("en", "th", "ja")}
    assert here["ja"].called("logins") == "ログイン回数"
    assert here["en"].called("logins") == "การเข้าใช้งาน", "the first that was written, where there is none of one's own"
    assert {each.called("people") for each in here.values()} == {"People at work"}


def test_without_a_label_it_is_the_name_in_words(tmp_path: Path) -> None:
    assert speak("en").calling(read(tmp_path, WITHOUT).labels).called("seat_use") == "seat use"
    assert speak("en").called("seat_use") == "seat_use", "where names are typed, they stay as they are"


def test_an_event_that_definitions_speak_of_can_have_one(tmp_path: Path) -> None:
    spoken_of = GOOD + "  cancel_viewed: { en: Looked at leaving }\n"
    assert read(tmp_path, spoken_of).labels["cancel_viewed"] == {"en": "Looked at leaving"}
    assert [issue.code for issue in issues(tmp_path, GOOD + "  order_placed: Orders\n")] == ["DEF-067"], "the twin"
