"""The pages of the team: lists, one answer, results, ways to a survey, files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Membership
from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.facts import id_of
from sabai.desk.responses.models import Response
from sabai.desk.responses.results import results
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.models import Survey
from sabai.desk.themes.models import Mention, Reading
from tests.desk.responses.conftest import ask_of, survey_of

SignIn = Callable[[Membership], Client]
HOSTILE = "</textarea><script>alert(1)</script>{{ 7*7 }}<img src=x onerror=alert(1)>'\"&"


@pytest.fixture
def hostile(survey: Survey, contact: Contact) -> Response:
    """Markup in every field that somebody outside can fill."""
    contact.name = contact.email = contact.account.name = HOSTILE
    contact.save()
    contact.account.save()
    survey.name = HOSTILE
    survey.save()
    ask = ask_of(survey, contact, occasion=HOSTILE)
    told = {"score": 2, "why": HOSTILE, "parts": ["a"]}
    return answer(ask, told, channel="mail", at=timezone.now(), language="en", key=f"ask-{ask.pk}", complete=True)


@pytest.mark.parametrize(
    "path", ["", "{pk}/", "of/{survey}/", "of/{survey}/ways/", "?q=script", "?mood=unhappy&state=complete"]
)
def test_markup_stays_text(hostile: Response, aiko: Membership, sign_in: SignIn, path: str) -> None:
    asked = path.format(pk=hostile.pk, survey=hostile.survey_id)
    page = sign_in(aiko).get(f"/w/lanna/responses/{asked}")
    said = page.content.decode()
    assert page.status_code == 200
    assert "<script>alert" not in said
    assert "<img src=x" not in said
    assert "{{ 7*7 }}" in said or "ways" in path or "of/" in path
    assert "49<img" not in said


def test_markup_on_the_public_page_stays_text(hostile: Response) -> None:
    from tests.desk.responses.conftest import path_of

    visitor = Client(headers={"user-agent": "Mozilla/5.0 Firefox/140.0"})
    visitor.cookies[f"ask-{hostile.ask_id}"] = "v" * 22
    Response.everywhere.update(visit="v" * 22)
    assert hostile.ask is not None
    for step in ("1", "done"):
        page = visitor.get(
            path_of(hostile.ask) + f"?step={step}&visit={'v' * 22}&language=%3Cscript%3E"
        ).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_score_and_its_scale_stand_together(ask: Ask, aiko: Membership, sign_in: SignIn) -> None:
    page = sign_in(aiko).get(f"/w/lanna/responses/{said(ask, 2, 'The cups leak.').pk}/").content.decode()
    assert '<b>2</b> <small>of 10</small> <span class="chip' in page


def test_list_narrows(survey: Survey, contact: Contact, ask: Ask, aiko: Membership, sign_in: SignIn) -> None:
    said(ask, 2, "The cups leak.")
    other = survey_of(survey.workspace, survey.versions.get().form, name="Other")
    answer(other, {"score": 10, "best": "Beans"}, channel="qr", at=timezone.now(), language="th", key="k")
    somebody = sign_in(aiko)
    for query, leak, beans in (
        ("", 1, 1),
        ("?mood=unhappy", 1, 0),
        ("?mood=happy", 0, 1),
        (f"?survey={other.pk}", 0, 1),
        ("?q=CUPS+leak", 1, 0),
        ("?language=th", 0, 1),
        (f"?account={contact.account_id}", 1, 0),
        ("?doubt=forwarded", 0, 0),
        ("?days=7&said=yes", 1, 1),
        ("?survey=junk&mood=%00&page=x&account=99999999999999999999", 1, 1),
        ("?q=%00", 1, 1),
    ):
        page = somebody.get(f"/w/lanna/responses/{query}").content.decode()
        assert (page.count("The cups leak."), page.count("Beans")) == (leak, beans), query


def test_list_narrows_by_what_comments_say(
    survey: Survey, ask: Ask, aiko: Membership, chloe: Membership, sign_in: SignIn
) -> None:
    of_ask = said(ask, 2, "The cups leak.")
    told = {"score": 10, "best": "Beans"}
    alone = answer(survey, told, channel="qr", at=timezone.now(), language="en", key="k", complete=True)
    answer(survey, {"score": 10, "best": "Tea"}, channel="qr", at=timezone.now(), language="en", key="l")
    Reading.everywhere.all().delete()
    for workspace, row, theme, feeling in (
        (aiko.workspace, of_ask, "quality", "negative"), (aiko.workspace, alone, "price", "positive"),
        (chloe.workspace, alone, "quality", "negative"),
    ):  # fmt: skip
        read = Reading.everywhere.create(
            workspace=workspace, kind="response", key=id_of(row), at=row.answered_at, text="x", sentiment=feeling
        )
        Mention.everywhere.create(workspace=workspace, reading=read, theme=theme, at=row.answered_at, kind="response")
    somebody = sign_in(aiko)
    for query, leak, beans in (
        ("?theme=quality", 1, 0),
        ("?theme=price", 0, 1),
        ("?theme=%00nonsense", 0, 0),
        ("?feeling=negative", 1, 0),
        ("?feeling=nonsense", 1, 1),
        ("?theme=price&feeling=negative", 0, 0),
    ):
        page = somebody.get(f"/w/lanna/responses/{query}").content.decode()
        assert (page.count("The cups leak."), page.count("Beans")) == (leak, beans), query
    assert 'value="price" selected' in somebody.get("/w/lanna/responses/?theme=price").content.decode()
    text = b"".join(somebody.get("/w/lanna/responses/list.csv?feeling=positive")).decode("utf-8-sig")
    assert (text.count("Beans"), text.count("leak")) == (1, 0)


def test_list_asks_few_questions(
    survey: Survey,
    customer: Callable[..., Account],
    aiko: Membership,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(60):
        account = customer()
        answer(
            survey,
            {"score": number % 11},
            channel="api",
            at=timezone.now(),
            language="en",
            key=f"k{number}",
            account=account,
        )
    somebody = sign_in(aiko)
    somebody.get("/w/lanna/responses/")
    with django_assert_max_num_queries(9):
        page = somebody.get("/w/lanna/responses/?page=2").content.decode()
    assert page.count("<li>\n") == 10


def test_answer_with_its_story(ask: Ask, aiko: Membership, sign_in: SignIn) -> None:
    response = said(ask, 2, "ถ้วยรั่ว", language="th")
    page = sign_in(aiko).get(f"/w/lanna/responses/{response.pk}/").content.decode()
    for part in ("What went wrong?", "ถ้วยรั่ว", 'lang="th"', "Noi", "Baan Coffee", "Thai", "unhappy", "Asked"):
        assert part in page
    assert "Accept it" not in page
    assert "What do you like best?" not in page, "it was not asked of them"
    assert page.count("no answer") == 1, "what was asked and left open is said to be so"


def test_what_an_answer_is_about_is_said_in_words(ask: Ask, aiko: Membership, sign_in: SignIn) -> None:
    response = said(ask, 9, "x")
    for key, words in (
        ("round:2026-10-12", "round of Oct 12, 2026"),
        ("renewal:17:2026-12-31", "renewal on Dec 31, 2026"),
        ("stage:17:adopted", "entered the stage adopted"),
        ("ticket:T-81", "ticket T-81"),
    ):
        Ask.everywhere.update(occasion=key)
        page = sign_in(aiko).get(f"/w/lanna/responses/{response.pk}/").content.decode()
        assert f"<bdi>{words}</bdi>" in page
        assert key not in page


def test_viewers_cannot_accept(ask: Ask, member: Callable[[str], Membership], sign_in: SignIn) -> None:
    said(ask, 2, "x")
    late = answer(
        ask, {"score": 3}, channel="api", at=timezone.now() + timedelta(days=60), language="en", key=f"ask-{ask.pk}"
    )
    page = f"/w/lanna/responses/{late.pk}/"
    viewer, manager = sign_in(member("viewer")), sign_in(member("manager"))
    assert "Accept it" not in viewer.get(page).content.decode()
    assert viewer.post(f"{page}accept/").status_code == 403
    assert "Accept it" in manager.get(page).content.decode()
    assert manager.get(f"{page}accept/").status_code == 302
    assert not Response.everywhere.get(pk=late.pk).accepted_at


def test_files_run_no_formula(ask: Ask, aiko: Membership, sign_in: SignIn) -> None:
    said(ask, 2, '=HYPERLINK("http://evil")')
    somebody = sign_in(aiko)
    text = b"".join(somebody.get("/w/lanna/responses/list.csv")).decode("utf-8-sig")
    heads, row = csv.reader(StringIO(text))
    assert row[heads.index("Comment")] == '\'=HYPERLINK("http://evil")'
    book = openpyxl.load_workbook(BytesIO(somebody.get("/w/lanna/responses/list.xlsx").content)).active
    assert book is not None
    assert [cell.data_type for cell in book[2]][heads.index("Comment")] == "s"


def test_results_are_those_of_the_statistics(survey: Survey, aiko: Membership, sign_in: SignIn) -> None:
    """(60, 25, 15) → 45.0 [29.3, 58.0]"""
    spread = [(10, "en", 60), (7, "th", 25), (0, "ar", 9), (6, "en", 6)]
    fill(survey, spread)
    found = results(survey)
    assert found is not None
    assert found.whole.main is not None
    assert found.whole.n == 100
    whole = found.whole.main
    assert [round(each, 1) for each in (whole.value, whole.low, whole.high)] == [45.0, 29.3, 58.0]
    assert {part.name: part.found.main is None for part in found.groups} == {"en": False, "th": False, "ar": True}
    page = sign_in(aiko).get(f"/w/lanna/responses/of/{survey.pk}/").content.decode()
    assert "+45" in page
    assert "between +29 and +58" in page
    assert "too few" in page


def test_few_answers_say_nothing(survey: Survey) -> None:
    fill(survey, [(10, "en", 9)])
    found = results(survey)
    assert found is not None
    assert (found.whole.n, found.whole.main, found.whole.mean) == (9, None, None)
    fill(survey, [(10, "en", 1)])
    found = results(survey)
    assert found is not None
    assert found.whole.main is not None


def test_other_scales_are_not_put_together(survey: Survey) -> None:
    from sabai.desk.surveys.models import Version

    fill(survey, [(5, "en", 10)])
    form = {"questions": [{"key": "score", "kind": "ces7", "texts": {"en": "?"}}]}
    Version.everywhere.create(
        workspace=survey.workspace, survey=survey, number=2, form=form, published_at=timezone.now()
    )
    fill(survey, [(7, "en", 12)])
    found = results(survey)
    assert found is not None
    assert (found.kind, found.whole.n, found.others) == ("ces7", 12, 10)


def test_results_are_few_questions(
    survey: Survey, aiko: Membership, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill(survey, [(10, "en", 30), (3, "th", 30)])
    with django_assert_max_num_queries(8):
        assert results(survey) is not None


def test_codes_lead_to_the_survey(survey: Survey, aiko: Membership, sign_in: SignIn) -> None:
    somebody = sign_in(aiko)
    png = somebody.get(f"/w/lanna/responses/of/{survey.pk}/code.png").content
    svg = somebody.get(f"/w/lanna/responses/of/{survey.pk}/code.svg").content
    assert png.startswith(b"\x89PNG")
    assert b"<svg" in svg
    assert somebody.get(f"/w/lanna/responses/of/{survey.pk}/code.exe").status_code == 404


def test_secret_is_for_who_connects(survey: Survey, member: Callable[[str], Membership], sign_in: SignIn) -> None:
    from sabai.desk.responses.identity import secret_of

    path = f"/w/lanna/responses/of/{survey.pk}/ways/"
    assert secret_of(survey) in sign_in(member("operations")).get(path).content.decode()
    assert secret_of(survey) not in sign_in(member("manager")).get(path).content.decode()


def said(ask: Ask, score: int, why: str, language: str = "en") -> Response:
    told = {"score": score, "why": why}
    return answer(
        ask,
        told,
        channel="mail",
        at=timezone.now(),
        language=language,
        key=f"ask-{ask.pk}",
        complete=True,
        visit="v" * 22,
    )


def fill(survey: Survey, spread: list[tuple[int, str, int]]) -> None:
    """So many answers of each score and language, all counted."""
    version, now = survey.versions.order_by("-number")[0], timezone.now()
    before = Response.everywhere.count()
    every = [(score, language) for score, language, n in spread for _ in range(n)]
    Response.everywhere.bulk_create(
        Response(
            workspace=survey.workspace,
            survey=survey,
            version=version,
            channel="qr",
            language=language,
            score=score,
            state="complete",
            key=f"f{before + at}",
            given={"score": score},
            asked_at=now,
            counted=True,
        )
        for at, (score, language) in enumerate(every)
    )
