"""Mails that come back after they were sent: read from a mailbox, known as ours, and what follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.asking.actions.bounce import came_back
from sabai.desk.asking.jobs import read_returned
from sabai.desk.asking.links import mail_id
from sabai.desk.asking.mailbox import Mailbox, Unreachable, opened
from sabai.desk.asking.message import message
from sabai.desk.asking.models import Ask, Suppression
from sabai.desk.asking.returned import Returned, returned
from sabai.desk.people.models import Workspace
from sabai.desk.responses.models import Response
from sabai.desk.surveys.queries import form_of
from tests.desk.asking.conftest import MakeContact, MakeSurvey
from tests.desk.asking.imap_server import Box, serving

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: returned@lanna.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="8C4F.1/mx.example.com"

--8C4F.1/mx.example.com
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--8C4F.1/mx.example.com
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 8C4F
Arrival-Date: Tue, 30 Jun 2026 12:00:00 +0700 (+07)

Final-Recipient: rfc822; noi@example.com
Original-Recipient: rfc822;noi@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <noi@example.com>: Recipient address rejected

--8C4F.1/mx.example.com
Content-Description: Undelivered Message
Content-Type: {kind}

From: Lanna <sabai@lanna.example>
To: noi@example.com
Message-ID:
 <{ours}@desk.lanna.example>
Subject: =?utf-8?b?4Liq4Lin4Lix4Liq4LiU4Li1?=

{body}
--8C4F.1/mx.example.com--
"""


def report(ours: str, status: str = "5.1.1", action: str = "failed", kind: str = "text/rfc822-headers") -> bytes:
    told = POSTFIX.format(ours=ours, status=status, action=action, kind=kind, body="Hello" if "rfc" in kind else "")
    return told.replace("\n", "\r\n").encode()


@pytest.fixture
def ask(survey: MakeSurvey, contact: MakeContact) -> Ask:
    return sent_to(survey(), contact("noi@example.com"), date(2026, 6, 30))


def sent_to(survey: Any, contact: Any, day: date) -> Ask:
    now = timezone.now()
    return Ask.everywhere.create(
        workspace=survey.workspace, survey=survey, version=survey.versions.get(), account=contact.account,
        contact=contact, person=contact.person, asked_on=day, rests_until=day + timedelta(days=90), state="sent",
        send_after=now, sent_at=now, remind_after=now, closes_at=now + timedelta(days=30), occasion=str(day),
    )  # fmt: skip


def become(ask: Ask, status: str, **more: str) -> Ask:
    """After the report of its mail."""
    found = returned(report(mail_id(ask, reminder=False), status, **more))
    if found:
        came_back(found)
    ask.refresh_from_db()
    return ask


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822", "text/plain"])
def test_a_report_names_our_mail(kind: str) -> None:
    assert returned(report("ask.1.n.0~s", kind=kind)) == Returned("ask.1.n.0~s", "gone", "5.1.1")


@pytest.mark.parametrize(
    ("ours", "status", "action"),
    [("1.n.0~s", "5.1.1", "failed"), ("ask.1.n.0~s", "4.4.1", "delayed"), ("ask.1.n.0~s", "2.0.0", "delivered")],
)
def test_what_is_no_failure_of_ours_is_none(ours: str, status: str, action: str) -> None:
    assert returned(report(ours, status, action)) is None


def test_an_answer_of_a_person_is_no_report(ask: Ask) -> None:
    mail = f"From: noi@example.com\r\nIn-Reply-To: <{mail_id(ask, reminder=False)}@h>\r\n\r\nStatus: 5.1.1\r\n"
    assert returned(mail.encode()) is None


@given(st.binary(max_size=300), st.integers(0, 1400))
def test_whatever_comes_breaks_nothing(noise: bytes, at: int) -> None:
    whole = report("ask.1.n.0~s")
    returned(whole[:at] + noise + whole[at:])
    returned(whole[:at])


def test_our_mails_are_known_again(ask: Ask, settings: Any) -> None:
    settings.BOUNCES_TO = "returned@lanna.example"
    ask = Ask.everywhere.select_related("contact", "version", "survey__workspace").get()
    mail = message(ask, form_of(ask.version), None, reminder=True)
    sent = mail.message()
    assert mail.from_email == "returned@lanna.example", "of the envelope"
    assert "sabai@localhost" in sent["From"]
    found = returned(report(str(sent["Message-ID"]).strip("<>").partition("@")[0]))
    assert found is not None
    assert came_back(found) == ask


def test_nobody_at_the_address_is_asked_again(ask: Ask) -> None:
    assert become(ask, "5.1.1").state == "failed"
    assert (ask.problem, ask.remind_after) == ("5.1.1", None)
    assert Suppression.of(ask.workspace).get().why == "bounced"
    become(ask, "5.1.1")
    assert Suppression.of(ask.workspace).count() == 1


def test_one_full_mailbox_suppresses_nobody_and_two_do(
    ask: Ask, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    assert (become(ask, "5.2.2").state, ask.problem, ask.remind_after) == ("sent", "5.2.2", None)
    become(ask, "4.4.7")
    assert not Suppression.of(workspace).exists(), "the same mail twice is one"
    later = sent_to(ask.survey, ask.contact, date(2026, 10, 30))
    become(later, "4.4.7")
    assert Suppression.of(workspace).get().person == ask.person


def test_a_mail_that_arrived_between_begins_anew(ask: Ask, workspace: Workspace) -> None:
    become(ask, "4.4.7")
    sent_to(ask.survey, ask.contact, date(2026, 10, 30))
    become(sent_to(ask.survey, ask.contact, date(2027, 3, 30)), "4.4.7")
    assert not Suppression.of(workspace).exists()


def test_refused_for_our_own_sake_says_nothing_of_the_address(ask: Ask, workspace: Workspace) -> None:
    assert become(ask, "5.7.1").state == "failed"
    assert not Suppression.of(workspace).exists()


def test_whoever_has_answered_is_there(ask: Ask, workspace: Workspace) -> None:
    Response.everywhere.create(
        workspace=workspace, survey=ask.survey, version=ask.version, ask=ask, channel="mail", key="k",
        asked_at=timezone.now(), state="complete",
    )  # fmt: skip
    assert become(ask, "5.1.1").state == "sent"
    assert not Suppression.of(workspace).exists()


def test_a_forged_report_is_nobodys(ask: Ask) -> None:
    ours = mail_id(ask, reminder=False)
    for wrong in (f"ask.{ask.pk}.x.0~s", ours[:-1] + ("A" if ours[-1] != "A" else "B"), "ask.x~y", "ask.~"):
        assert came_back(Returned(wrong, "gone", "5.1.1")) is None
    assert not Suppression.of(ask.workspace).exists()


def test_the_job_reads_each_report_once(ask: Ask, settings: Any) -> None:
    human = b"From: noi@example.com\r\nSubject: Thanks\r\n\r\nHello\r\n"
    box = Box(human, report(mail_id(ask, reminder=False)), report("ask.9.x.0~s"))
    with serving(box) as port:
        settings.SABAI.values["SABAI_BOUNCE_IMAP"] = f"imap://returned:secret@127.0.0.1:{port}"
        try:
            read_returned.call_local()
            read_returned.call_local()
        finally:
            settings.SABAI.values["SABAI_BOUNCE_IMAP"] = ""
    assert Suppression.of(ask.workspace).get().person == ask.person
    assert box.seen == {2, 3}, "what a person wrote stays unread"
    assert sum(said.startswith("UID FETCH") for said in box.said) == 2
    assert box.said[-1] == "LOGOUT"


def test_without_a_mailbox_nothing_is_read(ask: Ask) -> None:
    read_returned.call_local()
    assert not Suppression.of(ask.workspace).exists()


def test_a_wrong_password_is_said_without_it(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    box = Box()
    with serving(box) as port:
        for address in (f"imap://a:wrong@127.0.0.1:{port}", f"imap://a:secret@127.0.0.1:{port}/Missing"):
            with pytest.raises(Unreachable) as said, opened(Mailbox.at(address)):
                pass
            assert "wrong" not in str(said.value)
    with pytest.raises(Unreachable), opened(Mailbox.at(f"imaps://a:secret@127.0.0.1:{port}")):
        pass
