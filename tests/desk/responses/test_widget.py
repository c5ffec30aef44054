"""The widget: which pages may show it, who sits before it, and how often they are asked."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from sabai.desk.asking.models import Ask, Suppression
from sabai.desk.responses.identity import secret_of, signature
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.models import Survey

SHOP = "https://shop.example"
MOST_BYTES = 10_000


@pytest.fixture(autouse=True)
def _origin(survey: Survey) -> None:
    survey.origins = [SHOP]
    survey.save()


def test_script_is_small_and_safe() -> None:
    script = Path(str(finders.find("responses/widget.js"))).read_text()
    assert len(script.encode()) < MOST_BYTES
    for banned in ("eval(", "innerHTML", "Function(", "document.cookie", ".style.", 'setAttribute("style'):
        assert banned not in script


def test_script_is_served(survey: Survey) -> None:
    served = Client().get(f"/widget/{survey.key}.js")
    assert served.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert served.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not served.cookies


@pytest.mark.parametrize("origin", ["https://other.example", "null", "", SHOP + ".evil.example", "http://shop.example"])
def test_other_pages_get_nothing(survey: Survey, origin: str) -> None:
    for method in (Client().post, Client().options):
        answered = method(f"/widget/{survey.key}/", headers={"origin": origin})
        assert answered.status_code == 403
        assert "Access-Control-Allow-Origin" not in answer_headers(answered)


def test_their_own_page_may_ask(survey: Survey) -> None:
    answered = Client().options(f"/widget/{survey.key}/", headers={"origin": SHOP})
    assert answered.status_code == 204
    assert answered.headers["Access-Control-Allow-Origin"] == SHOP
    assert "Access-Control-Allow-Credentials" not in answered.headers


def test_nobody_answers(survey: Survey) -> None:
    it = said(survey, do="begin", language="ar")
    assert (it["language"], it["direction"], it["words"]["later"]) == ("ar", "rtl", "ليس الآن")
    (field,) = it["sheet"]["fields"]
    assert field["text"] == "هل توصي بنا؟"
    assert not Response.everywhere.exists()
    assert (it["words"]["optional"], it["words"]["many"]) == ("(اختياري)", "(يمكن اختيار أكثر من إجابة)")
    then = said(survey, do="next", visit=it["visit"], step=0, given={"score": 3})
    assert [each["key"] for each in then["sheet"]["fields"]] == ["why", "parts"]
    then = said(survey, do="next", visit=it["visit"], step=1, given={"why": "Slow.", "parts": None})
    assert then["done"]["title"] == "Thank you, really."
    response = Response.everywhere.get()
    assert (response.channel, response.state, response.contact, response.comment) == (
        "widget",
        "complete",
        None,
        "Slow.",
    )


def test_what_does_not_fit_is_said(survey: Survey) -> None:
    it = said(survey, do="begin")
    then = said(survey, do="next", visit=it["visit"], step=0, given={"score": 11})
    assert then["sheet"]["wrong"] == {"score": "Please choose one of the answers."}
    assert not Response.everywhere.exists()


def test_who_is_vouched_for_is_asked_once_in_ninety_days(survey: Survey, contact: Contact) -> None:
    who = vouched_for(survey, contact)
    it = said(survey, do="begin", who=who)
    ask = Ask.everywhere.get()
    assert (ask.channel, ask.contact, (ask.rests_until - ask.asked_on).days) == ("widget", contact, 90)
    said(survey, do="begin", who=who)
    assert Ask.everywhere.count() == 1
    said(survey, do="next", visit=it["visit"], step=0, given={"score": 9}, who=who)
    said(survey, do="next", visit=it["visit"], step=1, given={"best": "Beans"}, who=who)
    response = Response.everywhere.get()
    assert (response.ask, response.contact, response.counted, response.state) == (ask, contact, True, "complete")
    assert said(survey, 204, do="begin", who=who) == {}


def test_who_rests_is_not_asked(survey: Survey, ask: Ask, contact: Contact) -> None:
    other = Survey.everywhere.create(
        workspace=survey.workspace, name="Other", kind="csat", state="running", origins=[SHOP]
    )
    survey.versions.get().__class__.everywhere.create(
        workspace=survey.workspace,
        survey=other,
        number=1,
        form=survey.versions.get().form,
        published_at=other.created_at,
    )
    Ask.everywhere.update(asked_on=survey.workspace.today(), rests_until="2999-01-01")
    assert said(other, 204, do="begin", who=vouched_for(other, contact)) == {}
    assert Ask.everywhere.count() == 1


def test_who_left_is_not_asked(survey: Survey, contact: Contact) -> None:
    Suppression.everywhere.create(workspace=survey.workspace, person=contact.person, why="opted out")
    assert said(survey, 204, do="begin", who=vouched_for(survey, contact)) == {}


def test_nobody_answers_in_the_name_of_another(survey: Survey, contact: Contact) -> None:
    who = vouched_for(survey, contact)
    for forged in ({"contact": "c-2"}, {"until": who["until"] + 1}, {"signed": "0" * 64}, {"signed": "ส"}):
        assert said(survey, 403, do="begin", who=who | forged) == {}
    old = int(time.time()) - 10
    signed = signature(secret_of(survey), "A-1", "c-1", old)
    assert said(survey, 403, do="begin", who={"account": "A-1", "contact": "c-1", "until": old, "signed": signed}) == {}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"do": "drop"}', b'{"do": "next", "step": "x"}', b"\xff"])
def test_what_is_no_message(survey: Survey, body: bytes) -> None:
    answered = Client().post(f"/widget/{survey.key}/", body, "application/json", headers={"origin": SHOP})
    assert answered.status_code == 400


def test_too_much_is_refused(survey: Survey) -> None:
    body = json.dumps({"do": "begin", "visit": "x" * 300_000})
    answered = Client().post(f"/widget/{survey.key}/", body, "application/json", headers={"origin": SHOP})
    assert answered.status_code == 413


def test_survey_that_does_not_run_asks_nobody(survey: Survey) -> None:
    Survey.everywhere.update(state="paused")
    assert said(survey, 204, do="begin") == {}


def said(survey: Survey, status: int = 200, **told: Any) -> dict[str, Any]:
    """What the script says, and what it hears."""
    answered = Client().post(
        f"/widget/{survey.key}/",
        json.dumps(told),
        "application/json",
        headers={"origin": SHOP, "accept-language": "en"},
    )
    assert answered.status_code == status, answered.content
    assert not answered.cookies
    return json.loads(answered.content) if status == 200 else {}


def vouched_for(survey: Survey, contact: Contact) -> dict[str, Any]:
    until = int(time.time()) + 600
    account = contact.account.account_id
    signed = signature(secret_of(survey), account, contact.contact_id, until)
    return {"account": account, "contact": contact.contact_id, "until": until, "signed": signed}


def answer_headers(answered: Any) -> dict[str, str]:
    return dict(answered.headers)
