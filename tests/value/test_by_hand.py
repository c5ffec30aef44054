"""The page that adds one customer's value up by hand says what the formula says."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from sabai.value.curve import Curve

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "money-by-hand.md"
ROW = re.compile(r"^\| (\d+) \| \.(\d{4}) \| \.(\d{4}) \|.*\| \.(\d{4}) \| ([\d.]+) \|$", re.MULTILINE)


def test_the_sum_by_hand_is_the_formula() -> None:
    text = PAGE.read_text(encoding="utf-8")
    printed = re.search(r"a ([\d.]+), b ([\d.]+)", text)
    assert printed
    curve = Curve("sbg", (float(printed[1]), float(printed[2])))
    rows = [(int(row[0]), *(float(f"0.{each}") for each in row[1:4]), float(row[4])) for row in ROW.findall(text)]
    assert [row[0] for row in rows] == [5, 6, 7, 8, 9]
    for renewal, rate, there, adds, so_far in rows:
        later = np.arange(5, renewal + 1)
        survived = curve.survival(later) / curve.survival(np.array([4]))
        discounted = survived * 1.1 ** -(later - 5.0)
        told = (curve.retention(later)[-1], survived[-1], discounted[-1], discounted.sum())
        assert (rate, there, adds, so_far) == pytest.approx(told, abs=1.1e-4)
    whole = float(curve.residual(np.array([5]), 0.1)[0])
    assert f"| {whole:.4f} |" in text
    value = 0.75 * 1200 * round(whole, 4)
    assert f"{value:,.2f} on 1 January 2025" in text
    assert f"{value * 1.1 ** (-214 / 365.25):,.2f} on 1 June 2024" in text
    assert f"| {curve.residual(np.array([1]), 0.1)[0]:.4f} |" not in text  # the twin: of one who has paid one term
