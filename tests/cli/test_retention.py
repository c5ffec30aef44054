"""`retention` and `revenue` as a person and a program call them, with what finance finds in real exports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Say

DEFINITIONS = """\
sabai: 1
workspace: { name: Books, time_zone: Asia/Bangkok, currency: THB }
sources:
  crm:
    files: accounts.csv
    table: accounts
    columns: { account_id: id, name: name, segment: plan, started_on: since, test: test }
  app: { files: usage.csv, table: events, columns: { account_id: customer, name: action, occurred_at: at } }
  billing:
    files: contracts.csv
    table: subscriptions
    columns:
      subscription_id: no
      account_id: customer
      product: product
      starts_at: from
      ends_at: until
      amount_minor: { from: amount, unit: major }
      interval: every
      currency: currency
      status: status
      received_at: entered
  rates: { files: rates.csv, table: rates, columns: { day_on: day, currency: currency, rate: rate } }
metrics:
  logins: { count: events, window: 28d }
health:
  dimensions:
    usage: { logins: { weight: 1, curve: { 0: 0, 9: 100 } } }
  bands: { cut: { healthy: 70, at_risk: 40 } }
churn: { from: subscriptions, grace: 10d }
money:
  benchmarks:
    churn: { value: 2%, source: "a survey of 2025" }
    net_retention: { value: 101%, source: "a survey of 2025" }
"""
HEAD = "no,customer,product,from,until,amount,every,currency,status,entered\n"
CONTRACTS = """\
1,A,base,2024-01-01,2024-03-10,1000.00,month,THB,cancelled,
2,A,base,2024-03-10,,1500.00,month,THB,active,
3,B,base,2024-01-01,2024-04-15,300.00,month,THB,cancelled,
4,C,plus,2024-02-15,,1200.00,year,THB,active,
5,=1+1,plus,2024-01-01,,100.00,month,THB,active,
6,Z,plus,2024-01-01,,9999.00,month,THB,active,
"""
FILES = {
    "sabai.yaml": DEFINITIONS,
    "accounts.csv": "id,name,plan,since,test\nA,Ant,small,2024-01-01,no\nB,บี,small,2024-01-01,no\n"
    "C,Cat,large,2024-02-15,no\n"
    "=1+1,=1+1,large,2024-01-01,no\nZ,Trying out,large,2024-01-01,yes\n",
    "usage.csv": "customer,action,at\nA,login,2024-01-01T10:00:00\nA,login,2024-06-30T10:00:00\n",
    "contracts.csv": HEAD + CONTRACTS,
    "rates.csv": "day,currency,rate\n2024-01-01,JPY,0.25\n",
}
SPAN = ("--from", "2024-02-01", "--to", "2024-06-01")


def contracts(*rows: str) -> None:
    Path("contracts.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def table(verb: str, name: str) -> list[dict[str, str]]:
    with (Path("sabai-out") / verb / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_person_reads_how_many_stayed_and_who_left(say: Say) -> None:
    said = say("retention", *SPAN, "--by", "segment")
    assert (said.code, said.err) == (0, "")
    assert "Of 3 customers on 2024-02-01, 2 were still there on 2024-06-01: 66.7%" in said.out
    assert "a survey of 2025" in said.out
    assert "บี" in said.out
    assert Path("sabai-out/retention/retention.html").exists()


def test_a_person_reads_what_recurs_and_what_moved_it(say: Say) -> None:
    said = say("revenue", *SPAN)
    assert (said.code, said.err) == (0, "")
    text = said.out.replace("\u00a0", " ")
    assert "Of THB 1,400.00 a month on 2024-02-01" in text
    assert "Now THB 1,700.00 a month, THB 20,400.00 a year." in text
    assert Path("sabai-out/revenue/movements.csv").exists()


def test_a_program_reads_the_same(say: Say) -> None:
    told = say("revenue", *SPAN, "--json").json
    year = told["revenue"]
    kinds = ("start", "new", "reactivation", "expansion", "contraction", "churn", "end")
    assert [year[f"{kind}_minor"] for kind in kinds] == [140000, 10000, 0, 50000, 0, 30000, 170000]
    assert (year["gross"]["value"], year["net"]["value"]) == pytest.approx((1100 / 1400, 1600 / 1400))
    assert [each["period"] for each in told["periods"]] == ["2024-02", "2024-03", "2024-04", "2024-05"]
    kept = say("retention", *SPAN, "--json").json
    assert kept["retention"] | {"start": 3, "end": 3, "new": 1, "came_back": 0, "lost": 1} == kept["retention"]
    assert [each["account_id"] for each in kept["churned"]] == ["B"]


def test_test_accounts_stand_in_neither(say: Say) -> None:
    for verb in ("retention", "revenue"):
        assert "Trying out" not in say(verb, *SPAN, "--json").out
        assert "9999" not in (Path("sabai-out") / verb / "periods.csv").read_text(encoding="utf-8-sig")


def test_what_others_write_is_no_formula_in_a_table(say: Say) -> None:
    say("revenue", "--from", "2023-12-01", "--to", "2024-06-01")
    names = {row["name"] for row in table("revenue", "movements")}
    assert "=1+1" not in names
    assert any(name.endswith("=1+1") for name in names)


def test_as_another_tool_says_it(say: Say) -> None:
    said = say("revenue", *SPAN, "--as", "chartmogul")
    assert "net MRR churn rate -14.3%" in said.out
    assert "sabai: net revenue retention 114.3%" in said.out
    assert "baremetrics" not in said.out


def test_down_to_the_customers_and_to_the_rows(say: Say) -> None:
    said = say("revenue", *SPAN, "--why", "2024-03", "--json").json
    assert [(each["account_id"], each["kind"], each["moved_minor"]) for each in said["movements"]] == [
        ("A", "expansion", 50000)
    ]
    rows = say("revenue", *SPAN, "--why", "2024-03", "--account", "A", "--json").json["rows"]
    assert [row["subscription_id"] for row in rows] == ["1", "2"]
    assert "1,500.00" in say("revenue", *SPAN, "--why", "2024-03", "--account", "A").out


REFUSED = {
    "--from after --to": (["--from", "2024-06-01", "--to", "2024-02-01"], "RET-001"),
    "no whole month": (["--from", "2024-02-02", "--to", "2024-02-28"], "RET-001"),
    "nothing known for long": (["--to", "2199-01-01"], "RET-004"),
    "an unknown column": (["--by", "segmnt"], 'Did you mean "segment"?'),
    "a date that is none": (["--from", "2024-02-30"], "is not a date"),
}


@pytest.mark.parametrize("verb", ["retention", "revenue"])
@pytest.mark.parametrize("name", REFUSED)
def test_wrong_use_is_a_sentence_and_2(verb: str, name: str, say: Say) -> None:
    words, sentence = REFUSED[name]
    said = say(verb, *words)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("words", "sentence"), [(["--why", "2024-13"], "RET-003"), (["--account", "nobody"], "There is no account")]
)
def test_what_cannot_be_broken_down_is_a_sentence(words: list[str], sentence: str, say: Say) -> None:
    said = say("revenue", *SPAN, *words)
    assert said.code == 2
    assert sentence in said.err


FOUND = {
    "overlapping": (["1,A,base,2024-01-01,,10.00,month,THB,active,", "2,A,base,2024-03-01,,5.00,month,THB,active,"],
                    1000, 1500, "overlap another"),
    "upgraded on the same day": (["1,A,base,2024-01-01,2024-03-05,10.00,month,THB,cancelled,",
                                  "2,A,base,2024-03-05,2024-03-05,20.00,month,THB,cancelled,",
                                  "3,A,base,2024-03-05,,30.00,month,THB,active,"], 1000, 3000, ""),
    "entered months after it began": (["1,A,base,2024-01-01,,10.00,month,THB,active,2024-06-20T00:00:00"], 1000, 1000,
                                      "entered more than 31 days after"),
    "free": (["1,A,base,2024-01-01,,10.00,month,THB,active,", "2,B,base,2024-01-01,,0.00,month,THB,active,"],
             1000, 1000, "cost nothing"),
    "a discount as a line": (["1,A,base,2024-01-01,,10.00,month,THB,active,",
                              "2,A,off,2024-03-01,,-4.00,month,THB,active,"], 1000, 600, "below zero"),
    "another currency": (["1,A,base,2024-01-01,,400.00,month,JPY,active,"], 10000, 10000, ""),
    "13 months": (["1,A,base,2024-01-01,2025-02-01,1300.00,13 months,THB,active,"], 10000, 10000, ""),
    "from a leap day to one": (["1,A,base,2024-02-29,2028-02-29,1200.00,year,THB,active,"], 0, 10000, ""),
    "month-ends": (["1,A,base,2024-01-31,2024-02-29,10.00,month,THB,cancelled,",
                    "2,A,base,2024-02-29,2024-03-31,10.00,month,THB,cancelled,",
                    "3,A,base,2024-03-31,,10.00,month,THB,active,"], 1000, 1000, ""),
    "cancelled, nobody says when": (["1,A,base,2024-01-01,,10.00,month,THB,cancelled,"], 1000, 1000, "without an end"),
    "over before it began": (["1,A,base,2024-01-01,,10.00,month,THB,active,",
                              "2,B,base,2024-03-01,2024-02-01,10.00,month,THB,cancelled,"], 1000,
                     1000, "were set aside"),
    "one customer": (["1,A,base,2024-01-01,,10.00,month,THB,active,"], 1000, 1000, ""),
    "everybody left": (["1,A,base,2024-01-01,2024-04-04,10.00,month,THB,cancelled,",
                        "2,B,base,2024-01-01,2024-04-04,10.00,month,THB,cancelled,"], 2000, 0, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_what_finance_finds_in_real_exports(name: str, say: Say) -> None:
    rows, start, end, notice = FOUND[name]
    contracts(*rows)
    told = say("revenue", *SPAN, "--json")
    assert told.code == 0
    assert (told.json["revenue"]["start_minor"], told.json["revenue"]["end_minor"]) == (start, end)
    assert [notice in said for said in told.json["notices"]] == [True] * bool(notice)
    assert say("revenue", *SPAN).code == 0
    kept = say("retention", *SPAN, "--json")
    assert kept.code == 0
    assert kept.json["retention"]["lost"] == (2 if name == "everybody left" else 0)


def test_a_currency_without_a_rate_is_left_out_and_said(say: Say) -> None:
    contracts("1,A,base,2024-01-01,,10.00,month,THB,active,", "2,B,base,2024-01-01,,10.00,month,CHF,active,")
    told = say("revenue", *SPAN, "--json").json
    assert told["revenue"]["start_minor"] == 1000
    assert told["notices"] == [
        "Rows of subscriptions that were set aside: 1. They count nowhere; rejects.csv says why."
    ]


def test_no_contracts_at_all(say: Say) -> None:
    contracts()
    told = say("revenue", *SPAN, "--json")
    assert (told.code, told.json["revenue"]["start_minor"], told.json["revenue"]["net"]["value"]) == (0, 0, None)
    assert say("revenue", *SPAN, "--why", "2024-03", "--account", "A").code == 0
    assert say("retention", *SPAN).code == 0


@pytest.mark.parametrize("verb", ["retention", "revenue"])
def test_without_the_billing_export_and_with_little_mapped(verb: str, say: Say) -> None:
    lean = "crm: { files: accounts.csv, table: accounts, columns: { account_id: id, started_on: since } }"
    head, _, rest = DEFINITIONS.partition("  crm:\n")
    text = f"{head}  {lean}\n  app:{rest.partition('  app:')[2]}"
    before, _, after = text.partition("  billing:\n")
    text = before + "  rates:" + after.partition("  rates:")[2]
    Path("sabai.yaml").write_text(text.replace("from: subscriptions, grace: 10d", "from: churn"), encoding="utf-8")
    said = say(verb, *SPAN, "--json")
    assert (said.code, said.err) == (0, "")
    assert say(verb, *SPAN).code == 0


@pytest.mark.parametrize("lang", ["th", "ar", "ja"])
def test_the_page_in_the_readers_language(lang: str, say: Say) -> None:
    for verb in ("retention", "revenue"):
        assert say(verb, *SPAN, "--lang", lang).code == 0
        assert f'<html lang="{lang}"' in (Path("sabai-out") / verb / f"{verb}.{lang}.html").read_text(encoding="utf-8")
