"""Pages of what cannot be shown: in the reader's language, with what to do, and with nothing of anybody's workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from sabai.desk.accounts.models import Note
from sabai.desk.audit.models import Entry
from sabai.desk.look.middleware import Spoken
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account

SignIn = Callable[[Membership], Client]
FAULTS = {400: SuspiciousOperation, 403: PermissionDenied, 500: RuntimeError, 503: OperationalError}


@pytest.mark.parametrize(("language", "title"), [("en", "There is nothing here"), ("ja", "ここには何もありません")])
def test_what_is_not_there_is_said_in_the_readers_language(client: Client, language: str, title: str) -> None:
    answer = client.get("/nowhere/", headers={"accept-language": language})
    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in answer.content.decode()
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("status", FAULTS)
def test_each_says_what_to_do_and_names_nobody(
    status: int, aiko: Membership, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise FAULTS[status]("anna@example.com owes")

    monkeypatch.setattr("sabai.desk.tasks.pages.tasks.render", fails)
    client = sign_in(aiko)
    client.raise_request_exception = False
    answer = client.get(reverse("tasks:tasks", args=[aiko.workspace.slug]))
    text = answer.content.decode()
    assert answer.status_code == status
    assert 'class="button first" href="/"' in text
    assert not any(word in text for word in ("anna", aiko.workspace.name, aiko.user.email, aiko.workspace.slug))


def test_what_is_anothers_looks_as_what_is_not_there(aiko: Membership, chloe: Membership, sign_in: SignIn) -> None:
    asking = sign_in(chloe)
    theirs = asking.get(reverse("tasks:tasks", args=[aiko.workspace.slug]))
    nowhere = asking.get(reverse("tasks:tasks", args=["no-such-workspace"]))
    assert (theirs.status_code, theirs.content) == (nowhere.status_code, nowhere.content) == (404, theirs.content)


def test_a_program_is_told_in_json(client: Client) -> None:
    answer = client.get("/v1/nothing")
    assert answer.json()["code"] == "HTTP-404"


def test_a_page_without_a_database_is_a_page_all_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault comes up before any view is asked, where the language is looked for."""

    def gone(self: Spoken, request: HttpRequest) -> HttpResponse:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(Spoken, "__call__", gone)
    client.raise_request_exception = False
    answer = client.get("/", headers={"accept-language": "th"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert 'lang="th"' in answer.content.decode()


@pytest.fixture
def almost_full() -> Iterator[Callable[[], None]]:
    """The database may not grow any more once this is called: as if the disk were full."""

    def limit(pages: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {pages or cursor.fetchone()[0]}")

    yield limit
    limit(2**30)


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_said_and_never_taken_for_done(
    aiko: Membership, customer: Callable[..., Account], sign_in: SignIn, almost_full: Callable[[], None]
) -> None:
    client, account = sign_in(aiko), customer()
    address = reverse("accounts:note", args=[aiko.workspace.slug, account.pk])
    almost_full()
    answers = [client.post(address, {"text": f"{number} " + "ก" * 15_000}).status_code for number in range(60)]
    kept = answers.count(302)
    assert set(answers) <= {302, 503}
    assert answers[-1] == 503, "the disk was never full, so nothing is shown"
    assert Note.of(aiko.workspace).count() == kept == Entry.of(aiko.workspace).filter(kind="note").count()
