"""A survey in three languages whose second question depends on the score, and somebody who was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sabai.desk.asking import links
from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.models import Survey, Version

PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FORM: dict[str, Any] = {
    "questions": [
        {
            "key": "score",
            "kind": "nps",
            "texts": {"en": "Would you recommend us?", "th": "คุณจะแนะนำเราไหม", "ar": "هل توصي بنا؟"},
            "low": {"en": "never"},
            "high": {"en": "surely"},
            "required": True,
        },
        {
            "key": "why",
            "kind": "text",
            "texts": {"en": "What went wrong?", "ar": "ما الذي حدث؟"},
            "when": {"question": "score", "most": 6},
        },
        {
            "key": "best",
            "kind": "text",
            "texts": {"en": "What do you like best?"},
            "when": {"question": "score", "least": 9},
        },
        {
            "key": "parts",
            "kind": "choice",
            "many": True,
            "texts": {"en": "What do you use?"},
            "choices": [{"key": "a", "texts": {"en": "Beans"}}, {"key": "b", "texts": {"en": "Cups"}}],
        },
    ],
    "greeting": {"en": "Hello"},
    "thanks": {"en": "Thank you, really."},
}


@pytest.fixture
def survey(workspace: Workspace) -> Survey:
    return survey_of(workspace, FORM)


@pytest.fixture
def contact(workspace: Workspace, customer: Callable[..., Account]) -> Contact:
    return Contact.everywhere.create(
        workspace=workspace, account=customer(), contact_id="c-1", person="p-1", name="Noi", email="noi@example.com"
    )


@pytest.fixture
def ask(survey: Survey, contact: Contact) -> Ask:
    return ask_of(survey, contact)


@pytest.fixture
def browser() -> Callable[[], Client]:
    """A browser of somebody outside of the desk, in English unless it says otherwise."""
    return lambda: Client(headers={"user-agent": PERSON, "accept-language": "en"}, enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _no_counts_of_before() -> None:
    from django.core.cache import cache

    cache.clear()


def survey_of(workspace: Workspace, form: dict[str, Any], **known: object) -> Survey:
    known = {"name": "Quarterly", "kind": "nps", "state": "running", "begun_at": timezone.now()} | known
    survey = Survey.everywhere.create(workspace=workspace, **known)
    Version.everywhere.create(workspace=workspace, survey=survey, number=1, form=form, published_at=timezone.now())
    return survey


def ask_of(survey: Survey, contact: Contact, **known: object) -> Ask:
    now = timezone.now()
    usual: dict[str, Any] = {
        "workspace": survey.workspace,
        "survey": survey,
        "version": survey.versions.get(),
        "account": contact.account,
        "contact": contact,
        "person": contact.person,
        "asked_on": date(2026, 6, 29),
        "rests_until": date(2026, 9, 27),
        "send_after": now - timedelta(days=1),
        "sent_at": now - timedelta(days=1),
        "state": "sent",
        "closes_at": now + timedelta(days=30),
    }
    return Ask.everywhere.create(**usual | known)


def path_of(ask: Ask, score: int | None = None) -> str:
    """The address in the mail, without the host."""
    return "/ask/" + links.link(ask, score).split("/ask/")[1]
