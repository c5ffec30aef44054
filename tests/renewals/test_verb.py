"""`sabai renewals` as a person calls it: a shop with yearly contracts, whose customers lose interest, then leave."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.renewing import until_quarter_end
from tests.calling import Said, called

FIRST, WEEKS, ACCOUNTS = date(2022, 1, 3), 104, 80
DEFINITIONS = """sabai: 1
workspace: { name: Corner shop }
sources:
  crm: { files: accounts.csv, table: accounts, columns: { account_id: id, name: name, started_on: since } }
  app: { files: app.csv, table: events, columns: { event_id: id, account_id: account, name: name, occurred_at: at } }
  billing:
    files: contracts.csv
    table: subscriptions
    columns:
      subscription_id: id
      account_id: account
      product: product
      starts_at: from
      ends_at: to
      amount_minor: { from: price, unit: major }
      interval: { value: month }
      term_months: term
metrics:
  logins: { count: events, window: 28d }
health:
  reference: { from: 2022-02-07, to: 2022-06-27 }
  dimensions: { usage: { logins: { weight: 100, better: higher } } }
  bands: { cut: quartiles }
churn: { from: subscriptions, grace: 14d }
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One in three loses interest ten weeks before the second renewal, and is gone on the day."""
    rng = np.random.default_rng(5)
    events, contracts, accounts = ["id,account,name,at"], ["id,account,product,from,to,price,term"], ["id,name,since"]
    for account in range(ACCOUNTS):
        start = FIRST - timedelta(days=int(rng.integers(0, 360)))
        leaves = start.replace(year=start.year + 2) if account % 3 == 0 else date.max
        leaves = leaves if leaves < date(2023, 12, 1) else date.max
        name = "=1+1" if account == 7 else f"Shop {account}"
        accounts.append(f"a{account},{name},{start}")
        contracts.append(f"s{account},a{account},plan,{start},{leaves if leaves < date.max else ''},{account + 10},12")
        for week in range(WEEKS):
            day = FIRST + timedelta(weeks=week)
            if day >= leaves:
                break
            tired = leaves < date.max and (leaves - day).days < 120
            for number in range(1 if tired else 1 + rng.poisson(4)):
                events.append(f"e{account}-{week}-{number},a{account},login,{day}")
    files = {"sabai.yaml": DEFINITIONS, "accounts.csv": accounts, "app.csv": events, "contracts.csv": contracts}
    for file, text in files.items():
        (tmp_path / file).write_text(text if isinstance(text, str) else "\n".join(text) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_from_the_forecast_to_its_judgement(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def say(*words: str) -> Said:
        return called(capsys, "renewals", *words)

    (shop / "calls.csv").write_text("account_id,call,probability,who,when\na1,churn,,mali,2023-07-01\na2,?,,x,y\n")
    told = say("--as-of", "2023-08-01", "--within", "90d", "--json", "--issue")
    assert told.code == 0, told.err
    data = told.json
    assert {issue["code"] for issue in data["issues"]} == {"REN-003", "REN-006"}
    assert data["total"]["due_minor"] == sum(each["value_minor"] for each in data["renewals"])
    assert data["total"]["p10_minor"] <= data["total"]["expected_minor"] <= data["total"]["due_minor"]
    assert all("2023-08-01" <= each["due_on"] < "2023-10-30" for each in data["renewals"])
    due = pl.read_csv(shop / "sabai-out" / "renewals" / "due.csv")
    assert due["value_minor"].sum() == data["total"]["due_minor"]
    assert "=1+1" not in due["name"].to_list()

    assert "REN-011" in say("--as-of", "2023-08-01", "--issue").err
    judged = say("--judge")
    assert "1 forecasts of" in judged.out
    assert "forecast" in judged.out
    text = say("--as-of", "2023-08-01", "--by", "product").out
    assert text.startswith("Of $")
    assert "are expected to renew" in text


def test_judging_before_anything_was_issued(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = called(capsys, "renewals", "--judge")
    assert (told.code, "No forecast was issued yet" in told.out) == (0, True)
    assert called(capsys, "renewals", "--judge", "--issue").code == 2
    assert called(capsys, "renewals", "--within", "soon").code == 2


@pytest.mark.parametrize(
    ("day", "left"), [(date(2024, 1, 1), 91), (date(2024, 12, 31), 1), (date(2024, 5, 31), 31), (date(2023, 2, 28), 32)]
)
def test_days_to_the_end_of_the_quarter(day: date, left: int) -> None:
    assert until_quarter_end(day) == left
