"""The mail of the morning: at seven, once, in the reader's language, and with nothing slipped into its head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from smtplib import SMTPException
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import Client, override_settings
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.actions.digest import want_digest
from sabai.desk.tasks.digest import mail as made
from sabai.desk.tasks.digest import morning_of
from sabai.desk.tasks.jobs import send_digests
from sabai.desk.tasks.models import DigestSetting, Task
from tests.tries import tries

MakeTask = Callable[..., Task]
SEVEN = datetime(2026, 7, 1, 0, 5, tzinfo=UTC)  # five past seven in Bangkok
TODAY = SEVEN.date()


def _page(message: object) -> str:
    """The HTML twin of a mail."""
    assert isinstance(message, mail.EmailMultiAlternatives)
    ((page, kind),) = message.alternatives
    assert kind == "text/html"
    return str(page)


@pytest.mark.parametrize(("hours", "sent"), [(-1, 0), (0, 1), (1, 1), (4, 1), (5, 0), (12, 0)])
def test_it_comes_in_the_morning_of_the_workspace(hours: int, sent: int, aiko: Membership, task: MakeTask) -> None:
    task(assigned=aiko.user, due_on=TODAY)
    assert send_digests(SEVEN + timedelta(hours=hours)) == len(mail.outbox) == sent


def test_it_comes_once_a_day(aiko: Membership, task: MakeTask) -> None:
    task(assigned=aiko.user, due_on=TODAY)
    assert [send_digests(SEVEN + timedelta(hours=hours)) for hours in (0, 0, 1, 24)] == [1, 0, 0, 1]


def test_it_tells_what_matters(
    aiko: Membership, ben: Membership, task: MakeTask, customer: Callable[..., Account]
) -> None:
    account = customer("Baan Coffee", owner=aiko.user, score=41.0, change_week=-8.5)
    customer("Steady", owner=aiko.user, score=80.0, change_week=-1.0)
    customer("Ben’s", owner=ben.user, change_week=-9.0)
    task("Renew", assigned=aiko.user, due_on=TODAY - timedelta(days=3), account=account)
    task("Call", assigned=aiko.user, due_on=TODAY)
    task("Far", assigned=aiko.user, due_on=TODAY + timedelta(days=1))
    task("@aiko look", by=ben.user)
    assert send_digests(SEVEN) == 2
    message = next(message for message in mail.outbox if message.to == ["aiko@example.com"])
    page = _page(message)
    assert message.subject == "2 tasks for today – ลานนาคอฟฟี่"
    for text in (str(message.body), page):
        for said in ("Good morning", "Renew", "Call", "@aiko look", "Baan Coffee", "\N{MINUS SIGN}8.5"):
            assert said in text
        for unsaid in ("Steady", "Ben’s", "Far"):
            assert unsaid not in text
    assert "<" not in str(message.body)


def test_without_anything_to_tell_there_is_none(aiko: Membership, task: MakeTask) -> None:
    assert send_digests(SEVEN) == 0
    task(assigned=aiko.user, due_on=TODAY)
    assert send_digests(SEVEN + timedelta(hours=1)) == 0  # that morning is over


def test_it_is_not_sent_to_who_left_or_wants_none(aiko: Membership, ben: Membership, task: MakeTask) -> None:
    for member in (aiko, ben):
        task(assigned=member.user, due_on=TODAY)
    want_digest(aiko, False)
    Membership.everywhere.filter(pk=ben.pk).update(left_at=SEVEN)
    assert send_digests(SEVEN) == 0


def test_what_could_not_be_sent_is_tried_again(
    aiko: Membership, task: MakeTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise SMTPException("full")

    task(assigned=aiko.user, due_on=TODAY)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert send_digests(SEVEN) == 0
    assert send_digests(SEVEN + timedelta(hours=1)) == 1


@pytest.mark.parametrize(("code", "said"), [("ar", "صباح الخير"), ("th", "สวัสดีตอนเช้า"), ("ja", "おはようございます")])
def test_it_speaks_the_language_of_its_reader(code: str, said: str, aiko: Membership, task: MakeTask) -> None:
    aiko.user.language = code
    aiko.user.save()
    task(assigned=aiko.user, due_on=TODAY)
    send_digests(SEVEN)
    (message,) = mail.outbox
    page = _page(message)
    assert said in str(message.body)
    assert f'lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}"' in page


def test_a_link_in_it_stops_it(aiko: Membership, chloe: Membership, task: MakeTask) -> None:
    task(assigned=aiko.user, due_on=TODAY)
    send_digests(SEVEN)
    (message,) = mail.outbox
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8321")
    client = Client(enforce_csrf_checks=True)
    assert client.get(leave).status_code == 200
    assert DigestSetting.of(aiko.workspace).get().wanted  # looking is not leaving
    assert client.post(leave, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not DigestSetting.of(aiko.workspace).get().wanted
    assert client.post(leave.replace("/lanna/", "/elsewhere/")).status_code == 404
    assert client.post(leave[:-3] + "x/").status_code == 404


@given(name=st.text(max_size=60), who=st.text(max_size=40), title=st.text(min_size=1, max_size=60))
@tries(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_gets_into_the_head(name: str, who: str, title: str, aiko: Membership) -> None:
    aiko.workspace.name, aiko.user.name = f"{name}\r\nBcc: evil@example.com", f"{who}\nX-Evil: 1"
    task = Task(workspace=aiko.workspace, pk=1, title=f"{title}\r\n\r\nBcc: evil@example.com")
    morning = morning_of(aiko, TODAY)
    object.__setattr__(morning, "today", [task])
    read = message_from_bytes(made(aiko, morning).message().as_bytes(), policy=policy.default)
    assert (read["Bcc"], read["X-Evil"], read["To"]) == (None, None, "aiko@example.com")
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]


class Inbox:
    def __init__(self) -> None:
        self.came: list[Any] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        self.came.append(envelope)
        return "250 OK"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server of this machine."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        host, port = free.getsockname()
    inbox = Inbox()
    controller = Controller(inbox, hostname=host, port=port)
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST=host, EMAIL_PORT=port):
        yield inbox
    controller.stop()


def test_a_real_mail_server_takes_it(inbox: Inbox, aiko: Membership, task: MakeTask) -> None:
    Workspace.objects.filter(pk=aiko.workspace.pk).update(name="شركة\r\nBcc: evil@example.com")
    task("ทักทาย 東京", assigned=aiko.user, due_on=TODAY)
    assert send_digests(SEVEN) == 1
    (envelope,) = inbox.came
    assert envelope.rcpt_tos == ["aiko@example.com"]
    read = message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)
    plain = read.get_body(("plain",))
    assert plain is not None
    assert "ทักทาย 東京" in plain.get_content()
    assert read["Auto-Submitted"] == "auto-generated"
    assert "\n" not in read["Subject"]


def test_a_morning_is_empty_or_not(aiko: Membership, task: MakeTask) -> None:
    assert not morning_of(aiko, aiko.workspace.today())
    task("@aiko look")
    assert morning_of(aiko, aiko.workspace.today()).mentions
