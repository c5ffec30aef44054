"""The page of what will renew: whole, safe, mirrored, and with the numbers that were found."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sabai.language.language import speak
from sabai.renewals.distribution import distribution
from sabai.renewals.forecast import Renewals, forecast_renewals
from sabai.renewals.judge import judge
from sabai.renewals.judgement import Judgement
from sabai.renewals.reasons import Reason
from sabai.renewals.stakes import Saved
from sabai.report.money.page import Page, Section, render
from sabai.report.money.renewals import renewals_page, write_renewals
from sabai.report.money.renewals_listed import at_stake
from sabai.report.money.renewals_spread import PARTS, likely, parts
from sabai.report.names import Named
from sabai.report.sheet import WIDTH
from tests.metrics.landing import define, fact
from tests.proof.made_past import made_health
from tests.proof.twins import MUST_FAIL
from tests.renewals.made import AS_OF, call, contract, contracts, past_of
from tests.renewals.test_judge import OVER, left, rows
from tests.report.money.made import HOSTILE
from tests.report.money.test_pages import readable, shapes
from tests.report.test_page import Tree
from tests.spoken import SPOKEN

DEFINITIONS = define(health=made_health({"use": 1.0}))
NAMES = {"ant": Named(HOSTILE), "bee": Named("株式会社さくら")}


class Made(NamedTuple):
    found: Renewals
    told: Judgement | None


def all_of_it(folder: Path) -> Made:
    """ant and cow renew, bee has given notice, dog pays by the month; ant's owner sees it otherwise."""
    facts = contracts(
        folder,
        contract("ant", date(2022, 2, 1), monthly=1000), contract("ant", date(2022, 2, 1), key="m", product=HOSTILE),
        contract("bee", date(2022, 3, 1), monthly=500, notice_at=AS_OF - 3),
        contract("cow", date(2022, 3, 5), monthly=300), contract("dog", date(2022, 3, 1), 1, monthly=70),
        owners=[fact(each, each, 0, user="mali", from_on=1) for each in ("ant", "bee")],
    )  # fmt: skip
    past = past_of(facts.account_ids, [AS_OF - 365, AS_OF])
    found = forecast_renewals(facts, DEFINITIONS, AS_OF, 90, past, (call("ant", 0.5),))
    first, *rest = found.renewals
    why = (Reason("use", 12.0, 60.0, 9.0), Reason("deductions", None, None, 5.0))
    worse = replace(first, p=0.9, reasons=why)
    saved = (Saved("ant", AS_OF + 31, 0.9, 0.95, 12_000, 600.0),)
    return Made(replace(found, renewals=(worse, *rest), inaction=saved), judge(rows(), left(), ("ant", "bee"), OVER, 0))


def nothing(folder: Path) -> Made:
    facts = contracts(folder, contract("dog", date(2022, 7, 1), 1))
    return Made(forecast_renewals(facts, DEFINITIONS, AS_OF, 90, past_of(facts.account_ids, [AS_OF])), None)


def unknown(folder: Path) -> Made:
    """Nothing of the past is known, so no chance is."""
    facts = contracts(folder, contract("ant", date(2023, 2, 1), monthly=1000))
    waiting = judge(rows(), left(), ("ant", "bee"), OVER - 1, 0)
    return Made(forecast_renewals(facts, DEFINITIONS, AS_OF, 90, past_of(facts.account_ids, [AS_OF])), waiting)


MADE = {"all": all_of_it, "nothing": nothing, "unknown": unknown}


@pytest.fixture(scope="module", params=MADE)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return MADE[request.param](tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return all_of_it(tmp_path_factory.mktemp("made"))


def page_of(made: Made, code: str = "en") -> Page:
    return renewals_page(made.found, NAMES, made.told, speak(code))


def section(page: Page, anchor: str) -> Section:
    return next(each for each in page.sections if each.anchor == anchor)


@pytest.mark.parametrize("code", SPOKEN)
def test_it_is_whole_safe_and_says_nothing_of_the_machine(made: Made, code: str) -> None:
    text = render(page_of(made, code), DEFINITIONS, speak(code))
    tree = Tree(text)
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    assert {link.removeprefix("#") for link in tree.links} <= set(tree.ids)
    assert "alert(1)</script>" not in text
    assert not re.search(r"\b(nan|none|inf|null)\b", readable(text).lower())
    assert not re.search(r"%\((?!x)", readable(text))


def test_every_card_has_something_to_show_or_says_why_not(made: Made) -> None:
    for each in page_of(made).sections:
        assert each.picture or (each.table and each.table.rows) or each.missing, each.anchor
        assert not each.table or all(len(row) == len(each.table.heads) for row in each.table.rows)


def test_the_answer_is_what_was_found(known: Made) -> None:
    page, show, whole = page_of(known), speak("en").show, known.found.total
    due, expected, low, high = (
        show.money_short(minor, known.found.currency)
        for minor in (whole.due_minor, whole.expected_minor, whole.p10_minor, whole.p90_minor)
    )
    assert page.answer == f"Of {due} due by Mar 30, 2024, {expected} ({low}–{high}) is expected to renew."
    assert [tile.value for tile in page.tiles][:2] == [due, expected]
    assert page.tiles[3].beside == "1 renewal"


def test_nothing_due_and_nothing_known_are_said(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assert page_of(nothing(tmp_path / "one")).answer == (
        "Nothing with a term of more than a month is due by Mar 30, 2024."
    )
    page = page_of(unknown(tmp_path))
    assert page.answer.endswith("is due by Mar 30, 2024; what of it will renew cannot be told.")
    assert [tile.value for tile in page.tiles][1:3] == ["unknown", "unknown"]
    assert section(page, "judged").missing.startswith("Nothing is due yet: the first forecast can be judged on ")


def test_the_riskiest_come_by_what_may_be_lost_with_why_and_the_owners_word(known: Made) -> None:
    table = section(page_of(known), "riskiest").table
    assert table
    shown = [re.sub(r"<[^>]*>|[\u2068\u2069]", "", str(cell)) for cell in table.rows[1]]
    assert str(table.rows[0][0]).count("株式会社さくら") == 1  # bee: it has said no
    assert shown[2] == "use 12 (usual 60) and deductions of 5 points"
    assert shown[4] == "mali: renews (50% to renew)"
    stakes = sorted((at_stake(each) for each in known.found.renewals), reverse=True)
    assert [row[-1] for row in table.rows] == [speak("en").show.money_short(each, "USD") for each in stakes]


def test_no_column_stays_empty_where_no_owner_speaks(known: Made) -> None:
    silent = replace(known.found, called=None)
    heads = section(page_of(Made(silent, None)), "riskiest").table.heads  # type: ignore[union-attr]
    assert "what the owner says" not in heads
    assert "what the owner says" in section(page_of(known), "riskiest").table.heads  # type: ignore[union-attr]


def test_owners_who_see_it_otherwise_are_named(known: Made) -> None:
    card = section(page_of(known), "calls")
    assert card.table
    assert len(card.table.rows) == 1
    assert card.notes[0].startswith("Owners speak of $")


def test_what_was_right_stands_beside_other_ways(known: Made) -> None:
    page = page_of(known)
    assert section(page, "judged").picture.about == "Jan 1, 2024: $10 came, $8.60 expected."  # type: ignore[union-attr]
    table = section(page, "compared").table
    assert table
    assert [row[1] for row in table.rows[:3]] == ["the forecast", "the forecast", "the rate of the year before"]
    assert table.rows[0][4] == speak("en").show.percent(known.told.whole.bias, 1)  # type: ignore[union-attr]


def test_the_chances_of_all_parts_add_up_to_one() -> None:
    known = distribution(np.array([900, 500, 80]), np.array([0.9, 0.6, 0.5]))
    edges = parts(known)
    chances = likely(known, edges)
    assert len(chances) == PARTS
    assert sum(chances) == pytest.approx(1)
    assert chances[-1] == pytest.approx(0.9 * 0.6 * 0.5)  # all of it comes


@pytest.mark.parametrize("other", ["ar", pytest.param("ja", marks=MUST_FAIL)])
def test_pictures_are_mirrored_where_reading_begins_on_the_right(known: Made, other: str) -> None:
    for here, there in zip(page_of(known).pictures(), page_of(known, other).pictures(), strict=True):
        places = [(float(each.get("x") or 0), float(each.get("width") or 0)) for each in shapes(here, "rect")]
        turned = [WIDTH - float(each.get("x") or 0) - float(each.get("width") or 0) for each in shapes(there, "rect")]
        assert turned == pytest.approx([x for x, _ in places], abs=0.11)


def test_what_is_drawn_stays_on_its_sheet(made: Made) -> None:
    for picture in page_of(made).pictures():
        for each in shapes(picture, "rect"):
            x, y, width, height = (float(each.get(side) or "nan") for side in ("x", "y", "width", "height"))
            assert -0.1 <= x <= x + width <= WIDTH + 0.1, picture.name
            assert -0.1 <= y <= y + height <= picture.height + 0.1, picture.name


def test_files_stand_beside_the_page(made: Made, tmp_path: Path) -> None:
    page = write_renewals(made.found, NAMES, made.told, DEFINITIONS, tmp_path / "renewals", "ja")
    assert page.name == "renewals.ja.html"
    drawn = {picture.name for picture in page_of(made, "ja").pictures()}
    assert {path.name.split(".")[0] for path in page.parent.glob("pictures/*.svg")} == drawn
