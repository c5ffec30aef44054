"""The pages of retention and of revenue: whole, safe, mirrored, and with the numbers that were found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from sabai.language.language import speak
from sabai.report.money.page import Page, render
from sabai.report.money.retention import retention_page, write_retention
from sabai.report.money.revenue import revenue_page, write_revenue
from sabai.report.picture import Picture
from sabai.report.sheet import WIDTH
from tests.proof.twins import MUST_FAIL
from tests.report.money.made import FORMULA, HOSTILE, NAMES, Found, found
from tests.report.test_page import Tree
from tests.spoken import SPOKEN

COMPANIES = ("all", "nobody left", "nobody", "in euros")


@pytest.fixture(scope="module", params=COMPANIES)
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Found:
    return found(tmp_path_factory.mktemp("made"), request.param)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return found(tmp_path_factory.mktemp("made"))


def pages(of: Found, code: str) -> tuple[Page, Page]:
    return retention_page(of.kept, speak(code)), revenue_page(of.earned, speak(code))


def html(of: Found, code: str) -> Iterator[str]:
    return (render(page, of.definitions, speak(code)) for page in pages(of, code))


def readable(text: str) -> str:
    return re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("code", SPOKEN)
def test_it_is_whole_and_needs_nothing_from_elsewhere(company: Found, code: str) -> None:
    for text in html(company, code):
        tree = Tree(text)
        assert tree.open == []
        assert len(tree.ids) == len(set(tree.ids))
        assert {link.removeprefix("#") for link in tree.links} <= set(tree.ids)
        assert "default-src 'none'" in text
        assert not re.search(r'(src|href)="(?!#)|@import|url\(|<script', text)
        assert f'<html lang="{code}" dir="{speak(code).direction}">' in text


@pytest.mark.parametrize("code", SPOKEN)
def test_unknown_is_never_a_word_of_the_machine(company: Found, code: str) -> None:
    for text in html(company, code):
        assert not re.search(r"\b(nan|none|inf|null|undefined)\b", readable(text).lower().replace("none:", ""))


def test_names_stand_apart_and_mean_no_harm(everything: Found) -> None:
    kept, earned = html(everything, "en")
    assert "alert(1)</script>" not in kept + earned
    assert "\u202e" not in re.sub(r"<(desc|title|bdi)[^>]*>.*?</\1>", "", kept + earned)
    table = kept[kept.index('id="left"') :]
    for name in ("A", "B"):
        said = NAMES[name].replace("<", "&lt;").replace(">", "&gt;")
        assert re.search(rf"<bdi>{re.escape(said)}</bdi>", table)


def drawn(of: Found, code: str) -> dict[str, Picture]:
    return {picture.name + page.name: picture for page in pages(of, code) for picture in page.pictures()}


def shapes(picture: Picture, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<g>{picture.shapes}</g>").iter(tag))


@pytest.mark.parametrize("code", SPOKEN)
def test_every_picture_says_itself_to_those_who_do_not_see(company: Found, code: str) -> None:
    for picture in drawn(company, code).values():
        for text in (picture.inline, picture.alone(speak(code))):
            tree = ElementTree.fromstring(text)
            said = {
                each.get("id"): each.text for each in tree.iter() if each.tag.rpartition("}")[2] in ("title", "desc")
            }
            assert said[tree.get("aria-labelledby")]
            assert said[tree.get("aria-describedby")]


def test_all_are_drawn_where_there_is_something_to_draw(everything: Found) -> None:
    names = {name for page in pages(everything, "en") for name in (each.name for each in page.pictures())}
    assert names == {"came-and-left", "churn", "groups", "reasons", "then-to-now", "movements", "stayed", "on-whom"}


@pytest.mark.parametrize("other", ["ar", pytest.param("ja", marks=MUST_FAIL)])
def test_pictures_are_mirrored_where_reading_begins_on_the_right(everything: Found, other: str) -> None:
    one, mirrored = drawn(everything, "en"), drawn(everything, other)
    assert one.keys() == mirrored.keys()
    for name, picture in one.items():
        bars = [(float(each.get("x") or 0), float(each.get("width") or 0)) for each in shapes(picture, "rect")]
        turned = [
            WIDTH - float(each.get("x") or 0) - float(each.get("width") or 0) for each in shapes(mirrored[name], "rect")
        ]
        assert turned == pytest.approx([x for x, _ in bars], abs=0.11)


def test_what_is_drawn_stays_on_its_sheet(company: Found) -> None:
    for name, picture in drawn(company, "en").items():
        for each in shapes(picture, "rect"):
            x, y, width, height = (float(each.get(side) or "nan") for side in ("x", "y", "width", "height"))
            assert -0.1 <= x <= x + width <= WIDTH + 0.1, name
            assert -0.1 <= y <= y + height <= picture.height + 0.1, name


def test_the_numbers_are_those_that_were_found(everything: Found) -> None:
    show = speak("en").show
    kept, earned = (readable(text) for text in html(everything, "en"))
    assert show.percent(everything.kept.lately.rate.value, 1) in kept
    assert show.percent(everything.earned.lately.net.value, 1) in earned
    for each in everything.earned.each:
        assert show.fixed(each.end_minor / 100, 2) in earned
    assert "123,456,789" not in earned


def test_exchange_stands_apart_where_it_is_asked_for(everything: Found, tmp_path: Path) -> None:
    moved = found(tmp_path, "in euros")
    show, now = speak("en").show, moved.earned.lately
    page, without = (readable(render(revenue_page(of.earned, speak("en")), of.definitions, speak("en")))
                     for of in (moved, everything))  # fmt: skip
    assert now.exchange_minor
    amounts = (show.fixed(each.exchange_minor / 100, 2) for each in moved.earned.each)
    for said in ("churn + exchange = end", "gained by exchange", "lost by exchange", "Exchange: ", *amounts):
        assert said in page
    assert "xchange" not in without
    sums = dict(moved.earned.movements().group_by("kind").agg(pl.col("moved_minor").sum()).iter_rows())
    assert sums["exchange"] == sum(each.exchange_minor for each in moved.earned.each)
    assert "net revenue retention with exchange" in page


def test_a_benchmark_says_whose_it_is(everything: Found) -> None:
    for text in html(everything, "en"):
        assert text.count("others: ") >= 2
        assert "alert(1)&lt;/script&gt;" in text


def test_files_beside_the_page_hold_no_formula(everything: Found, tmp_path: Path) -> None:
    kept = write_retention(everything.kept, everything.definitions, tmp_path / "retention", "en")
    earned = write_revenue(everything.earned, everything.definitions, tmp_path / "revenue", "ar")
    assert (kept.name, earned.name) == ("retention.html", "revenue.ar.html")
    tables = {path.name: pl.read_csv(path, infer_schema=False) for path in tmp_path.rglob("*.csv")}
    assert set(tables) == {"periods.csv", "groups.csv", "churned.csv", "movements.csv"}
    cells = [cell for table in tables.values() for row in table.iter_rows() for cell in row if cell]
    assert any(cell.endswith(FORMULA) for cell in cells)
    assert not [cell for cell in cells if cell[0] in "=+@\t" or (cell[0] == "-" and not _is_number(cell))]
    assert any(HOSTILE[:8] in cell for cell in cells)
    assert len(list(tmp_path.rglob("*.svg"))) == len(drawn(everything, "en"))


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None
