"""Sending through a real mail server: who gets what, how often, and what becomes of what it does not take."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.actions.send import WAITS, send_due
from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.actions.wave import decide, stop
from sabai.desk.asking.models import Ask, Suppression
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.responses.models import Response
from sabai.desk.surveys.models import Survey
from tests.desk.asking.conftest import MakeContact, MakeSurvey, states
from tests.desk.asking.mail_server import Server, serving

DAY = timedelta(days=1)
DAYTIME = {"quiet_from": 0, "quiet_until": 0}


@pytest.fixture
def server(settings: object) -> Iterator[Server]:
    made = Server()
    with serving(made) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # type: ignore[attr-defined]
        settings.EMAIL_TIMEOUT = 1  # type: ignore[attr-defined]
        yield made


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class Clock:
    """`clock.at(…)` sets the time of the desk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2026, 6, 30, 5, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def ahead(self, time: timedelta) -> datetime:
        self.now += time
        return self.now


def send(workspace: Workspace) -> int:
    return send_due(workspace, timezone.now() + DAY)


def test_everybody_gets_one_mail(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    for _ in range(25):
        contact()
    nps = survey()
    plan(nps, clock.now, 1, None)
    assert (send(workspace), send(workspace)) == (25, 0)
    assert set(server.counts.values()) == {1}
    assert len(server.counts) == 25
    ask = Ask.everywhere.first()
    assert ask is not None
    assert (ask.state, ask.sent_at, ask.closes_at) == ("sent", clock.now, clock.now + 30 * DAY)


def test_no_server_no_harm(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace, settings: object
) -> None:
    contact("noi@example.com")
    nps = survey()
    plan(nps, clock.now, 1, None)
    port = settings.EMAIL_PORT  # type: ignore[attr-defined]
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]  # type: ignore[attr-defined]
    assert send(workspace) == 0
    assert states(nps) == {"noi@example.com": "planned"}
    settings.EMAIL_PORT = port  # type: ignore[attr-defined]
    assert send(workspace) == 1


def test_whoever_is_refused_for_good_is_never_asked_again(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    for email in ("gone@example.com", "ours@example.com", "here@example.com"):
        contact(email)
    answers = {"gone@example.com": "550 5.1.1 no such user", "ours@example.com": "554 5.7.1 relaying denied"}
    server.recipient = lambda address: answers.get(address, "250 ok")
    nps = survey()
    plan(nps, clock.now, 1, None)
    assert send(workspace) == 1
    assert states(nps) == {
        "gone@example.com": "failed", "ours@example.com": "failed", "here@example.com": "sent",
    }  # fmt: skip
    assert Suppression.everywhere.get().why == "bounced", "that a server does not know us says nothing of an address"
    assert sorted(Ask.everywhere.values_list("problem", flat=True)) == ["", "550 5.1.1", "554 5.7.1"]


@pytest.mark.parametrize("where", ["recipient", "data"])
def test_what_is_not_taken_now_is_tried_again_and_again_but_not_for_ever(
    where: str, server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    contact("noi@example.com")
    nps = survey(**DAYTIME)
    plan(nps, clock.now, 1, None)
    tries = 0

    def greylists(address: str) -> str:
        nonlocal tries
        tries += 1
        return "451 4.7.1 greylisted, come again"

    setattr(server, where, greylists)
    for wait in WAITS:
        assert send(workspace) == 0
        assert states(nps) == {"noi@example.com": "planned"}
        clock.ahead(wait - timedelta(seconds=1))
        assert send(workspace) == 0
        clock.ahead(timedelta(seconds=1))
    send(workspace)
    assert states(nps) == {"noi@example.com": "failed"}
    assert tries == len(WAITS) + 1
    assert not Suppression.everywhere.exists()


def test_a_greylisted_mail_arrives_once(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    contact("noi@example.com")
    plan(survey(), clock.now, 1, None)
    server.recipient = lambda address: "450 4.2.0 greylisted"
    send(workspace)
    server.recipient = lambda address: "250 ok"
    clock.ahead(DAY)
    assert send(workspace) == 1
    assert server.counts == {"noi@example.com": 1}
    ask = Ask.everywhere.get()
    assert (ask.asked_on.isoformat(), ask.rests_until - ask.asked_on) == ("2026-07-01", 90 * DAY), "they rest from then"


def test_silence_after_the_mail_was_handed_over_is_not_answered_by_a_second_mail(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace, aiko: Membership
) -> None:
    contact("noi@example.com")
    nps = survey()
    wave = plan(nps, clock.now, 1, None)
    server.slow = 2.5
    send(workspace)
    assert states(nps) == {"noi@example.com": "unsure"}
    server.slow = 0
    clock.ahead(3 * DAY)
    assert send(workspace) == 0
    assert decide(wave, again=True, by=aiko.user) == 1
    assert send(workspace) == 1


def test_a_server_that_hangs_up_after_it_took_the_mail(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    for _ in range(3):
        contact()
    nps = survey()
    plan(nps, clock.now, 1, None)
    server.hangs_up = True
    send(workspace)
    send(workspace)
    assert set(states(nps).values()) == {"unsure"}
    assert set(server.counts.values()) == {1}


def test_pause_stop_and_close_count_at_once(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace, aiko: Membership
) -> None:
    for _ in range(4):
        contact()
    nps = survey()
    wave = plan(nps, clock.now, 1, None)
    surveys = Survey.of(workspace).filter(pk=nps.pk)
    surveys.update(state="paused")
    assert send(workspace) == 0
    surveys.update(state="running")
    Ask.everywhere.filter(pk=Ask.everywhere.first().pk).update(send_after=clock.now - DAY)  # type: ignore[union-attr]
    assert send_due(workspace, clock.now) == 0, "no time to send"
    assert stop(wave, aiko.user) == 4
    assert send(workspace) == 0
    plan(nps, clock.ahead(DAY), 2, None)
    surveys.update(state="closed")
    assert send(workspace) == 0
    assert set(states(nps).values()) == {"stopped"}


def test_whoever_went_meanwhile_gets_nothing(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    erased, moved, stopped, _ = (contact(f"{name}@example.com") for name in ("erased", "moved", "stopped", "here"))
    plan(survey(), clock.now, 1, None)
    erased.delete()
    moved.email = ""
    moved.save()
    Suppression.everywhere.create(workspace=workspace, person=stopped.person, why="bounced")
    assert send(workspace) == 1
    assert server.counts == {"here@example.com": 1}
    assert sorted(Ask.everywhere.values_list("problem", flat=True)) == ["", "bounced", "erased", "no address"]


def test_nobody_is_woken(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    contact("th@example.com")
    contact("us@example.com", time_zone="America/New_York")
    plan(survey(), clock.now, 1, None)
    clock.ahead(timedelta(hours=7))  # nobody sent for a while: seven in the evening in Bangkok, eight in New York
    assert send(workspace) == 0
    clock.ahead(timedelta(hours=1))
    assert send(workspace) == 1
    assert server.counts == {"us@example.com": 1}
    clock.ahead(timedelta(hours=13))
    assert send(workspace) == 1


def test_one_reminder_and_only_to_the_silent(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    people = [contact(f"{name}@example.com") for name in ("silent", "answered", "machine", "left")]
    nps = survey()
    plan(nps, clock.now, 1, None)
    send(workspace)
    for noi, suspicion in ((people[1], ""), (people[2], "machine")):
        Response.everywhere.create(
            workspace=workspace, survey=nps, version=nps.versions.get(), contact=noi, account=noi.account,
            ask=noi.asks.get(), channel="mail", key=noi.email, asked_at=clock.now, suspicion=suspicion,
        )  # fmt: skip
    suppress(workspace, people[3].person, "opted out")
    clock.ahead(6 * DAY)
    assert send(workspace) == 0
    clock.ahead(DAY)
    assert send(workspace) == 2
    for _ in range(40):
        clock.ahead(DAY)
        assert send(workspace) == 0
    assert server.counts == {
        "silent@example.com": 2, "machine@example.com": 2, "answered@example.com": 1, "left@example.com": 1,
    }  # fmt: skip
    first, second = (mail for address, mail in server.mails if address == "silent@example.com")
    assert second["Subject"].startswith("Reminder: ")
    assert second["In-Reply-To"] == first["Message-ID"]


def test_a_reminder_that_was_not_taken_comes_a_day_later(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace
) -> None:
    contact("noi@example.com")
    plan(survey(), clock.now, 1, None)
    send(workspace)
    clock.ahead(7 * DAY)
    server.recipient = lambda address: "450 4.2.0 later"
    assert send(workspace) == 0
    server.recipient = lambda address: "250 ok"
    assert send(workspace) == 0
    clock.ahead(DAY)
    assert send(workspace) == 1
    assert server.counts == {"noi@example.com": 2}


def test_what_a_dead_process_left_is_unsure(
    server: Server, clock: Clock, survey: MakeSurvey, contact: MakeContact, workspace: Workspace, aiko: Membership
) -> None:
    contact("noi@example.com")
    nps = survey()
    wave = plan(nps, clock.now, 1, None)
    Ask.everywhere.update(state="sending")
    assert send(workspace) == 0
    assert states(nps) == {"noi@example.com": "unsure"}
    assert decide(wave, again=False, by=aiko.user) == 1
    assert (send(workspace), states(nps)) == (0, {"noi@example.com": "sent"})
