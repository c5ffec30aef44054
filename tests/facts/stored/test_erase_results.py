"""Every verb has written what it knows; then an account is erased, and no byte of the results names it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.calling import called
from tests.facts.stored.canaries import found

CANARIES = ["CANARY7", "Canary Kiosk", "canary-bill"]
FIRST, LAST, ACCOUNTS = date(2022, 1, 3), date(2024, 1, 8), 48
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
      term_months: { value: 12 }
  bills:
    files: bills.csv
    table: invoices
    columns: { invoice_id: id, account_id: account, issued_on: at, due_on: due, amount_minor: amount }
metrics:
  logins: { count: events, window: 28d }
health:
  reference: { from: 2022-02-07, to: 2022-12-26 }
  dimensions: { usage: { logins: { weight: 100, better: higher } } }
  bands: { cut: quartiles }
churn: { from: subscriptions, grace: 14d }
"""
VERBS = (
    ["score", "store", "--as-of", "2023-08-07"], ["report", "store", "--lang", "th"], ["prove", "store"],
    ["preview", "other.yaml", "--data", "store"], ["retention", "store"], ["revenue", "store"], ["cohorts", "store"],
    ["survival", "store"], ["receivables", "store"], ["value", "store", "--as-of", "2023-08-01"],
    ["renewals", "store", "--issue", "--as-of", "2023-08-01"],
)  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Yearly contracts; one in four loses interest and leaves at the first renewal, the canary at the second."""
    accounts, contracts = ["id,name,since"], ["id,account,product,from,to,price"]
    events, bills = ["id,account,name,at"], ["id,account,at,due,amount"]
    for number in range(ACCOUNTS):
        who, name = ("CANARY7", "Canary Kiosk") if number == 7 else (f"a{number}", f"Shop {number}")
        start = FIRST + timedelta(days=7 * (number % 40))
        leaves = start.replace(year=start.year + 1) if number % 4 == 0 else LAST
        if number == 7:
            start, leaves = date(2021, 9, 1), date(2023, 9, 1)
        accounts.append(f"{who},{name},{start}")
        contracts.append(f"s{number},{who},plan,{start},{leaves if leaves < LAST else ''},{number + 10}")
        bills.append(f"{'canary-bill' if number == 7 else f'b{number}'},{who},2023-12-01,2023-12-15,{number + 10}")
        for week in range((leaves - start).days // 7):
            day = start + timedelta(days=7 * week)
            tired = leaves < LAST and (leaves - day).days < 120
            events += [f"e{number}-{week}-{n},{who},login,{day}" for n in range(1 if tired else 2 + number % 3)]
    for file, lines in {"accounts": accounts, "contracts": contracts, "app": events, "bills": bills}.items():
        (tmp_path / "exports").mkdir(exist_ok=True)
        (tmp_path / "exports" / f"{file}.csv").write_text("\n".join([*lines, ""]))
    (tmp_path / "sabai.yaml").write_text(DEFINITIONS)
    (tmp_path / "other.yaml").write_text(DEFINITIONS.replace("28d", "56d"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_no_byte_of_any_result_names_an_account_that_was_erased(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = called(capsys, "land", "exports", "--definitions", "sabai.yaml", "--store", "store")
    assert said.code == 0, said.err
    for words in VERBS:
        said = called(capsys, *words, "--definitions", "sabai.yaml")
        assert said.code == 0, (words, said.err)
    out = shop / "sabai-out"
    named = {Path(path).relative_to(out).parts[0] for path, _ in found([out], CANARIES)}
    assert named >= {"retention", "revenue", "value", "renewals", "receivables", "forecasts", "proof", "snapshots"}
    said = called(capsys, "erase", "store", "--account", "CANARY7", "--out", "sabai-out")
    assert said.code == 0, said.err
    assert not found([out, shop / "store"], CANARIES)
    assert {path.name for path in out.iterdir() if not path.name.startswith(".")} == {"forecasts", "snapshots"}
    judged = called(capsys, "renewals", "store", "--judge", "--definitions", "sabai.yaml")
    assert "1 forecasts of" in judged.out, judged
    assert "the sums take what was expected of them" in judged.out
