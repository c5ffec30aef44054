"""What is written down on the page: it stands there at once, it is in the audit trail, and not everybody may."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sabai.desk.accounts.models import Note
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import Mention, Task, Touchpoint
from tests.desk.accounts.conftest import Open

Send = Callable[..., int]


@pytest.fixture
def send(sign_in: Callable[[Membership], Client], ben: Membership) -> Send:
    """Posts a form of the page as Ben; the answer's code."""

    def sent(view: str, account: Account, *more: int, **told: object) -> int:
        address = reverse(f"accounts:{view}", args=(account.workspace.slug, account.pk, *more))
        return int(sign_in(ben).post(address, told).status_code)

    return sent


def trail(account: Account) -> list[tuple[str, str]]:
    return list(Entry.of(account.workspace).order_by("number").values_list("verb", "kind"))


def test_a_call_is_logged_by_its_note_alone(nordlicht: Account, send: Send, ben: Membership, opened: Open) -> None:
    defaults = {"channel": "phone", "direction": "out"}  # as the page has them
    page = opened(ben, nordlicht)
    for value in defaults.values():
        assert re.search(rf'<option value="{value}" selected>', page)
    assert send("touch", nordlicht, note="She is glad.", **defaults) == 302
    touch = Touchpoint.of(nordlicht.workspace).get()
    assert (touch.note, touch.user, touch.contact_id) == ("She is glad.", ben.user, "")
    assert timezone.now() - touch.occurred_at < timedelta(minutes=1)
    assert trail(nordlicht) == [("create", "touchpoint")]
    assert "She is glad." in opened(ben, nordlicht)


def test_a_call_can_be_told_in_the_time_of_the_workspace(nordlicht: Account, send: Send) -> None:
    send("touch", nordlicht, channel="mail", direction="in", contact_id="C-2", occurred_at="2026-06-28T09:30")
    touch = Touchpoint.of(nordlicht.workspace).get()
    assert touch.occurred_at.isoformat() == "2026-06-28T02:30:00+00:00"
    assert touch.contact_id == "C-2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon"},
        {"direction": ""},
        {"contact_id": "C-9"},
        {"occurred_at": "2999-01-01T00:00"},
        {"note": "a\0"},
    ],
)
def test_a_call_that_cannot_be_is_said_beside_its_field(nordlicht: Account, send: Send, wrong: dict[str, str]) -> None:
    assert send("touch", nordlicht, **{"channel": "phone", "direction": "out"} | wrong) == 422
    assert not Touchpoint.of(nordlicht.workspace).exists()


def test_what_was_sent_is_not_lost(
    nordlicht: Account, sign_in: Callable[[Membership], Client], ben: Membership
) -> None:
    address = reverse("accounts:touch", args=(nordlicht.workspace.slug, nordlicht.pk))
    page = sign_in(ben).post(address, {"note": "A long story", "channel": "pigeon"}).content.decode()
    assert "A long story</textarea>" in page
    assert 'role="alert"' in page
    assert 'hx-get="/w/lanna/accounts/' in page
    assert "touch/?" not in page


def test_a_task_is_asked_for_once(
    nordlicht: Account, send: Send, aiko: Membership, ben: Membership, opened: Open
) -> None:
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', opened(ben, nordlicht))
    assert key
    for _ in range(2):
        told = {"title": "Send the offer", "due_on": "2026-07-01", "assigned": str(aiko.user.pk), "key": key[1]}
        assert send("ask", nordlicht, **told) == 302
    task = Task.of(nordlicht.workspace).get()
    assert (task.title, task.assigned, task.created_by, task.origin) == (
        "Send the offer",
        aiko.user,
        ben.user,
        "person",
    )
    assert task.due_on and task.due_on.isoformat() == "2026-07-01"  # noqa: PT018


def test_a_task_for_a_stranger_is_refused(nordlicht: Account, send: Send, chloe: Membership) -> None:
    told = {"title": "Spy", "assigned": str(chloe.user.pk), "key": "0" * 32}
    assert send("ask", nordlicht, **told) == 422
    assert not Task.of(nordlicht.workspace).exists()


def test_a_note_is_kept_pinned_and_taken_off(
    nordlicht: Account, send: Send, aiko: Membership, ben: Membership, opened: Open
) -> None:
    assert send("note", nordlicht, text="Likes mornings, says @aiko") == 302
    note = Note.of(nordlicht.workspace).get()
    assert Mention.of(nordlicht.workspace).get().user == aiko.user
    for pinned, now in (("yes", True), ("yes", True), ("", False)):
        send("pin", nordlicht, note.pk, pinned=pinned)
        note.refresh_from_db()
        assert note.pinned is now
    for _ in range(2):
        assert send("remove", nordlicht, note.pk) == 302
    note.refresh_from_db()
    assert note.removed_at
    assert "Likes mornings" not in opened(ben, nordlicht)
    assert trail(nordlicht) == [("create", "note"), ("change", "note"), ("change", "note"), ("remove", "note")]
    assert Entry.of(nordlicht.workspace).order_by("number").last().before["text"].startswith("Likes")  # type: ignore[union-attr]


def test_pinned_notes_stand_on_top(nordlicht: Account, send: Send, ben: Membership, opened: Open) -> None:
    for text, pinned in (("First", "on"), ("Second", ""), ("Third", "")):
        send("note", nordlicht, text=text, **({"pinned": pinned} if pinned else {}))
    side = opened(ben, nordlicht).split('id="notes"')[1]
    assert side.index("First") < side.index("Third") < side.index("Second")


def test_an_empty_note_is_none(nordlicht: Account, send: Send) -> None:
    assert send("note", nordlicht, text="  ") == 422


def test_notes_of_another_account_or_workspace_are_not_touched(
    nordlicht: Account, customer: Callable[..., Account], send: Send, chloe: Membership
) -> None:
    send("note", nordlicht, text="Mine")
    note, other = Note.of(nordlicht.workspace).get(), customer("Other")
    assert send("remove", other, note.pk) == 404
    elsewhere = Account.everywhere.create(workspace=chloe.workspace, account_id="A-1", name="Theirs")
    theirs = Note.everywhere.create(workspace=chloe.workspace, account=elsewhere, text="Theirs")
    assert send("remove", nordlicht, theirs.pk) == 404
    assert not Note.everywhere.exclude(removed_at=None).exists()


@pytest.mark.parametrize("view", ["touch", "ask", "note", "say"])
@pytest.mark.parametrize("role", ["viewer", "billing"])
def test_who_may_only_read_writes_nothing(
    nordlicht: Account,
    member: Callable[[str], Membership],
    sign_in: Callable[[Membership], Client],
    view: str,
    role: str,
) -> None:
    address = reverse(f"accounts:{view}", args=(nordlicht.workspace.slug, nordlicht.pk))
    assert sign_in(member(role)).post(address, {"text": "x"}).status_code == 403
    assert trail(nordlicht) == []


@pytest.mark.parametrize("view", ["touch", "ask", "note", "say"])
def test_writing_is_never_done_by_a_link(
    nordlicht: Account, ben: Membership, sign_in: Callable[[Membership], Client], view: str
) -> None:
    assert (
        sign_in(ben).get(reverse(f"accounts:{view}", args=(nordlicht.workspace.slug, nordlicht.pk))).status_code == 405
    )
