"""The page of feedback: whole, safe, mirrored, in four languages, and with the numbers that were found."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sabai.feedback import feedback as room
from sabai.feedback.asked import responses as asked_room
from sabai.feedback.feedback import Feedback
from sabai.language.language import speak
from sabai.report.feedback.feedback import feedback_page, write_feedback
from sabai.report.feedback.notices import noticed
from sabai.report.money.page import render
from sabai.report.picture import Picture
from sabai.report.sheet import WIDTH
from tests.feedback.made import START, answer, heard
from tests.metrics.landing import Row, define, fact
from tests.report.money.written import MARKED, unmarked, written
from tests.report.test_page import Tree
from tests.retention.made import account, contract, leaving, on
from tests.spoken import SPOKEN

HOSTILE = "<script>alert(1)</script> bad price \u202egnp"
COMPANIES = ("all", "one", "nobody")


def company(folder: Path, which: str) -> Feedback:
    day = on("2024-05-05")
    ticket = fact("t", "A", day, ticket_id="t", opened_at=day, request=HOSTILE)
    if which == "nobody":
        return heard(folder, [], tickets=[ticket])
    if which == "one":
        return heard(folder, [answer("a", "A", "2024-05-05", 9)])
    rows: list[Row] = []
    for at in range(60):
        month = 3 * (at % 4) + 1
        more = {"comment": HOSTILE} if at % 3 == 0 else {}
        rows.append(
            answer(f"r{at}", f"K{at}", f"2024-{month:02}-20", (10, 8, 3, 9, None)[at % 5], survey=HOSTILE, **more)
        )
        rows.append(answer(f"c{at}", f"K{at}", f"2024-{month:02}-21", at % 5 + 1, "csat"))
        rows.append(answer(f"e{at}", f"K{at}", f"2024-{month:02}-22", at % 7 + 1, "ces"))
    accounts = [
        account(f"K{at}", START, segment=HOSTILE if at % 2 else "large", country="TH", language="th")
        for at in range(60)
    ] + [account("A", START)]
    return heard(
        folder, rows, tickets=[ticket], accounts=accounts,
        churn=[leaving("K1", "2024-11-11", reason=HOSTILE, comment="=1+1")],
        subscriptions=[contract("A", START, None, 1000)],
    )  # fmt: skip


@pytest.fixture(scope="module", params=COMPANIES)
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Feedback:
    return company(tmp_path_factory.mktemp("made"), request.param)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Feedback:
    return company(tmp_path_factory.mktemp("made"), "all")


def html(of: Feedback, code: str) -> str:
    return render(feedback_page(of, speak(code)), define(), speak(code))


def readable(text: str) -> str:
    return re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("code", SPOKEN)
def test_it_is_whole_and_needs_nothing_from_elsewhere(found: Feedback, code: str) -> None:
    text = html(found, code)
    tree = Tree(text)
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    assert {link.removeprefix("#") for link in tree.links} <= set(tree.ids)
    assert "default-src 'none'" in text
    assert not re.search(r'(src|href)="(?!#)|@import|url\(|<script', text)
    assert f'<html lang="{code}" dir="{speak(code).direction}">' in text


@pytest.mark.parametrize("code", SPOKEN)
def test_unknown_is_never_a_word_of_the_machine(found: Feedback, code: str) -> None:
    assert not re.search(
        r"\b(nan|none|inf|null|undefined)\b", readable(html(found, code)).lower().replace("none of it", "")
    )


def test_names_mean_no_harm(everything: Feedback, tmp_path: Path) -> None:
    write_feedback(everything, define(), tmp_path, "en")
    text = html(everything, "en")
    pictures = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "pictures").iterdir())
    assert "<script>alert" not in text + pictures
    assert "\u202e" not in re.sub(r"<(desc|title|bdi)[^>]*>.*?</\1>", "", text + pictures, flags=re.DOTALL)


def test_all_are_drawn_where_there_is_something_to_draw(everything: Feedback) -> None:
    names = {picture.name for picture in feedback_page(everything, speak("en")).pictures()}
    assert {"course", "votes", "by-segment", "themes", "answered", "reasons"} <= names


def drawn(of: Feedback, code: str) -> dict[str, Picture]:
    return {picture.name: picture for picture in feedback_page(of, speak(code)).pictures()}


def bars(picture: Picture) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<g>{picture.shapes}</g>").iter("rect"))


def test_pictures_are_mirrored_where_reading_begins_on_the_right(everything: Feedback) -> None:
    one, mirrored = drawn(everything, "en"), drawn(everything, "ar")
    assert one.keys() == mirrored.keys()
    for name, picture in one.items():
        xs = [float(each.get("x") or 0) for each in bars(picture)]
        turned = [WIDTH - float(each.get("x") or 0) - float(each.get("width") or 0) for each in bars(mirrored[name])]
        assert turned == pytest.approx(xs, abs=0.11)


def test_what_is_drawn_stays_on_its_sheet(found: Feedback) -> None:
    for name, picture in drawn(found, "en").items():
        for each in bars(picture):
            x, y, width, height = (float(each.get(side) or "nan") for side in ("x", "y", "width", "height"))
            assert -0.1 <= x <= x + width <= WIDTH + 0.1, name
            assert -0.1 <= y <= y + height <= picture.height + 0.1, name


@pytest.mark.parametrize("code", SPOKEN)
def test_every_picture_says_itself_to_those_who_do_not_see(everything: Feedback, code: str) -> None:
    for picture in drawn(everything, code).values():
        tree = ElementTree.fromstring(picture.alone(speak(code)))
        said = {each.get("id"): each.text for each in tree.iter() if each.tag.rpartition("}")[2] in ("title", "desc")}
        assert said[tree.get("aria-labelledby")]
        assert said[tree.get("aria-describedby")]


def test_the_page_says_what_was_found(everything: Feedback) -> None:
    page, of = feedback_page(everything, speak("en")), everything.questions[0].lately
    assert f"from {of.n} answers" in page.answer
    assert [tile.label for tile in page.tiles[:3]] == ["NPS", "CSAT 1–5, satisfied", "CES 1–7"]


NOTICES = [
    (asked_room, function) for function in ("_twice", "_unfit", "_elsewhere")
] + [(room, "_notices")]  # fmt: skip


@pytest.mark.parametrize(("of", "function"), NOTICES, ids=lambda each: getattr(each, "__name__", each))
def test_every_notice_is_said_again(of: object, function: str) -> None:
    for sentence in written(of, function):
        assert unmarked(noticed((sentence,), MARKED)[0], "7") == "", sentence
    assert list(written(of, function))


def test_a_notice_that_nobody_translated_would_be_seen() -> None:
    """The twin."""
    assert unmarked(noticed(("Nobody said this before.",), MARKED)[0]) != ""
