"""The page as a reader gets it: whole, in her language, able to open anywhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import escape

from sabai.definitions.grammar.health import DIMENSIONS
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak
from sabai.report.page import render, write_page
from sabai.report.view import PAGES, View, view
from sabai.report.words import DIMENSION_WORDS, REASON_WORDS
from tests.report.made import Made, made
from tests.spoken import SPOKEN

VOID = {"meta", "input", "br", "link", "img", "use", "path", "rect", "circle"}


class Tree(HTMLParser):
    """Checks that tags close, and keeps ids, links and scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.attributes |= set(given)
        self.ids += [given["id"]] if given.get("id") else []
        self.links += [given["href"] or ""] if "href" in given else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def shown(run: Made) -> View:
    return view(run)


@pytest.fixture(scope="module", params=SPOKEN)
def page(request: pytest.FixtureRequest, run: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    path = tmp_path_factory.mktemp("page") / "report.html"
    return request.param, write_page(run, path, request.param).read_text(encoding="utf-8")


def test_it_needs_nothing_from_elsewhere(page: tuple[str, str]) -> None:
    html = page[1]
    assert not re.search(r'(src|href)="(?!#)', html)
    assert not re.search(r"@import|url\(|https?://", html)


def test_its_tags_close_and_every_link_leads_somewhere(page: tuple[str, str]) -> None:
    tree = Tree(page[1])
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    assert {link.removeprefix("#") for link in tree.links} <= set(tree.ids)


def test_it_speaks_its_language_in_its_direction(page: tuple[str, str]) -> None:
    code, html = page
    language = speak(code)
    assert f'<html lang="{code}" dir="{language.direction}">' in html
    assert language.gettext("Who needs a call this week") in html
    assert ("Who needs a call this week" in html) == (code == "en")


def test_every_band_stands_as_shape_and_word(page: tuple[str, str]) -> None:
    code, html = page
    for band, word in (
        ("healthy", "healthy"),
        ("at_risk", "at risk"),
        ("unhealthy", "unhealthy"),
        ("unknown", "unknown"),
    ):
        assert f'<use href="#{band}"/></svg>{speak(code).gettext(word)}</span>' in html


def test_dimensions_are_said_in_its_language(page: tuple[str, str]) -> None:
    language, html = speak(page[0]), page[1]
    assert f"<small>{language.gettext(DIMENSION_WORDS['usage'])}<span" in html
    assert ("<small>usage<span" in html) == (language.code == "en")


def test_every_dimension_has_a_word() -> None:
    assert list(DIMENSION_WORDS) == list(DIMENSIONS)


@pytest.mark.parametrize("code", LANGUAGES)
def test_why_rows_were_set_aside_is_said_in_its_language(shown: View, code: str) -> None:
    reason = REASON_WORDS["FCT-132"]
    other, *rest = shown.problems
    html = render(replace(shown, problems=(replace(other, code="FCT-132", hint=reason), *rest)), speak(code))
    assert str(escape(speak(code).gettext(reason))) in html
    assert (reason in html) == (code == "en")


def test_a_reason_that_nobody_knows_is_shown_as_it_was_written(shown: View) -> None:
    html = render(replace(shown, problems=(replace(shown.problems[0], hint="<b>100%s"),)), speak("ja"))
    assert "<bdi>&lt;b&gt;100%s</bdi>" in html


def test_every_name_is_kept_from_turning_its_neighbours(page: tuple[str, str], shown: View) -> None:
    for customer in shown.customers:
        assert page[1].count(f">{escape(customer.name)}<") == page[1].count(f"<bdi>{escape(customer.name)}</bdi>") > 0


def test_every_customer_has_a_row_and_a_page(page: tuple[str, str], shown: View) -> None:
    customers = shown.customers
    assert page[1].count("<tr data-band=") == len(customers)
    assert all(f'id="{customer.anchor}"' in page[1] for customer in customers)


def test_styles_know_no_left_and_right() -> None:
    css = (Path(__file__).parents[2] / "src/sabai/report/templates/report.css").read_text(encoding="utf-8")
    assert not re.search(
        r"(margin|padding|border|inset)-(left|right)|text-align:\s*(left|right)|[^-](left|right):", css
    )


def test_one_date_alone_needs_no_comparison(tmp_path: Path) -> None:
    html = write_page(made(tmp_path, weeks=1), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Biggest falls" not in html
    assert "The score as an addition" in html


def test_no_facts_at_all_still_make_a_page(tmp_path: Path) -> None:
    html = write_page(made(tmp_path, facts=False), tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Nothing was set aside." in html
    assert "<bdi>A00001</bdi>" in html


@pytest.mark.parametrize(("accounts", "pages"), [(80, 50), pytest.param(700, PAGES, marks=pytest.mark.long)])
def test_many_customers_stay_openable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accounts: int, pages: int
) -> None:
    monkeypatch.setattr("sabai.report.view.PAGES", pages)
    run = made(tmp_path, accounts=accounts, weeks=8)
    path = write_page(run, tmp_path / "report.html")
    html = path.read_text(encoding="utf-8")
    assert html.count('class="page account"') == pages
    assert "customers have a page of their own here" in html
    assert html.count("<tr data-band=") == len(view(run).customers) > pages
    assert path.stat().st_size < 6_000_000
