"""`sabai cohorts` and `sabai survival` as a person calls them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from tests.calling import Said, called

Say = Callable[..., Said]
FIRST = date(2024, 1, 1)
DEFINITIONS = """sabai: 1
workspace: { name: Corner shop }
sources:
  crm: { files: accounts.csv, table: accounts, columns: { account_id: id, started_on: since, segment: plan } }
  app: { files: app.csv, table: events, columns: { event_id: id, account_id: account, name: name, occurred_at: at } }
  left: { files: churn.csv, table: churn, columns: { account_id: account, effective_at: gone } }
metrics:
  logins: { count: events, window: 28d }
health:
  dimensions:
    usage:
      logins: { weight: 1, curve: { 0: 0, 4: 100 } }
  bands: { cut: { healthy: 70, at_risk: 40 } }
churn: { from: churn }
"""


def _files() -> dict[str, str]:
    """Forty customers of two plans, of whom the small ones leave after a while."""
    accounts, app, churn = ["id,since,plan"], ["id,account,name,at"], ["account,gone"]
    for each in range(40):
        began = FIRST + timedelta(days=each * 3)
        accounts.append(f"a{each},{began},{'=big' if each % 2 else 'small'}")
        stays = 60 + each * 2 if each % 4 == 0 else 300 if each % 5 else 150
        app += [f"{each}-{week},a{each},login,{began + timedelta(weeks=week)}" for week in range(stays // 7)]
        if stays < 300:
            churn.append(f"a{each},{began + timedelta(days=stays)}")
    rows = {"accounts.csv": accounts, "app.csv": app, "churn.csv": churn}
    return {"sabai.yaml": DEFINITIONS, **{name: "\n".join(lines) + "\n" for name, lines in rows.items()}}


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    for name, content in _files().items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return partial(called, capsys)


def test_the_triangle_is_read_as_text_and_kept_as_a_file(say: Say) -> None:
    said = say("cohorts")
    assert said.code == 0
    assert "Share of accounts that did something in each month since their start" in said.out
    assert re.search(r"2024-01 +11 +100% +100%", said.out)
    assert "* only some of them have come to that age" in said.out
    triangle = pl.read_csv("sabai-out/cohorts/triangle.csv")
    assert triangle["cohort"].unique().sort().to_list() == ["2024-01", "2024-02", "2024-03", "2024-04"]


def test_json_has_the_same_numbers_and_null_where_nobody_has_come(say: Say) -> None:
    told = say("cohorts", "--json", "--by", "segment", "--ages", "24", "--value", "login").json
    assert {row["cohort"] for row in told["triangle"]} == {"=big", "small"}
    assert [row["size"] for row in told["curve"]] == [40] * 25
    assert told["curve"][24]["share"] is None
    assert told["time_to_value"][0] == {
        "value": "login", "cohort": "", "customers": 40, "reached": 40, "median_days": 0.0, "low": 0.0, "high": 0.0,
    }  # fmt: skip


def test_a_name_that_a_spreadsheet_would_run_is_harmless_in_files(say: Say) -> None:
    say("cohorts", "--by", "segment")
    assert "\n=big" not in Path("sabai-out/cohorts/triangle.csv").read_text(encoding="utf-8")


def test_brackets_are_what_is_asked_then(say: Say) -> None:
    told = say("cohorts", "--json", "--every", "day", "--bracket", "1-7", "--bracket", "8-30").json
    assert told["ages"] == ["1–7", "8–30"]
    assert say("cohorts", "--bracket", "7-1").code == 2


def test_what_is_not_there_is_a_sentence(say: Say) -> None:
    for words in (("--by", "colour"), ("--event", "logni"), ("--metric", "seats")):
        said = say("cohorts", *words)
        assert (said.code, said.err[:4]) == (2, "RET-")


def test_survival_is_read_as_text_and_kept_as_files(say: Say) -> None:
    said = say("survival", "--by", "segment", "--factors", "segment")
    assert said.code == 0
    assert "By segment they leave at different rates" in said.out
    assert "Customers whose segment is small leave 4.7 times as often as those whose segment is =big" in said.out
    assert pl.read_csv("sabai-out/survival/curves.csv")["survival"].is_between(0, 1).all()
    assert pl.read_csv("sabai-out/survival/ratios.csv").height == 1


def test_survival_says_the_same_as_json(say: Say) -> None:
    told = say("survival", "--json", "--by", "segment", "--factors", "segment", "--known-from", "2023-12-01").json
    assert told["late"] == 0
    assert told["everybody"]["customers"] == 40
    assert {group["name"] for group in told["groups"]} == {"=big", "small"}
    assert told["cox"]["ratios"][0]["times_as_often"] > 1
    assert say("survival", "--by", "colour").code == 2
