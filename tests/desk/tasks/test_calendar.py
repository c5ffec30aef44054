"""The calendar of a member, as a calendar program reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.calendar import close_calendar, open_calendar
from sabai.desk.tasks.calendar import plain
from sabai.desk.tasks.models import Task
from sabai.desk.tasks.secrets import address

MakeTask = Callable[..., Task]
DAY = date(2026, 7, 1)
EVIL = "Fees; 50%, \\n or more\r\nEND:VCALENDAR\r\nBEGIN:VEVENT \x00\x0b\x85 “ฟ้า” " + "x" * 200


def _address(member: Membership) -> str:
    made = address(member, "calendar_file", open_calendar(member).nonce)
    return made.removeprefix("http://127.0.0.1:8321")


def _events(address: str) -> dict[str, tuple[str, date]]:
    answer = Client().get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    read = Calendar.from_ical(answer.content)
    return {str(event["uid"]): (str(event["summary"]), event.decoded("dtstart")) for event in read.walk("VEVENT")}


def test_tasks_and_renewals_are_whole_days(
    aiko: Membership, ben: Membership, task: MakeTask, customer: Callable[..., Account]
) -> None:
    account = customer("Baan Coffee", owner=aiko.user, renews_on=date(2026, 9, 1))
    customer("Ben’s", owner=ben.user, renews_on=DAY)
    made = task("Call", assigned=aiko.user, due_on=DAY, account=account)
    task("Someday", assigned=aiko.user)
    task("Ben’s", assigned=ben.user, due_on=DAY)
    Task.everywhere.filter(pk=task("Done", assigned=aiko.user, due_on=DAY).pk).update(done_at=made.created_at)
    wanted = {
        f"task-{made.pk}@127.0.0.1": ("Baan Coffee: Call", DAY),
        f"renewal-{account.pk}@127.0.0.1": ("Baan Coffee renews", date(2026, 9, 1)),
    }
    address = _address(aiko)
    assert _events(address) == wanted
    Task.everywhere.filter(pk=made.pk).update(due_on=date(2026, 7, 2))
    assert _events(address).keys() == wanted.keys()


def test_nothing_breaks_out_of_its_line(aiko: Membership, task: MakeTask, customer: Callable[..., Account]) -> None:
    made = task("t", assigned=aiko.user, due_on=DAY, detail=EVIL, account=customer(EVIL))
    Task.everywhere.filter(pk=made.pk).update(title=EVIL)
    events = _events(_address(aiko))
    assert list(events) == [f"task-{made.pk}@127.0.0.1"]
    assert "Fees; 50%, \\n or more END:VCALENDAR BEGIN:VEVENT" in events[f"task-{made.pk}@127.0.0.1"][0]


@given(st.text())
def test_plain_text_has_no_unseen_characters(text: str) -> None:
    assert not [letter for letter in plain(text) if letter < " " and letter != "\n"]


def test_an_address_is_closed_for_good(aiko: Membership) -> None:
    first = _address(aiko)
    second = _address(aiko)
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    close_calendar(aiko)
    assert Client().get(second).status_code == 404


def test_who_has_left_has_no_calendar(aiko: Membership) -> None:
    open_now = _address(aiko)
    Membership.everywhere.filter(pk=aiko.pk).update(left_at=aiko.joined_at)
    assert Client().get(open_now).status_code == 404


@pytest.mark.parametrize(
    "forge",
    [
        lambda a: a.replace("/lanna/", "/elsewhere/"),
        lambda a: a[:-6] + "x.ics",
        lambda a: a.replace("calendar/", "calendar/9"),
    ],
)
def test_a_forged_address_is_no_address(forge: Callable[[str], str], aiko: Membership, chloe: Membership) -> None:
    assert Client().get(forge(_address(aiko))).status_code == 404


@pytest.mark.parametrize(("code", "renews"), [("ar", "Baan"), ("th", "Baan"), ("ja", "Baan")])
def test_it_speaks_the_language_of_its_reader(
    code: str, renews: str, aiko: Membership, customer: Callable[..., Account]
) -> None:
    aiko.user.language = code
    aiko.user.save()
    customer("Baan", owner=aiko.user, renews_on=DAY)
    ((summary, _),) = _events(_address(aiko)).values()
    assert renews in summary
    assert summary != "Baan renews"


def test_the_page_makes_and_closes_it(aiko: Membership, sign_in: Callable[[Membership], Client]) -> None:
    client = sign_in(aiko)
    assert ".ics" not in client.get("/w/lanna/tasks/calendar/").content.decode()
    client.post("/w/lanna/tasks/calendar/", {"set": "open"})
    assert ".ics" in client.get("/w/lanna/tasks/calendar/").content.decode()
    client.post("/w/lanna/tasks/calendar/", {"set": "close"})
    assert ".ics" not in client.get("/w/lanna/tasks/calendar/").content.decode()
