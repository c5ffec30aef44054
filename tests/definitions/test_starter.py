"""The starter that `sabai init` writes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sabai.definitions.grammar.health import DIMENSIONS
from sabai.definitions.starter import STARTER, starter
from tests.definitions.good import issues, read


def test_it_reads_without_issues(tmp_path: Path) -> None:
    assert issues(tmp_path, STARTER) == []


def test_its_first_line_names_the_schema() -> None:
    assert STARTER.splitlines()[0] == "# yaml-language-server: $schema=./sabai.schema.json"


def test_all_seven_dimensions_with_two_factors_at_least(tmp_path: Path) -> None:
    factors = Counter(factor.dimension for factor in read(tmp_path, STARTER).health.factors)
    assert set(factors) == set(DIMENSIONS)
    assert min(factors.values()) >= 2
    assert len(DIMENSIONS) == 7


def test_positive_and_negative_points(tmp_path: Path) -> None:
    health = read(tmp_path, STARTER).health
    assert sum(factor.weight for factor in health.factors) == 100
    assert len(health.deductions) >= 3


@pytest.mark.parametrize("name", ["Baan Coffee Cloud", 'Ben\'s "Best": #1 & co', "ร้านกาแฟ", "مقهى", "喫茶店", "no"])
def test_whatever_a_company_is_called(name: str, tmp_path: Path) -> None:
    assert read(tmp_path, starter(name)).workspace.name == name


def test_a_line_for_one_screen() -> None:
    assert max(map(len, STARTER.splitlines())) <= 120
