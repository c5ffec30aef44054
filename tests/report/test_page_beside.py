"""Overrides, pulses and scores from children: shown beside the scores, and never inside them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.definitions.model import Health
from sabai.errors import Issue
from sabai.health.overrides import Kind, Override
from sabai.health.parents import How
from sabai.health.scores import BANDS
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak
from sabai.report.customers import Customer
from sabai.report.page import render
from sabai.report.view import AccountPage, View, view
from tests.report.made import HEALTH, Made, made

PARENT = "A00003"
CHILDREN = ("A00005", "A00022", "A00039", "A00056")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def plain(run: Made) -> View:
    return view(run)


def said(run: Made, account_id: str, band: str, kind: Kind = "override", until: int = 30) -> Made:
    """The same run, where Ann says so from a week before the last date."""
    now = int(run.scores.grid.as_of[-1])
    return replace(run, overrides=(Override(kind, account_id, band, "sponsor left", "Ann", now - 7, now + until),))


def rolled(run: Made, how: How) -> Made:
    health: Health = replace(HEALTH, parents=how)
    return replace(run, definitions=replace(run.definitions, health=health))


def customer(shown: View, account_id: str) -> Customer:
    return next(each for each in shown.customers if each.account_id == account_id)


def page(shown: View, account_id: str) -> AccountPage:
    return next(each for each in shown.pages if each.customer.account_id == account_id)


def somebody(plain: View) -> Customer:
    return next(each for each in plain.customers if each.band == "healthy" and not each.young)


def counts_moved(run: Made, plain: View, kind: Kind, until: int) -> list[list[int]]:
    """By how much each band grew at the last three dates, when the first healthy customer is said to be unhealthy."""
    shown = view(said(run, somebody(plain).account_id, "unhealthy", kind, until))
    return (shown.counts - plain.counts)[-3:].tolist()


def test_an_override_moves_one_customer_between_the_counts_while_it_holds(run: Made, plain: View) -> None:
    assert counts_moved(run, plain, "override", 30) == [[0, 0, 0, 0], [-1, 0, 1, 0], [-1, 0, 1, 0]]


@pytest.mark.parametrize(("kind", "until"), [("pulse", 30), ("override", 0)])
def test_twin_a_pulse_or_an_override_that_is_over_moves_nobody_now(
    run: Made, plain: View, kind: Kind, until: int
) -> None:
    assert counts_moved(run, plain, kind, until)[-1] == [0, 0, 0, 0]


def test_the_list_and_the_success_rate_follow_the_band_shown(run: Made, plain: View) -> None:
    before = somebody(plain)
    shown = view(said(run, before.account_id, "unhealthy"))
    after = customer(shown, before.account_id)
    assert (after.band, after.score) == ("unhealthy", before.score)
    assert after.beside.override is not None
    assert shown.success.by_number is not None
    assert plain.success.by_number is not None
    assert shown.success.by_number.share < plain.success.by_number.share


def test_the_explanation_and_the_scores_keep_their_own_band(run: Made, plain: View) -> None:
    bands = run.scores.band.copy()
    shown = view(said(run, somebody(plain).account_id, "unhealthy"))
    assert page(shown, somebody(plain).account_id).why.band == "healthy"
    assert np.array_equal(run.scores.band, bands)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reader_sees_who_why_and_the_mark(run: Made, plain: View, code: str) -> None:
    language = speak(code)
    account_id = somebody(plain).account_id
    override, pulse = (said(run, account_id, "unhealthy", kind).overrides[0] for kind in ("override", "pulse"))
    html = render(view(replace(run, overrides=(override, replace(pulse, reason="quiet lately")))), language)
    for text in ("sponsor left", "quiet lately", "Ann", language.gettext("Override"), language.gettext("Pulse")):
        assert text in html
    assert f'role="img" aria-label="{language.gettext("Override")}"' in html
    assert language.gettext("without it: %(band)s", band=language.gettext("healthy")) in html


def test_twin_nobody_said_anything(plain: View) -> None:
    html = render(plain, speak("en"))
    assert 'href="#by_hand"' not in html
    assert "card said" not in html
    assert "overrides." not in html


def test_what_is_said_is_text_and_nothing_else(run: Made, plain: View) -> None:
    override = said(run, somebody(plain).account_id, "unhealthy").overrides[0]
    nasty = replace(override, reason="<script>alert(1)</script>", who='"><b onclick=x>')
    html = render(view(replace(run, overrides=(nasty,))), speak("en"))
    assert html.count("<script") == 1
    assert "<b onclick" not in html


def test_lines_left_out_stand_with_the_problems(run: Made) -> None:
    notice = Issue("HLT-023", '"green" is not a band.', "overrides.csv:9", "The line was left out.", "Write healthy.")
    html = render(view(replace(run, notices=(notice,))), speak("en"))
    assert "<bdi>overrides.csv:9</bdi>" in html
    assert "<bdi>&#34;green&#34; is not a band.</bdi>" in html
    assert "What else was noticed" not in render(view(run), speak("en"))


def children_of(run: Made) -> list[int]:
    grid = run.scores.grid
    rows = [grid.accounts.index(child) for child in CHILDREN]
    return [row for row in rows if not np.isnan(run.scores.score[row, -1])]


def golden_mean(run: Made, shown: View) -> None:
    told = customer(shown, PARENT).beside.from_children
    assert told is not None
    assert told.children == len(children_of(run)) > 1
    assert told.score == pytest.approx(float(np.mean(run.scores.score[children_of(run), -1])))


def test_a_parent_has_the_mean_of_its_children_beside_its_own_score(run: Made, plain: View) -> None:
    shown = view(rolled(run, "mean"))
    golden_mean(run, shown)
    assert customer(shown, PARENT).score == customer(plain, PARENT).score
    assert customer(shown, CHILDREN[0]).beside.from_children is None


def test_twin_by_revenue_is_another_number(run: Made) -> None:
    shown = view(rolled(run, "revenue"))
    with pytest.raises(AssertionError):
        golden_mean(run, shown)
    rows = children_of(run)
    paid = run.scores.grid.values["recurring"][rows, -1]
    told = customer(shown, PARENT).beside.from_children
    assert told is not None
    assert told.score == pytest.approx(float(np.average(run.scores.score[rows, -1], weights=paid)))


def test_own_is_all_there_is_by_default(plain: View) -> None:
    assert customer(plain, PARENT).beside.from_children is None


def test_parent_and_children_lead_to_each_other(run: Made) -> None:
    shown = view(rolled(run, "mean"))
    listed = page(shown, PARENT).family.children
    assert {child.account_id for child in listed} == {
        each.account_id for each in shown.customers if each.account_id in CHILDREN
    }
    html = render(shown, speak("en"))
    assert f'part of <a href="#{customer(shown, PARENT).anchor}">' in html
    told = customer(shown, PARENT).beside.from_children
    assert told is not None
    assert f"from {told.children} children, mean: {told.score:.1f}" in html


def test_nobody_is_her_own_child(tmp_path: Path) -> None:
    run = made(tmp_path, accounts=12, weeks=6)
    path = run.facts.path("accounts")
    pl.read_parquet(path).with_columns(parent_id=pl.col("account_id")).write_parquet(path)
    shown = view(rolled(run, "mean"))
    assert all(each.parent_id == "" and each.beside.from_children is None for each in shown.customers)


def test_an_override_makes_an_unknown_band_known(run: Made, plain: View) -> None:
    unknown = next(each for each in plain.customers if each.band == BANDS[-1])
    shown = view(said(run, unknown.account_id, "at_risk"))
    assert customer(shown, unknown.account_id).band == "at_risk"
    assert np.isnan(customer(shown, unknown.account_id).score)
