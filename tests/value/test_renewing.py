"""Cohorts out of subscriptions: who began, renewed so many times, and left; and what goes wrong in such data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sabai.dates import ALWAYS
from sabai.definitions.model import Churn
from sabai.value.renewing import Stays, renewals, stays, watched_from
from tests.value.made import DEFINITIONS, day, facts, subscription

AS_OF = day("2026-01-15")


def of(folder: Path, *rows: dict[str, Any], as_of: int = AS_OF) -> Stays:
    return stays(facts(folder, subscriptions=list(rows)), DEFINITIONS, as_of)


def only(found: Stays) -> dict[str, Any]:
    assert len(found) == 1
    return found.rows.to_dicts()[0]


@pytest.mark.parametrize(
    ("start", "end", "renewed", "left", "here"),
    [
        ("2023-01-01", None, 3, False, True),
        ("2023-01-15", None, 2, False, True),  # the third renewal is that day, and not known yet
        ("2023-01-01", "2025-01-01", 1, True, False),  # did not renew a second time
        ("2023-01-01", "2024-06-01", 1, True, False),  # in the middle of the second term
        ("2023-01-01", "2023-03-01", 0, True, False),
        ("2023-01-01", "2025-01-02", 1, True, False),  # whose last day is part of the term
        ("2025-01-10", "2026-01-10", 0, False, False),  # may still come back
        ("2025-01-10", "2026-01-15", 1, False, True),  # its end is known, and has not come
        ("2024-02-29", None, 1, False, True),
    ],
)
def test_renewals_are_counted(tmp_path, start: str, end: str | None, renewed: int, left: bool, here: bool) -> None:
    found = only(of(tmp_path, subscription("A", start, end)))
    assert (found["renewed"], found["left"], found["here"]) == (renewed, left, here)


def test_monthly_terms_and_ends_of_months(tmp_path: Path) -> None:
    found = only(of(tmp_path, subscription("A", "2025-10-31", term_months=1)))
    assert (found["renewed"], found["due"]) == (2, day("2026-01-31"))
    odd = only(of(tmp_path, subscription("A", "2024-01-01", term_months=13)))
    assert (odd["renewed"], odd["due"]) == (1, day("2026-03-01"))


def test_upgrades_overlaps_and_short_gaps_are_one_stay(tmp_path: Path) -> None:
    found = only(of(
        tmp_path,
        subscription("A", "2022-01-01", "2023-01-01"),
        subscription("A", "2023-01-01", "2024-01-01", recurring_minor=20_000),
        subscription("A", "2023-06-01", "2024-02-01"),
        subscription("A", "2024-02-20", recurring_minor=30_000),
    ))  # fmt: skip
    assert (found["start"], found["renewed"], found["revenue_minor"]) == (day("2022-01-01"), 4, 30_000)


def test_a_long_gap_makes_two_stays(tmp_path: Path) -> None:
    found = of(tmp_path, subscription("A", "2022-01-01", "2023-01-01"), subscription("A", "2024-01-01"))
    assert found.rows["renewed"].to_list() == [0, 2]
    assert found.rows["left"].to_list() == [True, False]


def test_what_is_not_known_yet_is_not_read(tmp_path: Path) -> None:
    told = subscription("A", "2023-01-01", received_day=AS_OF)
    assert len(of(tmp_path, told)) == 0
    assert len(of(tmp_path, told, as_of=AS_OF + 1)) == 1
    older = subscription("A", "2023-01-01", superseded_day=AS_OF - 9)
    assert len(of(tmp_path, older)) == 0
    assert len(of(tmp_path, subscription("A", "2026-01-15"))) == 0
    assert len(of(tmp_path, subscription("A", "2025-01-01", status="trial"))) == 0


def test_terms_come_from_the_interval_where_none_is_stated(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        subscription("A", "2024-01-01", term_months=None, interval="year"),
        subscription("B", "2024-01-01", term_months=None, interval="Monthly"),
        subscription("C", "2024-01-01", term_months=None, interval="once"),
    )
    assert dict(found.rows.select("account_id", "term").rows()) == {"A": 12, "B": 1}
    assert found.without_term == 1


def test_a_longer_term_later_counts_and_is_said(tmp_path: Path) -> None:
    rows = subscription("A", "2024-01-01", "2025-01-01", term_months=1), subscription("A", "2025-01-01")
    found = only(of(tmp_path, *rows))
    assert (found["term"], found["renewed"], found["changed"]) == (12, 2, True)


def test_churn_facts_end_what_still_stands_open(tmp_path: Path) -> None:
    gone = {"account_id": "A", "effective_day": day("2024-03-01")}
    given = facts(tmp_path, subscriptions=[subscription("A", "2023-01-01")], churn=[gone])
    by_churn = replace(DEFINITIONS, churn=Churn("churn"))
    assert stays(given, by_churn, AS_OF).rows["left"].to_list() == [True]
    assert stays(given, DEFINITIONS, AS_OF).rows["left"].to_list() == [False]
    assert stays(given, by_churn, day("2024-03-01")).rows["left"].to_list() == [False]


def test_survivors_are_counted_and_who_left_early_only_when_the_others_are_asked(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        subscription("A", "2023-01-01"),
        subscription("B", "2023-01-01", "2024-06-01"),
        subscription("C", "2023-01-01", "2024-01-01"),
        subscription("D", "2025-06-01", "2025-08-01"),  # the others of June 2025 have not been asked
    )
    seen = renewals(found.rows)
    assert seen.asked.tolist() == [3, 2, 1]
    assert seen.left.tolist() == [1, 1, 0]


def test_an_export_of_survivors_is_seen_through(tmp_path: Path) -> None:
    """Forty began in 2016, but the export holds only those who were there in 2025; then every tenth leaves."""
    rows = [subscription(f"A{n:02}", "2016-01-01", "2025-01-01" if n % 10 == 0 else None) for n in range(40)]
    found = of(tmp_path, *rows)
    since = watched_from(found.rows)
    assert since == day("2025-01-01")
    seen = renewals(found.rows, since)
    assert (int(seen.asked.sum()), int(seen.left.sum())) == (40 + 36, 4)
    assert renewals(found.rows).rate > seen.rate
    few = of(tmp_path, subscription("A", "2023-01-01"), subscription("B", "2023-01-01", "2025-01-01"))
    assert watched_from(few.rows) == ALWAYS
    assert watched_from(of(tmp_path, subscription("A", "2023-01-01")).rows) == ALWAYS


def test_an_unknown_price_is_no_price(tmp_path: Path) -> None:
    found = of(tmp_path, subscription("A", "2023-01-01", recurring_minor=None), subscription("A", "2023-01-01"))
    assert only(found)["revenue_minor"] is None
    assert found.rows.schema["revenue_minor"] == pl.Float64
