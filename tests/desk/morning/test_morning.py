"""The morning: whom to call first and why, and what else the day holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sabai.desk.morning.contacts import to_call
from sabai.desk.morning.greeting import first_line, greeting
from sabai.desk.morning.queries import calls, parts, tasks_due
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.queries import matching
from sabai.desk.scoring.models import Account, Count, OwnCount, Told
from sabai.desk.scoring.story import Person, Story, packed
from sabai.desk.tasks.models import Mention, Task, Touchpoint
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak

PAGE = "/w/lanna/"
AS_OF = date(2026, 6, 29)
SignIn = Callable[[Membership], Client]
Customer = Callable[..., Account]


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    cache.clear()


def test_who_has_most_reasons_is_called_first_then_who_pays_most(aiko: Membership, customer: Customer) -> None:
    customer("Pays little", band="unhealthy", revenue_minor=100)
    customer("Pays much", band="unhealthy", revenue_minor=900)
    customer("Two reasons", band="unhealthy", change_week=-6.0, revenue_minor=1)
    customer("Well", band="healthy", revenue_minor=5000)
    first, count = calls(aiko, "all", AS_OF)
    assert [call.account.name for call in first] == ["Two reasons", "Pays much", "Pays little"]
    assert first[0].reasons == ["fell", "unhealthy"]
    assert count == 3


def test_a_call_that_was_logged_takes_the_customer_off_the_list(aiko: Membership, customer: Customer) -> None:
    account = customer(band="unhealthy")
    assert calls(aiko, "all", AS_OF)[1] == 1
    now = timezone.now()
    Touchpoint.everywhere.create(
        workspace=aiko.workspace, account=account, channel="phone", direction="out", occurred_at=now
    )
    assert calls(aiko, "all", AS_OF) == ([], 0)


def test_every_part_leads_to_the_list_of_all_of_them(aiko: Membership, customer: Customer) -> None:
    for at in range(7):
        customer(f"Fell {at}", change_week=-6.0 - at, band="healthy")
        customer(f"Renews {at}", renews_on=AS_OF + timedelta(days=at), band="at_risk")
        customer(f"Silent {at}", last_seen_on=AS_OF - timedelta(days=40 + at))
        customer(f"Owes {at}", overdue_minor=100 + at)
        customer(f"Rose {at}", change_quarter=12.0, band="healthy")
        customer(f"Grew {at}", expanded_minor=100 + at)
        customer(f"Paid {at}", paid_minor=100 + at)
        customer(f"Neither {at}", expanded_minor=0, paid_minor=0)
    for key, part in parts(aiko, "all", AS_OF).items():
        listed = set(matching(aiko, part.wanted, AS_OF))
        assert len(listed) == part.count == 7, key
        assert len(part.accounts) == 5
        assert set(part.accounts) <= listed


def test_the_deepest_fall_stands_first(aiko: Membership, customer: Customer) -> None:
    for name, week, quarter in (("quarter only", None, -30.0), ("six", -6.0, None), ("nine", -9.0, None)):
        customer(name, change_week=week, change_quarter=quarter)
    assert [account.name for account in parts(aiko, "all", AS_OF)["fell"].accounts] == ["nine", "six", "quarter only"]


def test_what_came_in_is_good_news_for_whoever_may_see_money(
    aiko: Membership, member: Callable[[str], Membership], sign_in: SignIn, customer: Customer
) -> None:
    customer("Baan", paid_minor=480_000_00, expanded_minor=12_000_00)
    seen, unseen = (sign_in(one).get(f"{PAGE}?whose=all").content.decode() for one in (aiko, member("viewer")))
    assert "THB\N{NO-BREAK SPACE}480K paid in a week" in seen
    assert "12K more a month" in seen
    assert "paid in a week" not in unseen
    assert "12K more a month" in unseen


def test_a_manager_sees_their_own_and_may_look_at_everybodys(
    ben: Membership, sign_in: SignIn, customer: Customer
) -> None:
    customer("Mine", owner=ben.user, band="unhealthy")
    customer("Not mine", band="unhealthy")
    client = sign_in(ben)
    mine, everybodys = (client.get(PAGE + query).content.decode() for query in ("", "?whose=all"))
    assert "Not mine" not in mine
    assert "<bdi>Mine</bdi>" in mine
    assert "<bdi>Not mine</bdi>" in everybodys


def test_who_answers_for_nobody_is_told_what_to_do(ben: Membership, sign_in: SignIn, customer: Customer) -> None:
    customer()
    page = sign_in(ben).get(PAGE).content.decode()
    assert "No customer is yours yet." in page
    assert "?whose=all" in page


def test_an_empty_desk_teaches(aiko: Membership, sign_in: SignIn) -> None:
    page = sign_in(aiko).get(PAGE).content.decode()
    assert "Here your mornings begin." in page
    assert "Bring in data" in page


def test_due_tasks_and_mentions_stand_there(
    ben: Membership, aiko: Membership, sign_in: SignIn, customer: Customer
) -> None:
    account, today = customer(owner=ben.user), timezone.localdate()
    for key, due, snoozed in (
        ("due", today, None),
        ("far", today + timedelta(9), None),
        ("asleep", today, today + timedelta(9)),
    ):
        Task.everywhere.create(
            workspace=ben.workspace, account=account, title=f"Task {key}", origin="person", key=key,
            assigned=ben.user, due_on=due, snoozed_until=snoozed,
        )  # fmt: skip
    Mention.everywhere.create(workspace=ben.workspace, user=ben.user, by=aiko.user, account=account, text="@ben look")
    page = sign_in(ben).get(PAGE).content.decode()
    assert tasks_due(ben, today)[1] == 1
    assert "Task due" in page
    assert "Task far" not in page
    assert "Task asleep" not in page
    assert "@ben look" in page


def test_money_owed_is_told_to_those_who_may_know(
    aiko: Membership, member: Callable[[str], Membership], sign_in: SignIn, customer: Customer
) -> None:
    customer("Debtor", overdue_minor=123_00)
    assert "Owe overdue money" in sign_in(aiko).get(PAGE).content.decode()
    viewer = sign_in(member("viewer")).get(f"{PAGE}?whose=all").content.decode()
    assert "Owe overdue money" not in viewer
    assert "Log a call" not in viewer


def test_the_contact_to_ask_for(aiko: Membership, sign_in: SignIn, customer: Customer) -> None:
    account = customer(band="unhealthy")
    people = (
        Person("1", "Gone", decides=True, quiet=True),
        Person("2", "佐藤 花子", decides=True),
        Person("3", "Tom", seen_on=9),
    )
    Told.objects.filter(account=account).update(packed=packed(Story(as_of=1, people=people)))
    assert to_call(people) == people[1]
    assert to_call(()) is None
    assert "佐藤 花子" in sign_in(aiko).get(PAGE).content.decode()


def test_health_over_time_is_drawn_where_it_is_known(aiko: Membership, sign_in: SignIn, customer: Customer) -> None:
    customer()
    client = sign_in(aiko)
    assert 'class="chart stack"' not in client.get(PAGE).content.decode()
    for week in range(4):
        Count.everywhere.create(
            workspace=aiko.workspace, as_of=AS_OF - timedelta(weeks=week), band="healthy", accounts=9 - week
        )
    page = client.get(PAGE).content.decode()
    assert 'class="chart stack"' in page
    assert "Healthy on Jun 8, 2026: 6; on Jun 29, 2026: 9." in page


def test_a_manager_sees_the_course_of_their_own(
    ben: Membership, aiko: Membership, sign_in: SignIn, customer: Customer
) -> None:
    customer(owner=ben.user)
    for week, (member, many) in enumerate((one, many) for many in (4, 3, 2) for one in (ben, aiko)):
        OwnCount.everywhere.create(
            workspace=ben.workspace, owner=member.user, as_of=AS_OF - timedelta(weeks=week // 2), band="healthy",
            accounts=many if member == ben else 90,
        )  # fmt: skip
    page = sign_in(ben).get(PAGE).content.decode()
    assert "Health of my customers over the last half year" in page
    assert "Healthy on Jun 15, 2026: 2; on Jun 29, 2026: 4." in page


def test_a_morning_asks_the_database_as_often_whatever_it_holds(
    aiko: Membership, sign_in: SignIn, customer: Customer, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for at in range(40):
        customer(f"C {at}", band="unhealthy", change_week=-7.0, last_seen_on=date(2026, 1, 1), overdue_minor=5)
    client = sign_in(aiko)
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        page = client.get(PAGE).content
    assert len(page) < 200_000


@pytest.mark.parametrize(
    ("hour", "said"), [(3, "evening"), (4, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")]
)
def test_the_greeting_knows_the_hour(hour: int, said: str) -> None:
    assert greeting(speak("en"), datetime(2026, 6, 29, hour, tzinfo=UTC), "Yuki") == f"Good {said}, Yuki"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_line_is_said_in_every_language(code: str) -> None:
    lines = [first_line(speak(code), calls, tasks) for calls in (0, 1, 3) for tasks in (0, 1, 3)]
    assert len(set(lines)) == len(lines)
    assert all(re.search(r"\S", line) and "%(" not in line for line in lines)
