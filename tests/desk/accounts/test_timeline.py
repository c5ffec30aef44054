"""The timeline has everything, once, newest first, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import from_day
from sabai.desk.accounts.timeline import OF_MONEY, Moment, Written, counted, moments
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.story import Happening, Story
from sabai.desk.tasks.actions.create import create
from sabai.desk.tasks.models import Touchpoint
from tests.desk.accounts.conftest import Open, known
from tests.desk.accounts.stories import AS_OF, rich

BANGKOK = ZoneInfo("Asia/Bangkok")
TABLES = ["events", "tickets", "dues", "responses", "touchpoints", "subscriptions", "advocacy", "churn", "pulses"]
happenings = st.lists(st.builds(Happening, st.integers(10_000, 20_600), st.sampled_from(TABLES), st.just({})))


def row(moment: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", moment).split())


def listed(page: str) -> list[str]:
    return [row(each) for each in re.findall(r"<time datetime=.*?</div>", page.split('id="happened"')[1])]


@given(happenings)
def test_the_kinds_count_everything_and_nothing_twice(found: list[Happening]) -> None:
    story = Story(as_of=AS_OF, happenings=tuple(found))
    everything = moments(story, Written(BANGKOK), money=True)
    assert sum(counted(everything).values()) == len(found)
    assert [moment.day for moment in everything] == sorted((from_day(each.day) for each in found), reverse=True)


@given(happenings)
def test_without_money_only_invoices_are_missing(found: list[Happening]) -> None:
    story = Story(as_of=AS_OF, happenings=tuple(found))
    shown = moments(story, Written(BANGKOK), money=False)
    assert len(shown) == sum(each.table not in OF_MONEY for each in found)


@pytest.mark.parametrize(
    ("occurred", "landed", "there"),
    [(-3, None, True), (-3, -2, False), (-3, 0, True), (0, 0, True), (1, None, True)],
)
def test_a_touchpoint_is_told_by_the_desk_until_the_story_tells_it(
    occurred: int, landed: int | None, there: bool
) -> None:
    noon = datetime(2026, 6, 29, 5, tzinfo=UTC)
    touch = Touchpoint(
        channel="phone", direction="out", occurred_at=noon + timedelta(days=occurred),
        landed_at=None if landed is None else noon + timedelta(days=landed),
    )  # fmt: skip
    told = moments(Story(as_of=AS_OF), Written(BANGKOK, touchpoints=[touch]), money=True)
    assert bool(told) is there


def test_days_are_those_of_the_workspace() -> None:
    late = datetime(2026, 6, 28, 20, tzinfo=UTC)  # the 29th in Bangkok
    assert Written(BANGKOK).day(late) == date(2026, 6, 29)


def test_moments_of_a_day_stand_by_their_time() -> None:
    at = [datetime(2026, 6, 20, hour, tzinfo=UTC) for hour in (3, 9, 5)]
    touches = [Touchpoint(channel="phone", direction="out", occurred_at=each) for each in at]
    told = moments(None, Written(BANGKOK, touchpoints=touches), money=True)
    assert [moment.at for moment in told] == sorted(at, reverse=True)


def test_a_page_has_thirty_and_the_last_what_is_left(nordlicht: Account, ben: Membership, opened: Open) -> None:
    assert [len(listed(opened(ben, nordlicht, f"?page={page}"))) for page in (1, 6, 7)] == [30, 30, 20]
    assert "7 of 7" in row(opened(ben, nordlicht, "?page=7"))


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?kind=", "?kind=<script>", "?kind=nothing&page=-1"])
def test_what_cannot_be_meant_shows_a_page(nordlicht: Account, ben: Membership, opened: Open, query: str) -> None:
    assert listed(opened(ben, nordlicht, query))


def test_a_kind_is_filtered_by_the_address(nordlicht: Account, ben: Membership, opened: Open) -> None:
    page = opened(ben, nordlicht, "?kind=tickets")
    assert len(listed(page)) == 25
    assert all(" Ticket" in each for each in listed(page))
    assert re.search(r'id="kind-tickets"[^>]*aria-current="true"', page)


def test_htmx_gets_the_part_alone(nordlicht: Account, ben: Membership, opened: Open) -> None:
    part = opened(ben, nordlicht, "?kind=tickets", **{"HX-Request": "true", "HX-Target": "happened"})
    assert part.lstrip().startswith("<section")
    assert listed(part) == listed(opened(ben, nordlicht, "?kind=tickets"))
    again = opened(ben, nordlicht, **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in again


def test_tasks_and_their_end_stand_among_the_facts(
    customer: Callable[..., Account], ben: Membership, opened: Open
) -> None:
    account = known(customer, rich(happenings=1))
    task, _ = create(account.workspace, title="Ring them", key="t", origin="person", account=account, by=ben.user)
    task.done_at, task.done_by, task.outcome = datetime(2026, 6, 1, tzinfo=UTC), ben.user, "solved"
    task.save()
    assert listed(opened(ben, account))[1].startswith("Jun 1 Task Ring them done Solved Ben")


def test_a_moment_knows_its_month() -> None:
    assert Moment(date(2026, 6, 1), "tasks", "task", None).month == (2026, 6)
