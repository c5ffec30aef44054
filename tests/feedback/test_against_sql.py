"""The same figures again by SQL of our own hand that shares no line with the room, for the made company and a bank."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from sabai.definitions.reader import read_definitions
from sabai.demo import make_company
from sabai.facts.land import land
from sabai.feedback.feedback import Feedback, voiced
from sabai.retention.span import Span
from tests.feedback.made import reader
from tests.house.tree import ROOT

BANK = ROOT.parent / "shared" / "data" / "nps_retail_bank"
NPS = "100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*)"
OF_BANK = """
    SELECT {by}, count(*) AS n,
           100.0 * (count(*) FILTER (WHERE "NPS" >= 9) - count(*) FILTER (WHERE "NPS" <= 6)) / count(*)
    FROM read_csv('{file}') GROUP BY 1 ORDER BY n DESC, 1
"""
LATEST = """
    WITH customers AS (
        SELECT account_id, segment, country FROM read_parquet('{facts}/accounts.parquet')
        WHERE superseded_day IS NULL AND NOT coalesce(test, false)
    ), answers AS (
        SELECT r.*, segment, country, DATE '1970-01-01' + answered_day AS answered,
               row_number() OVER (PARTITION BY account_id, contact_id, {within}
                                  ORDER BY answered_day DESC, response_id DESC) AS newest
        FROM read_parquet('{facts}/responses.parquet') r JOIN customers USING (account_id)
        WHERE r.superseded_day IS NULL AND kind = 'nps' AND score IS NOT NULL AND answered_day >= {first}
    )
"""
RATES = """
    SELECT count(*), count(answered_day) FROM read_parquet('{facts}/responses.parquet') r
    JOIN read_parquet('{facts}/accounts.parquet') a USING (account_id)
    WHERE NOT coalesce(a.test, false) AND a.superseded_day IS NULL AND r.superseded_day IS NULL
      AND kind = '{kind}' AND asked_day >= {first}
"""
WISHES = """
    SELECT request, count(*), count(DISTINCT account_id) FROM read_parquet('{facts}/tickets.parquet')
    WHERE superseded_day IS NULL AND request IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1
"""


class Company(NamedTuple):
    facts: Path
    found: Feedback


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("demo")
    make_company(folder / "co", seed=11, accounts=80)
    definitions = read_definitions(folder / "co" / "sabai.yaml")
    facts = land(definitions, folder / "co", folder / "facts")
    return Company(folder / "facts", voiced(facts, definitions, Span(every="quarter"), None, reader))


def asked(query: str, company: Company, within: str = "1", **more: object) -> list[tuple[object, ...]]:
    first = company.found.asked.lately[0] if within == "1" else 0
    return answered(query.format(facts=company.facts, within=within, **{"first": first, **more}))


def answered(query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as books:
        return books.sql(query).fetchall()


def test_the_score_of_the_last_year(company: Company) -> None:
    of = company.found.questions[0]
    ((n, nps),) = asked(f"{LATEST} SELECT count(*), {NPS} FROM answers WHERE newest = 1", company)
    assert (of.lately.n, 100 * (of.lately.votes.promoters - of.lately.votes.detractors) / of.lately.n) == (
        n,
        pytest.approx(nps),
    )
    assert n > 20


@pytest.mark.parametrize("by", ["segment", "country"])
def test_every_group(by: str, company: Company) -> None:
    of = company.found.questions[0]
    told = asked(
        f"{LATEST} SELECT {by}, count(*), {NPS} FROM answers WHERE newest = 1 GROUP BY 1 ORDER BY 2 DESC, 1", company
    )
    found = [(each.name, each.cell.n, pytest.approx(each.cell.total / each.cell.n)) for each in of.groups[by]]
    assert found == told
    assert len(found) > 2


def test_every_quarter(company: Company) -> None:
    of = company.found.questions[0]
    query = f"{LATEST} SELECT date_trunc('quarter', answered), count(*), {NPS} FROM answers WHERE newest = 1 GROUP BY 1"
    told = sorted(asked(query, company, within="date_trunc('quarter', DATE '1970-01-01' + answered_day)"))
    assert [(each.n, pytest.approx(each.total / each.n)) for each in of.each if each.n] == [row[1:] for row in told]


def test_a_person_who_counts_twice_would_be_seen(company: Company) -> None:
    """The twin."""
    ((n,),) = asked(f"{LATEST} SELECT count(*) FROM answers", company)
    assert company.found.questions[0].lately.n < n


@pytest.mark.parametrize(("place", "kind"), [(0, "nps"), (1, "csat")])
def test_response_rates(place: int, kind: str, company: Company) -> None:
    rate = company.found.rates[place]
    assert rate.kind == kind
    assert asked(RATES, company, kind=kind) == [(rate.lately.asked, rate.lately.answered)]


def test_wishes(company: Company) -> None:
    found = sorted(
        ((each.wish, each.tickets, each.accounts) for each in company.found.wishes),
        key=lambda each: (-each[2], each[0]),
    )
    assert found == asked(WISHES, company)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Feedback:
    if not BANK.is_dir():
        pytest.skip("the bank's answers are not on this machine")
    definitions = read_definitions(ROOT / "examples" / "nps_retail_bank" / "sabai.yaml")
    facts = land(definitions, BANK, tmp_path_factory.mktemp("bank") / "facts")
    return voiced(facts, definitions, Span(every="quarter"), None, reader)


def test_the_bank_is_plus_11_80(bank: Feedback) -> None:
    of = bank.questions[0].lately
    assert (of.n, of.main.value) == (5000, pytest.approx(11.80, abs=1e-9))
    assert (of.main.low, of.main.high) == pytest.approx((9.33, 14.26), abs=0.005)


def test_the_bank_by_market_and_quarter(bank: Feedback) -> None:
    of, file = bank.questions[0], BANK / "NPStimeseries.csv"
    by_market = answered(OF_BANK.format(by="Market", file=file))
    assert [(each.name, each.cell.n, pytest.approx(each.cell.main.value)) for each in of.groups["segment"]] == by_market
    by_quarter = sorted(answered(OF_BANK.format(by="Quarter", file=file)))
    assert [(at + 1, each.n, pytest.approx(each.main.value)) for at, each in enumerate(of.each)] == by_quarter
