"""The starter that `sabai init` writes, whole and cut down to the exports that are there."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sabai.definitions.grammar.health import DIMENSIONS
from sabai.definitions.reader import read_text
from sabai.definitions.starter import left_out, starter
from tests.definitions.good import issues, read
from tests.tries import tries

WHOLE = starter("My company")
SOURCES = tuple(read_text(WHOLE, Path("sabai.yaml")).sources)


def test_it_reads_without_issues(tmp_path: Path) -> None:
    assert issues(tmp_path, WHOLE) == []


def test_its_first_line_names_the_schema() -> None:
    assert WHOLE.splitlines()[0] == "# yaml-language-server: $schema=./sabai.schema.json"


def test_all_seven_dimensions_with_two_factors_at_least(tmp_path: Path) -> None:
    factors = Counter(factor.dimension for factor in read(tmp_path, WHOLE).health.factors)
    assert set(factors) == set(DIMENSIONS)
    assert min(factors.values()) >= 2
    assert len(DIMENSIONS) == 7


def test_positive_and_negative_points(tmp_path: Path) -> None:
    health = read(tmp_path, WHOLE).health
    assert sum(factor.weight for factor in health.factors) == 100
    assert len(health.deductions) >= 3


@pytest.mark.parametrize("name", ["Baan Coffee Cloud", 'Ben\'s "Best": #1 & co', "ร้านกาแฟ", "مقهى", "喫茶店", "no"])
def test_whatever_a_company_is_called(name: str, tmp_path: Path) -> None:
    assert read(tmp_path, starter(name)).workspace.name == name


def test_the_whole_starter_waits_for_nothing() -> None:
    assert "# needs" not in WHOLE


@given(st.sets(st.sampled_from(SOURCES)))
@example({"accounts", "product", "tickets"})
@example({"accounts", "goals"})
@example(set())
@tries(10)
def test_whatever_is_here_the_rest_waits_and_what_stays_is_sound(found: set[str]) -> None:
    text = starter("My company", left_out(found), (date(2026, 1, 5), date(2026, 6, 29)))
    definitions = read_text(text, Path("sabai.yaml"))
    assert set(definitions.sources) in (found, set(SOURCES))
    tables = {source.table for source in definitions.sources.values()}
    assert {metric.table for metric in definitions.metrics.values() if hasattr(metric, "table")} - {"dues"} <= tables
    assert definitions.health.factors
    assert definitions.health.reference == (date(2026, 1, 5), date(2026, 6, 29))
    assert max(map(len, text.splitlines())) <= 121


@given(st.sets(st.sampled_from(SOURCES), min_size=2))
@tries(5)
def test_what_waits_is_taken_in_by_removing_its_sign(found: set[str]) -> None:
    lines = starter("My company", left_out(found)).splitlines()
    whole = WHOLE.splitlines()
    for line, meant in zip(lines[-len(whole) + 6 :], whole[6:], strict=True):
        assert meant in (line, re.sub("  # needs .*", "", line.replace("# ", "", 1)))


def test_what_is_found_decides_what_waits(tmp_path: Path) -> None:
    made = read(tmp_path, starter("My company", left_out(["accounts", "product", "tickets"])))
    assert list(made.sources) == ["accounts", "product", "tickets"]
    assert [factor.name for factor in made.health.factors] == [
        "logins", "login_change", "features", "urgent_open", "fault_share", "first_reply",
    ]  # fmt: skip
    assert [deduction.name for deduction in made.health.deductions] == ["asked_to_cancel"]
    assert made.health.young is not None


def test_invoices_wait_for_payments_since_without_them_all_would_look_unpaid(tmp_path: Path) -> None:
    made = read(tmp_path, starter("My company", left_out(["product", "subscriptions", "invoices"])))
    assert "months_overdue" not in made.metrics
    paid = read(tmp_path, starter("My company", left_out(["product", "subscriptions", "invoices", "payments"])))
    assert "months_overdue" in paid.metrics
