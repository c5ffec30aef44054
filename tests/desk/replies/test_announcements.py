"""Whoever spoke of something hears once what was done about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from sabai.desk.asking.models import Suppression
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies.actions.announce import announce
from sabai.desk.replies.announcing import stop_address, whose
from sabai.desk.replies.jobs import tell_everybody
from sabai.desk.replies.models import Announcement, Told
from sabai.desk.replies.queries import spoke_of
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.themes.models import Reading
from tests.desk.replies.conftest import AT, somebody

SINCE = date(2026, 6, 1)
TEXTS = {"en": "Exports are fast now.", "th": "ส่งออกข้อมูลได้เร็วแล้ว"}


def spoke(contact: Contact, *themes: str, days: int = 0) -> None:
    number = Reading.of(contact.workspace).count()
    told = {"kind": "response", "key": f"k{number}", "digest": "", "text": "…", "sentiment": "negative"}
    about = {"account": contact.account, "contact_id": contact.contact_id, "at": AT - timedelta(days=days)}
    Reading.everywhere.create(workspace=contact.workspace, themes=list(themes), **told, **about)


def test_those_who_spoke_of_it_since_then(workspace: Workspace, account: Account, contact: Contact) -> None:
    early = somebody(workspace, account, "Early", "early@baan.example")
    other = somebody(workspace, account, "Other", "other@baan.example")
    twice = somebody(workspace, account, "Twice", "NOI@baan.example")  # the same person under another id
    mute = somebody(workspace, account, "Mute", "")
    for each in (contact, twice, mute):
        spoke(each, "speed", "price")
    spoke(early, "speed", days=60)
    spoke(other, "price")
    assert spoke_of(workspace, "speed", SINCE) == [contact]


def test_nobody_hears_it_twice_or_against_their_will(
    workspace: Workspace, account: Account, contact: Contact, aiko: Membership
) -> None:
    english = somebody(workspace, account, "Jo", "jo@baan.example", "en")
    leaving = somebody(workspace, account, "Leaving", "leaving@baan.example")
    for each in (contact, english, leaving):
        spoke(each, "speed")
    row = announce(aiko, "speed", SINCE, TEXTS, "en")
    Suppression.everywhere.create(workspace=workspace, person=leaving.person, why="opted out")
    tell_everybody.call_local(row.pk)
    tell_everybody.call_local(row.pk)
    assert {each.to[0]: each.body.split("\n")[0] for each in mail.outbox} == {
        "noi@baan.example": TEXTS["th"],
        "jo@baan.example": TEXTS["en"],
    }
    assert len(mail.outbox) == 2
    assert Announcement.of(workspace).get().sent_at is not None


def test_a_server_that_is_away_is_tried_again(
    workspace: Workspace, contact: Contact, aiko: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoke(contact, "speed")
    row = announce(aiko, "speed", SINCE, TEXTS, "en")

    def away(*_: Any, **__: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", away)
        tell_everybody.call_local(row.pk)
    assert (Told.of(workspace).get().claimed_at, Announcement.of(workspace).get().sent_at) == (None, None)
    tell_everybody.call_local(row.pk)
    assert len(mail.outbox) == 1


def test_one_leaves_by_a_press_and_not_by_looking(workspace: Workspace, contact: Contact) -> None:
    path = stop_address(contact).removeprefix("http://127.0.0.1:8321").removeprefix("http://testserver")
    path = path[path.index("/told/") :]
    Contact.everywhere.update(language="ar")
    page = Client().get(path)
    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page.content.decode(), "in their language, and its direction"
    assert not Suppression.of(workspace).exists()
    assert Client().post(path).status_code == 200
    assert Suppression.of(workspace).get().person == contact.person
    assert Client().get("/told/stop/1~forged/").status_code == 404
    assert whose("1~forged") is None
