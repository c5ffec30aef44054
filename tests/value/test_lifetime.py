"""The door: values by hand, what stands beside them, and what happens where nothing can be told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from sabai.errors import UsageError
from sabai.facts.landed import Facts
from sabai.value.lifetime import Ask, lifetime_values
from sabai.value.values import Values
from tests.value.made import DEFINITIONS, day, facts, subscription

AS_OF = day("2026-01-01")
ASK = {"margin": 0.75, "discount_a_year": 0.1}


def cohort(segment: str, start: str, survivors: list[int], minor: int = 10_000) -> Iterator[dict[str, Any]]:
    """Yearly subscriptions that end after 1, 2, … terms, so that `survivors` stay; `account_id` names the segment."""
    year = int(start[:4])
    ends = [terms for terms, (had, have) in enumerate(pairwise(survivors), 1)
            for _ in range(had - have)] + [None] * survivors[-1]  # fmt: skip
    for number, terms in enumerate(ends):
        end = None if terms is None else f"{year + terms}{start[4:]}"
        yield subscription(f"{segment}-{year}-{number:04}", start, end, recurring_minor=minor)


def company(folder: Path, *extra: dict[str, Any], **tables: list[dict[str, Any]]) -> Facts:
    """The survivors of High End and Regular, each begun on 2018-07-01 and asked seven times."""
    rows = [*cohort("high", "2018-07-01", [1000, 869, 743, 653, 593, 551, 517, 491]),
            *cohort("regular", "2018-07-01", [1000, 631, 468, 382, 326, 289, 262, 241], 5_000), *extra]  # fmt: skip
    ids = sorted({row["account_id"] for row in rows})
    accounts = [{"account_id": name, "name": name.title(), "segment": name.partition("-")[0]} for name in ids]
    return facts(folder, subscriptions=rows, accounts=accounts, **tables)


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> Values:
    return lifetime_values(company(tmp_path_factory.mktemp("made")), DEFINITIONS, AS_OF, Ask(**ASK, model="sbg"))


def test_an_account_by_hand(values: Values) -> None:
    """High End, seven renewals: r(8) (1 + V(9) ÷ 1.1) with a .668, b 3.806; half a year until the eighth."""
    row = values.accounts.filter(pl.col("segment") == "high").to_dicts()[0]
    worth, (a, b) = 0.0, (0.66809, 3.80609)
    for renewal in range(2_000, 7, -1):
        worth = (b + renewal - 1) / (a + b + renewal - 1) * (1 + worth / 1.1)
    until = (day("2026-07-01") - AS_OF) / 365.25
    assert row["renewed"] == 7
    assert row["value_minor"] == pytest.approx(0.75 * 12 * 10_000 * worth / 1.1**until, rel=1e-4)
    assert row["value_minor"] != pytest.approx(0.75 * 12 * 10_000 * worth, rel=1e-2)
    assert row["low_minor"] < row["value_minor"] < row["high_minor"]


def test_each_segment_has_its_curve_and_sums_add_up(values: Values) -> None:
    assert [(each.of, each.model) for each in values.models] == [
        ("yearly terms, high", "sbg"), ("yearly terms, regular", "sbg"),
    ]  # fmt: skip
    assert values.models[1].parameters == pytest.approx({"a": 0.7041, "b": 1.1820}, abs=1e-3)
    every, high, regular = values.segments
    assert (every.accounts, high.valued, regular.valued) == (732, 491, 241)
    assert every.total.value_minor == pytest.approx(values.accounts["value_minor"].sum(), abs=732)
    assert high.total.value_minor + regular.total.value_minor == pytest.approx(every.total.value_minor, abs=2)
    assert every.mean.value_minor == pytest.approx(every.total.value_minor / 732, abs=1)
    assert regular.new_minor == pytest.approx(0.75 * 12 * 5_000 * 3.695, rel=1e-3)


def test_the_naive_value_stands_beside_and_is_another(values: Values) -> None:
    naive = values.accounts.filter(pl.col("segment") == "regular")["naive_minor"][0]
    churn = (1000 - 241) / (1000 + 631 + 468 + 382 + 326 + 289 + 262)
    assert naive == pytest.approx(0.75 * 12 * 5_000 / churn, abs=1)
    assert any("naive value" in notice for notice in values.notices)


def test_the_held_out_year_is_told_better_than_by_one_rate(values: Values) -> None:
    later = values.held_out
    assert later is not None
    assert later.until_day - later.from_day == 365
    assert later.seen_minor == 12 * (491 * 10_000 + 241 * 5_000)
    assert abs(later.model_minor - later.seen_minor) < abs(later.naive_minor - later.seen_minor)


def test_points_of_retention_are_worth_more_together(values: Values) -> None:
    one, five = values.points
    assert (one.points, five.points) == (1, 5)
    assert 0 < 4 * one.gain_minor < five.gain_minor
    assert one.share == pytest.approx(one.gain_minor / values.total.value_minor, rel=1e-6)


def test_the_most_valuable_and_their_share(values: Values) -> None:
    best = values.most_valuable(5)
    assert best["segment"].to_list() == ["high"] * 5
    assert best["value_minor"].is_sorted(descending=True)
    assert values.most_valuable(9_999)["together"][-1] == pytest.approx(1)


def test_whoever_has_given_notice_is_worth_nothing_more(tmp_path: Path) -> None:
    leaving = subscription("high-leaving", "2018-07-01", "2026-07-01", notice_day=AS_OF - 5)
    found = lifetime_values(company(tmp_path, leaving), DEFINITIONS, AS_OF, Ask(**ASK))
    row = found.accounts.filter(pl.col("account_id") == "high-leaving").to_dicts()[0]
    assert (row["value_minor"], row["high_minor"], row["why"]) == (0, 0, "has given notice")
    stays = subscription("high-leaving", "2018-07-01", "2026-07-01", notice_day=AS_OF)
    later = lifetime_values(company(tmp_path, stays), DEFINITIONS, AS_OF, Ask(**ASK))
    assert later.accounts.filter(pl.col("account_id") == "high-leaving")["value_minor"][0] > 0


def test_an_odd_term_that_too_few_have_is_said(tmp_path: Path) -> None:
    odd = subscription("odd-1", "2024-01-01", term_months=13)
    found = lifetime_values(company(tmp_path, odd), DEFINITIONS, AS_OF, Ask(**ASK))
    row = found.accounts.filter(pl.col("account_id") == "odd-1").to_dicts()[0]
    assert row["value_minor"] is None
    assert row["why"] == "too few renewals of 13-month terms seen"
    assert any(notice.startswith("13-month terms: 1 renewals") for notice in found.notices)


def test_costs_stand_against_values(tmp_path: Path) -> None:
    new = [subscription(f"high-new-{n}", "2025-11-10") for n in range(4)]
    month = pl.date(2025, 11, 1)
    spent = [("high", "acquisition", 80_000), ("high", "serving", 495), ("elsewhere", "acquisition", 7)]
    given = company(tmp_path, *new)
    rows = pl.DataFrame(spent, schema=["segment", "kind", "amount_minor"], orient="row").with_columns(
        month_on=month, currency=pl.Series(["USD"] * 3), received_day=pl.lit(None, pl.Int32),
        superseded_day=pl.lit(None, pl.Int32),
    )  # fmt: skip
    rows = pl.concat([rows, rows.head(1).with_columns(currency=pl.lit("THB"))])
    rows.write_parquet(tmp_path / "costs.parquet")
    found = lifetime_values(given, DEFINITIONS, AS_OF, Ask(**ASK))
    high = next(each for each in found.segments if each.segment == "high")
    assert (high.cost_to_win_minor, high.cost_to_keep_minor) == (20_000, 1)
    assert high.ratio == pytest.approx(high.new_minor / 20_000, rel=1e-6)
    assert next(each for each in found.segments if each.segment == "regular").ratio is None
    assert any("another currency" in notice for notice in found.notices)
    assert any("elsewhere" in notice for notice in found.notices)


def test_what_referred_customers_brought(tmp_path: Path) -> None:
    def deed(by: str, whom: str, on: str) -> dict[str, Any]:
        return {"account_id": by, "referred_account_id": whom, "kind": "referral", "occurred_day": day(on)}

    new, deeds = subscription("high-new", "2025-11-10"), [
        deed("high-2018-0900", "high-new", "2025-10-01"), deed("regular-2018-0999", "high-new", "2025-10-09"),
        deed("high-2018-0900", "nobody", "2025-10-02"), deed("high-2018-0900", "high-2018-0901", "2026-01-01"),
    ]  # fmt: skip
    told = lifetime_values(company(tmp_path, new, advocacy=deeds), DEFINITIONS, AS_OF, Ask(**ASK)).referrals
    assert told is not None
    assert (told.accounts, told.came, told.here, told.revenue_minor) == (2, 1, 1, 10_000)
    assert told.by_referrer["account_id"].to_list() == ["high-2018-0900"]
    assert told.total.value_minor == told.by_referrer["value_minor"][0] > 0


def shop(folder: Path, customers: int = 400) -> Facts:
    rng, rows = np.random.default_rng(7), []
    for number in range(customers):
        on, rate, mean = rng.integers(0, 200), rng.gamma(0.8, 1 / 30), rng.gamma(4, 1) * 1000
        while on < 700:
            rows.append({"account_id": f"C{number:03}", "occurred_day": 20_000 + int(on), "kind": "payment",
                         "base_minor": int(rng.gamma(5, mean / 5)) + 1})  # fmt: skip
            if rng.random() < 0.15:
                break
            on += 1 + rng.exponential(1 / rate)
    return facts(folder, payments=rows)


def test_without_contracts_purchases_tell(tmp_path: Path) -> None:
    given = shop(tmp_path)
    found = lifetime_values(given, DEFINITIONS, 20_700, Ask(**ASK))
    assert (found.family, found.horizon_months) == ("purchases", 36)
    assert [each.model for each in found.models] == ["bgnbd", "gammagamma"]
    row = found.accounts.to_dicts()[0]
    assert row["value_minor"] == pytest.approx(0.75 * row["purchases"] * row["average_minor"], rel=1e-4)
    assert row["low_minor"] < row["value_minor"] < row["high_minor"]
    assert found.held_out.model_error_minor < found.held_out.naive_error_minor
    longer = lifetime_values(given, DEFINITIONS, 20_700, Ask(**ASK, horizon_months=60))
    assert longer.total.value_minor > found.total.value_minor
    pareto = lifetime_values(given, DEFINITIONS, 20_700, Ask(**ASK, model="pareto"))
    assert pareto.models[0].model == "pareto"
    assert pareto.total.value_minor == pytest.approx(found.total.value_minor, rel=0.4)


def test_too_few_customers_have_no_value(tmp_path: Path) -> None:
    found = lifetime_values(shop(tmp_path, 12), DEFINITIONS, 20_700, Ask(**ASK))
    assert found.accounts["value_minor"].null_count() == found.accounts.height > 0
    assert found.models == ()
    assert found.total.value_minor is None
    assert any("no model is fitted" in notice for notice in found.notices)


def test_amounts_that_never_change_fall_back_and_are_marked(tmp_path: Path) -> None:
    given = shop(tmp_path)
    rows = pl.read_parquet(tmp_path / "payments.parquet")
    rows.with_columns(base_minor=pl.lit(1000)).write_parquet(tmp_path / "payments.parquet")
    found = lifetime_values(given, DEFINITIONS, 20_700, Ask(**ASK))
    assert found.accounts["model"].unique().to_list() == ["bgnbd + own mean"]
    assert found.accounts["value_minor"].null_count() == 0
    assert found.accounts["low_minor"].null_count() == found.accounts.height
    assert any("fell back to the mean amount" in notice for notice in found.notices)


@pytest.mark.parametrize(
    "wrong",
    [{"margin": 0.0}, {"margin": 1.5}, {"discount_a_year": 0.0}, {"horizon_months": 0}, {"by": "colour"}],
)
def test_what_cannot_be_asked_is_said(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="VAL-00"):
        lifetime_values(company(tmp_path), DEFINITIONS, AS_OF, Ask(**ASK | wrong))


def test_without_money_nothing_can_be_told(tmp_path: Path) -> None:
    given = facts(tmp_path, accounts=[{"account_id": "A", "segment": "x", "name": None}])
    with pytest.raises(UsageError, match="VAL-003"):
        lifetime_values(given, DEFINITIONS, AS_OF, Ask(**ASK))
    with pytest.raises(UsageError, match="subscriptions"):
        lifetime_values(given, DEFINITIONS, AS_OF, Ask(**ASK, model="bdw"))


def test_prospects_and_tests_have_no_value(tmp_path: Path) -> None:
    given = company(tmp_path)
    rows = pl.read_parquet(tmp_path / "accounts.parquet").with_columns(
        test=pl.col("account_id") == "high-2018-0999", lifecycle=pl.lit("customer")
    )
    rows.write_parquet(tmp_path / "accounts.parquet")
    found = lifetime_values(given, DEFINITIONS, AS_OF, Ask(**ASK))
    assert "high-2018-0999" not in found.accounts["account_id"]
    assert found.accounts.height == 731


@pytest.mark.parametrize(("ended", "said"), [(400, True), (10, False)])
def test_where_many_end_on_one_day_it_may_be_that_of_the_export(tmp_path: Path, ended: int, said: bool) -> None:
    extra = [subscription(f"cut-{n:04}", "2025-01-01", "2025-12-30") for n in range(ended)]
    told = lifetime_values(company(tmp_path, *extra), DEFINITIONS, AS_OF, Ask(**ASK)).notices
    assert any(notice.startswith(f"{ended} contracts have ended so lately") for notice in told)
    assert any(notice.startswith(f"{ended} of these ended on 2025-12-30") for notice in told) == said
