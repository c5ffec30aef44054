"""The pages of tasks, as a person and as a script would use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import Mention, Task
from sabai.desk.tasks.queries import group_of, groups

MakeTask = Callable[..., Task]
SignIn = Callable[[Membership], Client]
LIST = "/w/lanna/tasks/"


def _text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_my_list_is_grouped(aiko: Membership, ben: Membership, task: MakeTask, sign_in: SignIn) -> None:
    today = aiko.workspace.today()
    for title, days in (("Old", -1), ("Now", 0), ("Soon", 7), ("Far", 8)):
        task(title, assigned=aiko.user, due_on=today + timedelta(days=days))
    task("Someday", assigned=aiko.user)
    task("Ben’s", assigned=ben.user)
    hidden = task("Hidden", assigned=aiko.user, due_on=today)
    Task.of(aiko.workspace).filter(pk=hidden.pk).update(snoozed_until=today + timedelta(days=2))
    text = _text(sign_in(aiko).get(LIST))
    marks = [
        "Late",
        ">Old<",
        "Today",
        ">Now<",
        "seven days",
        ">Soon<",
        "After that",
        ">Far<",
        "Without a day",
        ">Someday<",
    ]
    places = [text.index(mark) for mark in [*marks, "Snoozed <small>", ">Hidden<"]]
    assert places == sorted(places)
    assert "Ben’s" not in text


def test_groups_are_one_for_each_task(aiko: Membership, task: MakeTask) -> None:
    today = aiko.workspace.today()
    for due in (None, -1, 0, 1, 7, 8):
        for snoozed in (None, 0, 1):
            made = task(due_on=None if due is None else today + timedelta(days=due))
            made.snoozed_until = None if snoozed is None else today + timedelta(days=snoozed)
            made.save()
            within = [
                name for name, which in groups(today).items()
                if Task.of(aiko.workspace).filter(which, pk=made.pk).exists()
            ]  # fmt: skip
            assert within == [group_of(made, today)]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?who=all", {"Call Baan", "Ask why", "Plan"}),
        ("?who=nobody", {"Plan"}),
        ("?who=all&origin=response", {"Ask why"}),
        ("?who=all&q=baan", {"Call Baan", "Ask why"}),
        ("?who=all&q=%00%25", set()),
        ("?who=all&account=999999999999999999999", {"Call Baan", "Ask why", "Plan"}),
        ("?who=all&page=99", {"Call Baan", "Ask why", "Plan"}),
        ("?who=all&done=yes", set()),
    ],
)
def test_filters_stand_in_the_address(
    query: str, shown: set[str], aiko: Membership, ben: Membership, task: MakeTask, sign_in: SignIn,
    customer: Callable[..., Account],
) -> None:  # fmt: skip
    task("Call Baan", assigned=aiko.user)
    task("Ask why", assigned=ben.user, origin="response", account=customer("Baan Coffee"))
    task("Plan")
    text = _text(sign_in(aiko).get(LIST + query))
    assert {title for title in ("Call Baan", "Ask why", "Plan") if f"<bdi>{title}</bdi>" in text} == shown


def test_somebody_by_number(aiko: Membership, ben: Membership, task: MakeTask, sign_in: SignIn) -> None:
    task("Ask why", assigned=ben.user)
    assert "Ask why" in _text(sign_in(aiko).get(f"{LIST}?who={ben.user.pk}"))


def test_a_new_task_once(aiko: Membership, ben: Membership, customer: Callable[..., Account], sign_in: SignIn) -> None:
    account, client = customer(), sign_in(aiko)
    told = {"title": "Call", "account": "baan coffee", "assigned": ben.user.pk, "due_on": "2026-07-01", "key": uuid4()}
    first, second = client.post(f"{LIST}new/", told), client.post(f"{LIST}new/", told)
    made = Task.of(aiko.workspace).get()
    assert first.headers["Location"] == second.headers["Location"] == f"{LIST}{made.pk}/"
    assert (made.account, made.assigned, made.created_by, made.origin) == (account, ben.user, aiko.user, "person")
    assert "Baan Coffee" in _text(client.get(f"{LIST}{made.pk}/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"account": "Nobody GmbH"},
        {"account": "Twin"},
        {"due_on": "9999-12-31"},
        {"assigned": "chloé"},
        {"key": "x"},
        {"title": "a\0b"},
    ],
)
def test_a_wrong_form_makes_nothing(
    wrong: dict[str, str], aiko: Membership, chloe: Membership, customer: Callable[..., Account], sign_in: SignIn
) -> None:
    customer("Twin")
    customer("Twin")
    wrong = {name: value.replace("chloé", str(chloe.user.pk)) for name, value in wrong.items()}
    answer = sign_in(aiko).post(f"{LIST}new/", {"title": "Call", "key": str(uuid4())} | wrong)
    assert answer.status_code == 200
    assert not Task.of(aiko.workspace).exists()


def test_customers_are_offered_of_here_only(
    aiko: Membership, chloe: Membership, customer: Callable[..., Account], sign_in: SignIn
) -> None:
    customer("Baan Coffee")
    customer("Baan Secret", workspace=chloe.workspace)
    text = _text(sign_in(aiko).get(f"{LIST}customers/?account=baan"))
    assert "Baan Coffee (A-1)" in text
    assert "Secret" not in text


def test_quick_changes_answer_a_row_or_lead_back(aiko: Membership, task: MakeTask, sign_in: SignIn) -> None:
    made, client = task("Call", assigned=aiko.user), sign_in(aiko)
    row = _text(client.post(f"{LIST}{made.pk}/done/", {"outcome": "reached"}, headers={"HX-Request": "true"}))
    assert row.lstrip().startswith("<li")
    assert "Undo" in row
    undone = client.post(f"{LIST}{made.pk}/reopen/", {"next": f"{LIST}?who=all"})
    assert undone.headers["Location"] == f"{LIST}?who=all"
    client.post(f"{LIST}{made.pk}/snooze/", {"until": "2099-01-01"})
    made.refresh_from_db()
    assert (made.done_at, str(made.snoozed_until)) == (None, "2099-01-01")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_led_away(elsewhere: str, aiko: Membership, task: MakeTask, sign_in: SignIn) -> None:
    made = task()
    answer = sign_in(aiko).post(f"{LIST}{made.pk}/done/", {"next": elsewhere, "outcome": "solved"})
    assert answer.headers["Location"] == f"{LIST}{made.pk}/"


@pytest.mark.parametrize(
    ("verb", "told"),
    [("done", {"outcome": "x"}), ("snooze", {"until": "soon"}), ("assign", {"assigned": "-1"}), ("x", {})],
)
def test_a_wrong_change_changes_nothing(
    verb: str, told: dict[str, str], aiko: Membership, task: MakeTask, sign_in: SignIn
) -> None:
    made = task(assigned=aiko.user)
    assert sign_in(aiko).post(f"{LIST}{made.pk}/{verb}/", told).status_code == 302
    after = Task.of(aiko.workspace).get(pk=made.pk)
    assert (after.done_at, after.snoozed_until, after.assigned) == (None, None, aiko.user)


def test_many_at_once(aiko: Membership, ben: Membership, chloe: Membership, task: MakeTask, sign_in: SignIn) -> None:
    mine = [task(assigned=aiko.user) for _ in range(3)]
    theirs = Task.everywhere.create(workspace=chloe.workspace, title="Secret", key="k", origin="person")
    told = {"task": [made.pk for made in mine[:2]] + [theirs.pk, "x"], "do": "assign", "assigned": ben.user.pk}
    sign_in(aiko).post(f"{LIST}bulk/", told)
    assert list(Task.of(aiko.workspace).order_by("pk").values_list("assigned__name", flat=True)) == [
        "Ben",
        "Ben",
        "Aiko",
    ]
    theirs.refresh_from_db()
    assert theirs.assigned is None


def test_mentions_are_seen_by_whom_they_name(
    aiko: Membership, ben: Membership, task: MakeTask, sign_in: SignIn
) -> None:
    task("@ben look", by=aiko.user)
    task("@ben again", by=aiko.user)
    first = Mention.of(aiko.workspace).first()
    assert first is not None
    sign_in(aiko).post(f"{LIST}mentions/")
    assert Mention.of(aiko.workspace).filter(seen_at=None).count() == 2
    client = sign_in(ben)
    assert _text(client.get(f"{LIST}mentions/")).count('class="unread"') == 2
    client.post(f"{LIST}mentions/", {"mention": first.pk})
    assert _text(client.get(f"{LIST}mentions/")).count('class="unread"') == 1
    client.post(f"{LIST}mentions/")
    assert not Mention.of(aiko.workspace).filter(seen_at=None).exists()


def test_what_is_written_is_only_text(
    aiko: Membership, customer: Callable[..., Account], task: MakeTask, sign_in: SignIn
) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x>"
    made = task(f"@aiko {evil}", detail=evil, assigned=aiko.user, account=customer(evil))
    client = sign_in(aiko)
    for address in (
        LIST,
        f"{LIST}{made.pk}/",
        f"{LIST}mentions/",
        f"{LIST}?who=all&q=%3Cscript%3E",
        f"{LIST}customers/?account=%3C",
    ):
        text = _text(client.get(address))
        assert "<script>alert" not in text
        assert "<img" not in text


def test_a_long_list_is_a_few_queries(
    aiko: Membership,
    task: MakeTask,
    sign_in: SignIn,
    customer: Callable[..., Account],
    django_assert_max_num_queries: Callable,  # type: ignore[type-arg]
) -> None:
    for number in range(60):
        task(f"Call {number}", assigned=aiko.user, account=customer(f"Customer {number}"))
    client = sign_in(aiko)
    with django_assert_max_num_queries(9):
        text = _text(client.get(f"{LIST}?who=all"))
    assert "page=2" in text
    assert len(text) < 200_000
