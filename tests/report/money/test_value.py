"""The page of what customers are worth: whole, safe, mirrored, and with the numbers that were found."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.language.language import speak
from sabai.report.money.page import Page, Section, render
from sabai.report.money.value import value_page, write_value
from sabai.report.money.value_seen import foretold, survived
from sabai.report.sheet import WIDTH
from sabai.value.curve_fit import Renewals
from sabai.value.lifetime import Ask, lifetime_values
from sabai.value.values import Values
from tests.calling import called
from tests.proof.twins import MUST_FAIL
from tests.report.money.made import HOSTILE
from tests.report.money.test_pages import readable, shapes
from tests.report.test_page import Tree
from tests.spoken import SPOKEN
from tests.value.made import DEFINITIONS, day, subscription
from tests.value.test_lifetime import AS_OF, ASK, company, shop
from tests.value.test_value_verb import DEFINITIONS as CONTRACTS


def contracts(folder: Path) -> Values:
    """Two segments, what it costs to win in one of them, whom somebody brought, and a name that means harm."""
    brought = [{"account_id": "high-2018-0900", "referred_account_id": "high-new-1", "kind": "referral",
                "occurred_day": day("2025-11-01")}]  # fmt: skip
    given = company(folder, *(subscription(f"high-new-{n}", "2025-11-10") for n in range(4)), advocacy=brought)
    spent = {"segment": "high", "kind": "acquisition", "amount_minor": 80_000, "currency": "USD"}
    pl.DataFrame([spent]).with_columns(
        month_on=pl.date(2025, 11, 1), received_day=pl.lit(None, pl.Int32), superseded_day=pl.lit(None, pl.Int32)
    ).write_parquet(folder / "costs.parquet")
    found = lifetime_values(given, DEFINITIONS, AS_OF, Ask(**ASK))
    first = pl.col("account_id") == found.accounts["account_id"][0]
    named = found.accounts.with_columns(name=pl.when(first).then(pl.lit(HOSTILE)).otherwise("name"))
    return replace(found, accounts=named)


def nobody(folder: Path) -> Values:
    """Contracts of which none has come up yet."""
    return lifetime_values(company(folder), DEFINITIONS, day("2018-12-01"), Ask(**ASK))


def purchases(folder: Path) -> Values:
    return lifetime_values(shop(folder), DEFINITIONS, 20_700, Ask(**ASK))


MADE = {"contracts": contracts, "nobody": nobody, "purchases": purchases}


@pytest.fixture(scope="module", params=MADE)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Values:
    return MADE[request.param](tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Values:
    return contracts(tmp_path_factory.mktemp("made"))


def section(page: Page, anchor: str) -> Section:
    return next(each for each in page.sections if each.anchor == anchor)


@pytest.mark.parametrize("code", SPOKEN)
def test_it_is_whole_safe_and_says_nothing_of_the_machine(made: Values, code: str) -> None:
    text = render(value_page(made, speak(code)), DEFINITIONS, speak(code))
    tree = Tree(text)
    assert tree.open == []
    assert len(tree.ids) == len(set(tree.ids))
    assert {link.removeprefix("#") for link in tree.links} <= set(tree.ids)
    assert "alert(1)</script>" not in text
    assert not re.search(r"\b(nan|none|inf|null)\b", readable(text).lower())
    assert not re.search(r"%\((?!x)", readable(text))


def test_every_card_has_something_to_show_or_says_why_not(made: Values) -> None:
    for each in value_page(made, speak("en")).sections:
        assert each.picture or (each.table and each.table.rows) or each.missing, each.anchor
        assert not each.table or all(len(row) == len(each.table.heads) for row in each.table.rows)


def test_the_answer_is_what_was_found(known: Values) -> None:
    found, page, show = known, value_page(known, speak("en")), speak("en").show
    value, naive = (show.money_short(minor, "USD") for minor in (found.total.value_minor, found.naive_minor))
    assert page.answer.startswith(f"736 customers will yet bring {value} (")
    assert page.answer.endswith(f"the naive 1 ÷ churn would say {naive}.")
    worth, each, ratio, point = page.tiles
    assert worth.value == value
    assert each.value == show.money_short(found.segments[0].mean.value_minor, "USD")
    assert point.value == show.money_short(found.points[0].gain_minor, "USD")
    assert ratio.value == show.fixed(found.segments[0].ratio, 1)
    assert "costs $200 to win" in ratio.beside


def test_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    page = value_page(nobody(tmp_path), speak("en"))
    assert page.answer == "What customers are worth cannot be told: too little was seen of them."
    assert [tile.value for tile in page.tiles] == ["unknown"] * 3
    assert section(page, "held-out").picture is None


def test_costs_stand_only_where_they_are_known(known: Values) -> None:
    table = section(value_page(known, speak("en")), "costs").table
    assert table
    everybody, high = table.rows  # regular: nobody says what it costs
    assert everybody[0] == "all"
    found = next(each for each in known.segments if each.segment == "high")
    assert high[2:4] == ("$200", speak("en").show.fixed(found.ratio, 1))


def test_why_not_naively_stands_beside_the_naive_value_and_only_there(known: Values) -> None:
    page = value_page(known, speak("en"))
    (why,) = section(page, "naive").notes
    assert why.startswith("The naive value")
    assert why not in page.notices


def test_those_who_buy_without_a_contract_have_no_curve_of_renewals(tmp_path: Path) -> None:
    page = value_page(purchases(tmp_path), speak("en"))
    assert not [each for each in page.sections if each.anchor.startswith("stays")]
    assert section(page, "points").missing.startswith("It cannot be told without contracts")
    assert "within 36 months" in page.answer


def test_the_curve_that_was_seen_is_that_of_the_survivors(known: Values) -> None:
    told, seen = known.models[1], known.renewals["yearly terms, regular"]
    observed, model = survived(seen), foretold(told, seen)
    assert [round(each.value, 3) for each in observed] == [1.0, 0.631, 0.468, 0.382, 0.326, 0.289, 0.262, 0.241]
    assert [each.value for each in model[:8]] == pytest.approx([each.value for each in observed], abs=0.02)
    assert len(model) == 12
    page = value_page(known, speak("en"))
    assert "Renewal 1: seen 63%" in section(page, "stays-2").picture.about  # type: ignore[union-attr]


def test_greenwood_by_hand() -> None:
    """One renewal of 100, 80 stay: se of ln(−ln .8) is √(20 ÷ (100 × 80)) ÷ −ln .8."""
    one = survived(Renewals(np.array([100]), np.array([80])))[1]
    wide = 1.959964 * np.sqrt(20 / 8000) / -np.log(0.8)
    assert (one.low, one.high) == pytest.approx((0.8 ** np.exp(wide), 0.8 ** np.exp(-wide)))
    assert one.low < 0.8 < one.high


def test_a_curve_ends_where_nobody_is_left_or_asked() -> None:
    assert len(survived(Renewals(np.array([9, 4, 0, 3]), np.array([4, 4, 0, 3])))) == 3
    assert len(survived(Renewals(np.array([9, 4]), np.array([4, 0])))) == 2


@pytest.mark.parametrize("other", ["ar", pytest.param("ja", marks=MUST_FAIL)])
def test_pictures_are_mirrored_where_reading_begins_on_the_right(known: Values, other: str) -> None:
    one, mirrored = (list(value_page(known, speak(code)).pictures()) for code in ("en", other))
    for here, there in zip(one, mirrored, strict=True):
        places = [(float(each.get("x") or 0), float(each.get("width") or 0)) for each in shapes(here, "rect")]
        turned = [WIDTH - float(each.get("x") or 0) - float(each.get("width") or 0) for each in shapes(there, "rect")]
        assert turned == pytest.approx([x for x, _ in places], abs=0.11)


def test_what_is_drawn_stays_on_its_sheet(made: Values) -> None:
    for picture in value_page(made, speak("en")).pictures():
        for each in shapes(picture, "rect"):
            x, y, width, height = (float(each.get(side) or "nan") for side in ("x", "y", "width", "height"))
            assert -0.1 <= x <= x + width <= WIDTH + 0.1, picture.name
            assert -0.1 <= y <= y + height <= picture.height + 0.1, picture.name


def test_files_stand_beside_the_page(made: Values, tmp_path: Path) -> None:
    page = write_value(made, DEFINITIONS, tmp_path / "value", "th")
    assert page.name == "value.th.html"
    assert {path.name for path in page.parent.glob("*.csv")} == {"accounts.csv", "models.csv"}
    drawn = {picture.name for picture in value_page(made, speak("th")).pictures()}
    assert {path.name.split(".")[0] for path in page.parent.glob("pictures/*.svg")} == drawn


def test_the_verb_writes_it_in_the_readers_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sabai.yaml").write_text(CONTRACTS, encoding="utf-8")
    (tmp_path / "customers.csv").write_text("id,name,plan\nA,Ann,big\n", encoding="utf-8")
    (tmp_path / "contracts.csv").write_text("id,customer,from,until,price\n1,A,2022-01-01,,100\n", encoding="utf-8")
    out = tmp_path / "out"
    said = called(capsys, "value", str(tmp_path), "--as-of", "2024-06-01", "--out", str(out), "--lang", "ar", "--json")
    assert Path(said.json["page"]) == out / "value" / "value.ar.html"
    assert 'dir="rtl"' in (out / "value" / "value.ar.html").read_text(encoding="utf-8")
