"""What owners say: read line by line, what is not understood said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.dates import from_day
from sabai.errors import FactsError
from sabai.renewals.calls import Call, last_before, too_late
from sabai.renewals.calls_file import probability, read_calls
from tests.renewals.made import AS_OF

HEAD = "account_id,call,probability,who,when\n"


def test_good_lines_are_calls(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(HEAD + "ant,Renew,80%,mali,2023-12-01\nbee,churn,,mali,2023-12-02\n", encoding="utf-8-sig")
    calls, issues = read_calls(path, {"ant", "bee"})
    assert not issues
    assert [(each.account_id, each.call, each.probability) for each in calls] == [
        ("ant", "renew", 0.8),
        ("bee", "churn", 0),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("fox,renew,,mali,2023-12-01", "REN-002"),
        ("ant,maybe,,mali,2023-12-01", "REN-003"),
        ("ant,renew,80,mali,2023-12-01", "REN-004"),
        ("ant,renew,perhaps,mali,2023-12-01", "REN-004"),
        ("ant,renew,nan,mali,2023-12-01", "REN-004"),
        ("ant,renew,,,2023-12-01", "REN-005"),
        ("ant,renew,,mali,01/12/2023", "REN-006"),
        ("ant", "REN-003"),
    ],
)
def test_bad_lines_are_left_out_and_said(tmp_path: Path, line: str, code: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(f"{HEAD}{line}\nant,renew,,mali,2023-12-01\n", encoding="utf-8")
    calls, issues = read_calls(path, {"ant"})
    assert len(calls) == 1
    assert (issues[0].code, issues[0].where) == (code, "calls.csv:2")


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("account,call\nant,renew\n", encoding="utf-8")
    with pytest.raises(FactsError, match="REN-001"):
        read_calls(path, {"ant"})


def test_the_newest_call_before_the_date_counts() -> None:
    early, late, today = (Call("ant", "renew", p, "mali", AS_OF - days) for p, days in ((0.9, 9), (0.5, 2), (0.1, 0)))
    assert last_before([late, today, early], AS_OF) == {"ant": late}
    assert list(too_late([early, late, today], AS_OF)) == [
        f"1 calls of {from_day(AS_OF)} or later are not read: nothing dated as-of or later is."
    ]
    assert not list(too_late([early], AS_OF))


@pytest.mark.parametrize(
    ("written", "chance"), [("commit", 0.95), ("0", 0.0), ("100%", 1.0), ("101%", None), ("-1", None)]
)
def test_probabilities(written: str, chance: float | None) -> None:
    assert probability(written, "renew") == chance
