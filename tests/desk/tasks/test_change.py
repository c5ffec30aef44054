"""What is done to a task: who, when, before and after, and never twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from sabai.desk.audit.models import Entry
from sabai.desk.audit.queries import broken_at
from sabai.desk.people.models import Membership
from sabai.desk.tasks.actions import change
from sabai.desk.tasks.history import history
from sabai.desk.tasks.models import OUTCOMES, Mention, Task

MakeTask = Callable[..., Task]
DAY = date(2026, 7, 1)


def test_every_change_is_written_down(aiko: Membership, ben: Membership, task: MakeTask) -> None:
    made = task(assigned=aiko.user)
    assert change.assign(aiko, made, ben.user)
    assert change.due(ben, made, DAY)
    assert change.snooze(ben, made, DAY)
    assert change.snooze(ben, made, None)
    assert change.done(ben, made, "reached", "Spoke to Mali")
    assert change.reopen(aiko, made)
    steps = history(made)[::-1]
    assert [step.verb for step in steps] == ["create", "assign", "due", "snooze", "wake", "done", "reopen"]
    assert (steps[1].before, steps[1].after) == ({"assigned": "Aiko"}, {"assigned": "Ben"})
    assert (steps[2].before, steps[2].after) == ({"due_on": None}, {"due_on": DAY})
    assert steps[5].after["outcome_note"] == "Spoke to Mali"
    assert (made.done_at, made.done_by, made.outcome) == (None, None, "")
    assert broken_at(aiko.workspace) is None


def test_what_changes_nothing_is_not_written(aiko: Membership, task: MakeTask) -> None:
    made = task(due_on=DAY, assigned=aiko.user)
    assert not change.due(aiko, made, DAY)
    assert not change.assign(aiko, made, aiko.user)
    assert not change.reopen(aiko, made)
    assert Entry.of(aiko.workspace).count() == 1


def test_a_task_goes_to_nobody_of_elsewhere(aiko: Membership, chloe: Membership, task: MakeTask) -> None:
    with pytest.raises(ValueError, match="its workspace"):
        change.assign(aiko, task(), chloe.user)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_first_outcome_stays(outcome: str, aiko: Membership, ben: Membership, task: MakeTask) -> None:
    made = task()
    stale = Task.of(aiko.workspace).get(pk=made.pk)
    assert change.done(aiko, made, outcome)
    assert not change.done(ben, stale, "not needed", "@aiko too late")
    made.refresh_from_db()
    assert (made.outcome, made.done_by) == (outcome, aiko.user)
    assert not Mention.of(aiko.workspace).exists()


def test_an_outcome_is_one_of_ours(aiko: Membership, task: MakeTask) -> None:
    with pytest.raises(ValueError, match="ends with"):
        change.done(aiko, task(), "exploded")


def test_a_note_may_name_somebody(aiko: Membership, ben: Membership, task: MakeTask) -> None:
    change.done(aiko, task(), "reached", "@ben please send the offer")
    assert Mention.of(aiko.workspace).get().user == ben.user


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_task_at_once(aiko: Membership, ben: Membership, task: MakeTask) -> None:
    made, start = task(), Barrier(2)

    def close(member: Membership) -> bool:
        start.wait()
        try:
            return change.done(member, Task.of(member.workspace).get(pk=made.pk), "solved")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        closed = list(pool.map(close, (aiko, ben)))
    assert sorted(closed) == [False, True]
    assert Entry.of(aiko.workspace).filter(verb="done").count() == 1
