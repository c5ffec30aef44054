"""The made company's receivable again, by SQL that was written by hand and shares no line with the room."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from sabai.dates import from_day, to_day
from sabai.definitions.reader import read_definitions
from sabai.demo import make_company
from sabai.facts.land import land
from sabai.receivables.receivables import Receivables, receivables

AS_OF = date(2026, 5, 20)
LEFT = """
    WITH moves AS (
        SELECT invoice_id,
               sum(CASE WHEN kind = 'payment' THEN amount_minor ELSE 0 END) AS paid,
               sum(CASE WHEN kind = 'refund' THEN abs(amount_minor) ELSE 0 END) AS back
        FROM read_parquet('{facts}/payments.parquet')
        WHERE kind IN ('payment', 'refund') AND occurred_day < {day} AND received_day < {day}
        GROUP BY invoice_id
    ), owed AS (
        SELECT i.*, coalesce(paid, 0) AS paid, coalesce(back, 0) AS back
        FROM read_parquet('{facts}/invoices.parquet') i LEFT JOIN moves USING (invoice_id)
        JOIN read_parquet('{facts}/accounts.parquet') a USING (account_id)
        WHERE issued_day < {day} AND i.received_day < {day} AND NOT coalesce(a.test, false)
    )
    SELECT invoice_id, account_id, date '{date}' - due_on AS days, base_minor,
           round_even(base_minor::DOUBLE * (amount_minor - paid + back) / amount_minor, 0)::BIGINT AS owes,
           round_even(base_minor::DOUBLE * greatest(amount_minor - paid, 0) / amount_minor, 0)::BIGINT AS simply,
           coalesce(disputed_from_day < {day} AND coalesce(disputed_until_day >= {day}, true), false) AS disputed
    FROM owed
"""
AGEING = """
    WITH kept AS ({left}), placed AS (
        SELECT CASE WHEN owes < 0 THEN 'credit' WHEN disputed THEN 'disputed'
                    WHEN simply = 0 THEN 'given back'
                    WHEN days <= 0 THEN 'current' WHEN days <= 30 THEN '1-30' WHEN days <= 60 THEN '31-60'
                    WHEN days <= 90 THEN '61-90' ELSE '90+' END AS place, owes, simply
        FROM kept WHERE owes <> 0
    )
    SELECT place, sum(CASE WHEN place IN ('credit', 'disputed', 'given back') THEN owes ELSE simply END)::BIGINT
    FROM placed GROUP BY place
    UNION ALL
    SELECT 'partly given back', coalesce(sum(owes - simply), 0)::BIGINT
    FROM placed WHERE place NOT IN ('credit', 'disputed', 'given back')
"""


class Company(NamedTuple):
    facts: Path
    found: Receivables


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    folder = tmp_path_factory.mktemp("made")
    definitions = read_definitions(make_company(folder / "exports", accounts=60, months=14))
    facts = land(definitions, folder / "exports", folder / "facts")
    return Company(facts.folder, receivables(facts, definitions, to_day(AS_OF), months=24))


def left(company: Company, day: int) -> str:
    return LEFT.format(facts=company.facts, day=day, date=from_day(day))


def test_ageing_to_the_cent(company: Company) -> None:
    placed = dict(duckdb.sql(AGEING.format(left=left(company, to_day(AS_OF)))).fetchall())
    placed["given back"] = placed.get("given back", 0) + placed.pop("partly given back")
    whole = company.found.ageing().row(0, named=True)
    assert sum(placed.values()) == whole.pop("total") > 0
    told = {name: minor for name, minor in placed.items() if minor}
    assert {name: minor for name, minor in whole.items() if minor} == told
    assert len(told) >= 4


def test_each_month_to_the_cent(company: Company) -> None:
    assert len(company.found.months) >= 10
    for month in company.found.months:
        [(closing,)] = duckdb.sql(f"SELECT sum(owes)::BIGINT FROM ({left(company, month.movement.last)})").fetchall()
        assert month.movement.closing_minor == closing
        assert month.movement.holds


def test_invoiced_in_each_month_to_the_cent(company: Company) -> None:
    told = duckdb.sql(f"""
        SELECT date_trunc('month', issued_on)::DATE, sum(base_minor)::BIGINT
        FROM read_parquet('{company.facts}/invoices.parquet')
        JOIN (SELECT account_id FROM read_parquet('{company.facts}/accounts.parquet') WHERE NOT coalesce(test, false))
        USING (account_id) GROUP BY 1
    """).fetchall()
    assert {month.first: month.movement.invoiced_minor for month in company.found.months}.items() <= dict(told).items()


def test_a_cent_too_much_would_be_seen(company: Company) -> None:
    """The twin: at the rate of the day of payment, as it landed, the receivable is another one."""
    last = company.found.months[-1].movement
    [(other,)] = duckdb.sql(f"""
        SELECT (SELECT sum(base_minor) FROM read_parquet('{company.facts}/invoices.parquet')
                WHERE issued_day < {last.last})
             - (SELECT sum(base_minor) FROM read_parquet('{company.facts}/payments.parquet')
                WHERE kind IN ('payment', 'refund') AND occurred_day < {last.last})
    """).fetchall()
    assert other != last.closing_minor
