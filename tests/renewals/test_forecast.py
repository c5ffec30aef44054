"""The whole forecast of a small shop: what is due, how sure, and what is said about what is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sabai.dates import to_day
from sabai.facts.landed import Facts
from sabai.renewals.forecast import Renewals, forecast_renewals
from tests.metrics.landing import define, fact
from tests.proof.made_past import made_health
from tests.renewals.made import AS_OF, call, contract, contracts, past_of

ACCOUNTS = ("ant", "bee", "cat", "dog")
DEFINITIONS = define(health=made_health({"use": 1.0}))


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """ant and bee renew within the quarter, bee has given notice; cat pays by the month; dog renews in summer."""
    owners = [fact(each, each, 0, user="mali", from_on=1) for each in ("ant", "bee")]
    return contracts(
        tmp_path,
        contract("ant", date(2022, 2, 1), monthly=1000), contract("ant", date(2022, 2, 1), key="more", product="seats"),
        contract("bee", date(2022, 3, 1), monthly=500, notice_at=AS_OF - 3),
        contract("cat", date(2022, 3, 1), 1, monthly=70), contract("dog", date(2022, 7, 1)),
        owners=owners,
    )  # fmt: skip


def forecast(facts: Facts, **columns: Any) -> Renewals:
    days = [to_day(date(2023, month, 1)) for month in range(1, 11)] + [AS_OF]
    past = past_of(facts.account_ids, days, **columns)
    return forecast_renewals(facts, DEFINITIONS, AS_OF, 90, past, (call("ant", 0.5), call("dog", 0.5)))


def test_what_is_due(facts: Facts) -> None:
    ant, bee = forecast(facts).renewals
    assert (ant.due.account_id, ant.due.days_left, ant.due.monthly_minor, ant.due.value_minor) == (
        "ant",
        31,
        1100,
        13200,
    )
    assert ant.due.products == (("plan", 12000), ("seats", 1200))
    assert (ant.due.owner, ant.due.segment) == ("mali", "")
    assert (bee.due.notice, bee.p, bee.how) == (True, 0.0, "notice")


def test_rolling_contracts_stand_apart(facts: Facts) -> None:
    found = forecast(facts)
    assert (found.rolling.accounts, found.rolling.monthly_minor, found.rolling.without_term) == (1, 70, 0)
    assert found.total.due_minor == 13200 + 6000
    assert found.notice_minor == 6000


def test_the_plain_rate_where_too_few_left(facts: Facts) -> None:
    found = forecast(facts)
    assert found.renewals[0].how == "rate"
    assert found.renewals[0].p == pytest.approx(found.chances.rate.value)
    assert found.chances.renewals > 0
    assert "By the plain rate" in found.chances.sentence
    assert found.total.expected_minor == pytest.approx(13200 * found.chances.rate.value)
    assert not found.inaction


def test_groups_add_up(facts: Facts) -> None:
    found = forecast(facts)
    for groups in (found.months, found.owners, found.segments, found.products):
        assert sum(each.due_minor for each in groups) == found.total.due_minor
    assert [each.name for each in found.months] == ["2024-02", "2024-03"]


def test_calls_stand_beside_and_change_nothing(facts: Facts) -> None:
    found = forecast(facts)
    assert found.called is not None
    assert (found.called.renewals, found.called.due_minor, found.called.called_minor) == (1, 13200, 6600)
    assert found.called.expected_minor == found.renewals[0].expected_minor


def test_the_worst_factors_are_the_reasons(facts: Facts) -> None:
    points = np.full(44, 60.0)
    points[-4] = 10.0  # ant, today
    (reason,) = forecast(facts, points={"use": points}).renewals[0].reasons
    assert (reason.factor, reason.points, reason.usual, reason.costs) == ("use", 10.0, 47.5, 37.5)


def test_what_happens_later_changes_nothing(facts: Facts, tmp_path: Path) -> None:
    """A year of later rows that all leave, and a contract that begins later, are not read."""
    days = [to_day(date(2023, month, 1)) for month in range(1, 11)] + [AS_OF, AS_OF + 30, AS_OF + 60]
    left = np.full(52, np.inf)
    left[44:] = 5.0
    past = past_of(facts.account_ids, days, effective_in=left, known_until=AS_OF + 500)
    later = forecast_renewals(facts, DEFINITIONS, AS_OF, 90, past, (call("ant", 0.5), call("dog", 0.5)))
    assert later == forecast(facts)
    soon = forecast_renewals(facts, DEFINITIONS, AS_OF + 300, 90, past)
    assert soon != later


def test_nothing_is_due(facts: Facts) -> None:
    found = forecast_renewals(facts, DEFINITIONS, AS_OF, 5, past_of(facts.account_ids, [AS_OF]))
    assert (found.total.due_minor, found.renewals, found.whales.largest) == (0, (), ())
    assert any("is due in this time" in said for said in found.notices)


def test_a_contract_without_an_amount_is_due_and_not_in_money(tmp_path: Path) -> None:
    found = forecast(
        contracts(tmp_path, contract("ant", date(2023, 2, 1), monthly=None), contract("bee", date(2022, 2, 1)))
    )
    assert [each.due.value_minor for each in found.renewals] == [None, 1200]
    assert (found.total.renewals, found.total.due_minor) == (2, 1200)
    assert "1 subscriptions that are due have no amount a month, and are not in money." in found.notices


def test_there_are_no_subscriptions(tmp_path: Path) -> None:
    from tests.metrics.landing import land

    facts = land(tmp_path, {"accounts": [fact("ant", "ant", 0, started_on=1)]})
    assert forecast_renewals(facts, DEFINITIONS, AS_OF, 90, past_of(("ant",), [AS_OF])).total.renewals == 0
