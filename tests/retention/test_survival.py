"""How long customers stay, from landed facts; what cannot be told is said, and never a traceback."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sabai.dates import to_day
from sabai.definitions.model import Churn
from sabai.errors import UsageError
from sabai.facts.landed import Facts
from sabai.retention.survival.design import design
from sabai.retention.survival.factors import Factor
from sabai.retention.survival.kaplan_meier import kaplan_meier
from sabai.retention.survival.log_rank import log_rank
from sabai.retention.survival.ratios import Cox, ratios
from sabai.retention.survival.spans import Spans, spans
from sabai.retention.survival.survival import Question, Survival, survival
from sabai.retention.survival.told import told_survival
from tests.metrics.landing import define, fact, land

JAN = to_day(date(2024, 1, 1))
Factors = list[Factor]


def company(folder: Path, lives: dict[str, tuple[int, int | None]], **columns: list[str]) -> Facts:
    """Accounts by the days of their start and their leaving, counted from 1 January 2024."""
    told = [dict(zip(columns, each, strict=True)) for each in zip(*columns.values(), strict=True)] or [{}] * len(lives)
    accounts = [
        fact(name, name, JAN - 1000, started_on=JAN + start, **own)
        for (name, (start, _)), own in zip(lives.items(), told, strict=True)
    ]
    churn = [fact(name, name, JAN + end, effective_at=JAN + end) for name, (_, end) in lives.items() if end is not None]
    tables = {"accounts": accounts, **({"churn": churn} if churn else {})}
    first = min((end for _, end in lives.values() if end is not None), default=0)
    days = {"accounts": {"made": JAN - 1000}, "churn": {"made": JAN + first}}
    return land(folder, tables, lives, first_days=days)


def of(facts: Facts, as_of: int, *factors: str, by: str | None = None, known_from: int | None = None) -> Survival:
    return survival(facts, define(), JAN + as_of, Question(by, factors, known_from))


def test_durations_run_from_the_start_to_the_leaving_or_to_today(tmp_path: Path) -> None:
    found = of(company(tmp_path, {"ant": (0, 30), "bee": (0, None), "cat": (10, 90)}), 100)
    assert found.everybody.days.tolist() == [30, 80]
    assert found.everybody.longest == 100
    assert (found.everybody.watched, found.everybody.left) == (3, 2)
    assert found.everybody.at(30).value == pytest.approx(2 / 3)
    assert np.isnan(found.everybody.at(101).value)
    assert found.curves["group"].to_list() == ["", ""]


def test_whoever_came_before_leavings_were_written_down_counts_from_then_on(tmp_path: Path) -> None:
    """Of ten who came in 2023 six left before anybody wrote it down: they are not in the data."""
    old = {f"old{each}": (-365, None) for each in range(4)}
    new = {f"new{each}": (0, 40 if each < 5 else None) for each in range(10)}
    facts = company(tmp_path, {**old, **new})
    found = of(facts, 200, known_from=JAN)
    assert found.late == 4
    assert found.everybody.at(100).value == pytest.approx(0.5)
    flattered = of(facts, 200, known_from=JAN - 400)
    assert flattered.everybody.at(100).value == pytest.approx(9 / 14)
    assert any("counts from that day on" in notice for notice in found.notices)
    assert not flattered.late


def test_a_contract_that_was_over_without_a_word_is_said(tmp_path: Path) -> None:
    accounts = [fact("ant", "ant", 0, started_on=JAN, ended_on=JAN + 50), fact("bee", "bee", 0, started_on=JAN)]
    churn = [fact("bee", "bee", JAN + 60, effective_at=JAN + 60)]
    facts = land(tmp_path, {"accounts": accounts, "churn": churn}, ("ant", "bee"))
    assert any("1 of the 2 that left have no churn" in notice for notice in of(facts, 100, known_from=JAN).notices)


def test_the_first_leaving_that_was_written_down_is_when_it_is_known_from(tmp_path: Path) -> None:
    found = of(company(tmp_path, {"old": (-900, None), "ant": (0, 30), "bee": (5, 60)}), 100)
    assert found.known_from == JAN + 30
    assert found.late == 3
    assert found.everybody.left == 2  # also the one who left on that very day


def test_a_curve_does_not_begin_with_one_who_left_among_few() -> None:
    entry = np.r_[0, 0, np.full(40, 50)]
    days = np.r_[10, 100, np.full(40, 100)]
    curve = kaplan_meier(spans(days, np.r_[True, np.zeros(41, dtype=bool)], entry))
    assert (curve.since, curve.watched) == (10, 41)
    assert np.isnan(curve.at(5).value)


def test_where_nobody_has_left_the_interval_says_how_few_were_watched() -> None:
    assert kaplan_meier(spans(np.full(4, 9), np.zeros(4, dtype=bool))).at(5).low == pytest.approx(0.51, abs=0.01)


def test_a_pause_within_the_grace_is_no_leaving_and_coming_back_is_counted_once(tmp_path: Path) -> None:
    def plan(name: str, start: int, end: int | None) -> dict[str, object]:
        return fact(f"{name}{start}", name, JAN, starts_at=JAN + start, ends_at=None if end is None else JAN + end,
                    subscription_id=f"{name}{start}", recurring_minor=5)  # fmt: skip

    rows = [plan("ant", 0, 30), plan("ant", 40, None), plan("bee", 0, 30), plan("bee", 200, None), plan("cat", 0, 180)]
    names = ("ant", "bee", "cat")
    accounts = [fact(name, name, JAN, started_on=JAN) for name in names]
    facts = land(tmp_path, {"accounts": accounts, "subscriptions": rows}, names)
    found = survival(facts, define(churn=Churn("subscriptions", 30)), JAN + 200)
    assert found.everybody.days.tolist() == [30]  # "bee"; "cat" may come back until 30 days are over
    assert found.until == JAN + 170


def test_nobody_left_is_said(tmp_path: Path) -> None:
    found = of(company(tmp_path, {"ant": (0, None), "bee": (0, None)}), 50, by="cohort")
    assert found.difference is None
    assert told_survival(found)["everybody"]["still_there"] == {}  # type: ignore[index]
    assert any("Nobody is known to have left" in notice for notice in found.notices)


def test_what_customers_cannot_be_told_apart_by_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="RET-002"):
        of(company(tmp_path, {"ant": (0, 9)}), 50, "colour")


def test_factors_are_columns_of_accounts_and_the_product_they_began_with(tmp_path: Path) -> None:
    names = [f"a{each:02}" for each in range(60)]
    accounts = [
        fact(name, name, JAN, started_on=JAN, **{"properties.seats": str(each % 20), "properties.plan": "ab"[each % 2]})
        for each, name in enumerate(names)
    ]
    plans = [
        fact(name, name, JAN, starts_at=JAN, ends_at=JAN + 60 + each, product="xy"[each % 3 > 0], recurring_minor=5,
             subscription_id=name)
        for each, name in enumerate(names)
    ]  # fmt: skip
    facts = land(tmp_path, {"accounts": accounts, "subscriptions": plans}, names)
    question = Question("product", ("seats", "plan", "product"))
    found = survival(facts, define(churn=Churn("subscriptions", 30)), JAN + 400, question)
    assert found.cox is not None
    assert [each.term.column for each in found.cox.ratios] == ["seats", "plan=b", "product=x"]
    assert found.cox.ratios[0].term.unit == pytest.approx(np.std(np.arange(20)))
    assert [curve.name for curve in found.groups] == ["x", "y"]
    assert any("seats, plan: as it stands today" in notice for notice in found.notices)


RNG = np.random.default_rng(5)
MANY = 400


def lives(hazard: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Spans:
    """Of MANY customers, watched for 300 days, who leave at `hazard` a day."""
    days = np.ceil(RNG.exponential(1 / hazard))
    return spans(np.minimum(days, 300), days <= 300)


def groups(name: str, codes: np.ndarray[tuple[int], np.dtype[np.int64]], *levels: str) -> Factor:
    return Factor(name, levels, codes)


def regressed(watched: Spans, *factors: Factor) -> tuple[Cox | None, tuple[str, ...]]:
    return ratios(design(factors, watched), watched)


def test_a_ratio_is_found_again_and_said_in_words() -> None:
    basic = RNG.integers(0, 2, MANY) * (np.arange(MANY) % 3 > 0)
    cox, _ = regressed(lives(np.where(basic == 1, 0.02, 0.01)), groups("plan", basic, "pro", "basic"))
    assert cox is not None
    [found] = cox.ratios
    assert found.ratio.low < 2 < found.ratio.high
    assert found.sentence.startswith("Customers whose plan is basic leave ")
    assert "times as often as those whose plan is pro" in found.sentence
    assert found.warning is None


def test_a_number_is_told_in_its_own_unit() -> None:
    seats = RNG.normal(20, 5, MANY)
    watched = lives(0.01 * np.exp(-0.1 * (seats - 20)))
    cox, _ = regressed(watched, Factor("seats", numbers=(seats - seats.mean()) / seats.std(), unit=float(seats.std())))
    assert cox is not None
    assert cox.ratios[0].ratio.value == pytest.approx(np.exp(-0.1 * seats.std()), abs=0.12)
    assert "more of seats leave 0." in cox.ratios[0].sentence


def test_no_difference_is_said_as_that() -> None:
    cox, _ = regressed(lives(np.full(MANY, 0.01)), groups("plan", np.arange(MANY) % 2, "pro", "basic"))
    assert cox is not None
    assert "no difference shown" in cox.ratios[0].sentence


def test_a_ratio_that_changes_is_named_with_what_to_do() -> None:
    """The one half leaves at once or never, the other late: no one number tells it."""
    soon = np.arange(MANY) % 2
    days = np.where(
        soon == 1, np.where(RNG.random(MANY) < 0.5, RNG.integers(1, 40, MANY), 400), RNG.integers(100, 500, MANY)
    )
    watched = spans(np.minimum(days, 300), days <= 300)
    cox, _ = regressed(watched, groups("plan", soon, "pro", "basic"))
    assert cox is not None
    assert cox.ratios[0].drifts
    assert "shrinks" in (cox.ratios[0].warning or "")
    assert "--by plan" in (cox.ratios[0].warning or "")


def test_a_group_of_which_nobody_left_is_left_out_and_named() -> None:
    code = np.arange(MANY) % 3
    watched = lives(np.full(MANY, 0.01))
    watched = Spans(watched.days, watched.left & (code != 2), watched.entry, watched.account)
    cox, said = regressed(watched, groups("plan", code, "pro", "basic", "gold"))
    assert cox is not None
    assert [each.term.level for each in cox.ratios] == ["basic"]
    assert any("Nobody whose plan is gold left" in each for each in said)


def test_what_says_nothing_is_left_out_and_named() -> None:
    plan = np.arange(MANY) % 2
    watched = lives(np.full(MANY, 0.01))
    same = groups("tier", plan, "high", "low")
    constant = Factor("seats", numbers=np.zeros(MANY))
    cox, said = regressed(watched, groups("plan", plan, "pro", "basic"), same, constant)
    assert cox is not None
    assert len(cox.ratios) == 1
    assert any("tier=low" in each and "already" in each for each in said)
    assert any("alike in seats" in each for each in said)


def test_separation_is_held_by_a_ridge_and_marked() -> None:
    """Whoever has more leaves earlier, without exception: the ratio has no end."""
    order = np.arange(MANY, dtype=np.float64)
    watched = spans(MANY - order, np.ones(MANY, dtype=bool))
    cox, said = regressed(watched, Factor("seats", numbers=(order - order.mean()) / order.std()))
    assert cox is not None
    assert cox.held
    assert any("ridge" in each for each in said)


def test_nothing_to_compare_and_nobody_left_are_no_faults() -> None:
    watched = lives(np.full(MANY, 0.01))
    cox, said = regressed(watched, groups("plan", np.zeros(MANY, dtype=np.int64), "pro"))
    assert cox is None
    assert "no ratios" in said[-1]
    stayed = Spans(watched.days, np.zeros(MANY, dtype=bool), watched.entry, watched.account)
    cox, said = regressed(stayed, groups("plan", np.arange(MANY) % 2, "pro", "basic"))
    assert cox is None
    assert log_rank(stayed, np.arange(MANY) % 2) is None
    assert kaplan_meier(stayed.only(np.zeros(MANY, dtype=bool))).watched == 0
