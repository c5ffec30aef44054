"""Verbs on a small folder, as a person would call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Say

DEFINITIONS = """\
sabai: 1
workspace: { name: Baan Coffee Cloud, time_zone: Asia/Bangkok, currency: THB }
sources:
  crm: { files: customers.csv, table: accounts, columns: { account_id: id, name: company, started_on: since } }
  app: { files: usage.csv, table: events, columns: { account_id: customer, name: action, occurred_at: at } }
metrics:
  logins: { count: events, where: { name: login }, window: 28d }
  last_seen: { days_since: events }
health:
  bands: { cut: { healthy: 70, at_risk: 40 } }
  dimensions:
    usage: { logins: { weight: 60, curve: { 0: 0, 20: 100 } }, last_seen: { weight: 40, curve: { 0: 100, 30: 0 } } }
"""
CUSTOMERS = "id,company,since\nC1,Baan Kafe,2024-01-01\nC2,Suan Dok,2024-01-01\n"
LOGINS = [f"C1,login,2025-05-{day:02d}T09:00:00\n" for day in range(10, 23)]
USAGE = "".join(["customer,action,at\nC2,login,2025-04-14T09:00:00\n", *LOGINS])

FILES = {"sabai.yaml": DEFINITIONS, "customers.csv": CUSTOMERS, "usage.csv": USAGE}


def test_check_says_that_it_is_fine(say: Say) -> None:
    assert say("check") == (0, "sabai.yaml is fine: 2 sources, 2 metrics, 2 factors.\n", "")


def test_check_names_the_line_and_the_nearest_word(say: Say, tmp_path: Path) -> None:
    (tmp_path / "sabai.yaml").write_text(
        DEFINITIONS.replace("last_seen: { weight", "last_sen: { weight"), encoding="utf-8"
    )
    code, out, err = say("check")
    assert (code, out) == (1, "")
    assert "sabai.yaml:12" in err
    assert 'Did you mean "last_seen"?' in err


def test_check_explain_spells_out(say: Say) -> None:
    _, out, _ = say("check", "--explain")
    assert 'how many events named "login" in the 28 days before the date' in out


def test_init_writes_a_starter_that_is_fine(say: Say) -> None:
    assert say("init", "new")[0] == 0
    assert json.loads(Path("new/sabai.schema.json").read_text(encoding="utf-8"))["title"] == "sabai.yaml"
    assert say("check", "new/sabai.yaml")[0] == 0


def test_init_overwrites_nothing(say: Say) -> None:
    code, _, err = say("init")
    assert code == 2
    assert err.startswith("CLI-006")
    assert Path("sabai.yaml").read_text(encoding="utf-8") == DEFINITIONS


def test_schema_is_json(say: Say) -> None:
    assert json.loads(say("schema")[1])["title"] == "sabai.yaml"


def test_facts_add_up(say: Say) -> None:
    code, out, _ = say("facts", "--json")
    assert code == 0
    for tally in json.loads(out)["tallies"]:
        kinds = ("facts", "versions", "duplicates", "conflicts", "waiting", "rejects")
        assert tally["rows_in"] == sum(tally[kind] for kind in kinds)


def test_facts_without_definitions_is_wrong_use(say: Say, tmp_path: Path) -> None:
    (tmp_path / "sabai.yaml").unlink()
    code, _, err = say("facts")
    assert code == 2
    assert "sabai init" in err


def test_score_writes_what_it_says(say: Say) -> None:
    code, out, err = say("score", "--as-of", "2025-06-01")
    assert (code, err) == (0, "")
    assert "2 accounts at 1 dates, the last 2025-06-01" in out
    for name in ("scores.csv", "snapshots", "rejects.csv", "report.html", "scores.xlsx"):
        assert Path("sabai-out", name).exists()


def test_explain_adds_up(say: Say) -> None:
    _, out, _ = say("explain", "C1", "--as-of", "2025-06-01", "--json")
    why = json.loads(out)["explanation"]
    assert why["score"] == pytest.approx(sum(line["contribution"] for line in why["lines"]))
    assert [line["points"] for line in why["lines"]] == [65.0, pytest.approx(200 / 3)]


def test_explain_of_nobody_names_the_nearest(say: Say) -> None:
    code, _, err = say("explain", "C11", "--as-of", "2025-06-01")
    assert code == 2
    assert 'Did you mean "C1"?' in err


def test_asking_leaves_the_written_scores_alone(say: Say) -> None:
    say("score", "--as-of", "2025-06-01")
    before = Path("sabai-out/scores.csv").read_bytes()
    say("explain", "C1", "--as-of", "2025-05-25")
    assert Path("sabai-out/scores.csv").read_bytes() == before


def test_changes_sum_to_the_move(say: Say) -> None:
    _, out, _ = say("changes", "C1", "--from", "2025-05-19", "--to", "2025-06-02", "--json")
    (change,) = json.loads(out)["changes"]
    assert change["after"] - change["before"] == pytest.approx(sum(part["points"] for part in change["parts"]))


def test_changes_needs_one_account_or_a_number(say: Say) -> None:
    assert say("changes")[0] == 2
    assert say("changes", "C1", "--top", "3")[0] == 2


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_report_in_a_language(say: Say, lang: str, direction: str) -> None:
    assert say("report", "--lang", lang)[0] == 0
    page = Path("sabai-out", "report.html" if lang == "en" else f"report.{lang}.html").read_text(encoding="utf-8")
    assert f'dir="{direction}"' in page
