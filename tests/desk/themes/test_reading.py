"""Texts are read once, anew where they change, and as a person said where a person said so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from sabai.desk.asking.facts import known_as
from sabai.desk.asking.models import Ask
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.texts import Text
from sabai.desk.surveys.models import Survey, Version
from sabai.desk.themes.actions.correct import correct_feeling, correct_themes
from sabai.desk.themes.actions.read import keep, unread
from sabai.desk.themes.jobs import read_anew, read_response
from sabai.desk.themes.models import Mention, Reading
from sabai.desk.themes.reading import Read, mind_of

Said = Callable[..., Reading]
NPS = {"questions": [{"key": "score", "kind": "nps", "texts": {"en": "Would you recommend us?"}}], "fallback": "en"}
FOUND = Read("en", "negative", 0.9, ("price", "speed"))


def text(words: str, key: str = "crm:1") -> Text:
    return Text("ticket", key, "A-1", "c-1", datetime(2026, 6, 30, tzinfo=UTC), words, None, None, "", "")


@pytest.fixture
def response(workspace: Workspace, account: Account) -> Response:
    survey = Survey.everywhere.create(workspace=workspace, name="How are we doing?", kind="nps", state="running")
    version = Version.everywhere.create(workspace=workspace, survey=survey, number=1, form=NPS)
    return Response.everywhere.create(
        workspace=workspace, survey=survey, version=version, account=account, channel="mail", language="th", key="r-1",
        state="complete", counted=True, score=3, comment="ราคาแพงและช้ามาก แย่มาก", asked_at=timezone.now(),
    )  # fmt: skip


def test_an_answer_is_read_as_soon_as_it_came(response: Response) -> None:
    read_response(response.pk)
    row = Reading.everywhere.get()
    assert (row.kind, row.key, row.language, row.score, row.scale_max) == (
        "response",
        f"desk-{response.pk}",
        "th",
        3,
        10,
    )
    assert row.themes == ["price", "speed"]
    assert row.sentiment == "negative"
    assert sorted(Mention.everywhere.values_list("theme", "sentiment")) == [
        ("price", "negative"),
        ("speed", "negative"),
    ]


def test_an_answer_to_an_ask_is_read_as_the_fact_that_it_becomes(response: Response, account: Account) -> None:
    """Otherwise the same words would be read twice, once from here and once from what landed."""
    now = timezone.now()
    ask = Ask.everywhere.create(
        workspace=response.workspace, survey=response.survey, version=response.version, account=account, person="p",
        asked_on=now.date(), rests_until=now.date() + timedelta(days=90), send_after=now, closes_at=now,
    )  # fmt: skip
    Response.everywhere.update(ask=ask)
    read_response(response.pk)
    assert Reading.everywhere.get().key == known_as(ask.pk)


def test_an_answer_that_changes_is_read_again_and_one_that_is_taken_back_goes(response: Response) -> None:
    read_response(response.pk)
    Response.everywhere.update(comment="ขอบคุณมาก ทีมงานดีเยี่ยม")
    read_response(response.pk)
    assert Reading.everywhere.get().text == "ขอบคุณมาก ทีมงานดีเยี่ยม"
    assert not Mention.everywhere.filter(theme="price").exists()
    Response.everywhere.update(comment="")
    read_response(response.pk)
    assert not Reading.everywhere.exists()


def test_only_what_is_new_or_has_changed_waits(workspace: Workspace, account: Account) -> None:
    first, second = text("It is slow"), text("Too dear", "crm:2")
    keep(workspace, [(first, FOUND)], {"A-1": account.pk})
    assert unread(workspace, [first, second]) == [second]
    assert unread(workspace, [first._replace(text=" It  is slow\n")]) == []
    assert unread(workspace, [first._replace(text="It is quick")]) == [first._replace(text="It is quick")]


def test_the_same_twice_stands_once(workspace: Workspace, account: Account) -> None:
    for _ in range(2):
        keep(workspace, [(text("It is slow"), FOUND)], {"A-1": account.pk})
    assert (Reading.everywhere.count(), Mention.everywhere.count()) == (1, 2)


def test_a_person_wins_and_the_trail_says_so_without_the_words(ben: Membership, said: Said) -> None:
    row = said("Nobody answers the phone", "unsure", "speed", chance=0.4)
    assert correct_feeling(ben, row, "negative")
    assert correct_themes(ben, row, ["support"])
    assert not correct_themes(ben, row, ["support"]), "the same again is nothing new"
    row.refresh_from_db()
    assert (row.sentiment, row.themes, row.corrected_by) == ("negative", ["support"], ben.user)
    assert list(Mention.everywhere.values_list("theme", "sentiment")) == [("support", "negative")]
    entries = Entry.of(ben.workspace).filter(kind="reading")
    assert entries.count() == 2
    assert "phone" not in str([(each.before, each.after, each.thing) for each in entries])
    read_anew(ben.workspace_id)
    row.refresh_from_db()
    assert (row.sentiment, row.themes) == ("negative", ["support"])


def test_a_correction_teaches_how_others_are_read(ben: Membership, said: Said) -> None:
    words = "The widget went all purple again"
    first, other = said(words, "positive"), said(words + "!", "positive", key="surveys:other")
    correct_feeling(ben, first, "negative")
    correct_themes(ben, first, ["bugs"])
    found = mind_of(ben.workspace).read([other.text])[0]
    assert found.themes == ("bugs",)
    read_anew(ben.workspace_id)
    other.refresh_from_db()
    assert other.themes == ["bugs"]


def test_a_correction_goes_with_its_text(ben: Membership, said: Said, account: Account) -> None:
    row = said("Fine", "unsure", kind="ticket", key="crm:1")
    correct_feeling(ben, row, "positive")
    keep(ben.workspace, [(text("It is slow"), FOUND)], {"A-1": account.pk})
    row.refresh_from_db()
    assert (row.text, row.sentiment, row.sentiment_by_person, row.corrected_at) == (
        "It is slow",
        "negative",
        False,
        None,
    )


@pytest.mark.parametrize(("pairs", "learns"), [(15, True), (14, False)])
def test_own_answers_teach_from_thirty_on(workspace: Workspace, said: Said, pairs: int, learns: bool) -> None:
    for each in range(pairs):
        said(f"grumpf number {each}", score=1, scale_max=10)
        said(f"hooray number {each}", score=10, scale_max=10)
    assert (mind_of(workspace).own.share > 0) is learns


def test_nothing_is_read_anew_where_nothing_was_taught(workspace: Workspace, said: Said) -> None:
    row = said("ราคาแพงมาก", "positive")
    read_anew(workspace.pk)
    row.refresh_from_db()
    assert row.themes == ["price"]
    Reading.everywhere.update(themes=[], at=timezone.now() - timedelta(days=2))
    read_anew(workspace.pk)
    row.refresh_from_db()
    assert row.themes == []
