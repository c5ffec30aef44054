"""The revenue of a company: figures, groups, the customers behind each figure, and the rows behind each customer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from sabai.definitions.model import Definitions
from sabai.retention.earned import Earned, earned, rows_behind
from sabai.retention.kept import kept
from sabai.retention.told import earned_tables, kept_tables
from tests.metrics.landing import Row
from tests.retention.made import account, by_churn_facts, by_contracts, company, contract, leaving, on, span

ROWS = [
    contract("A", "2024-01-01", "2024-05-10", 500),
    contract("A2", "2024-05-10", None, 800, product="plus"),
    contract("B", "2024-01-01", "2024-06-20", 300),
    contract("B2", "2024-11-02", None, 200),
    contract("C", "2024-07-01", None, 100, product="plus"),
    contract("D", "2024-01-01", "2024-12-31", 400, term_months=12),
]


def found(folder: Path, rows: Sequence[Row] = tuple(ROWS), last: str = "2025-02-01", **more: str) -> Earned:
    return earned(company(folder, subscriptions=list(rows)), by_contracts(), span("2024-02-01", last, **more))


def test_each_month_and_the_year(tmp_path: Path) -> None:
    year = found(tmp_path)
    may, june, november = (year.each[place] for place in (3, 4, 9))
    assert (may.expansion_minor, june.churn_minor, november.reactivation_minor) == (300, 300, 200)
    assert year.each[5].new_minor == 100
    lately = year.lately
    assert (lately.start_minor, lately.end_minor, lately.customers) == (1200, 1100, 3)
    assert (lately.expansion_minor, lately.contraction_minor, lately.churn_minor) == (300, 100, 400)
    assert (lately.net.value, lately.gross.value) == pytest.approx((1000 / 1200, 700 / 1200))


def test_the_customers_behind_a_figure_add_up_to_it(tmp_path: Path) -> None:
    year = found(tmp_path)
    moved = year.movements()
    sums = dict(moved.group_by("kind").agg(pl.col("moved_minor").sum()).iter_rows())
    assert sums == {
        kind: total for kind in ("new", "reactivation", "expansion", "contraction", "churn")
        if (total := sum(getattr(each, f"{kind}_minor") for each in year.each))
    }  # fmt: skip
    assert year.movements([4]).rows() == [("B", "B", "2024-06", "churn", 300, 0, 300)]
    assert year.movements([0]).is_empty()


def test_exchange_is_told_of_where_nobody_asked_for_it(tmp_path: Path) -> None:
    euros = {"amount_minor": 400, "interval": "month", "currency": "EUR"}
    facts = company(
        tmp_path, subscriptions=[contract("A", "2024-01-01", None, 440, **euros), contract("B", "2024-01-01")]
    )
    told = {"currency": ["EUR"] * 2, "day_day": [on("2024-01-01"), on("2024-06-15")], "rate": [1.1, 1.45]}
    rates = pl.DataFrame(told).with_columns(pl.col("day_day").cast(pl.Int32), superseded_day=pl.lit(None, pl.Int32))
    rates.write_parquet(tmp_path / "rates.parquet")
    asked = span("2024-02-01", "2025-02-01")
    signed, dated = (earned(facts, by_contracts(), asked, way) for way in ("signed", "dated"))
    assert (signed.lately.end_minor, signed.lately.exchange_minor) == (1440, 0)
    assert [
        notice for notice in signed.notices if "at the rates of 2025-02-01 the revenue would differ by +9.7%" in notice
    ]
    assert (dated.lately.end_minor, dated.lately.exchange_minor, dated.lately.net.value) == (1580, 140, 1.0)
    assert dated.movements().rows() == [("A", "A", "2024-06", "exchange", 440, 580, 140)]
    assert not [notice for notice in dated.notices if "exchange" in notice]
    assert [each.value for each in dated.others if each.figure.endswith("with exchange")] == [
        pytest.approx(1580 / 1440)
    ]


def test_the_rows_behind_a_customer(tmp_path: Path) -> None:
    rows = [*ROWS, contract("A3", "2023-01-01", "2023-12-31"), contract("A4", "2024-07-01")]
    facts = company(tmp_path, subscriptions=rows)
    behind = rows_behind(facts, "A", on("2024-05-01"), on("2024-06-01"))
    assert behind["subscription_id"].sort().to_list() == ["A", "A2"]
    assert {"starts_at", "ends_at", "recurring_minor", "source", "key"} <= set(behind.columns)


def test_no_rows_where_there_are_no_contracts(tmp_path: Path) -> None:
    assert rows_behind(company(tmp_path, accounts=[account("A", "2024-01-01")]), "A", 0, 9).is_empty()


@pytest.mark.parametrize("by", ["product", "cohort"])
def test_groups_add_up_to_the_whole(by: str, tmp_path: Path) -> None:
    year = found(tmp_path, by=by)
    for name in ("customers", "start_minor", "end_minor", "new_minor", "reactivation_minor", "expansion_minor",
                 "contraction_minor", "churn_minor"):  # fmt: skip
        assert sum(getattr(each, name) for _, each in year.groups) == getattr(year.lately, name), name


def test_the_order_of_rows_and_their_split_do_not_matter(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    split = [contract("C", "2024-07-01", "2024-09-09", 100, product="plus"),
             contract("C2", "2024-09-09", None, 100, product="plus")]  # fmt: skip
    one, two = found(tmp_path), found(other, [*split, *(row for row in ROWS[::-1] if row["key"] != "C")])
    assert (one.each, one.lately, one.largest) == (two.each, two.lately, two.largest)


def test_the_renewal_rate_counts_only_whose_term_was_over(tmp_path: Path) -> None:
    rates = {each.tool: each.value for each in found(tmp_path).others}
    assert rates["renewals"] == 0.0
    assert "renewals" not in {each.tool for each in found(tmp_path, ROWS[:-1]).others}


def test_the_largest_and_their_share(tmp_path: Path) -> None:
    [(_, name, share), *_] = found(tmp_path).largest
    assert (name, share) == ("A", pytest.approx(800 / 1100))


def test_a_customer_who_pays_nothing_for_a_while_is_said(tmp_path: Path) -> None:
    rows = [contract("A", "2024-01-01", "2024-05-10"), contract("A2", "2024-05-10", None, 0)]
    assert any(notice.startswith("Stopped paying") for notice in found(tmp_path, rows).notices)


def test_one_customer_only(tmp_path: Path) -> None:
    alone = found(tmp_path, ROWS[:1], last="2024-08-01")
    assert (alone.lately.customers, alone.lately.net.value, alone.largest) == (1, 0.0, ())
    assert alone.concentration.effective is None


def test_no_contracts_at_all(tmp_path: Path) -> None:
    facts = company(tmp_path, accounts=[account("A", "2024-01-01")])
    nothing = earned(facts, by_contracts(), span("2024-02-01", "2024-08-01"))
    assert (nothing.lately.start_minor, nothing.lately.quick, nothing.largest) == (0, None, ())
    assert {each.value for each in nothing.others} == {None}
    assert nothing.movements().is_empty()


@pytest.mark.parametrize("definitions", [by_contracts(), by_churn_facts()], ids=["contracts", "churn facts"])
def test_rates_that_are_unknown_for_ten_years_are_a_table_all_the_same(
    definitions: Definitions, tmp_path: Path
) -> None:
    """More rows than a reader of types looks at by itself."""
    leave = [leaving(name, "2024-09-09", reason=None) for name in "ABCD"]
    accounts = [account(name, "2024-01-01") for name in "ABCD"]
    facts = company(tmp_path, subscriptions=ROWS, accounts=accounts, churn=leave)
    long = span("2010-01-01", "2025-02-01", by="product")
    tables = kept_tables(kept(facts, definitions, long)) | earned_tables(earned(facts, definitions, long))
    assert tables["periods"].height == 181
    assert tables["periods"]["gross"].is_not_null().any()
