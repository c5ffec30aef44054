"""The page on which people answer: sheet by sheet, without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.responses.models import Response
from sabai.desk.surveys.models import Survey
from tests.desk.responses.conftest import FORM, path_of, survey_of

Browser = Callable[[], Client]


def test_score_of_the_mail_is_chosen_on_the_page(ask: Ask, browser: Browser) -> None:
    page = browser().get(path_of(ask, 7))
    assert page.status_code == 200
    assert 'name="q-score" value="7" checked' in page.content.decode()
    assert page.content.decode().count(" checked") == 1


def test_answering_sheet_by_sheet(ask: Ask, browser: Browser, aiko: Membership) -> None:
    ask.account.owner = aiko.user
    ask.account.save()
    somebody, path = browser(), path_of(ask)
    to = sent(somebody, path, {"step": 0, "q-score": "3"})
    response = Response.everywhere.get()
    assert (response.score, response.state, response.suspicion, response.counted) == (3, "partial", "", True)
    page = somebody.get(path + to).content.decode()
    assert "What went wrong?" in page
    assert "What do you like best?" not in page
    to = sent(somebody, path, {"step": 1, "q-why": "The cups leak.", "q-parts": ["a", "b"]})
    assert "step=done" in to
    response.refresh_from_db()
    assert (response.state, response.comment) == ("complete", "The cups leak.")
    assert response.given == {"score": 3, "why": "The cups leak.", "parts": ["a", "b"]}
    page = somebody.get(path + to).content.decode()
    assert "Thank you, really." in page
    assert "Aiko will reply within 2 days" in page


def test_who_is_happy_is_promised_nothing(ask: Ask, browser: Browser) -> None:
    somebody, path = browser(), path_of(ask)
    sent(somebody, path, {"step": 0, "q-score": "9"})
    to = sent(somebody, path, {"step": 1, "q-best": ""})
    assert "reply within" not in somebody.get(path + to).content.decode()


def test_another_score_forgets_what_was_asked_for_the_first(ask: Ask, browser: Browser) -> None:
    somebody, path = browser(), path_of(ask)
    sent(somebody, path, {"step": 0, "q-score": "3"})
    sent(somebody, path, {"step": 1, "q-why": "Everything."})
    sent(somebody, path, {"step": 0, "q-score": "10"})
    response = Response.everywhere.get()
    assert response.given == {"score": 10}
    assert response.comment == ""
    assert response.state == "complete"


def test_what_is_missing_is_said_and_the_rest_kept(workspace: Workspace, browser: Browser) -> None:
    first, *others = FORM["questions"]
    comment = {"key": "also", "kind": "text", "texts": {"en": "Anything else?"}}
    survey = survey_of(workspace, FORM | {"questions": [first, comment, *others[1:]]})
    page = browser().post(f"/s/{survey.key}/", {"step": 0, "q-also": "Good beans", "visit": "v" * 22})
    assert page.status_code == 422
    assert "Please answer this question." in page.content.decode()
    assert "Good beans" in page.content.decode()
    assert Response.everywhere.get().given == {"also": "Good beans"}


def test_going_back_keeps_what_was_written(ask: Ask, browser: Browser) -> None:
    somebody, path = browser(), path_of(ask)
    sent(somebody, path, {"step": 0, "q-score": "3"})
    to = sent(somebody, path, {"step": 1, "q-why": "Slow", "go": "back"})
    assert "step=0" in to
    assert Response.everywhere.get().comment == "Slow"


def test_language_of_the_page_is_theirs(ask: Ask, browser: Browser) -> None:
    somebody, path = browser(), path_of(ask)
    ask.contact.language = "ar"  # type: ignore[union-attr]
    ask.contact.save()  # type: ignore[union-attr]
    page = Client(headers={"user-agent": "x"}).get(path).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "هل توصي بنا؟" in page
    to = sent(somebody, path, {"step": 0, "q-score": "3", "tongue": "th"})
    assert '<html lang="th" dir="ltr">' in somebody.get(path + to).content.decode()
    assert Response.everywhere.get().language == "th"


def test_language_that_the_desk_does_not_speak(workspace: Workspace, browser: Browser) -> None:
    question = {"key": "q", "kind": "csat", "texts": {"ur": "آپ کیسے ہیں؟"}}
    survey = survey_of(workspace, {"questions": [question], "fallback": "ur"})
    page = browser().get(f"/s/{survey.key}/").content.decode()
    assert '<html lang="ur" dir="rtl">' in page
    assert "آپ کیسے ہیں؟" in page


def test_answer_changes_until_the_close(ask: Ask, browser: Browser) -> None:
    somebody, path = browser(), path_of(ask, 8)
    complete(somebody, path, "8")
    complete(somebody, path_of(ask, 2), "2")
    assert [(each.score, each.suspicion) for each in Response.everywhere.all()] == [(2, "")]
    Ask.everywhere.update(closes_at=timezone.now() - timedelta(hours=1))
    complete(somebody, path, "5")
    first, late = Response.everywhere.order_by("pk")
    assert (first.score, first.state, first.counted) == (2, "complete", True)
    assert (late.score, late.state, late.counted, late.beside) == (5, "late", False, first)


def test_answer_after_the_close_is_taken_and_marked(ask: Ask, browser: Browser) -> None:
    Ask.everywhere.update(closes_at=timezone.now() - timedelta(days=2))
    somebody, path = browser(), path_of(ask)
    assert "This survey has closed." in somebody.get(path).content.decode()
    complete(somebody, path, "8")
    response = Response.everywhere.get()
    assert (response.ask, response.state, response.counted) == (ask, "late", False)


@pytest.mark.parametrize("days", [31, 200])
def test_old_links_say_so(ask: Ask, browser: Browser, days: int) -> None:
    Ask.everywhere.update(closes_at=timezone.now() - timedelta(days=days))
    page = browser().get(path_of(ask))
    assert (page.status_code == 410) == (days > 90)
    assert ("This link is too old." in page.content.decode()) == (days > 90)


@pytest.mark.parametrize("wrong", ["x", "1.abc~def", "~", "%00", "١.x~y", "a" * 900])
def test_forged_links_say_so(wrong: str, browser: Browser) -> None:
    page = browser().get(f"/ask/{wrong}/")
    assert page.status_code == 404
    assert "This link leads nowhere." in page.content.decode()


def test_link_of_one_purpose_opens_nothing_else(ask: Ask, browser: Browser) -> None:
    from sabai.desk.asking import links

    stop = "/ask/" + links.stop_link(ask).split("/stop/")[1]
    assert browser().get(stop).status_code == 404


def test_link_to_everybody(survey: Survey, browser: Browser) -> None:
    complete(browser(), f"/s/{survey.key}/", "9")
    complete(browser(), f"/s/{survey.key}/?by=qr", "2", by="qr")
    found = Response.everywhere.order_by("pk")
    assert [(each.channel, each.account, each.contact, each.counted) for each in found] == [
        ("page", None, None, True), ("qr", None, None, True),
    ]  # fmt: skip


@pytest.mark.parametrize(("state", "said"), [("paused", "not open"), ("closed", "has closed"), ("draft", "nowhere")])
def test_survey_that_does_not_run(survey: Survey, browser: Browser, state: str, said: str) -> None:
    Survey.everywhere.update(state=state)
    page = browser().get(f"/s/{survey.key}/")
    assert page.status_code in (404, 410)
    assert said in page.content.decode()


def test_nothing_is_known_of_who_only_looks(ask: Ask, survey: Survey, browser: Browser) -> None:
    """No cookie until somebody answers, and then only one, for this link."""
    for path in (path_of(ask), path_of(ask, 3), f"/s/{survey.key}/"):
        page = browser().get(path)
        assert not page.cookies
        assert "csrfmiddlewaretoken" not in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store, private"
    page = browser().post(path_of(ask), {"step": 0, "q-score": "3"})
    (cookie,) = page.cookies.values()
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/ask/", True, "Lax")
    assert not browser().post(f"/s/{survey.key}/", {"step": 0, "q-score": "3"}).cookies


def test_form_of_another_site_is_refused(ask: Ask, browser: Browser) -> None:
    page = browser().post(path_of(ask), {"step": 0, "q-score": "0"}, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403
    assert not Response.everywhere.exists()


def test_who_writes_too_often_waits(survey: Survey, browser: Browser) -> None:
    somebody = browser()
    answers = [somebody.post(f"/s/{survey.key}/", {"step": 0, "q-score": "3"}).status_code for _ in range(241)]
    assert answers[:240] == [303] * 240
    assert answers[240] == 429


def test_novel_is_given_back_to_be_shortened(ask: Ask, browser: Browser) -> None:
    somebody, path = browser(), path_of(ask)
    visit = sent(somebody, path, {"step": 0, "q-score": "3"}).split("visit=")[1]
    page = somebody.post(path, {"step": 1, "q-why": "ก" * 33_000, "q-parts": ["a"], "visit": visit})
    assert page.status_code == 422
    assert "at most 10,000 characters; this has 33,000" in page.content.decode()
    assert "ก" * 33_000 in page.content.decode()
    assert Response.everywhere.get().given == {"score": 3, "parts": ["a"]}
    assert somebody.post(path, {"step": 1, "q-why": "x" * 300_000}).status_code == 413


@pytest.mark.parametrize(
    "told",
    [
        {"q-score": "11"}, {"q-score": "-1"}, {"q-score": "1e1"}, {"q-score": "\0"}, {"q-score": "<b>"}, {},
        {"q-score": "٣"}, {"q-score": "3", "step": "99999999999999"}, {"q-score": "3", "step": "-1"},
        {"q-score": "3", "go": "drop"},
        {"q-score": "3", "language": "../../x"}, {"q-score": "3", "visit": "\0"}, {"q-score": "3", "tongue": "{{7*7}}"},
    ],
)  # fmt: skip
def test_nonsense_is_no_fault_of_ours(ask: Ask, browser: Browser, told: dict[str, str]) -> None:
    page = browser().post(path_of(ask), {"step": 0} | told)
    assert page.status_code in (303, 422)
    for response in Response.everywhere.all():
        assert response.score in (3, None)
        assert response.language == "en"


def test_what_follows_may_fail(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """A reader or a reply that breaks takes no answer with it; both hear of every answer that counts."""
    from sabai.desk.responses.actions import afterwards
    from sabai.desk.responses.actions.answer import answer

    heard: list[str] = []

    def broken(response: Response) -> None:
        heard.append("read")
        raise RuntimeError("broken")

    monkeypatch.setattr(afterwards, "_read", broken)
    monkeypatch.setattr(afterwards, "_close_loop", lambda response: heard.append("reply"))
    monkeypatch.setattr(afterwards, "_land", lambda response: heard.append("land"))
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        answer(ask, {"score": 1}, channel="mail", at=now, language="en", key="k", suspicion="machine")
    assert heard == []
    with django_capture_on_commit_callbacks(execute=True):
        answer(ask, {"score": 2}, channel="mail", at=now, language="en", key="k")
    assert heard == ["read", "reply", "land"]
    assert Response.everywhere.get().score == 2


def sent(somebody: Client, path: str, told: dict[str, object]) -> str:
    """Posts a sheet; where it leads."""
    answer = somebody.post(path, told)
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def complete(somebody: Client, path: str, score: str, **more: str) -> None:
    """Through all sheets."""
    to = sent(somebody, path, {"step": 0, "q-score": score, **more})
    if "done" not in to:
        visit = to.split("visit=")[1].split("&")[0]
        assert "done" in sent(somebody, path, {"step": 1, "visit": visit, **more})
