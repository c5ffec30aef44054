"""Cohorts of accounts, contacts and revenue on rows written by hand, and against a slow count of the same thing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.dates import from_day, to_day
from sabai.definitions.model import Basic, Churn, Condition, Definitions, Health, Milestone, Where, Young
from sabai.errors import UsageError
from sabai.facts.landed import Facts
from sabai.intervals import wilson
from sabai.retention.cohorts.cohorts import JOINED, Cohorts, cohorts
from sabai.retention.cohorts.question import Question
from tests.metrics.landing import Row, define, fact, land
from tests.tries import tries

JAN = to_day(date(2024, 1, 1))
BILLED = Churn("subscriptions", 30)


def account(name: str, start: int = JAN, **columns: Any) -> Row:
    return fact(name, name, 0, started_on=start, **columns)


def events(account: str, *offsets: float, name: str = "login", start: int = JAN, **columns: Any) -> list[Row]:
    return [
        fact(f"{account}-{name}-{columns.get('contact_id', '')}-{each}", account, start + each,
             occurred_at=start + each, name=name, **columns)
        for each in offsets
    ]  # fmt: skip


def plan(account: str, start: int, end: int | None, monthly: int, product: str = "basic") -> Row:
    return fact(f"{account}-{start}-{product}", account, start, starts_at=start, ends_at=end, recurring_minor=monthly,
                product=product, subscription_id=f"{account}-{start}", item_id=product)  # fmt: skip


def made(folder: Path, *, since: int = JAN, **tables: list[Row]) -> Facts:
    names = {row["account_id"] for rows in tables.values() for row in rows}
    return land(folder, tables, names, since=since)


def asked(facts: Facts, as_of: int, definitions: Definitions | None = None, **question: Any) -> Cohorts:
    return cohorts(facts, definitions or define(), as_of, Question(**question))


def cells(found: Cohorts, cohort: str, column: str = "active") -> list[Any]:
    return found.triangle.filter(pl.col("cohort") == cohort)[column].to_list()


@pytest.fixture
def shop(tmp_path: Path) -> Facts:
    """Two who came on 1 January and one on 11 January, all seen until 21 January."""
    return made(
        tmp_path,
        accounts=[account("ant"), account("bee"), account("cat", JAN + 10)],
        events=[*events("ant", 0, 0.5, 2, 9), *events("bee", 1), *events("cat", 11, 12, name="export")],
    )


def test_on_a_day_after_it_and_in_a_bracket(shop: Facts) -> None:
    on = asked(shop, JAN + 20, every="day", ages=9)
    assert on.ages == tuple(map(str, range(10)))
    assert cells(on, "2024-01") == [1, 2, 2, 0, 0, 0, 0, 0, 0, 1]
    after = asked(shop, JAN + 20, every="day", on="after", ages=9)
    assert cells(after, "2024-01") == [3, 3, 2, 1, 1, 1, 1, 1, 1, 1]
    bracket = asked(shop, JAN + 20, every="day", on="bracket", brackets=((0, 1), (2, 8), (1, 9)))
    assert bracket.ages == ("0–1", "2–8", "1–9")
    assert cells(bracket, "2024-01") == [3, 2, 3]


def test_an_age_that_few_have_come_to_is_a_share_of_those_and_one_that_nobody_has_is_unknown(shop: Facts) -> None:
    found = asked(shop, JAN + 13, every="day", ages=14)
    assert cells(found, "2024-01", "reached") == [3, 3, 3, *[2] * 10, 0, 0]
    assert cells(found, "2024-01", "size") == [3] * 15
    assert cells(found, "2024-01", "share")[9] == 1 / 2
    row = found.curve.row(9, named=True)
    assert (row["low"], row["high"]) == pytest.approx((wilson(1, 2).low, wilson(1, 2).high))
    assert cells(found, "2024-01")[-2:] == cells(found, "2024-01", "share")[-2:] == [None, None]


def test_before_events_were_collected_nobody_is_known_to_have_been_away(tmp_path: Path) -> None:
    facts = made(tmp_path, since=JAN + 2, accounts=[account("ant")], events=events("ant", 3))
    found = asked(facts, JAN + 20, every="day", ages=4)
    assert cells(found, "2024-01", "reached") == [0, 0, 1, 1, 1]
    assert cells(found, "2024-01") == [None, None, 0, 1, 0]


def test_what_was_not_known_by_then_is_not_read(tmp_path: Path) -> None:
    late = fact("late", "ant", JAN + 9, occurred_at=JAN + 2, name="login")
    facts = made(tmp_path, accounts=[account("ant")], events=[*events("ant", 1), late])
    assert cells(asked(facts, JAN + 9, every="day", ages=3), "2024-01") == [0, 1, 0, 0]
    assert cells(asked(facts, JAN + 10, every="day", ages=3), "2024-01") == [0, 1, 1, 0]


def test_prospects_and_test_accounts_belong_to_no_cohort(tmp_path: Path) -> None:
    others = [account("may", lifecycle="prospect"), account("try", test=True)]
    facts = made(tmp_path, accounts=[account("ant"), *others], events=[*events("ant", 1), *events("try", 1)])
    assert asked(facts, JAN + 9, every="day").curve["size"].to_list()[0] == 1


def test_only_the_events_that_count(shop: Facts) -> None:
    found = asked(shop, JAN + 20, every="day", ages=2, events=("export",))
    assert cells(found, "2024-01") == [0, 1, 1]
    metric = Basic("exports", "count", "events", where=(Where("name", "in", ("export",)),), window_days=28)
    same = asked(shop, JAN + 20, define(metric), every="day", ages=2, metric="exports")
    assert same.triangle.equals(found.triangle)


def test_ages_count_from_the_first_action_and_so_do_cohorts(tmp_path: Path) -> None:
    rows = [*events("ant", 3, 40), *events("bee", 40, name="import"), *events("bee", 41, 45)]
    facts = made(tmp_path, accounts=[account("ant"), account("bee"), account("cat")], events=rows)
    found = asked(facts, JAN + 60, since="first action", every="day", ages=5)
    assert found.names == ("2024-01", "2024-02")  # and the one that never did anything belongs to none
    assert cells(found, "2024-02") == [1, 1, 0, 0, 0, 1]
    by_action = asked(facts, JAN + 60, by="first-action", since="first action", every="day", ages=1)
    assert by_action.names == ("import", "login")
    assert cells(by_action, "import") == [1, 1]
    logins = asked(facts, JAN + 60, by="first-action", since="first action", every="day", ages=1, events=("login",))
    assert cells(logins, "import") == [1, 0]  # what came first need not count


def test_what_was_done_before_events_were_known_may_have_been_something_else(tmp_path: Path) -> None:
    rows = [*events("ant", 6, 40, name="import"), *events("bee", 6)]
    facts = made(tmp_path, since=JAN + 5, accounts=[account("ant", JAN + 5), account("bee")], events=rows)
    found = asked(facts, JAN + 60, by="first-action", every="day", ages=1)
    assert found.names == ("import", "")
    assert any("1 accounts began before 2024-01-06" in notice for notice in found.notices)
    held = asked(facts, JAN + 60, by="first-action", every="day", ages=1, activity="customer")
    assert (cells(held, "import"), cells(held, "")) == ([1, 1], [1, 1])


def test_whoever_began_before_anybody_watched_joins_the_curve_late_and_that_is_said(tmp_path: Path) -> None:
    rows = [*events("ant", 6, 40), *events("bee", 6)]
    joining = [account("ant", JAN + 5), account("bee")]
    late = made(tmp_path, since=JAN + 5, accounts=joining, events=rows)
    found = asked(late, JAN + 60, every="day", ages=9)
    assert found.curve["reached"].to_list()[:6] == [1, 1, 1, 1, 1, 2]
    assert JOINED in found.notices
    watched = made(tmp_path, accounts=joining, events=rows)
    assert JOINED not in asked(watched, JAN + 60, every="day", ages=9).notices


def test_contacts_are_theirs_who_sent_them(tmp_path: Path) -> None:
    rows = [
        *events("ant", 0, 1, contact_id="joe"), *events("ant", 1, contact_id="zoe"), *events("ant", 5),
        *events("bee", 2, 3, contact_id="joe"),
    ]  # fmt: skip
    facts = made(tmp_path, accounts=[account("ant", segment="big"), account("bee", segment="small")], events=rows)
    found = asked(facts, JAN + 20, of="contacts", by="segment", every="day", ages=2)
    assert cells(found, "big", "size")[0] == 2
    assert cells(found, "big") == [2, 1, 0]
    assert cells(found, "small") == [1, 1, 0]  # another Joe


def test_customers_stay_until_the_first_day_after_their_contract(tmp_path: Path) -> None:
    rows = [plan("ant", JAN, JAN + 31, 100), plan("bee", JAN, None, 100), plan("cat", JAN, JAN + 30, 100)]
    facts = made(tmp_path, accounts=[account("ant"), account("bee"), account("cat")], subscriptions=rows)
    found = asked(facts, JAN + 200, define(churn=BILLED), ages=3)
    assert cells(found, "2024-01") == [3, 1, 1, 1]  # month 1 begins on 1 February, when "ant" has just left
    daily = asked(facts, JAN + 200, define(churn=BILLED), every="day", ages=30)
    assert cells(daily, "2024-01")[29:] == [3, 2]
    later = asked(facts, JAN + 200, define(churn=BILLED), every="day", on="after", ages=40)
    assert cells(later, "2024-01")[40] == 1


def test_an_end_that_may_yet_be_renewed_is_not_counted_yet(tmp_path: Path) -> None:
    facts = made(tmp_path, accounts=[account("ant")], subscriptions=[plan("ant", JAN, JAN + 31, 100)])
    found = asked(facts, JAN + 50, define(churn=BILLED), ages=1)
    assert cells(found, "2024-01", "reached") == [1, 0]
    paid = asked(facts, JAN + 50, define(churn=BILLED), of="revenue", ages=1)
    assert cells(paid, "2024-01", "share") == [1.0, None]


def test_revenue_is_a_share_of_the_first_and_may_exceed_it(tmp_path: Path) -> None:
    rows = [
        plan("ant", JAN, JAN + 31, 100), plan("ant", JAN + 31, None, 250), plan("bee", JAN, JAN + 31, 100),
        plan("cat", JAN, None, 40, "add-on"), plan("cat", JAN, None, 160, "pro"),
    ]  # fmt: skip
    facts = made(tmp_path, accounts=[account("ant"), account("bee"), account("cat")], subscriptions=rows)
    found = asked(facts, JAN + 200, define(churn=BILLED), of="revenue", by="product", ages=1)
    assert cells(found, "basic", "share") == [1.0, 1.25]
    assert cells(found, "basic", "minor") == [200, 250]
    assert cells(found, "basic") == [2, 1]
    assert cells(found, "pro", "first_minor") == [200, 200]  # of two the dearer names the cohort
    assert found.curve["share"].to_list() == [1.0, 450 / 400]
    assert found.curve["low"][1] < 450 / 400 < found.curve["high"][1]
    with pytest.raises(UsageError, match="RET-014"):
        asked(facts, JAN + 200, define(churn=BILLED), activity="customer", since="first action")
    with pytest.raises(UsageError, match="RET-013"):
        asked(facts, JAN + 200, define(churn=BILLED), of="revenue", on="after")


def test_time_to_value_counts_those_who_wait_and_those_who_left(tmp_path: Path) -> None:
    names = [f"a{number}" for number in range(8)]
    left = [fact("x", "a7", JAN + 5, effective_at=JAN + 5)]
    rows = [row for number, name in enumerate(names[:5]) for row in events(name, number + 1, name="report")]
    facts = made(tmp_path, accounts=[account(name) for name in names], events=rows, churn=left)
    value = asked(facts, JAN + 20, value="report", every="day").values[0]
    assert (value.customers, value.reached, value.median.value) == (8, 5, 4.0)
    assert value.waiting.at(4).value == 0.5
    assert value.waiting.at(5).value == pytest.approx(0.375)  # 4 of 8 wait when the fifth is reached, one leaves then
    with pytest.raises(UsageError, match="RET-012"):
        asked(facts, JAN + 20, value="repotr")


def test_milestones_of_the_young_are_first_values(tmp_path: Path) -> None:
    logins = Basic("logins", "count", "events", window_days=28, missing=0.0)
    young = Young(60, (Milestone("came_twice", Condition("logins", ">=", 2)),))
    facts = made(tmp_path, accounts=[account("ant"), account("bee")], events=[*events("ant", 0, 1), *events("bee", 9)])
    definitions = define(logins, health=Health((), (), young=young))
    value = asked(facts, JAN + 20, definitions, every="day").values[0]
    assert (value.name, value.customers, value.reached) == ("came_twice", 2, 1)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"by": "colour"}, "RET-002"),
        ({"metric": "nothing"}, "RET-011"),
        ({"events": ("logni",)}, "RET-012"),
    ],
)
def test_what_makes_no_sense_is_said(shop: Facts, question: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError, match=code):
        asked(shop, JAN + 20, **question)


def test_without_events_only_customers_and_revenue_can_be_asked(tmp_path: Path) -> None:
    facts = made(tmp_path, accounts=[account("ant")])
    assert asked(facts, JAN + 90).question.activity == "customer"
    for question in ({"of": "contacts"}, {"activity": "events"}, {"by": "first-action"}):
        with pytest.raises(UsageError, match="RET-010"):
            asked(facts, JAN + 90, **question)


def test_nobody_is_no_cohort(tmp_path: Path) -> None:
    found = asked(made(tmp_path, accounts=[account("ant", JAN + 99)], events=[]), JAN + 9)
    assert found.triangle.is_empty()
    assert any("Nobody" in notice for notice in found.notices)


_STARTS = st.lists(st.integers(0, 40), min_size=1, max_size=5)
_DONE = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 90)), max_size=40)


@tries(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STARTS, _DONE, st.sampled_from(["day", "after"]), st.sampled_from([("week", False), ("month", True)]))
def test_the_same_as_counted_slowly(
    tmp_path: Path, starts: list[int], done: list[tuple[int, int]], on: str, kind: tuple[str, bool]
) -> None:
    names = [f"a{number}" for number in range(len(starts))]
    rows = [row for who, day in set(done) if who < len(starts) for row in events(names[who], day)]
    facts = made(
        tmp_path, accounts=[account(*each) for each in zip(names, (JAN + each for each in starts), strict=True)],
        events=rows,
    )  # fmt: skip
    found = asked(facts, JAN + 80, every=kind[0], calendar=kind[1], on=on, ages=3, by="quarter")
    active = np.zeros(4, dtype=int)
    reached = np.zeros(4, dtype=int)
    for who, start in enumerate(starts):
        for age in range(4):
            days = [day for day in range(start, 80) if _age(start, day, kind) == age]
            over = _age(start, 80, kind) > age
            seen = {day for each, day in done if each == who and start <= day < 80}
            there = any(_age(start, day, kind) >= age for day in seen) if on == "after" else bool(seen & set(days))
            reached[age] += over
            active[age] += over and there
    assert found.curve["reached"].to_list() == reached.tolist()
    assert found.curve["active"].fill_null(0).to_list() == active.tolist()


def _age(start: int, day: int, kind: tuple[str, bool]) -> int:
    if kind[0] == "week":
        return (day - start) // 7
    began, then = from_day(JAN + start), from_day(JAN + day)
    return (then.year - began.year) * 12 + then.month - began.month
