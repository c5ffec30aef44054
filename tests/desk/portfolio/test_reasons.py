"""Every reason is said twice, for the database and for one row: both say the same of every customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.people.models import Workspace
from sabai.desk.portfolio.reasons import REASONS, Reason, last_sign, needs_call, reasons_of
from sabai.desk.scoring.models import Account
from sabai.health.scores import BANDS
from tests.tries import tries

AS_OF = date(2026, 6, 29)
DAYS = st.none() | st.integers(-70, 70).map(lambda days: AS_OF + timedelta(days=days))
EDGES = st.none() | st.sampled_from([-20.0, -10.0, -9.9, -5.0, -4.9, 0.0, 4.9, 5.0, 10.0])
CUSTOMERS = st.fixed_dictionaries(
    {
        "band": st.sampled_from(BANDS),
        "change_week": EDGES,
        "change_quarter": EDGES,
        "renews_on": DAYS,
        "last_seen_on": DAYS,
        "last_touch_on": DAYS,
        "overdue_minor": st.none() | st.integers(0, 3),
        "revenue_minor": st.none() | st.sampled_from([0, 199, 200, 399, 400, 10_000]),
    }
)


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.key)
@tries(5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(CUSTOMERS, min_size=1, max_size=20))
def test_both_say_the_same(reason: Reason, known: list[dict[str, object]], workspace: Workspace) -> None:
    Account.of(workspace).delete()
    Account.everywhere.bulk_create(
        Account(workspace=workspace, account_id=str(at), name=str(at), **each) for at, each in enumerate(known)
    )
    told = set(Account.of(workspace).filter(reason.about(AS_OF)).values_list("pk", flat=True))
    assert told == {account.pk for account in Account.of(workspace) if reason.holds(account, AS_OF)}


def test_a_renewal_today_is_soon_and_one_of_yesterday_is_past(customer: Callable[..., Account]) -> None:
    may = {"read"}.__contains__
    today, past = (customer(renews_on=AS_OF - timedelta(days=days), band="at_risk") for days in (0, 1))
    assert reasons_of(today, AS_OF, may) == ["renews"]
    assert reasons_of(past, AS_OF, may) == []


def test_what_is_owed_is_said_to_those_who_may_know(customer: Callable[..., Account]) -> None:
    account = customer(overdue_minor=5)
    assert reasons_of(account, AS_OF, {"read", "money"}.__contains__) == ["overdue"]
    assert reasons_of(account, AS_OF, {"read"}.__contains__) == []


def test_a_rounding_is_nothing_to_speak_of(customer: Callable[..., Account]) -> None:
    may = {"read", "money"}.__contains__
    assert reasons_of(customer(overdue_minor=67, revenue_minor=410_000), AS_OF, may) == []
    assert reasons_of(customer(overdue_minor=2_051, revenue_minor=410_000), AS_OF, may) == ["overdue"]


def test_the_last_sign_is_the_later_one(customer: Callable[..., Account]) -> None:
    assert last_sign(customer(last_seen_on=AS_OF, last_touch_on=AS_OF - timedelta(days=3))) == AS_OF
    assert last_sign(customer()) is None


def test_whoever_was_spoken_to_waits(workspace: Workspace, customer: Callable[..., Account]) -> None:
    waits = customer(band="unhealthy", last_touch_on=AS_OF - timedelta(days=7))
    called = customer(band="unhealthy", last_touch_on=AS_OF - timedelta(days=8))
    found = list(Account.of(workspace).filter(needs_call(AS_OF)))
    assert called in found
    assert waits not in found
