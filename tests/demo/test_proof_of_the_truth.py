"""What is proved of the demo must hold of the company that it was drawn from: the same makers, many more customers."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.definitions.reader import read_definitions
from sabai.demo.make import make_company
from sabai.pipeline import Request
from sabai.proof.prove import Proof, prove
from sabai.proof.replay import Question
from sabai.proving import look_back

pytestmark = pytest.mark.long


def proof_of(folder: Path, seed: int, accounts: int) -> Proof:
    make_company(folder, seed, accounts)
    definitions = read_definitions(folder / "sabai.yaml")
    return prove(look_back(Request(definitions, folder, folder / "out"), Question()), draws=1000)


def test_the_truth_lies_inside_the_intervals_of_the_demo(tmp_path: Path) -> None:
    """Of 4,000 customers every number is sharp; of the demo's 400 it is not, and the intervals must say so."""
    demo, truth = proof_of(tmp_path / "demo", 7, 400), proof_of(tmp_path / "truth", 11, 4_000)
    assert demo.verdict == truth.verdict == "foretells"
    assert demo.auc.low < truth.auc.value < demo.auc.high
    assert demo.red_to_green.low < truth.red_to_green.value < demo.red_to_green.high
    assert truth.auc.high - truth.auc.low < (demo.auc.high - demo.auc.low) / 2
    sure = [
        band.rate.low <= large.rate.value <= band.rate.high
        for band, large in zip(demo.bands.churn[:3], truth.bands.churn[:3], strict=True)
    ]
    assert sum(sure) >= 2  # three intervals of 95% each
