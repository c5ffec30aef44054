"""The pages on proof and on weights, done by a person from top to bottom in a shop of her own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.cli.conftest import Say
from tests.cli.test_looking_back import DEFINITIONS, FILES
from tests.house.tree import ROOT

PAGES = ("prove-the-score.md", "learn-weights.md")

__all__ = ["FILES"]


def page(name: str) -> str:
    return (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8")


def fences(name: str, language: str) -> list[str]:
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", page(name), re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in text.splitlines()) for indent, text in found]


def commands(name: str) -> list[list[str]]:
    return [line.split() for block in fences(name, "bash") for line in block.splitlines()]


def done(words: list[str], say: Say) -> int:
    if words[0] == "mv":
        Path(words[1]).rename(words[2])
        return 0
    assert words[0] == "sabai"
    return say(*words[1:]).code


def taken(name: str, steps: int, say: Say) -> None:
    asked = commands(name)
    assert len(asked) == steps
    assert [words for words in asked if done(words, say)] == []


def test_every_step_of_a_proof_can_be_taken(say: Say) -> None:
    taken("prove-the-score.md", 3, say)


def test_every_step_to_other_weights_can_be_taken_and_the_old_ones_are_kept(say: Say) -> None:
    taken("learn-weights.md", 6, say)
    assert Path("sabai.before.yaml").read_text(encoding="utf-8") == DEFINITIONS
    assert "weight: 70" not in Path("sabai.yaml").read_text(encoding="utf-8")
    assert Path("sabai-out/scores.csv").exists()


def test_what_leaving_is_can_be_said_so(say: Say) -> None:
    [written] = fences("prove-the-score.md", "yaml")
    here, _, other = written.partition("# or:")
    for said in (here.strip(), f"churn: {other.strip()}"):
        Path("sabai.yaml").write_text(DEFINITIONS.replace("churn: { from: churn }", said), encoding="utf-8")
        assert said in Path("sabai.yaml").read_text(encoding="utf-8")
        assert say("check").code == 0


def test_the_table_of_the_past_says_the_same_to_every_tool(say: Say) -> None:
    """Each snippet runs as it stands, and comes to what `sabai prove` came to."""
    told = say("prove", "--json", "--draws", "100").json
    names: dict[str, Any] = {}
    for snippet in fences("prove-the-score.md", "python"):
        exec(compile(snippet, "prove-the-score.md", "exec"), names)
    assert names["auc"] == pytest.approx(told["auc"]["value"], abs=1e-12)
    rates = {row["band"]: row["leaves_90d_notice"] for row in names["by_band"].iter_rows(named=True)}
    assert {band: rates[band] for band in ("healthy", "unhealthy")} == pytest.approx(
        {each["band"]: each["rate"] for each in told["bands"] if each["band"] in ("healthy", "unhealthy")}
    )
    assert sum(rows for _, _, rows, _ in names["by_segment"]) == told["rows"] + told["rows_without_score"]
    assert isinstance(names["by_band"], pl.DataFrame)


def test_the_sentence_that_is_quoted_was_said() -> None:
    [quoted] = re.findall(r"\*(On [^*]+account-months [^*]+)\*", page("prove-the-score.md"))
    assert quoted in (ROOT / "docs" / "explanation" / "proof.md").read_text(encoding="utf-8")
