"""A promise to reply is kept once, and written down where contacts and tasks are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies.actions import reply as actions
from sabai.desk.replies.actions.close_loop import promise
from sabai.desk.replies.models import Reply
from sabai.desk.replies.queries import kept_lately, owed
from sabai.desk.tasks.models import Task, Touchpoint
from tests.desk.replies.conftest import AT, Answered


@pytest.fixture
def reply(answered: Answered) -> Reply:
    return promise(answered(2, "ช้ามาก"))


def test_a_mail_keeps_it(workspace: Workspace, ben: Membership, reply: Reply) -> None:
    assert actions.send(ben, reply, "About\r\nBcc: x@example.com", "Khun Noi, …")
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to, sent.bcc) == (["noi@baan.example"], ["ben@example.com"], [])
    assert sent.subject == "About Bcc: x@example.com"
    touchpoint = Touchpoint.of(workspace).get()
    assert (touchpoint.channel, touchpoint.direction, touchpoint.contact_id) == ("mail", "out", "noi")
    assert Task.of(workspace).get().outcome == "reached"
    assert not owed(ben, "me").exists()


def test_two_who_press_at_once_send_one(ben: Membership, aiko: Membership, reply: Reply) -> None:
    other = Reply.of(ben.workspace).get()
    assert actions.send(ben, reply, "a", "b")
    assert not actions.send(aiko, other, "a", "b")
    assert len(mail.outbox) == 1


def test_a_mail_that_was_not_taken_keeps_nothing(
    workspace: Workspace, ben: Membership, reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(actions.NotSent):
        actions.send(ben, reply, "a", "b")
    assert Reply.of(workspace).get().replied_at is None
    assert not Touchpoint.of(workspace).exists()
    assert Task.of(workspace).get().done_at is None


def test_said_elsewhere_is_written_down(workspace: Workspace, ben: Membership, reply: Reply) -> None:
    assert actions.keep(ben, reply, "phone", "we talked")
    assert not mail.outbox
    assert Touchpoint.of(workspace).get().channel == "phone"
    assert Reply.of(workspace).get().text == "we talked"


def test_kept_in_time_is_counted_by_the_day(workspace: Workspace, ben: Membership, answered: Answered) -> None:
    today = date(2026, 7, 20)
    noon = datetime(2026, 7, 1, 5, tzinfo=UTC)
    for days in (0, 2, 3, None):  # promised until the third; the fourth nobody kept
        kept = promise(answered(1))
        if days is not None:
            Reply.of(workspace).filter(pk=kept.pk).update(replied_at=noon + timedelta(days=days))
    found = kept_lately(workspace, today)
    assert (found.due, found.in_time, found.share.value) == (4, 2, 0.5)
    assert kept_lately(workspace, date(2026, 7, 3)).due == 0  # not yet over


def test_the_page_replies(
    workspace: Workspace, ben: Membership, reply: Reply, sign_in: Callable[[Membership], Client]
) -> None:
    browser, address = sign_in(ben), reverse("replies:reply", args=[workspace.slug, reply.pk])
    page = browser.get(address).content.decode()
    assert "ช้ามาก" in page
    assert "ขออภัย" in page
    answer = browser.post(address, {"text": "hello", "how": "send", "subject": "Hi"})
    assert answer.status_code == 302
    assert len(mail.outbox) == 1
    assert Reply.of(workspace).get().replied_at > AT  # type: ignore[operator]


def test_words_of_customers_are_text(
    workspace: Workspace, ben: Membership, answered: Answered, sign_in: Callable[[Membership], Client]
) -> None:
    reply = promise(answered(0, "<script>alert(1)</script>{{ 7*7 }}"))
    for address in (
        reverse("replies:replies", args=[workspace.slug]), reverse("replies:reply", args=[workspace.slug, reply.pk]),
    ):  # fmt: skip
        page = sign_in(ben).get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
