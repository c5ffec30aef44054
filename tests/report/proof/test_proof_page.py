"""The page of a proof: whole, in the reader's language, with the numbers of the proof and no others."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from markupsafe import escape

from sabai.intervals import Interval
from sabai.language.language import speak
from sabai.proof.parts import Kind
from sabai.proof.prove import Verdict
from sabai.report.proof.page import PART_WORDS, VERDICT_WORDS, render_proof, write_proof_page
from sabai.report.proof.sentence import sentence
from sabai.report.proof.told import ProofTold, Written
from tests.proof.twins import MUST_FAIL
from tests.report.proof.made import HOSTILE, made_cross_section, made_told
from tests.report.test_page import Tree
from tests.spoken import SPOKEN

UNKNOWN = Interval(float("nan"), float("nan"), float("nan"))
TOLD = {"all": made_told, "nobody": lambda: made_told(left=False), "cross": made_cross_section}


@pytest.fixture(scope="module", params=SPOKEN)
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=TOLD)
def page(request: pytest.FixtureRequest, code: str) -> tuple[ProofTold, str, str]:
    told = TOLD[request.param]()
    return told, code, render_proof(told, speak(code))


def readable(html: str) -> str:
    """Without style and tags."""
    return re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))


def test_it_is_whole_and_needs_nothing_from_elsewhere(page: tuple[ProofTold, str, str]) -> None:
    told, code, html = page
    tree = Tree(html)
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    assert {link.removeprefix("#") for link in tree.links} <= set(tree.ids)
    assert not re.search(r'(src|href)="(?!#)|@import|url\(|<script', html)
    assert f'<html lang="{code}" dir="{speak(code).direction}">' in html
    assert str(escape(sentence(told.proof, speak(code)))) in html


def test_unknown_is_said_and_never_a_word_of_the_machine(page: tuple[ProofTold, str, str]) -> None:
    assert not re.search(r"\b(nan|none|inf|undefined)\b|1,?000,?000", readable(page[2]).lower().replace("none:", ""))


def test_it_speaks_one_language(page: tuple[ProofTold, str, str]) -> None:
    _, code, html = page
    for said in ("Every number", "What these words mean", "The alarms were not run."):
        assert (said in html) == (code == "en") or said.startswith("The alarms")


def other(told: ProofTold) -> ProofTold:
    wrong = replace(told.proof.auc, value=told.proof.auc.value + 0.01)
    return replace(told, proof=replace(told.proof, auc=wrong))


@pytest.mark.parametrize("proved", [made_told, pytest.param(lambda: other(made_told()), marks=MUST_FAIL)])
def test_its_numbers_are_those_of_the_proof(proved: object) -> None:
    html, proof, written = render_proof(made_told(), speak("en")), proved().proof, Written(speak("en"))
    shown = [written.plain(proof.auc), written.plain(proof.average_precision), written.share(proof.bands.recall())]
    shown += [written.times(each) for each in proof.lift.values()]
    shown += [written.plain(each.auc) for each in (*proof.horizons, *proof.parts) if each.churned >= 10]
    assert [number for number in shown if f">{number}<" not in html] == []


@pytest.mark.parametrize("code", SPOKEN)
def test_it_counts_by_revenue(code: str) -> None:
    html, found, written = render_proof(made_told(), speak(code)), made_told().proof.by_revenue, Written(speak(code))
    assert found is not None
    shown = [written.plain(found.auc), written.plain(found.average_precision), *map(written.times, found.lift.values())]
    shown += [written.share(band.churned) for band in found.bands if band.rows]
    card = html[html.index('<section class="card" id="revenue"') :].split("</section>")[0]
    assert [number for number in shown if f">{number}<" not in card] == []
    few = replace(found, auc=UNKNOWN, average_precision=UNKNOWN, lift=dict.fromkeys(found.lift, UNKNOWN))
    told = replace(made_told(), proof=replace(made_told().proof, by_revenue=few))
    assert render_proof(told, speak(code)).count(speak(code).gettext("too few")) >= 4


def test_without_revenue_there_is_no_card_of_it() -> None:
    told = replace(made_told(), proof=replace(made_told().proof, by_revenue=None))
    assert "Counted by revenue" not in render_proof(told, speak("en"))


def test_it_says_when_the_last_stretch_of_red_began() -> None:
    html, found = render_proof(made_told(), speak("en")), made_told().proof.first_red
    written = Written(speak("en"))
    assert f"{written.share(found.still_red)} of all were still red at the last date before leaving." in html
    assert f"That stretch of red had begun {written.times(found.last_stretch_months)} months before (median)." in html


@pytest.mark.parametrize("code", SPOKEN)
def test_hostile_names_are_text_kept_apart(code: str) -> None:
    html = render_proof(made_told(), speak(code))
    assert f"<bdi>{escape(HOSTILE)}</bdi>" in html  # a segment
    assert "<b onload" not in html
    assert len(re.findall(r"<bdi>[^<]*\u202e[^<]*</bdi>", html)) == readable(html).count("\u202e") > 1
    assert not {name for name in Tree(html).attributes if name.startswith("on")}


def test_alarms_stand_apart_by_whether_they_fired() -> None:
    html = render_proof(made_told(), speak("en"))
    fired, quiet = html.split("<details>")[0], html.split("Those that stayed quiet")[1]
    assert "Checked: 4. Fired: 2." in html
    assert "What to do: <bdi>Leave it out of the factors" in fired
    assert "LEAK-06" in quiet
    assert "LEAK-06" not in fired


def test_every_verdict_and_part_has_a_word() -> None:
    assert set(VERDICT_WORDS) == set(get_args(Verdict))
    assert set(PART_WORDS) == set(get_args(Kind)) - {"segment"}


def test_it_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    path = write_proof_page(made_told(), tmp_path / "proof.html", "th")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
