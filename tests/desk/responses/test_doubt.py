"""Machines that follow links, links that somebody else opened, and answers that come twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Membership
from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.models import Response
from tests.desk.responses.conftest import PERSON, path_of
from tests.desk.responses.test_page import complete, sent

Browser = Callable[[], Client]


def test_opening_a_score_counts_nothing(ask: Ask, browser: Browser) -> None:
    browser().get(path_of(ask, 9))
    response = Response.everywhere.get()
    assert (response.score, response.suspicion, response.state, response.counted) == (9, "machine", "partial", False)
    ask.refresh_from_db()
    assert ask.opened_at is None


def test_page_without_a_score_keeps_nothing(ask: Ask, browser: Browser) -> None:
    browser().get(path_of(ask))
    assert not Response.everywhere.exists()


@pytest.mark.parametrize(
    "agent",
    ["", "Mozilla/5.0 (compatible; Barracuda Sentinel)", "python-requests/2.32", "Mozilla/5.0 HeadlessChrome/140.0.0.0",
     "Googlebot/2.1", "Mozilla/5.0 (Windows NT 10.0) ms-office"],
)  # fmt: skip
def test_known_machines_leave_no_trace(ask: Ask, agent: str) -> None:
    assert Client(headers={"user-agent": agent}).get(path_of(ask, 0)).status_code == 200
    assert not Response.everywhere.exists()


def test_looking_ahead_leaves_no_trace(ask: Ask, browser: Browser) -> None:
    browser().head(path_of(ask, 0))
    browser().get(path_of(ask, 0), headers={"sec-purpose": "prefetch"})
    browser().get(path_of(ask, 0), secure=True)  # a Firefox of today that does not say what for
    assert not Response.everywhere.exists()


def test_who_opens_every_link_of_a_mail_chose_none(ask: Ask, browser: Browser) -> None:
    for score in range(11):
        browser().get(path_of(ask, score))
    response = Response.everywhere.get()
    assert (response.given, response.score, response.counted) == ({}, None, False)


def test_person_takes_the_place_of_the_machine(ask: Ask, browser: Browser) -> None:
    browser().get(path_of(ask, 0))
    sent(browser(), path_of(ask), {"step": 0, "q-score": "9"})
    response = Response.everywhere.get()
    assert (response.score, response.suspicion, response.counted) == (9, "", True)
    browser().get(path_of(ask, 1))
    response.refresh_from_db()
    assert (response.score, response.suspicion) == (9, "")
    ask.refresh_from_db()
    assert ask.opened_at is not None


def test_touching_the_page_is_being_there(ask: Ask, browser: Browser) -> None:
    """As the small script says it."""
    somebody = browser()
    somebody.get(path_of(ask, 9))
    assert somebody.post(path_of(ask, 9), {"step": 0, "q-score": "9", "go": "touch"}).status_code == 204
    response = Response.everywhere.get()
    assert (response.score, response.suspicion, response.state, response.counted) == (9, "", "partial", True)


def test_another_browser_goes_on_with_what_is_not_finished(ask: Ask, browser: Browser) -> None:
    sent(browser(), path_of(ask), {"step": 0, "q-score": "9"})
    laptop = browser()
    complete(laptop, path_of(ask), "9")
    assert Response.everywhere.get().state == "complete"


def test_forwarded_link_is_kept_apart(ask: Ask, browser: Browser) -> None:
    complete(browser(), path_of(ask), "9")
    colleague = browser()
    page = colleague.get(path_of(ask)).content.decode()
    assert "answered already from another browser" in page
    assert " checked" not in page
    to = sent(colleague, path_of(ask), {"step": 0, "q-score": "2"})
    sent(colleague, path_of(ask), {"step": 1, "q-why": "I disagree."})
    first, second = Response.everywhere.order_by("pk")
    assert (first.score, first.counted, first.contact) == (9, True, ask.contact)
    assert (second.score, second.counted, second.suspicion) == (2, False, "forwarded")
    assert (second.beside, second.contact, second.account, second.ask) == (first, None, ask.account, None)
    assert second.comment == "I disagree."
    assert "step=1" in to


def test_by_another_way_again(ask: Ask, browser: Browser) -> None:
    complete(browser(), path_of(ask), "9")
    told = answer(ask, {"score": 3}, channel="api", at=timezone.now(), language="en", key=f"ask-{ask.pk}")
    assert (told.suspicion, told.counted, told.beside_id) == ("again", False, Response.everywhere.first().pk)  # type: ignore[union-attr]


def test_same_key_is_the_same_answer(ask: Ask) -> None:
    at = timezone.now()
    one, two = (
        answer(ask.survey, {"score": 3}, channel="api", at=at + timedelta(hours=hour), language="en", key="k-1")
        for hour in (0, 1)
    )
    assert one.pk == two.pk
    assert Response.everywhere.get().changed_at == at


def test_team_accepts(ask: Ask, browser: Browser, ben: Membership, sign_in: Callable[[Membership], Client]) -> None:
    from sabai.desk.audit.models import Entry

    complete(browser(), path_of(ask), "9")
    complete(browser(), path_of(ask), "2")
    _, forwarded = Response.everywhere.order_by("pk")
    path = f"/w/lanna/responses/{forwarded.pk}/accept/"
    assert sign_in(ben).post(path).status_code == 302
    forwarded.refresh_from_db()
    assert (forwarded.counted, forwarded.accepted_by) == (True, ben.user)
    entry = Entry.everywhere.get()
    assert (entry.verb, entry.kind, entry.thing) == ("accept", "response", str(forwarded.pk))


def test_accepting_what_came_late_beside_changes_the_first(
    ask: Ask, browser: Browser, ben: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    somebody = browser()
    complete(somebody, path_of(ask), "9")
    Ask.everywhere.update(closes_at=timezone.now() - timedelta(hours=1))
    complete(somebody, path_of(ask), "2")
    first, late = Response.everywhere.order_by("pk")
    sign_in(ben).post(f"/w/lanna/responses/{late.pk}/accept/")
    first.refresh_from_db()
    late.refresh_from_db()
    assert (first.score, first.counted, late.counted) == (2, True, False)
    assert late.accepted_at is not None


def test_agents_are_told_apart() -> None:
    from django.test import RequestFactory

    from sabai.desk.responses.machines import is_machine

    asked = RequestFactory().get("/", headers={"user-agent": PERSON})
    assert not is_machine(asked)


def test_same_twice_at_once_is_one(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both looked before either had written."""
    from sabai.desk.responses.actions import answer as module

    now = timezone.now()
    answer(ask.survey, {"score": 3}, channel="api", at=now, language="en", key="k-1")
    found, looked = module._found, []

    def blind_at_first(*asked: object) -> Response | None:
        looked.append(asked)
        return None if len(looked) == 1 else found(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_found", blind_at_first)
    answer(ask.survey, {"score": 4}, channel="api", at=now, language="en", key="k-1")
    assert Response.everywhere.get().score == 4


def test_page_says_its_own_language(ask: Ask, browser: Browser) -> None:
    ask.contact.language = "ar"  # type: ignore[union-attr]
    ask.contact.save()  # type: ignore[union-attr]
    page = browser().get(path_of(ask))  # which asks for English
    assert page.headers["Content-Language"] == "ar"
