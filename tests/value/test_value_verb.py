"""`sabai value` on the shell, and the published customers through the example that maps them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.calling import called

ROOT = Path(__file__).parents[2]
CDNOW = ROOT.parent / "shared" / "data" / "cdnow"

DEFINITIONS = """
sabai: 1
workspace: { name: Made, currency: EUR }
sources:
  customers:
    files: customers.csv
    table: accounts
    columns: { account_id: id, name: name, segment: plan }
  contracts:
    files: contracts.csv
    table: subscriptions
    columns:
      subscription_id: id
      account_id: customer
      starts_at: from
      ends_at: until
      amount_minor: { from: price, unit: major }
      interval: { value: month }
      term_months: { value: 12 }
metrics:
  paying: { held: subscriptions.recurring }
health:
  dimensions: { usage: { paying: { weight: 100, curve: { 0: 0, 100: 100 } } } }
  bands: { cut: { healthy: 70, at_risk: 40 } }
churn: { from: subscriptions }
money: { margin: 75% }
"""


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "sabai.yaml").write_text(DEFINITIONS, encoding="utf-8")
    names = ['"=1+1"', *(f"Café {number}" for number in range(199))]
    people = [f"C{number:03},{name},{'big' if number % 4 == 0 else 'small'}" for number, name in enumerate(names)]
    (folder / "customers.csv").write_text("\n".join(["id,name,plan", *people]), encoding="utf-8")
    rows = ["id,customer,from,until,price"]
    for number in range(200):
        left = {0: "2021-01-01", 1: "2022-01-01", 2: "2023-01-01"}.get(number % 9, "")
        rows.append(f"S{number},C{number:03},2020-01-01,{left},{100 + number}")
    (folder / "contracts.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_it_says_what_accounts_are_worth(exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out")
    said = called(capsys, "value", str(exports), "--as-of", "2024-06-01", "--out", out, "--top", "3")
    assert (said.code, said.err) == (0, "")
    assert "by contract, without end: 75% of revenue, discounted by 10% a year" in said.out
    assert said.out.count("C19") >= 2
    with (tmp_path / "out" / "value" / "accounts.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    values = [int(row["value_minor"]) for row in rows]
    assert values == sorted(values, reverse=True)
    assert {row["account_id"]: row["name"] for row in rows}.get("C000") is None  # it left
    assert (tmp_path / "out" / "value" / "models.csv").read_text(encoding="utf-8").startswith("of,model,parameter")


def test_it_speaks_json(exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("value", str(exports), "--as-of", "2020-12-01", "--out", str(tmp_path / "out"), "--by", "segment")
    early = called(capsys, *words, "--json").json
    assert early["total"]["value_minor"] is None
    assert early["segments"][0]["valued"] == 0
    with (tmp_path / "out" / "value" / "accounts.csv").open(encoding="utf-8") as file:
        assert next(csv.DictReader(file))["name"] == "'=1+1"


def test_what_is_asked_goes_before_what_is_defined(
    exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "value", str(exports), "--as-of", "2024-06-01", "--out", str(tmp_path / "out"), "--json"
    defined, asked = called(capsys, *words).json, called(capsys, *words, "--margin", "50%").json
    assert (defined["margin"], defined["discount_a_year"], asked["margin"]) == (0.75, 0.1, 0.5)
    assert round(asked["total"]["value_minor"] / defined["total"]["value_minor"], 4) == round(50 / 75, 4)


@pytest.mark.parametrize("wrong", [("--margin", "0.75"), ("--margin", "0%"), ("--discount", "x%"), ("--horizon", "0")])
def test_wrong_use_is_said(exports: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]) -> None:
    assert called(capsys, "value", str(exports), *wrong).code == 2


def test_a_column_that_is_not_there_is_said(exports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = called(capsys, "value", str(exports), "--by", "segmnt", "--out", str(tmp_path / "out"))
    assert said.code == 2
    assert 'Did you mean "segment"?' in said.err


def test_the_example_of_cdnow(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fader, Hardie and Lee 2005, and their note on Gamma-Gamma of 2013."""
    if not CDNOW.is_dir():
        pytest.skip("the data set cdnow is not on this machine")
    definitions = str(ROOT / "examples" / "cdnow" / "sabai.yaml")
    words = ("value", str(CDNOW), "--definitions", definitions, "--as-of", "1997-10-01", "--json")
    said = called(capsys, *words, "--out", str(tmp_path / "out")).json
    buying, spending = said["models"]
    assert (said["family"], buying["customers"], spending["customers"]) == ("purchases", 2357, 946)
    assert list(buying["parameters"].values()) == pytest.approx([0.2426, 4.4135, 0.7929, 2.4258], abs=1e-3)
    assert buying["log_likelihood"] == pytest.approx(-9582.43, abs=5e-3)
    assert list(spending["parameters"].values()) == pytest.approx([6.2488, 3.7446, 15.4477], rel=1e-3)
    assert list(spending["parameters"].values()) != pytest.approx([6.276, 3.742, 15.35], abs=1e-2)  # without repeats
    pareto = called(capsys, *words, "--out", str(tmp_path / "out"), "--model", "pareto").json["models"][0]
    assert list(pareto["parameters"].values()) == pytest.approx([0.5533, 10.578, 0.6063, 11.670], rel=1e-3)
    assert list(pareto["parameters"].values()) != pytest.approx([0.2426, 4.4135, 0.7929, 2.4258], rel=1e-1)
