"""A contact that happened brings the last contact forward, and never back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.touch import log
from sabai.desk.tasks.models import Mention, Touchpoint
from tests.tries import tries

Customer = Callable[..., Account]
LATE = datetime(2026, 6, 1, 18, 30, tzinfo=UTC)  # already June 2 in Bangkok


def test_the_day_is_that_of_the_workspace(aiko: Membership, ben: Membership, customer: Customer) -> None:
    account = customer()
    made = log(aiko, account, channel="phone", direction="out", occurred_at=LATE, note="They ask for @ben")
    account.refresh_from_db()
    assert account.last_touch_on == date(2026, 6, 2)
    assert (made.user, made.landed_at) == (aiko.user, None)
    assert Mention.of(aiko.workspace).get().user == ben.user
    entry = Entry.of(aiko.workspace).get(kind="touchpoint")
    assert entry.verb == "create"
    assert (entry.after or {}).keys() == {"account", "channel", "direction", "occurred_at"}  # the note is not copied


@given(days=st.permutations(range(5)))
@tries(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_ends_with_the_latest(days: list[int], aiko: Membership, customer: Customer) -> None:
    account = customer()
    for day in days:
        log(aiko, account, channel="mail", direction="in", occurred_at=LATE + timedelta(days=day))
    account.refresh_from_db()
    assert account.last_touch_on == date(2026, 6, 6)


@pytest.mark.parametrize(
    "wrong", [{"channel": "pigeon"}, {"direction": "up"}, {"occurred_at": timezone.now() + timedelta(days=1)}]
)
def test_what_cannot_have_happened(wrong: dict[str, object], aiko: Membership, customer: Customer) -> None:
    with pytest.raises(ValueError, match=r"."):
        log(aiko, customer(), **({"channel": "mail", "direction": "in", "occurred_at": LATE} | wrong))  # type: ignore[arg-type]
    assert not Touchpoint.of(aiko.workspace).exists()


def test_not_for_a_customer_of_elsewhere(chloe: Membership, customer: Customer) -> None:
    with pytest.raises(ValueError, match="one workspace"):
        log(chloe, customer(), channel="mail", direction="in", occurred_at=LATE)
