"""What follows from an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies.actions.close_loop import close_loop
from sabai.desk.replies.models import Advocate, Reply
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.models import Survey
from sabai.desk.tasks.models import Task
from tests.desk.replies.conftest import AT, Answered


def test_whoever_is_unhappy_is_promised_a_reply(workspace: Workspace, ben: Membership, answered: Answered) -> None:
    response = answered(3, "ระบบล่มทุกวัน")
    close_loop(response)
    reply = Reply.of(workspace).get()
    assert (reply.response, reply.due_on, reply.replied_at) == (response, date(2026, 7, 3), None)
    task = Task.of(workspace).get()
    assert reply.task == task
    assert (task.assigned, task.origin, task.due_on, task.key) == (
        ben.user, "response", date(2026, 7, 3), f"response:{response.pk}",
    )  # fmt: skip
    assert "Noi" in task.title
    assert "3" in task.title
    assert "“ระบบล่มทุกวัน”" in task.detail
    assert "ขออภัย" in task.detail  # the suggestion is in the language of whoever answered
    assert "41 (at risk)" in task.detail  # what is known is in that of whoever replies


def test_the_task_is_in_the_language_of_whoever_gets_it(
    workspace: Workspace, ben: Membership, answered: Answered
) -> None:
    ben.user.language = "ja"
    ben.user.save()
    close_loop(answered(0))
    assert "さん" in Task.of(workspace).get().title


def test_the_same_again_changes_nothing(workspace: Workspace, answered: Answered) -> None:
    response = answered(2)
    close_loop(response)
    entries = Entry.of(workspace).count()
    close_loop(response)
    assert (Task.of(workspace).count(), Reply.of(workspace).count()) == (1, 1)
    assert Entry.of(workspace).count() == entries


def test_words_that_come_later_are_told_until_somebody_is_done(workspace: Workspace, answered: Answered) -> None:
    response = answered(2)
    close_loop(response)
    response.comment = "it is slow"
    close_loop(response)
    task = Task.of(workspace).get()
    assert "“it is slow”" in task.detail
    Task.of(workspace).update(done_at=AT)
    response.comment = "and dear"
    close_loop(response)
    assert Task.of(workspace).get().detail == task.detail


@pytest.mark.parametrize(("score", "tasks", "advocates"), [(6, 1, 0), (7, 0, 0), (8, 0, 0), (9, 0, 1), (None, 0, 0)])
def test_each_score_has_its_consequence(
    workspace: Workspace, answered: Answered, score: int | None, tasks: int, advocates: int
) -> None:
    close_loop(answered(score))
    assert (Task.of(workspace).count(), Advocate.of(workspace).count()) == (tasks, advocates)


def test_whoever_left_is_thanked_whatever_they_scored(workspace: Workspace, answered: Answered) -> None:
    leaving = Survey.everywhere.create(workspace=workspace, name="Why did you leave?", kind="exit")
    close_loop(answered(None, "ราคาแพง", survey=leaving))
    assert "ขอบคุณ" in Task.of(workspace).get().detail


def test_what_does_not_count_has_no_consequence(workspace: Workspace, answered: Answered) -> None:
    close_loop(answered(0, counted=False, suspicion="machine"))
    close_loop(answered(0, account=None, contact=None))
    assert not Task.of(workspace).exists()


def test_earlier_answers_are_told(workspace: Workspace, answered: Answered) -> None:
    answered(9, "สุดยอด", answered_at=AT - timedelta(days=91))
    answered(10, "not a person", answered_at=AT - timedelta(days=80), counted=False)
    close_loop(answered(1))
    detail = Task.of(workspace).get().detail
    assert "“สุดยอด”" in detail
    assert "not a person" not in detail


def test_a_person_is_found_once(workspace: Workspace, answered: Answered, contact: Contact) -> None:
    for score in (9, 10, 10):
        close_loop(answered(score))
    assert [each.contact for each in Advocate.of(workspace)] == [contact]
