"""Overrides, pulses and parents as a person meets them: in explain, changes, score and the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Say

DEFINITIONS = """\
sabai: 1
workspace: { name: Baan Coffee Cloud, time_zone: Asia/Bangkok, currency: THB }
sources:
  crm: { files: customers.csv, table: accounts, columns: { account_id: id, started_on: since, parent_id: group } }
  app:
    files: usage.csv
    table: events
    since: 2025-01-01
    columns: { account_id: customer, name: action, occurred_at: at }
metrics:
  logins: { count: events, where: { name: login }, window: 28d }
health:
  bands: { cut: { healthy: 70, at_risk: 40 } }
  parents: mean
  dimensions: { usage: { logins: { weight: 1, curve: { 0: 0, 20: 100 } } } }
"""
CUSTOMERS = "id,since,group\nC1,2024-01-01,\nC2,2024-01-01,C1\nC3,2024-01-01,C1\n"
HEAD = "kind,account_id,band,reason,who,from,until\n"
OVERRIDES = (
    f"{HEAD}override,C2,unhealthy,sponsor left,Ann,2025-05-26,2025-07-01\n"
    "pulse,C2,at_risk,quiet lately,Mali,2025-05-26,2025-07-01\n"
    "override,C3,healthy,was a slow start,Ann,2025-03-01,2025-04-01\n"
)


def usage(**logins: int) -> str:
    rows = [f"{who},login,2025-05-{10 + day:02d}T09:00:00\n" for who, count in logins.items() for day in range(count)]
    return "customer,action,at\n" + "".join(rows)


FILES = {
    "sabai.yaml": DEFINITIONS,
    "customers.csv": CUSTOMERS,
    "usage.csv": usage(C1=4, C2=16, C3=10),
    "overrides.csv": OVERRIDES,
}


def test_explain_says_who_why_and_until_beside_its_own_band(say: Say) -> None:
    out = say("explain", "C2", "--as-of", "2025-06-02")[1]
    assert out.splitlines()[-3:] == [
        "Band healthy: the score alone says so (healthy from 70.00, at risk from 40.00).",
        "Override: shown as unhealthy from 2025-05-26 until 2025-07-01, says Ann: sponsor left",
        "Pulse: at risk from 2025-05-26 until 2025-07-01, says Mali: quiet lately",
    ]


@pytest.mark.parametrize(("account", "as_of"), [("C3", "2025-06-02"), ("C2", "2025-05-25"), ("C2", "2025-07-01")])
def test_twin_what_is_over_or_not_yet_begun_is_not_said(say: Say, account: str, as_of: str) -> None:
    out = say("explain", account, "--as-of", as_of)[1]
    assert "Override:" not in out
    assert "Pulse:" not in out


def test_explain_as_json_has_both_bands(say: Say) -> None:
    told = say("explain", "C2", "--as-of", "2025-06-02", "--json").json
    assert (told["explanation"]["band"], told["shown_band"]) == ("healthy", "unhealthy")
    assert told["beside"]["override"]["who"] == "Ann"


def test_explain_of_a_parent_says_what_its_children_say(say: Say) -> None:
    """C2 has 16 of 20 logins, C3 has 10: (80 + 50) / 2."""
    out = say("explain", "C1", "--as-of", "2025-06-02")[1]
    assert "score 20.00" in out
    assert out.endswith("From 2 children: mean 65.0.\n")


def test_twin_parents_that_keep_their_own_have_no_such_line(say: Say) -> None:
    Path("sabai.yaml").write_text(DEFINITIONS.replace("parents: mean", "parents: own"), encoding="utf-8")
    assert "children" not in say("explain", "C1", "--as-of", "2025-06-02")[1]


def test_changes_lists_an_override_that_came(say: Say) -> None:
    def listed(first: str) -> bool:
        return "override sponsor left" in say("changes", "C2", "--from", first, "--to", "2025-06-02")[1]

    assert listed("2025-05-19")
    assert not listed("2025-05-26")  # it held at both dates


def tables() -> dict[str, bytes]:
    return {name: Path("sabai-out", name).read_bytes() for name in ("scores.csv", "rejects.csv")}


def test_the_scores_are_the_same_bytes_with_overrides_and_without(say: Say) -> None:
    code, out, err = say("score", "--as-of", "2025-06-02")
    assert (code, err) == (0, "")
    assert "1 band is overridden and shown so in the report" in out
    with_them, page = tables(), Path("sabai-out/report.html").read_text(encoding="utf-8")
    Path("overrides.csv").unlink()
    assert "overridden" not in say("score", "--as-of", "2025-06-02")[1]
    assert tables() == with_them
    assert "sponsor left" in page
    assert "sponsor left" not in Path("sabai-out/report.html").read_text(encoding="utf-8")


def test_a_bad_line_is_said_and_the_others_hold(say: Say) -> None:
    Path("overrides.csv").write_text(
        OVERRIDES + "override,C9,healthy,why,Ann,2025-05-26,2025-07-01\n", encoding="utf-8"
    )
    code, out, err = say("score", "--as-of", "2025-06-02")
    assert code == 0
    assert "1 band is overridden" in out
    assert "HLT-022" in err
    assert "overrides.csv:5" in err
    assert "overrides.csv:5" in Path("sabai-out/report.html").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_read_stops_before_anything_is_scored(say: Say) -> None:
    Path("overrides.csv").write_text("who,what\n", encoding="utf-8")
    code, _, err = say("score", "--as-of", "2025-06-02")
    assert code == 1
    assert err.startswith("HLT-021")
    assert not Path("sabai-out/scores.csv").exists()
