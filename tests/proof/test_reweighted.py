"""Learned weights are proposed in the file as it was written, and nothing is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.definitions.reader import read_definitions, read_text
from sabai.errors import DefinitionsError, UsageError
from sabai.proof.reweighted import difference, reweighted

TEXT = """\
sabai: 1
workspace: { name: Baan Coffee }
metrics:
  logins: { count: events, window: 28d }   # who comes in
  tickets: { count: tickets, window: 28d }
health:
  reference: { from: 2025-01-01, to: 2025-06-30 }
  dimensions:
    usage:
      # agreed in March
      logins: { weight: 70, better: higher }  # the heart of it
    support:
      tickets: { weight: 30, better: lower }
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "sabai.yaml"
    path.write_text(TEXT, encoding="utf-8")
    read_definitions(path)
    return path


def test_only_the_numbers_change(written: Path) -> None:
    text = reweighted(written, {"logins": 58, "tickets": 42})
    assert text == TEXT.replace("weight: 70", "weight: 58").replace("weight: 30", "weight: 42")
    assert written.read_text(encoding="utf-8") == TEXT


def test_a_factor_that_counts_nothing_stays_readable(written: Path) -> None:
    text = reweighted(written, {"logins": 100, "tickets": 0})
    assert "tickets: { weight: 0, better: lower }" in text
    assert [factor.weight for factor in read_text(text, written).health.factors] == [100, 0]


def test_a_factor_without_an_entry_keeps_its_own(written: Path) -> None:
    assert reweighted(written, {"logins": 10}) == TEXT.replace("weight: 70", "weight: 10")


def test_the_difference_is_a_diff_that_names_both(written: Path) -> None:
    lines = difference(written, reweighted(written, {"logins": 58}), "sabai.learned.yaml").splitlines()
    assert lines[:2] == ["--- sabai.yaml", "+++ sabai.learned.yaml"]
    assert [line for line in lines[2:] if line[0] in "+-"] == [
        "-      logins: { weight: 70, better: higher }  # the heart of it",
        "+      logins: { weight: 58, better: higher }  # the heart of it",
    ]
    assert difference(written, TEXT, "sabai.learned.yaml") == ""


def test_a_name_that_is_no_factor_is_refused(written: Path) -> None:
    with pytest.raises(UsageError, match='Did you mean "logins"') as refused:
        reweighted(written, {"login": 10})
    assert refused.value.issues[0].code == "PRF-023"


@pytest.mark.parametrize("weights", [{"logins": 0, "tickets": 0}, {"logins": -1}])
def test_weights_that_no_score_can_have_are_refused(written: Path, weights: dict[str, float]) -> None:
    with pytest.raises(DefinitionsError, match="DEF-032"):
        reweighted(written, weights)
