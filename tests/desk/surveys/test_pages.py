"""The pages of surveys, as a person would use them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from sabai.desk.asking.models import Ask, Wave
from sabai.desk.audit.models import Entry
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.responses.models import Response
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of, newest, published
from tests.desk.conftest import Customer, SignIn
from tests.desk.surveys.conftest import MakeContact, MakeSurvey

HOME = "/w/lanna/surveys/"
BEGUN = date(2026, 1, 5)


def _text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_an_empty_list_teaches(aiko: Membership, sign_in: SignIn) -> None:
    text = _text(sign_in(aiko).get(HOME))
    assert "Nobody is asked anything yet." in text
    assert "?template=nps" in text


def test_from_a_template_to_a_running_survey(aiko: Membership, sign_in: SignIn) -> None:
    client = sign_in(aiko)
    assert "Recommendation (NPS)" in _text(client.get(f"{HOME}new/"))
    assert "Make a draft" in _text(client.get(f"{HOME}new/?template=nps"))
    posted = {"template": "nps", "name": "Quarter", "spoken": ["th", "ar"], "fallback": "th"}
    answer = client.post(f"{HOME}new/", posted)
    made = Survey.of(aiko.workspace).get()
    assert answer.headers["Location"] == f"{HOME}{made.pk}/questions/"
    assert form_of(newest(made)).languages == ("th", "ar")
    assert "ลานนาคอฟฟี่" in form_of(newest(made)).first.texts["th"]
    client.post(f"{HOME}{made.pk}/do/begin/")
    made.refresh_from_db()
    assert (made.state, published(made).number) == ("running", 1)
    assert "Quarter" in _text(client.get(HOME))
    verbs = Entry.of(aiko.workspace).filter(kind="survey").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["create", "publish", "begin"]


def test_what_asks_once_asks_when_it_begins(
    aiko: Membership, sign_in: SignIn, survey: MakeSurvey, contact: MakeContact, customer: Customer
) -> None:
    client, once = sign_in(aiko), survey("nps", occasion="once", audience={})
    contact(customer())
    contact(customer(), "")
    assert f"/w/lanna/asks/of/{once.pk}/plan/" in _text(client.get(f"{HOME}{once.pk}/"))
    before = _text(client.get(f"/w/lanna/asks/of/{once.pk}/plan/"))
    assert "Begin, and ask 1 person" in before
    assert "They have no address that a mail could go to." in before
    assert not Ask.of(aiko.workspace).exists(), "looking asks nobody"
    said = _text(client.post(f"{HOME}{once.pk}/do/begin/", follow=True))
    assert "The invitations are being prepared." in said
    assert Ask.of(aiko.workspace).filter(survey=once).count() == 1
    client.post(f"{HOME}{once.pk}/do/begin/")
    assert Wave.of(aiko.workspace).count() == 1, "twice pressed is once begun"


@pytest.mark.parametrize(("occasion", "posted"), [("once", {"mails": "no"}), ("ticket", {}), ("recurring", {})])
def test_nobody_is_asked_by_beginning_alone(
    occasion: str, posted: dict[str, str], aiko: Membership, sign_in: SignIn, survey: MakeSurvey,
    contact: MakeContact, customer: Customer,
) -> None:  # fmt: skip
    contact(customer())
    draft = survey("nps", occasion=occasion, audience={})
    said = _text(sign_in(aiko).post(f"{HOME}{draft.pk}/do/begin/", posted, follow=True))
    draft.refresh_from_db()
    assert draft.state == "running"
    assert "It runs. Invitations go out as its rhythm says." in said
    assert not Wave.of(aiko.workspace).exists()


def test_a_round_that_is_no_draft_any_more_is_not_begun_from_its_preview(
    aiko: Membership, sign_in: SignIn, survey: MakeSurvey
) -> None:
    closed = survey("nps", occasion="once", state="closed")
    shown = _text(sign_in(aiko).get(f"/w/lanna/asks/of/{closed.pk}/plan/"))
    assert "do/begin" not in shown
    assert "Ask 0" not in shown


def test_what_is_wrong_does_not_begin(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, empty = sign_in(aiko), survey("custom")
    answer = client.post(f"{HOME}{empty.pk}/do/begin/", follow=True)
    assert "There is no question yet." in _text(answer)
    empty.refresh_from_db()
    assert empty.state == "draft"
    client.post(f"{HOME}{empty.pk}/questions/", {"do": "add", "kind": "text"})
    assert "The first question needs a scale" in _text(client.get(f"{HOME}{empty.pk}/questions/"))


def test_pause_resume_close_and_no_way_back(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, running = sign_in(aiko), survey(begun=BEGUN)
    states = []
    for verb in ("pause", "resume", "close", "resume", "begin", "nonsense"):
        client.post(f"{HOME}{running.pk}/do/{verb}/")
        running.refresh_from_db()
        states.append(running.state)
    assert states == ["paused", "running", "closed", "closed", "closed", "closed"]
    assert running.closed_at


def test_a_published_version_is_frozen(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, running = sign_in(aiko), survey(begun=BEGUN)
    before = published(running).form
    address = f"{HOME}{running.pk}/questions/of/why/"
    client.post(address, {"texts-en": "Why, then?", "texts-th": "ทำไม"})
    assert published(running).form == before
    assert newest(running).number == 2
    assert form_of(newest(running)).questions[1].texts["en"] == "Why, then?"
    assert "Publish version 2" in _text(client.get(f"{HOME}{running.pk}/"))
    client.post(f"{HOME}{running.pk}/do/publish/")
    assert published(running).number == 2
    assert "What is the main reason" in _text(client.get(f"{HOME}{running.pk}/versions/1/"))


def test_a_question_with_choices_and_a_condition(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, draft = sign_in(aiko), survey("csat")
    answer = client.post(f"{HOME}{draft.pk}/questions/", {"do": "add", "kind": "choice"})
    address = answer.headers["Location"]
    assert "everybody" in _text(client.get(address))
    posted = {
        "texts-en": "What  was\nit?", "choice-0-en": "Late", "choice-1-en": "Wrong", "choice-2-en": "Late",
        "place-0": "3", "place-1": "1", "place-2": "2", "many": "1", "when": "satisfied",
        "least-satisfied": "", "most-satisfied": "2",
    }  # fmt: skip
    client.post(address, posted)
    made = form_of(newest(draft)).questions[-1]
    assert made.texts["en"] == "What was it?"
    assert [choice.key for choice in made.choices] == ["wrong", "late", "late 2"]
    assert made.many
    assert made.when is not None
    assert (made.when.question, made.when.least, made.when.most) == ("satisfied", None, 2)
    client.post(address, posted | {"choice-1-en": "", "when": "solved", "among-solved": ["no", "other"]})
    made = form_of(newest(draft)).questions[-1]
    assert [choice.key for choice in made.choices] == ["late 2", "wrong"]
    assert made.when is not None
    assert made.when.among == ("no",)
    assert "only where question 2 was answered by" in _text(client.get(f"{HOME}{draft.pk}/questions/"))


def test_order_and_languages(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, draft = sign_in(aiko), survey("csat")
    address = f"{HOME}{draft.pk}/questions/"
    for posted in (
        {"do": "up", "question": "better"}, {"do": "remove", "question": "comment"}, {"do": "speak", "code": "pt-BR"},
        {"do": "silence", "code": "ja"}, {"do": "fallback", "code": "th"}, {"do": "unknown"},
    ):  # fmt: skip
        client.post(address, posted)
    form = form_of(newest(draft))
    assert [question.key for question in form.questions] == ["satisfied", "better", "solved"]
    assert form.languages == ("th", "en", "ar", "pt-BR")
    text = _text(client.get(address))
    assert "Portuguese (Brazil)" in text
    assert "texts are missing" in text
    answer = client.post(address, {"do": "speak", "code": "<b>"}, follow=True)
    assert "“&lt;b&gt;” is no code of a language" in _text(answer)


def test_the_audience_is_counted_before_it_is_kept(
    aiko: Membership, sign_in: SignIn, survey: MakeSurvey, customer: Customer, contact: MakeContact
) -> None:
    client, draft = sign_in(aiko), survey("custom", audience={})
    for band in ("healthy", "unhealthy", "unhealthy"):
        contact(customer(band=band, stage="adopted"))
    address = f"{HOME}{draft.pk}/audience/"
    assert "<b>3</b> can be asked now" in _text(client.get(address))
    assert "<b>2</b> can be asked now" in _text(client.post(f"{address}count/", {"bands": "unhealthy"}))
    drawn = {"bands": "unhealthy", "sample": "1", "do": "count"}
    assert "<b>1</b> can be asked now" in _text(client.post(address, drawn))
    draft.refresh_from_db()
    assert draft.audience == {}
    client.post(address, {"bands": ["unhealthy", "<b>"], "sample": "1", "tenure_from_days": "x", "stages": "gone"})
    draft.refresh_from_db()
    assert (draft.audience, draft.sample) == ({"bands": ["unhealthy"], "stages": ["gone"]}, 1)
    assert 'value="gone" checked' in _text(client.get(address))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rest_days": "89"}, "90"),
        ({"occasion": "ticket", "delay_days": "-5"}, "Only a renewal is known before it happens."),
        ({"quiet_from": "9"}, "Then nothing would ever be sent."),
        ({"remind_after_days": "30"}, "A reminder has to come before the close."),
        ({"reply_to": "nobody"}, "email"),
    ],
)
def test_a_rhythm_that_cannot_be(
    wrong: dict[str, str], said: str, aiko: Membership, sign_in: SignIn, survey: MakeSurvey
) -> None:
    client, draft = sign_in(aiko), survey()
    good = {
        "name": "N", "occasion": "recurring", "delay_days": "0", "every_days": "91", "rest_days": "120",
        "remind_after_days": "7", "open_days": "30", "quiet_from": "18", "quiet_until": "9", "reply_within_days": "2",
        "sender": "Aiko\r\nBcc: x", "reply_to": "",
    }  # fmt: skip
    address = f"{HOME}{draft.pk}/rhythm/"
    assert said in _text(client.post(address, good | wrong))
    draft.refresh_from_db()
    assert draft.rest_days == 90
    client.post(address, good)
    draft.refresh_from_db()
    assert (draft.rest_days, draft.sender) == (120, "Aiko Bcc: x")


def test_what_does_not_belong_to_the_occasion_stops_nobody(
    aiko: Membership, sign_in: SignIn, survey: MakeSurvey
) -> None:
    client, draft = sign_in(aiko), survey()
    posted = {
        "name": "N", "occasion": "once", "delay_days": "-400", "every_days": "", "rest_days": "90", "open_days": "30",
        "quiet_from": "18", "quiet_until": "9", "reply_within_days": "2",
    }  # fmt: skip
    address = f"{HOME}{draft.pk}/rhythm/"
    assert client.post(address, posted).status_code == 302
    draft.refresh_from_db()
    assert (draft.occasion, draft.delay_days, draft.every_days) == ("once", 0, 91)
    text = _text(client.post(address, posted | {"occasion": "renewal"}))
    assert 'aria-invalid="true"' in text
    assert text.count('class="error"') == 1  # of the days before the renewal, not of how often


def test_an_occasion_stays(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    running = survey(begun=BEGUN)
    posted = {
        "name": "N", "occasion": "churn", "delay_days": "0", "every_days": "91", "rest_days": "90", "open_days": "30",
        "quiet_from": "18", "quiet_until": "9", "reply_within_days": "2",
    }  # fmt: skip
    sign_in(aiko).post(f"{HOME}{running.pk}/rhythm/", posted)
    running.refresh_from_db()
    assert (running.occasion, running.name, running.remind_after_days) == ("recurring", "N", None)


def test_colour_and_logo(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, draft = sign_in(aiko), survey()
    written = BytesIO()
    Image.new("RGB", (60, 30), "teal").save(written, "PNG")
    address = f"{HOME}{draft.pk}/brand/"
    client.post(address, {"colour": "#AA0000", "logo": SimpleUploadedFile("x.svg", written.getvalue())})
    draft.refresh_from_db()
    assert draft.colour == "#aa0000"
    assert draft.logo.name.endswith(".png")
    assert client.get(f"{address}logo.png").headers["Content-Type"] == "image/png"
    svg = SimpleUploadedFile("x.png", b"<svg/>", content_type="image/png")
    assert "SVG is refused" in _text(client.post(address, {"colour": "#00aa00", "logo": svg}, follow=True))
    client.post(address, {"colour": "red"})
    client.post(address, {"colour": "#ffee00", "do": "bare"})
    draft.refresh_from_db()
    assert draft.colour == "#ffee00"
    assert not draft.logo
    assert "Not as it is" in _text(client.get(address))
    assert client.get(f"{address}logo.png").status_code == 404


def test_a_copy_asks_the_same_and_is_another(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    running = survey("exit", begun=BEGUN, rest_days=120)
    sign_in(aiko).post(f"{HOME}{running.pk}/do/copy/")
    other = Survey.of(aiko.workspace).exclude(pk=running.pk).get()
    assert newest(other).form == published(running).form
    assert (other.state, other.rest_days, other.occasion, other.begun_at) == ("draft", 120, "churn", None)
    assert other.key != running.key


def test_only_a_draft_that_asked_nobody_goes(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, draft, running = sign_in(aiko), survey(), survey(begun=BEGUN)
    for each in (draft, running):
        client.post(f"{HOME}{each.pk}/do/remove/")
    assert list(Survey.of(aiko.workspace)) == [running]


def test_a_manager_reads_and_changes_nothing(ben: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, draft = sign_in(ben), survey()
    text = _text(client.get(f"{HOME}{draft.pk}/"))
    assert "How likely are you to recommend" in text
    assert "/do/begin/" not in text
    assert "/questions/" not in text
    assert client.post(f"{HOME}{draft.pk}/do/begin/").status_code == 403


def test_the_preview_shows_what_is_sent(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    client, draft = sign_in(aiko), survey()
    page = client.get(f"{HOME}{draft.pk}/preview/?language=ar&frame=wide&first=3")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "survey-frame wide" in _text(page)
    shown = client.get(f"{HOME}{draft.pk}/preview/page/?language=ar&step=0&first=3")
    assert 'dir="rtl"' in _text(shown)
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    later = _text(client.get(f"{HOME}{draft.pk}/preview/page/?language=en&step=1&first=3"))
    assert "What should we do better" in later
    assert "What do you like best?" not in later
    assert _text(client.get(f"{HOME}{draft.pk}/preview/page/?language=en&step=9&first=3"))
    assert Entry.of(aiko.workspace).count() == 1  # nothing but that the draft was made


def test_running_surveys_come_first_and_of_them_whatever_moved_last(
    aiko: Membership, sign_in: SignIn, survey: MakeSurvey, customer: Customer
) -> None:
    busy, draft, quiet = survey("nps", begun=BEGUN), survey("csat"), survey("exit", begun=date(2026, 5, 1))
    Response.everywhere.create(
        workspace=aiko.workspace, survey=busy, version=newest(busy), account=customer(), channel="qr", key="r",
        state="complete", score=9, asked_at=timezone.now(), answered_at=timezone.now(),
    )  # fmt: skip
    text = _text(sign_in(aiko).get(HOME))
    places = [text.index(f'{HOME}{each.pk}/"') for each in (busy, quiet, draft)]
    assert places == sorted(places)


def test_a_question_goes_only_by_a_second_press(aiko: Membership, sign_in: SignIn, survey: MakeSurvey) -> None:
    text = _text(sign_in(aiko).get(f"{HOME}{survey('csat').pk}/questions/"))
    for remove in re.findall(r'<button[^>]*value="remove"', text):
        assert "<details" in text[: text.index(remove)].rsplit("</details>", 1)[-1]
    assert text.count('value="remove"') == 4


def test_the_list_costs_the_same_however_many(
    aiko: Membership, sign_in: SignIn, survey: MakeSurvey, django_assert_max_num_queries: Any
) -> None:
    for template in ("nps", "csat", "ces7", "exit", "onboarding", "custom", "ces5"):
        survey(template)
    client = sign_in(aiko)
    client.get(HOME)
    with django_assert_max_num_queries(10):
        client.get(HOME)


@pytest.mark.parametrize(
    "line", ["shop.example", "ftp://shop.example", "https://a@shop.example", "javascript:alert(1)", "https://[::1"]
)
def test_sites_of_the_widget_are_named_strictly(
    line: str, workspace: Workspace, aiko: Membership, sign_in: SignIn
) -> None:
    survey = Survey.everywhere.create(workspace=workspace, name="n", kind="nps")
    address = reverse("surveys:brand", args=[workspace.slug, survey.pk])
    sign_in(aiko).post(address, {"origins": f"https://Shop.example/cart\n{line}"})
    survey.refresh_from_db()
    assert survey.origins == []
    sign_in(aiko).post(address, {"origins": "https://Shop.example/cart\nhttp://localhost:8000"})
    survey.refresh_from_db()
    assert survey.origins == ["https://shop.example", "http://localhost:8000"]
