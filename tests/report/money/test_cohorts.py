"""The page of cohorts: its one sentence, its triangle, and that what is not known is never zero."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import polars as pl
import pytest

from sabai.definitions.model import Churn
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak
from sabai.report.environment import own
from sabai.report.money.cohorts import cohorts_page, write_cohorts
from sabai.report.money.cohorts_cells import INK, STEPS, Cell, Row, Triangle, triangle
from sabai.report.money.cohorts_compared import compared
from sabai.report.money.cohorts_heat import at_a_glance
from sabai.report.money.cohorts_slide import slide
from sabai.report.money.page import Page, Section, render
from sabai.report.sheet import WIDTH
from sabai.retention.cohorts.cohorts import JOINED, Cohorts, cohorts
from sabai.retention.cohorts.question import Question
from tests.metrics.landing import define, fact, land
from tests.proof.twins import MUST_FAIL
from tests.report.test_page import Tree
from tests.retention.made import account, contract, on
from tests.spoken import SPOKEN

HOSTILE = "<script>A & \u202eB"
EN, UNTIL = speak("en"), "2024-08-15"
STARTS = ("2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01")


def company(folder: Path, *stays: int, since: str = "2024-01-01", **asked: object) -> Cohorts:
    """Twenty customers begin in each of four months, and are there each week for so many days; it is August."""
    accounts, events, contracts = [], [], []
    for began, stay in zip(STARTS, stays or (300, 300, 300, 300), strict=True):
        for number in range(20):
            name = f"{began}-{number}"
            accounts.append(account(name, began, segment=HOSTILE if number % 2 else None))
            contracts.append(contract(name, began, None, 1_000) | {"account_id": name})
            days = [day for day in range(on(began), on(began) + stay, 7) if on(since) <= day < on(UNTIL)]
            events += [fact(f"{name}-{day}", name, day, occurred_at=day, name="login") for day in days]
    ids = {row["account_id"] for row in accounts}
    tables = {"accounts": accounts, "events": events, "subscriptions": contracts}
    facts = land(folder, {name: rows for name, rows in tables.items() if rows}, ids, since=on(since))
    return cohorts(facts, define(), on(UNTIL), Question(**asked))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Cohorts:
    return company(tmp_path_factory.mktemp("made"), value="login")


def section(page: Page, anchor: str) -> Section:
    return next(each for each in page.sections if each.anchor == anchor)


def anchors(page: Page) -> list[str]:
    return [each.anchor for each in page.sections]


@pytest.mark.parametrize(
    ("stays", "begins"),
    [
        ((300, 300, 300, 300), "No difference is shown: after"),
        ((40, 40, 300, 300), "Yes: after"),
        ((300, 300, 40, 40), "No, fewer stay: after"),
        pytest.param((300, 300, 300, 300), "Yes: after", marks=MUST_FAIL),
    ],
)
def test_the_sentence_says_who_stays_longer(tmp_path: Path, stays: tuple[int, ...], begins: str) -> None:
    page = cohorts_page(company(tmp_path, *stays, ages=3), define(), EN)
    assert page.answer.startswith(begins)
    assert "began in Mar 2024–Apr 2024 were there" in page.answer
    assert page.answer.endswith("from Jan 2024–Feb 2024.")


def test_the_age_is_one_that_three_of_four_have_come_to(found: Cohorts) -> None:
    halves = compared(found)
    assert halves
    came = dict(zip(found.ages, found.curve["reached"].to_list(), strict=True))
    assert (found.ages[halves.place], halves.came) == ("4", 60)
    assert came["4"] == 60
    assert came["5"] == 40
    assert (halves.older.last, halves.newer.first, halves.newer.last) == ("2024-01", "2024-02", "2024-03")


def test_cohorts_that_were_not_watched_from_the_start_prove_nothing(tmp_path: Path) -> None:
    """Of those who came before events were collected only those that stayed are in the data."""
    late = company(tmp_path, since="2024-03-01")
    halves = compared(late)
    assert halves
    assert (halves.older.first, halves.newer.last) == ("2024-03", "2024-04")
    page = cohorts_page(late, define(), EN)
    assert section(page, "curve").notes == (JOINED,)
    assert JOINED not in page.notices


def test_of_first_actions_the_first_cohort_had_begun_before(tmp_path: Path) -> None:
    seen = compared(replace(company(tmp_path, ages=3), question=Question(since="first action", activity="events")))
    assert seen
    assert (seen.older.first, seen.newer.last) == ("2024-02", "2024-04")


@pytest.mark.parametrize("source", ["subscriptions", pytest.param("churn", marks=MUST_FAIL)])
def test_a_list_of_leavings_that_begins_one_day_knows_survivors_only(
    tmp_path: Path, source: Literal["subscriptions"]
) -> None:
    """Contracts tell their whole past, so with them newer and older customers can be compared."""
    definitions = define(churn=Churn(source))
    page = cohorts_page(company(tmp_path, activity="customer"), definitions, EN)
    assert "newer" in anchors(page)


@pytest.mark.parametrize("asked", [{"by": "segment"}, {"of": "revenue"}, {"on": "bracket", "by": "product"}])
def test_without_an_order_in_time_all_are_told_of(tmp_path: Path, asked: dict[str, str]) -> None:
    page = cohorts_page(company(tmp_path, **asked), define(), EN)
    assert re.match(r"After [\d–]+ months, 100\.0%", page.answer)
    assert "newer" not in anchors(page)
    assert ("still recurs" in page.answer) == (asked.get("of") == "revenue")


def test_quarters_are_said_by_their_months(tmp_path: Path) -> None:
    page = cohorts_page(company(tmp_path, by="quarter"), define(), EN)
    assert "after 3 months" in page.answer  # later ages only the first quarter has come to
    assert "began in Apr 2024–Jun 2024 were there" in page.answer
    assert "from Jan 2024–Mar 2024" in page.answer


def test_nobody_is_said_and_not_drawn(tmp_path: Path) -> None:
    facts = land(tmp_path, {"accounts": [account("a", None)]}, {"a"}, since=on("2024-01-01"))
    page = cohorts_page(cohorts(facts, define(), on(UNTIL)), define(), EN)
    assert page.answer == "Nobody has begun by then, so there are no cohorts."
    assert page.tiles == ()
    assert list(page.pictures()) == []
    assert all(each.missing for each in page.sections)


def test_each_share_is_written_and_what_nobody_reached_is_unknown_never_zero(found: Cohorts) -> None:
    table = section(cohorts_page(found, define(), EN), "triangle").table
    assert table
    told = {str(row[0]): [str(cell) for cell in row[1:]] for row in table.rows}
    assert len(told) == 5
    everybody, *_, last = told.values()
    assert "all <small>n = 80</small>" in next(iter(told))
    assert last[0] == '<span class="heat h7">100%</span>'
    assert last[-1] == '<span class="heat yet" role="img" aria-label="unknown" title="unknown"></span>'
    rows = {(row["cohort"], row["age"]): row for row in found.triangle.iter_rows(named=True)}
    for name, cells in zip(found.names, list(told.values())[1:], strict=True):
        for age, cell in zip(found.ages, cells, strict=True):
            row = rows[name, age]
            assert ("yet" in cell) == (row["reached"] == 0)
            assert ("*" in cell) == (0 < row["reached"] < row["size"])
    assert not any("*" in cell for cell in everybody)


def test_of_a_large_triangle_the_newest_are_shown(tmp_path: Path) -> None:
    cells = triangle(company(tmp_path, every="day", ages=60))
    shown = cells.newest(2, 37)
    assert [row.name for row in shown.rows] == ["2024-03", "2024-04"]
    assert {len(row.cells) for row in (shown.everybody, *shown.rows)} == {37} == {len(shown.ages)}
    notes = section(cohorts_page(company(tmp_path, every="day", ages=60), define(), EN), "triangle").notes
    assert any("triangle.csv has all of them" in note for note in notes)


def _luminance(colour: tuple[float, ...]) -> float:
    linear = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour)
    return sum(part * each for part, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _colours(text: str) -> dict[str, tuple[float, ...]]:
    """Of the last `:root` in the text."""
    long = {name: value * 2 if len(value) == 3 else value for name, value in re.findall(r"--(\w+): #(\w+)", text)}
    return {name: tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, value in long.items()}


def _themes() -> Iterator[dict[str, tuple[float, ...]]]:
    light, dark = own("report.css").split("@media (prefers-color-scheme: dark)", 1)
    yield _colours(light)
    yield _colours(dark.split("*,", 1)[0])


def _contrast(inked: float, light: bool, theme: dict[str, tuple[float, ...]]) -> float:
    ground = tuple(inked * a + (1 - inked) * b for a, b in zip(theme["accent"], theme["card"], strict=True))
    lighter, darker = sorted((_luminance(ground), _luminance(theme["card" if light else "ink"])), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_figures_can_be_read_on_every_step_by_day_and_by_night() -> None:
    for theme in _themes():
        assert [step for step in INK if _contrast(*step, theme) < 4.5] == []


def test_a_step_between_could_not_be_read() -> None:
    """The twin: it is not for nothing that none lies between."""
    assert all(any(_contrast(0.62, light, theme) < 4.5 for theme in _themes()) for light in (True, False))


def test_page_and_picture_have_the_same_steps() -> None:
    style = own("money.css")
    steps = [float(re.search(rf"\.heat{of} {{ --inked: (\d+)%", style)[1]) / 100 for of in  # type: ignore[index]
             ("", *(f"\\.h{step}" for step in range(1, STEPS)))]  # fmt: skip
    assert steps == [inked for inked, _ in INK]
    light = [f".h{step}" for step, (_, light) in enumerate(INK) if light]
    assert f".heat:is({', '.join(light)}) {{ color: var(--card); }}" in style


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("by", ["start", "segment"])
def test_it_is_whole_safe_and_needs_nothing_from_elsewhere(tmp_path: Path, code: str, by: str) -> None:
    text = render(cohorts_page(company(tmp_path, by=by, value="login"), define(), speak(code)), define(), speak(code))
    tree = Tree(text)
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    assert "<script" not in text
    assert "\u202e" not in re.sub(r"<(desc|title|bdi)[^>]*>.*?</\1>", "", text)
    assert "%(" not in text
    assert not re.search(r"\b(nan|none|inf|null)\b", re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL))


@pytest.mark.parametrize("other", ["ar", pytest.param("ja", marks=MUST_FAIL)])
def test_the_picture_runs_from_the_right_where_reading_does(found: Cohorts, other: str) -> None:
    def lefts(code: str, turned: bool) -> list[float]:
        picture = slide(triangle(found), "start", "", speak(code))
        assert picture
        bars = ElementTree.fromstring(f"<g>{picture.shapes}</g>").iter("rect")
        sides = [(float(each.get("x") or 0), float(each.get("width") or 0)) for each in bars]
        return [WIDTH - x - wide if turned else x for x, wide in sides]

    assert lefts(other, turned=True) == pytest.approx(lefts("en", turned=False), abs=0.11)


def test_what_stands_on_the_slide_stays_on_its_sheet(found: Cohorts) -> None:
    picture = slide(triangle(found), "start", "", EN)
    assert picture
    for each in ElementTree.fromstring(f"<g>{picture.shapes}</g>").iter("rect"):
        x, y, wide, high = (float(each.get(side) or "nan") for side in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= WIDTH
        assert 0 <= y <= y + high <= picture.height


@pytest.mark.parametrize("code", SPOKEN)
def test_page_pictures_and_tables_stand_beside_each_other(found: Cohorts, tmp_path: Path, code: str) -> None:
    path = write_cohorts(found, define(), tmp_path, code)
    assert path.name == ("cohorts.html" if code == "en" else f"cohorts.{code}.html")
    pictures = {each.stem for each in (tmp_path / "pictures").iterdir()}
    assert pictures == {"triangle", "curve", "newer-and-older", "time-to-value"}
    for each in (tmp_path / "pictures").iterdir():
        ElementTree.fromstring(each.read_text(encoding="utf-8"))
    assert pl.read_csv(tmp_path / "triangle.csv").height == found.triangle.height
    assert {each.stem for each in tmp_path.glob("*.csv")} == {"triangle", "curve", "time_to_value"}


def test_time_to_value_says_the_half_and_who_waits(found: Cohorts) -> None:
    table = section(cohorts_page(found, define(), EN), "value").table
    assert table
    assert [re.sub(r"<[^>]*>", "", str(cell)) for cell in table.rows[0]] == ["login", "80", "80", "0 days (0–0)"]
    assert "value" not in anchors(cohorts_page(replace(found, values=()), define(), EN))


def test_cohorts_that_nobody_watched_while_they_were_young_are_no_rows_of_gaps() -> None:
    gap, known = Cell(None, some=False), Cell(0.5, some=False)
    late, young, new = ((gap,) * 8 + (known,), (gap,) * 3 + (known,) * 6, (known,) + (gap,) * 8)
    rows = tuple(Row(name, 5, cells) for name, cells in (("2020", late), ("2021", young), ("2022", new)))
    ages = tuple(map(str, range(9)))
    everybody = Row("", 15, (known,) * 9)
    assert [row.name for row in at_a_glance(Triangle(ages, rows, everybody, 1.0)).rows] == ["2021", "2022"]
    assert len(at_a_glance(Triangle(ages, rows[:1] * 3, everybody, 1.0)).rows) == 3, "gaps are better than nothing"
