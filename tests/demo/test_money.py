"""The made company's finance, exit surveys and referral programme: each shows something, and no score hears of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sabai.definitions.model import Basic, Definitions
from sabai.definitions.reader import read_definitions
from sabai.demo import make_company
from sabai.engines.local import measure
from sabai.facts.land import land
from sabai.facts.landed import Facts
from sabai.retention.kept import kept
from sabai.retention.span import Span
from sabai.value.lifetime import Ask, lifetime_values
from sabai.value.values import Values
from tests.proof.twins import MUST_FAIL

AS_OF = 20635  # 1 July 2026


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    make_company(folder, seed=3, accounts=120)
    return folder


@pytest.fixture(scope="module")
def definitions(company: Path) -> Definitions:
    return read_definitions(company / "sabai.yaml")


@pytest.fixture(scope="module")
def facts(company: Path, definitions: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return land(definitions, company, tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def worth(facts: Facts, definitions: Definitions) -> Values:
    return lifetime_values(facts, definitions, AS_OF, Ask(margin=0.78, discount_a_year=0.1))


def test_each_plan_costs_something_to_win_and_to_keep(worth: Values) -> None:
    win = {each.segment: each.cost_to_win_minor for each in worth.segments}
    keep = {each.segment: each.cost_to_keep_minor for each in worth.segments}
    assert set(win) == {"all", "Drip", "Pour Over", "Roastery"}
    for costs in (win, keep):
        assert None not in costs.values()
        assert costs["Drip"] < costs["Pour Over"] < costs["Roastery"]  # type: ignore[operator]
    assert all(keep[plan] < win[plan] for plan in win)  # type: ignore[operator]


def test_some_of_those_who_were_recommended_came(worth: Values) -> None:
    told = worth.referrals
    assert told is not None
    assert 0 < told.here <= told.came < told.accounts
    assert told.revenue_minor > 0


def test_some_who_left_were_asked_and_some_of_them_answered(facts: Facts, definitions: Definitions) -> None:
    gone = kept(facts, definitions, Span()).churned
    assert {each.asked for each in gone} == {"answered", "asked", "not asked"}
    answers = facts.scan("responses").collect().filter(source="exits")
    said = answers.filter(answers["answered_at"].is_not_null())
    assert 0 < len(said) < len(answers)
    assert said["reason"].null_count() == 0
    assert 0 < said["comment"].null_count() < len(said)


@pytest.mark.parametrize("hearing", [False, pytest.param(True, marks=MUST_FAIL)])
def test_no_metric_hears_of_them(
    company: Path, facts: Facts, definitions: Definitions, tmp_path: Path, hearing: bool
) -> None:
    """Every metric says what it says where neither file has come."""
    told = {name: source for name, source in definitions.sources.items() if name not in ("exits", "vouchers")}
    without = land(replace(definitions, sources=told), company, tmp_path / "without")
    days = [AS_OF - 90, AS_OF]
    now = measure(facts, _hearing(definitions) if hearing else definitions, days)
    before = measure(without, replace(definitions, sources=told), days)
    for metric, values in before.values.items():
        assert np.array_equal(now.values[metric], values, equal_nan=True), metric


def _hearing(definitions: Definitions) -> Definitions:
    """Whoever leaves the question unanswered is silent, too."""
    silent = definitions.metrics["asked_silent"]
    assert isinstance(silent, Basic)
    heard = replace(silent, where=tuple(where for where in silent.where if where.column != "source"))
    return replace(definitions, metrics={**definitions.metrics, "asked_silent": heard})
