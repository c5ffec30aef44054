"""A language model is asked only where it is allowed, hears nothing of anybody, and what it says is text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.models import Entry
from sabai.desk.environ import Settings
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.themes import speaking
from sabai.desk.themes.actions.write_down import switch
from sabai.desk.themes.models import Reading, Suggestion, Written
from sabai.desk.themes.speaking import Model, Silent
from tests.desk.themes.model_server import ModelServer, serving

SignIn = Callable[[Membership], Client]
Said = Callable[..., Reading]
KEY = "sk-planted-key"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with serving() as told:
        yield told


@pytest.fixture
def set_up(server: ModelServer, settings: Any) -> ModelServer:
    known = {"SABAI_MODEL_URL": server.address, "SABAI_MODEL_NAME": "small", "SABAI_MODEL_KEY": KEY}
    settings.SABAI = Settings({**settings.SABAI.values, **known})
    return server


def at(member: Membership, view: str, *more: object) -> str:
    return reverse(f"themes:{view}", args=[member.workspace.slug, *more])


def sum_up(client: Client, member: Membership) -> None:
    assert client.post(at(member, "sum_up", "speed")).status_code == 302


def test_without_the_switch_nothing_is_sent(aiko: Membership, sign_in: SignIn, set_up: ModelServer, said: Said) -> None:
    said("Slow", "negative", "speed")
    client = sign_in(aiko)
    assert "sum-up" not in client.get(at(aiko, "theme", "speed")).content.decode()
    sum_up(client, aiko)
    assert set_up.asked == []
    assert not Written.everywhere.exists()


def test_without_settings_it_cannot_be_switched_on(aiko: Membership, sign_in: SignIn, server: ModelServer) -> None:
    sign_in(aiko).post(at(aiko, "model"), {"on": "yes"})
    assert Model.set_up() is None
    assert not Entry.of(aiko.workspace).filter(kind="language model").exists()


def test_what_is_sent_names_nobody_and_is_in_the_trail(
    aiko: Membership, sign_in: SignIn, set_up: ModelServer, said: Said, account: Account
) -> None:
    said("Baan Coffee waits: call 081 234 5678, noi@baan.example", "negative", "speed", account=account)
    set_up.say("They find it slow.\n<script>alert(1)</script>")
    client = sign_in(aiko)
    client.post(at(aiko, "model"), {"on": "yes"})
    sum_up(client, aiko)
    ((path, headers, body),) = set_up.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["messages"][1]["content"] == "[name] waits: call [number], [mail]"
    page = client.get(at(aiko, "theme", "speed")).content.decode()
    assert "They find it slow." in page
    assert "&lt;script&gt;" in page
    assert KEY not in page
    entry = Entry.of(aiko.workspace).get(verb="send")
    assert (entry.kind, entry.thing, entry.user) == ("language model", "theme:speed", aiko.user)
    assert entry.after == {"texts": 1, "language": "en", "model": "small"}


def test_names_are_suggested_for_a_person_to_change(
    aiko: Membership, sign_in: SignIn, set_up: ModelServer, said: Said
) -> None:
    row = said("The bus was late", "negative")
    found = Suggestion.everywhere.create(
        workspace=aiko.workspace, terms=["bus"], examples=[[row.kind, row.key]], count=1
    )
    set_up.say("en: Late buses\nth: รถช้า\nnonsense\nfr: non")
    switch(aiko, True)
    client = sign_in(aiko)
    client.post(at(aiko, "name_it", found.pk))
    page = client.get(at(aiko, "suggestion", found.pk)).content.decode()
    assert 'value="Late buses"' in page
    assert 'value="รถช้า"' in page
    assert "non" not in set(page.split('"'))


def test_switched_off_in_the_meantime_nothing_leaves(aiko: Membership, set_up: ModelServer, said: Said) -> None:
    from sabai.desk.themes.actions.write_down import wish
    from sabai.desk.themes.jobs import write_down

    said("Slow", "negative", "speed")
    switch(aiko, True)
    row = wish(aiko, "theme:speed", "en")
    assert row is not None
    switch(aiko, False)
    write_down(row.pk)
    assert set_up.asked == []


def test_only_who_answers_for_the_data_may_switch_it(
    member: Callable[[str], Membership], sign_in: SignIn, set_up: ModelServer
) -> None:
    operations = member("operations")
    assert sign_in(operations).post(at(operations, "model"), {"on": "yes"}).status_code == 403


def test_it_follows_nobody_elsewhere(set_up: ModelServer) -> None:
    with serving() as other:
        set_up.status, set_up.location = 307, other.address
        with pytest.raises(Silent, match="It answers 307"):
            asked(set_up)
        assert other.asked == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"not json", "cannot be understood"),
        (b"[]", "cannot be understood"),
        (b'{"choices": []}', "cannot be understood"),
        (json.dumps({"choices": [{"message": {"content": {"tool": "rm"}}}]}).encode(), "cannot be understood"),
        (b"x" * 70_000, "too much"),
    ],
)
def test_a_bad_answer_is_none(set_up: ModelServer, body: bytes, why: str) -> None:
    set_up.body = body
    with pytest.raises(Silent, match=why):
        asked(set_up)


def test_one_that_is_away_or_slow_is_told_of(set_up: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "CONNECT_SECONDS", 0.2)
    with pytest.raises(Silent, match="cannot be reached"):
        Model("http://127.0.0.1:9/v1", "small", "").ask("task", "texts")


def asked(server: ModelServer) -> str:
    return Model(server.address, "small", "").ask("task", "texts")
