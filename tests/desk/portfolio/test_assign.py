"""Giving customers to somebody: dated rows without gap or overlap, and an entry for each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.audit.models import FIRST, Entry
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.actions.assign import assign
from sabai.desk.portfolio.models import Ownership
from sabai.desk.portfolio.queries import holding
from sabai.desk.scoring.models import Account
from tests.tries import tries

Customer = Callable[..., Account]
DAY = date(2026, 1, 1)


def stretches(account: Account) -> list[tuple[str, date, date | None]]:
    rows = Ownership.everywhere.filter(account=account).order_by("from_on")
    return [(row.user.name, row.from_on, row.until_on) for row in rows]


def test_the_new_owner_begins_where_the_old_one_ends(aiko: Membership, ben: Membership, customer: Customer) -> None:
    account = customer()
    assert assign(aiko, [account], ben, DAY) == 1
    assert assign(aiko, [account], aiko, DAY + timedelta(days=9)) == 1
    assert stretches(account) == [
        ("Ben", DAY, DAY + timedelta(days=9)),
        ("Aiko", DAY + timedelta(days=9), None),
    ]


def test_the_list_shows_it_at_once(aiko: Membership, ben: Membership, customer: Customer) -> None:
    account = customer()
    assign(aiko, [account], ben, aiko.workspace.today())
    account.refresh_from_db()
    assert (account.owner, account.owner_name) == (ben.user, "Ben")


def test_what_begins_later_is_shown_later(aiko: Membership, ben: Membership, customer: Customer) -> None:
    account = customer(owner=aiko.user, owner_name="Aiko")
    assign(aiko, [account], ben, aiko.workspace.today() + timedelta(days=1))
    account.refresh_from_db()
    assert account.owner == aiko.user


def test_who_answers_on_a_day_is_who_was_named_for_it(aiko: Membership, ben: Membership, customer: Customer) -> None:
    account, later = customer(), DAY + timedelta(days=9)
    assign(aiko, [account], aiko, DAY)
    assign(aiko, [account], ben, later)
    answered = {day: [row.user for row in holding(aiko.workspace, day)] for day in (DAY - timedelta(1), DAY, later)}
    assert answered == {DAY - timedelta(1): [], DAY: [aiko.user], later: [ben.user]}


def test_the_same_again_changes_nothing(aiko: Membership, ben: Membership, customer: Customer) -> None:
    account = customer()
    assign(aiko, [account], ben, DAY)
    assert assign(aiko, [account], ben, DAY + timedelta(days=5)) == 0
    assert stretches(account) == [("Ben", DAY, None)]
    assert Entry.of(aiko.workspace).count() == 1


def test_each_account_has_its_entry_and_the_seals_hold(aiko: Membership, ben: Membership, customer: Customer) -> None:
    accounts = [customer() for _ in range(3)]
    assign(aiko, accounts, ben, DAY)
    entries = list(Entry.of(aiko.workspace).order_by("number"))
    assert [entry.thing for entry in entries] == [account.account_id for account in accounts]
    assert entries[0].after == {"owner": "Ben", "role": "csm", "from_on": "2026-01-01"}
    sealed = FIRST
    for entry in entries:
        assert entry.sealed == (sealed := entry.seal(sealed))


@tries(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=6))
def test_whatever_is_assigned_nobody_shares_a_day(
    turns: list[tuple[bool, int]], aiko: Membership, ben: Membership, customer: Customer
) -> None:
    account = customer(account_id=timezone.now().isoformat())
    for to_ben, days in turns:
        assign(aiko, [account], ben if to_ben else aiko, DAY + timedelta(days=days))
    rows = stretches(account)
    for (_, begun, until), (_, begins, _) in pairwise(rows):
        assert until == begins
        assert begun < begins
    assert rows[-1][2] is None
    assert rows[-1][0] == ("Ben" if turns[-1][0] else "Aiko")
