"""What is kept goes when it is old, and everything of one person comes or goes when somebody asks."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.accounts.models import Note
from sabai.desk.audit.models import Entry
from sabai.desk.audit.queries import broken_at
from sabai.desk.intake.models import Batch, Source
from sabai.desk.keeping import jobs
from sabai.desk.keeping.actions import change
from sabai.desk.keeping.former import forgotten
from sabai.desk.keeping.models import KeepingSetting, Request
from sabai.desk.keeping.person import traces
from sabai.desk.keeping.person.whom import Whom
from sabai.desk.keeping.queries import TAKEN_WITHIN, exports
from sabai.desk.keeping.retention import remove_old
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies.models import Reply
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import Task
from sabai.desk.themes.models import Reading
from tests.desk.responses.conftest import FORM, survey_of

SignIn = Callable[[Membership], Client]
Customer = Callable[..., Account]
LONG_AGO = timedelta(days=400)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is wiped inside a test's transaction; test_erasing.py does it for real."""
    settings.DATA = tmp_path
    monkeypatch.setattr(traces, "wipe", lambda: None)


def _asks(client: Client, **sent: str) -> Request:
    """Sends the form, and lets the job do what was asked: in a test nothing is ever committed."""
    assert client.post(_address("person"), sent).status_code == 302
    jobs.answer.call_local(0)
    return Request.everywhere.get()


def _taken(client: Client, asked: Request) -> bytes:
    answer = client.get(_address("file", asked.pk))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def _address(name: str, *values: int) -> str:
    return reverse(f"keeping:{name}", args=["lanna", *values])


def test_the_page_tells_how_much(aiko: Membership, sign_in: SignIn) -> None:
    page = sign_in(aiko).get(_address("keeping")).content.decode()
    assert "3650" in page
    assert "Last backup" in page
    assert 'href="/w/lanna/keeping/" aria-current="page"' in page


def test_days_are_set_and_written_down(aiko: Membership, sign_in: SignIn) -> None:
    answer = sign_in(aiko).post(_address("keeping"), {"audit_days": 365, "intake_days": 7, "former_days": ""})
    assert answer.status_code == 302
    kept = KeepingSetting.of(aiko.workspace).get()
    assert (kept.audit_days, kept.intake_days, kept.former_days) == (365, 7, None)
    entry = Entry.of(aiko.workspace).get(kind="keeping")
    assert (entry.before["intake_days"], entry.after["intake_days"]) == (30, 7)


@pytest.mark.parametrize("days", ["0", "-1", "29", "x", "", "999999"])
def test_days_that_cannot_be_are_refused(days: str, aiko: Membership, sign_in: SignIn) -> None:
    answer = sign_in(aiko).post(_address("keeping"), {"audit_days": days, "intake_days": 7})
    assert answer.status_code == 422
    assert not KeepingSetting.of(aiko.workspace).exists()


def test_the_night_takes_what_is_old(aiko: Membership, customer: Customer) -> None:
    workspace, now = aiko.workspace, timezone.now()
    here, gone = customer(), customer(here=False)
    for account in (here, gone):
        for at in (now, now - LONG_AGO):
            Note.everywhere.create(workspace=workspace, account=account, text="x", at=at)
            _task(account, at)
    source = Source.everywhere.create(workspace=workspace, name="web", hashed="x", begins="x")
    for landed in (None, now, now - LONG_AGO):
        Batch.everywhere.create(
            workspace=workspace, source=source, received_at=now - LONG_AGO, count=1, blob=b"", landed_at=landed
        )
    assert remove_old(workspace, now) == 1, "by default only what came in and landed"
    change(aiko, audit_days=3650, intake_days=30, former_days=90)
    assert remove_old(workspace, now) == 2
    assert Note.of(workspace).filter(account=here).count() == Task.of(workspace).filter(account=here).count() == 2
    assert Note.of(workspace).filter(account=gone).count() == Task.of(workspace).filter(account=gone).count() == 1
    assert Batch.of(workspace).count() == 2


def test_words_of_former_customers_go_and_their_numbers_stay(aiko: Membership, customer: Customer) -> None:
    workspace, now = aiko.workspace, timezone.now()
    survey = survey_of(workspace, FORM)
    for account in (customer(), customer(here=False)):
        for number, at in enumerate((now, now - LONG_AGO)):
            given = {"score": 3, "why": "It leaks.", "parts": ["a"]}
            row = Response.everywhere.create(
                workspace=workspace, survey=survey, version=survey.versions.get(), account=account, channel="mail",
                key=f"{account.pk}-{number}", given=given, score=3, comment="It leaks.", answered_at=at, asked_at=at,
            )  # fmt: skip
            Reply.everywhere.create(workspace=workspace, response=row, due_on=at.date(), replied_at=at, text="Sorry")
            Reading.everywhere.create(
                workspace=workspace, kind="response", key=f"desk-{row.pk}", account=account, at=at, text="It leaks.",
                sentiment="negative",
            )  # fmt: skip
    change(aiko, audit_days=3650, intake_days=30, former_days=90)
    assert remove_old(workspace, now) == 3
    assert remove_old(workspace, now) == 0
    gone = Response.of(workspace).get(account__here=False, answered_at__lt=now)
    assert (gone.score, gone.given, gone.comment) == (3, {"score": 3, "parts": ["a"]}, "")
    assert Response.of(workspace).filter(comment="It leaks.", given__why="It leaks.").count() == 3
    assert sorted(Reply.of(workspace).values_list("text", flat=True)) == ["", "Sorry", "Sorry", "Sorry"]
    assert Reading.of(workspace).count() == 3


def test_what_went_is_not_read_anew(aiko: Membership, customer: Customer) -> None:
    here, gone, now = customer(), customer(here=False), timezone.now()
    assert not forgotten(aiko.workspace, now)(gone.account_id, now - LONG_AGO), "by default all is kept"
    change(aiko, audit_days=3650, intake_days=30, former_days=90)
    is_forgotten = forgotten(aiko.workspace, now)
    assert is_forgotten(gone.account_id, now - LONG_AGO)
    assert not is_forgotten(gone.account_id, now)
    assert not is_forgotten(here.account_id, now - LONG_AGO)


def _task(account: Account, at: Any) -> None:
    key = f"{account.pk} {at}"
    Task.everywhere.create(
        workspace=account.workspace, account=account, title="x", origin="person", key=key, done_at=at
    )


def test_all_of_a_customer_in_a_file(aiko: Membership, customer: Customer, sign_in: SignIn) -> None:
    account, other = customer("Baan Coffee"), customer("Other")
    for each in (account, other):
        Note.everywhere.create(workspace=aiko.workspace, account=each, text=f"of {each.name}")
    client = sign_in(aiko)
    asked = _asks(client, what="export", kind="account", value="Baan Coffee")
    assert asked.problem == ""
    file = ZipFile(io.BytesIO(_taken(client, asked)))
    notes = [json.loads(line) for line in file.read("desk/note.jsonl").decode().splitlines()]
    assert [note["text"] for note in notes] == ["of Baan Coffee"]
    assert json.loads(file.read("about.json"))["about"]["accounts"] == [account.account_id]
    assert "Other" not in "".join(file.read(name).decode() for name in file.namelist())
    assert (exports() / asked.file).stat().st_mode & 0o077 == 0


def test_only_who_asked_may_take_it_and_only_for_a_day(
    aiko: Membership, member: Callable[[str], Membership], chloe: Membership, customer: Customer, sign_in: SignIn
) -> None:
    customer("Baan Coffee")
    asked = _asks(sign_in(aiko), what="export", kind="account", value="Baan Coffee")
    for other in (member("admin"), chloe):
        assert sign_in(other).get(_address("file", asked.pk)).status_code == 404
    assert "Baan Coffee" not in sign_in(member("operations")).get(_address("keeping")).content.decode()
    assert _taken(sign_in(aiko), asked).startswith(b"PK")
    Request.everywhere.update(ended_at=timezone.now() - TAKEN_WITHIN)
    assert sign_in(aiko).get(_address("file", asked.pk)).status_code == 404
    jobs.forget_exports.call_local()
    asked.refresh_from_db()
    assert (asked.value, asked.known, asked.file, list(exports().iterdir())) == ("", {}, "", [])


@pytest.mark.parametrize("again", ["", "baan coffee", "A-1"])
def test_nothing_is_erased_before_the_name_is_typed(
    again: str, aiko: Membership, customer: Customer, sign_in: SignIn
) -> None:
    customer("Baan Coffee")
    sent = {"what": "erase", "kind": "account", "value": "A-1", "again": again}
    answer = sign_in(aiko).post(_address("person"), sent)
    assert answer.status_code == (422 if again else 200)
    assert "Baan Coffee" in answer.content.decode()
    assert (Account.of(aiko.workspace).count(), Request.everywhere.count()) == (1, 0)


def test_a_customer_is_erased_and_the_others_stay(aiko: Membership, customer: Customer, sign_in: SignIn) -> None:
    account, other = customer("Baan Coffee"), customer("Other")
    client = sign_in(aiko)
    for each in (account, other):
        client.post(reverse("accounts:note", args=["lanna", each.pk]), {"text": "ask Baan Coffee and Bean Coffee"})
    asked = _asks(client, what="erase", kind="account", value="A-1", again="Baan Coffee")
    assert [each.name for each in Account.of(aiko.workspace)] == ["Other"]
    assert [note.text for note in Note.of(aiko.workspace)] == ["ask erased and Bean Coffee"]
    assert (asked.value, asked.known, asked.problem) == ("", {}, "")
    told = str(list(Entry.of(aiko.workspace).values("thing", "before", "after")))
    assert "Baan" not in told
    assert "Bean" in told
    assert broken_at(aiko.workspace) is None


def test_another_workspace_keeps_its_own(aiko: Membership, chloe: Membership, customer: Customer) -> None:
    customer("Baan Coffee")
    theirs = Account.everywhere.create(workspace=chloe.workspace, account_id="A-1", name="Baan Coffee")
    Request.everywhere.create(workspace=aiko.workspace, by=aiko.user, what="erase", kind="account", value="A-1")
    jobs.answer.call_local(0)
    assert list(Account.everywhere.all()) == [theirs]


def test_nobody_by_that_name_is_said(aiko: Membership, sign_in: SignIn) -> None:
    asked = _asks(sign_in(aiko), what="erase", kind="contact", value="u-404", again="u-404")
    assert "DSK-041" in asked.problem
    assert (asked.value, asked.ended_at is not None) == ("", True)


def test_what_broke_is_tried_again(
    aiko: Membership, customer: Customer, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    customer("Baan Coffee")

    def breaks() -> None:
        raise OSError("disk")

    with monkeypatch.context() as now:
        now.setattr(traces, "wipe", breaks)
        asked = _asks(sign_in(aiko), what="erase", kind="account", value="A-1", again="Baan Coffee")
    assert "DSK-042" in asked.problem
    assert asked.ended_at is None
    jobs.answer_all.call_local()
    asked.refresh_from_db()
    assert (asked.problem, asked.ended_at is not None) == ("", True)


@pytest.mark.parametrize(
    ("kind", "value"), [("account", "Nobody"), ("email", "no address"), ("strange", "x"), ("contact", "")]
)
def test_who_cannot_be_meant_is_refused(kind: str, value: str, aiko: Membership, sign_in: SignIn) -> None:
    answer = sign_in(aiko).post(_address("person"), {"what": "erase", "kind": kind, "value": value, "again": value})
    assert answer.status_code == 422
    assert not Request.everywhere.exists()


WORDS = st.text(alphabet="ab-@. ก", max_size=12)


@given(WORDS, st.lists(WORDS.filter(str.strip), min_size=1, max_size=3), WORDS)
def test_whoever_is_taken_out_is_named_no_more(before: str, names: list[str], after: str) -> None:
    whom = Whom("contact", names[0], contacts=tuple(names), emails=("a@b.ab",), names=("กก ab",))
    for name in (*names, "A@B.ab", "กก ab"):
        told = {"text": [f"{before} {name} {after}", name]}
        assert not whom.is_named(whom.without(told))


@given(WORDS)
def test_whoever_is_not_named_stays_as_it_was(text: str) -> None:
    whom = Whom("contact", "zz9", contacts=("zz9",), emails=("z@z.zz",), names=("Zoe Zed",))
    assert whom.without(text) == text


def test_a_workspace_without_a_setting_has_that_of_the_environment(workspace: Workspace) -> None:
    from sabai.desk.keeping.actions import setting_of

    kept = setting_of(workspace)
    assert (kept.audit_days, kept.intake_days, kept.former_days) == (3650, 30, None)
