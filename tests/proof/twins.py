"""Golden values, each with the twin that must fail: a test that cannot tell the two apart tests nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Case = tuple[str, Callable[[], float], float, float]
"""Name, what is measured, what it is, and what a plausible mistake would have it be."""

MUST_FAIL = pytest.mark.xfail(strict=True, raises=AssertionError, reason="the twin that must fail")


def twins(cases: list[Case]) -> list[Any]:
    right = [pytest.param(measured, value, id=name) for name, measured, value, _ in cases]
    wrong = [pytest.param(measured, twin, id=f"{name}-twin", marks=MUST_FAIL) for name, measured, _, twin in cases]
    return right + wrong
