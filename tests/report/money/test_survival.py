"""The page of survival: after how long half have left, whether groups differ, and who leaves sooner, in plain words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from math import nan
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest

from sabai.intervals import Interval
from sabai.language.language import speak
from sabai.report.money import survival_ratios as said
from sabai.report.money import survival_words as words
from sabai.report.money.page import Page, Section, render
from sabai.report.money.survival import STEADY, survival_page, write_survival
from sabai.report.money.survival_answer import NOBODY_LEFT
from sabai.report.money.survival_forest import forest
from sabai.report.money.survival_plane import DASHES, MOST
from sabai.report.money.survival_stairs import stairs
from sabai.report.money.survival_table import AFTER, told_of
from sabai.report.sheet import WIDTH
from sabai.retention.survival.design import OTHERS, Term
from sabai.retention.survival.kaplan_meier import kaplan_meier
from sabai.retention.survival.proportional import Drift
from sabai.retention.survival.ratios import Cox, Ratio
from sabai.retention.survival.spans import spans
from sabai.retention.survival.survival import Question, Survival, survival
from tests.metrics.landing import define
from tests.proof.twins import MUST_FAIL
from tests.report.test_page import Tree
from tests.retention.test_survival import JAN, company
from tests.spoken import SPOKEN

HOSTILE = "<script>A & \u202eB"
EN = speak("en")


def lives(folder: Path, left: bool = True, groups: int = 2) -> Survival:
    """A hundred and twenty customers; the first group leaves soonest, the last one hardly."""
    names = [f"{number:03}" for number in range(120)]
    plans = [HOSTILE if number % groups == 0 else f"plan {number % groups}" for number in range(120)]
    ends = [30 + 5 * number * (1 + number % groups) for number in range(120)]
    told = {name: (0, end if left and end < 700 else None) for name, end in zip(names, ends, strict=True)}
    facts = company(folder, told, segment=plans)
    return survival(facts, define(), JAN + 700, Question("segment", ("segment",), JAN))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Survival:
    return lives(tmp_path_factory.mktemp("made"))


def section(page: Page, anchor: str) -> Section:
    return next(each for each in page.sections if each.anchor == anchor)


def cells(page: Page, anchor: str) -> list[list[str]]:
    table = section(page, anchor).table
    assert table
    assert all(len(row) == len(table.heads) for row in table.rows)
    return [[re.sub(r"<[^>]*>|[\u2068\u2069]", " ", str(cell)).strip() for cell in row] for row in table.rows]


def ratio(
    times: tuple[float, float, float] = (1.41, 1.1, 1.8), unit: float | None = None, drifts: bool = False
) -> Ratio:
    term = Term("plan=basic", "plan", "basic", "pro") if unit is None else Term("seats", "seats", unit=unit)
    return Ratio(term, Interval(*times), 0.01, Drift(term.column, 1e-5, grows=True), drifts)


def cox(*ratios: Ratio, held: bool = False) -> Cox:
    return Cox(ratios, 100, 50, -1.0, 0.6, held)


def test_the_sentence_says_after_how_long_half_have_left(found: Survival) -> None:
    median = found.everybody.median
    assert survival_page(found, EN).answer == f"Half of the customers stay longer than {words.days_said(median, EN)}."
    assert words.days_said(Interval(1135, 828, nan), EN) == "3.1 years (2.3–…)"
    assert words.days_said(Interval(40, 30.0, 61.0), EN) == "40 days (30–61)"


def test_where_most_stay_it_says_how_long_was_looked(tmp_path: Path) -> None:
    facts = company(tmp_path, {f"{each:02}": (0, 40 if each < 5 else None) for each in range(20)})
    page = survival_page(survival(facts, define(), JAN + 400, Question()), EN)
    assert page.answer.startswith("More than half stay as long as any was watched: after 13.1 months 75.0% (")


def test_where_nobody_left_nothing_is_said_to_stay_for_ever(tmp_path: Path) -> None:
    page = survival_page(lives(tmp_path, left=False), EN)
    assert page.answer == NOBODY_LEFT
    assert list(page.pictures()) == []
    assert {each.missing for each in page.sections} == {NOBODY_LEFT}
    assert not any("100%" in tile.value for tile in page.tiles)


def test_the_table_is_that_of_the_curves_with_how_many_it_was_told_of(found: Survival) -> None:
    everybody, *groups = cells(survival_page(found, EN), "table")
    assert everybody[:3] == ["all", "120", str(found.everybody.left)]
    for day, cell in zip(AFTER.values(), everybody[3:-1], strict=True):
        share = found.everybody.at(day)
        if share.value == share.value:
            assert cell.startswith(EN.show.percent(share.value))
            assert cell.endswith(f"n = {told_of(found.everybody, day)}")
        else:
            assert cell == "unknown"
    assert everybody[-2] == "unknown"  # nobody was watched for two years
    assert len(groups) == 2


def test_told_of_is_who_was_watched_at_the_last_step() -> None:
    curve = kaplan_meier(spans(np.array([2, 4, 4, 9]), np.array([True, True, False, False])))
    assert [told_of(curve, day) for day in (1, 2, 4, 8)] == [4, 4, 3, 3]


def test_whether_groups_differ_is_said_in_words(found: Survival) -> None:
    [note] = section(survival_page(found, EN), "groups").notes
    assert note.startswith("They leave at different rates")
    assert note.endswith("p < 0.001).")


def test_groups_that_do_not_differ_are_not_said_to(found: Survival) -> None:
    assert found.difference
    alike = replace(found, difference=replace(found.difference, p=0.4))
    [note] = section(survival_page(alike, EN), "groups").notes
    assert note.startswith("They are not shown to leave at different rates")
    assert note.endswith("p = 0.400).")


def test_five_groups_are_drawn_each_with_its_own_dashes_and_the_rest_stand_in_the_table(tmp_path: Path) -> None:
    many = lives(tmp_path, groups=7)
    page = survival_page(many, EN)
    picture = section(page, "groups").picture
    assert picture
    assert len(set(DASHES)) == MOST == 5
    for dashes in DASHES:
        assert picture.shapes.count(f'stroke-dasharray="{dashes}"') == 2  # the line, and before its name
    assert len(cells(page, "table")) == 8


def test_names_at_the_ends_stand_apart(tmp_path: Path) -> None:
    picture = section(survival_page(lives(tmp_path, groups=7), EN), "groups").picture
    assert picture
    texts = [each for each in ElementTree.fromstring(f"<g>{picture.shapes}</g>").iter("text") if each.text]
    heights = sorted(float(each.get("y") or 0) for each in texts if "\u2068" in (each.text or ""))
    assert len(heights) == 5
    assert all(later - sooner >= 15.9 for sooner, later in pairwise(heights))


def test_a_curve_comes_down_where_somebody_left() -> None:
    curve = kaplan_meier(spans(np.array([10, 20, 40, 40]), np.array([True, True, False, False])))
    drawn = stairs([("", curve)], EN)
    [line] = [
        each for each in ElementTree.fromstring(f"<g>{drawn.shapes}</g>").iter("path") if each.get("class") == "curve"
    ]
    points = [tuple(map(float, each.split())) for each in (line.get("d") or "")[1:].split("L")]
    (first, top), (last, bottom) = points[0], points[-1]
    assert [round((x - first) / (last - first), 2) for x, _ in points] == [0, 0.25, 0.25, 0.5, 0.5, 1]
    low = top + (bottom - top) * 2
    assert [round((y - top) / (low - top), 2) for _, y in points] == [0, 0, 0.25, 0.25, 0.5, 0.5]


def test_ratios_are_said_in_plain_words() -> None:
    plain = re.sub("[\u2068\u2069]", "", said.sentence(ratio(), EN))
    assert plain == "Customers whose plan is basic leave 1.4 times as often as those whose plan is pro (1.1–1.8)."
    assert plain == ratio().sentence
    alike = re.sub("[\u2068\u2069]", "", said.sentence(ratio((1.02, 0.9, 1.3)), EN))
    assert "no difference shown" in alike
    assert said.sentence(ratio(unit=2.5), EN) == (
        "Customers with 2.5 more of seats leave 1.4 times as often (1.1–1.8)."
    )
    assert said.sentence(ratio((1.4, 1.1, float("inf"))), EN).endswith("(1.1–…).")


def test_a_ratio_that_changes_says_what_to_do(found: Survival) -> None:
    [note] = section(survival_page(replace(found, cox=cox(ratio(drifts=True))), EN), "ratios").notes
    assert "grows the longer they have been customers (p < 0.001)" in note
    assert "Look at the curves: --by" in note
    assert section(survival_page(replace(found, cox=cox(ratio())), EN), "ratios").notes == (STEADY,)


def test_ratios_that_are_held_are_marked(found: Survival) -> None:
    marked = cells(survival_page(replace(found, cox=cox(ratio(), held=True)), EN), "ratios")
    assert [row[0][:2] for row in marked] == ["* "]


def test_half_as_often_is_as_far_from_one_as_twice_as_often() -> None:
    picture = forest(cox(ratio((0.5, 0.4, 0.6)), ratio((2.0, 1.5, 3.0)), ratio((1.0, 0.5, 2.0))), EN)
    assert picture
    dots = list(ElementTree.fromstring(f"<g>{picture.shapes}</g>").iter("circle"))
    less, more, none = (float(each.get("cx") or 0) for each in dots)
    assert none - less == pytest.approx(more - none, abs=0.2)
    assert [each.get("class") for each in dots] == ["dot", "dot", "hollow"]


def test_what_the_library_calls_groups_is_said_in_the_language() -> None:
    assert words.level_word(OTHERS, EN) == "the smaller groups together"
    assert words.level_word("", EN) == words.level_word("unknown", EN) == words.level_word(None, EN) == "unknown"
    assert words.level_word("Drip", EN) == "\u2068Drip\u2069"


@pytest.mark.parametrize("code", SPOKEN)
def test_it_is_whole_safe_and_needs_nothing_from_elsewhere(found: Survival, code: str) -> None:
    text = render(survival_page(found, speak(code)), define(), speak(code))
    tree = Tree(text)
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    assert "<script" not in text
    assert "\u202e" not in re.sub(r"<(desc|title|bdi)[^>]*>.*?</\1>", "", text)
    assert "%(" not in text
    assert not re.search(r"\b(nan|none|inf|null)\b", re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL))


@pytest.mark.parametrize("code", SPOKEN)
def test_page_pictures_and_tables_stand_beside_each_other(found: Survival, tmp_path: Path, code: str) -> None:
    path = write_survival(found, define(), tmp_path, code)
    assert path.name == ("survival.html" if code == "en" else f"survival.{code}.html")
    assert {each.stem for each in (tmp_path / "pictures").iterdir()} == {"survival", "survival-groups", "ratios"}
    for each in (tmp_path / "pictures").iterdir():
        ElementTree.fromstring(each.read_text(encoding="utf-8"))
    assert set(pl.read_csv(tmp_path / "curves.csv").columns) >= {"group", "days", "survival"}


@pytest.mark.parametrize("other", ["ar", pytest.param("ja", marks=MUST_FAIL)])
def test_pictures_are_mirrored_where_reading_begins_on_the_right(found: Survival, other: str) -> None:
    assert found.cox
    one, mirrored = forest(found.cox, EN), forest(found.cox, speak(other))
    assert one
    assert mirrored
    lefts, rights = (
        [float(each.get("cx") or 0) for each in ElementTree.fromstring(f"<g>{each.shapes}</g>").iter("circle")]
        for each in (one, mirrored)
    )
    assert [WIDTH - x for x in rights] == pytest.approx(lefts, abs=0.11)
