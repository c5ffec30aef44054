"""Cohorts of real companies, against SQL that was written separately over the raw files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from sabai.dates import to_day
from sabai.definitions.reader import read_definitions
from sabai.facts.land import land
from sabai.retention.cohorts.cohorts import Cohorts, cohorts
from sabai.retention.cohorts.question import Question

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
CEU = {1: 0.390, 2: 0.217, 3: 0.143, 6: 0.062, 12: 0.040}
CEU_AS_OF, UCI_AS_OF = date(2021, 10, 1), date(2011, 12, 10)

CEU_SQL = """
with users as (select id, registration_month as began from read_csv('{0}/registrations.csv', delim = ';')),
     active as (select id, activity_month as month from read_csv('{0}/activity.csv', delim = ';')),
     age as (select unnest(range(21)) as k)
select began::int as began, k, count(distinct users.id) as reached,
       count(distinct active.id) filter (month - began = k) as active
from users cross join age left join active using (id)
where began + k <= 21 group by began, k
"""

UCI_SQL = """
with lines as (
    select "Customer ID"::bigint as customer, "InvoiceDate"::timestamp as bought_at, "Quantity" as quantity
    from '{0}/online_retail_II_2009_2010.parquet'
    union all
    select "CustomerID"::bigint, "InvoiceDate"::timestamp, "Quantity" from '{0}/online_retail_2010_2011.parquet'
    where "InvoiceDate"::timestamp >= timestamp '2010-12-10'          -- nine days stand in both
), bought as (
    select distinct customer, year(bought_at) * 12 + month(bought_at) as month
    from lines where quantity > 0 and customer is not null
), began as (select customer, min(month) as first from bought group by customer)
select first, month - first as k, count(*) as active
from bought join began using (customer) where month < 2011 * 12 + 12 group by all  -- December 2011 is not over
"""


def found(name: str, folder: Path, as_of: date, question: Question) -> Cohorts:
    if not (DATA / name).is_dir():
        pytest.skip(f"the data set {name} is not on this machine")
    definitions = read_definitions(ROOT / "examples" / name / "sabai.yaml")
    return cohorts(land(definitions, DATA / name, folder), definitions, to_day(as_of), question)


def by_sql(query: str, name: str) -> list[tuple[int, ...]]:
    return duckdb.connect().execute(query.format(DATA / name)).fetchall()


@pytest.fixture(scope="module")
def ceu(tmp_path_factory: pytest.TempPathFactory) -> Cohorts:
    return found("ceu_saas_activity", tmp_path_factory.mktemp("ceu"), CEU_AS_OF, Question())


def test_ceu_shares_are_as_published(ceu: Cohorts) -> None:
    shares = dict(zip(map(int, ceu.ages), ceu.curve["share"].to_list(), strict=True))
    assert {age: round(shares[age], 3) for age in CEU} == CEU


def test_ceu_twin_that_divides_by_everybody_fails(ceu: Cohorts) -> None:
    """Also by those who have not come to that age yet."""
    naive = ceu.curve.select(pl.col("active") / pl.col("size")).to_series().to_list()
    assert all(round(naive[age], 3) < share for age, share in CEU.items())


def test_every_cell_of_ceu_is_what_sql_says(ceu: Cohorts) -> None:
    expected = {
        (f"{2020 + (began - 1) // 12}-{(began - 1) % 12 + 1:02}", str(k)): (reached, active)
        for began, k, reached, active in by_sql(CEU_SQL, "ceu_saas_activity")
    }
    for row in ceu.triangle.iter_rows(named=True):
        assert (row["reached"], row["active"]) == expected.get((row["cohort"], row["age"]), (0, None))
    assert len(expected) == ceu.triangle.filter(pl.col("reached") > 0).height == 21 * 22 // 2


@pytest.mark.long
def test_every_month_of_the_gift_shop_is_what_sql_says(tmp_path: Path) -> None:
    question = Question(since="first action", metric="bought", calendar=True)
    shop = found("uci_online_retail", tmp_path, UCI_AS_OF, question)
    theirs = {(first, k): active for first, k, active in by_sql(UCI_SQL, "uci_online_retail")}
    ours = {}
    for row in shop.triangle.filter(pl.col("reached") > 0).iter_rows(named=True):
        year, month = map(int, row["cohort"].split("-"))
        assert row["reached"] == row["size"] == theirs[year * 12 + month, 0]
        if row["active"]:
            ours[year * 12 + month, int(row["age"])] = row["active"]
    assert ours == theirs
    assert len(ours) > 250
