"""The made company's retention again, month by month, by SQL of our own hand that shares no line with the room."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from sabai.definitions.reader import read_definitions
from sabai.demo import make_company
from sabai.facts.land import land
from sabai.retention.earned import Earned, earned
from sabai.retention.kept import Kept, kept
from tests.retention.made import span

FIRST, LAST = "2025-06-01", "2026-07-01"
MONTHS = f"""
    months AS (
        SELECT month::DATE - DATE '1970-01-01' AS opens, (month + INTERVAL 1 MONTH)::DATE - DATE '1970-01-01' AS closes
        FROM generate_series(DATE '{FIRST}', DATE '{LAST}' - INTERVAL 1 MONTH, INTERVAL 1 MONTH) AS all_months(month)
    ), customers AS (
        SELECT * FROM read_parquet('{{facts}}/accounts.parquet')
        WHERE superseded_day IS NULL AND NOT coalesce(test, false)
    )
"""
MOVED = f"""
    WITH {MONTHS}, paid AS (
        SELECT account_id, starts_day, coalesce(ends_day, 999999) AS ends_day, recurring_minor AS monthly
        FROM read_parquet('{{facts}}/subscriptions.parquet') s JOIN customers USING (account_id)
        WHERE s.superseded_day IS NULL AND coalesce(lower(status), '') <> 'trial' AND recurring_minor > 0
    ), ends AS (
        SELECT opens, account_id,
               coalesce(sum(monthly) FILTER (WHERE starts_day < opens AND ends_day >= opens), 0) AS before,
               coalesce(sum(monthly) FILTER (WHERE starts_day < closes AND ends_day >= closes), 0) AS after,
               min(starts_day) < opens AS known
        FROM months CROSS JOIN paid GROUP BY opens, closes, account_id
    )
    SELECT sum(before)::BIGINT, sum(after)::BIGINT,
           coalesce(sum(after) FILTER (WHERE before = 0 AND NOT known), 0)::BIGINT,
           coalesce(sum(after) FILTER (WHERE before = 0 AND known), 0)::BIGINT,
           coalesce(sum(after - before) FILTER (WHERE before > 0 AND after > before), 0)::BIGINT,
           coalesce(sum(before - after) FILTER (WHERE after > 0 AND before > after), 0)::BIGINT,
           coalesce(sum(before) FILTER (WHERE after = 0), 0)::BIGINT,
           sum(least(before, after)) / sum(before)::DOUBLE,
           sum(after) FILTER (WHERE before > 0) / sum(before)::DOUBLE
    FROM ends GROUP BY opens ORDER BY opens
"""
CAME_AND_LEFT = f"""
    WITH {MONTHS}, left_for_good AS (
        SELECT account_id, min(effective_day) AS gone FROM read_parquet('{{facts}}/churn.parquet')
        WHERE coalesce(lower(kind), '') <> 'product' GROUP BY account_id
    ), stays AS (
        SELECT started_on - DATE '1970-01-01' AS came,
               least(coalesce(gone, 999999), coalesce(ended_on - DATE '1970-01-01', 999999)) AS gone
        FROM customers LEFT JOIN left_for_good USING (account_id) WHERE lifecycle <> 'prospect'
    )
    SELECT count(*) FILTER (WHERE came < opens AND gone >= opens),
           count(*) FILTER (WHERE came < closes AND gone >= closes),
           count(*) FILTER (WHERE came >= opens AND came < closes AND gone >= closes),
           count(*) FILTER (WHERE came >= opens AND came < closes AND gone > came),
           count(*) FILTER (WHERE came < opens AND gone >= opens AND gone < closes)
    FROM months CROSS JOIN stays GROUP BY opens ORDER BY opens
"""


class Company(NamedTuple):
    facts: Path
    earned: Earned
    kept: Kept


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("made")
    definitions = read_definitions(make_company(folder / "exports", accounts=60, months=14))
    facts = land(definitions, folder / "exports", folder / "facts")
    asked = span(FIRST, LAST, by="segment")
    return Company(facts.folder, earned(facts, definitions, asked), kept(facts, definitions, asked))


def asked(sql: str, company: Company) -> list[tuple[float, ...]]:
    return duckdb.sql(sql.format(facts=company.facts)).fetchall()


def amounts(company: Company) -> list[tuple[int, ...]]:
    return [
        (each.start_minor, each.end_minor, each.new_minor, each.reactivation_minor, each.expansion_minor,
         each.contraction_minor, each.churn_minor)
        for each in company.earned.each
    ]  # fmt: skip


def test_every_movement_of_every_month_to_the_minor_unit(company: Company) -> None:
    found = asked(MOVED, company)
    assert [row[:7] for row in found] == amounts(company)
    assert len(found) == 13
    moved = [sum(column) for column in zip(*amounts(company), strict=True)]
    assert moved[2] > 0 < moved[4]
    assert moved[6] > 0


def test_gross_and_net_of_every_month(company: Company) -> None:
    rates = [(each.gross.value, each.net.value) for each in company.earned.each]
    assert [row[7:] for row in asked(MOVED, company)] == [pytest.approx(each, abs=1e-12) for each in rates]
    assert len(set(rates)) > 5


def test_who_came_and_left_in_every_month(company: Company) -> None:
    found = [(each.start, each.end, each.new, each.arrived, each.lost) for each in company.kept.each]
    assert asked(CAME_AND_LEFT, company) == found
    assert sum(each.lost for each in company.kept.each) > 5 < sum(each.new for each in company.kept.each)


def test_the_files_say_the_same_as_the_answer(company: Company) -> None:
    """Every customer behind every figure, added up by somebody else."""
    with duckdb.connect() as books:
        books.register("moved", company.earned.movements())
        told = books.sql("SELECT period, kind, sum(moved_minor)::BIGINT FROM moved GROUP BY ALL").fetchall()
    for place, kind in enumerate(("new", "reactivation", "expansion", "contraction", "churn"), start=2):
        by_month = {month: total for month, each, total in told if each == kind}
        assert sum(by_month.values()) == sum(row[place] for row in amounts(company))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("min(starts_day) < opens", "min(starts_day) < closes"), ("ends_day >= closes", "ends_day > closes")],
    ids=["nobody is new", "the last day does not count"],
)
def test_a_day_too_many_would_be_seen(right: str, wrong: str, company: Company) -> None:
    """The twins."""
    assert right in MOVED
    assert [row[:7] for row in asked(MOVED.replace(right, wrong), company)] != amounts(company)
