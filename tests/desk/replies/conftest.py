"""Answers of Aiko's customers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.surveys.models import Survey, Version

AT = datetime(2026, 6, 30, 20, tzinfo=UTC)  # the first of July where the workspace is
NPS = {"questions": [{"key": "score", "kind": "nps", "texts": {"en": "Would you recommend us?"}}], "fallback": "en"}
Answered = Callable[..., Response]


@pytest.fixture
def account(workspace: Workspace, ben: Membership, customer: Callable[..., Account]) -> Account:
    return customer("Baan Coffee", owner=ben.user, band="at_risk", score=41.0)


@pytest.fixture
def contact(workspace: Workspace, account: Account) -> Contact:
    return somebody(workspace, account, "Noi", "noi@baan.example")


def somebody(workspace: Workspace, account: Account, name: str, email: str, language: str = "th") -> Contact:
    person = person_of(workspace.salt, email, name)
    told = {"contact_id": name.lower(), "name": name, "email": email, "language": language, "person": person}
    return Contact.everywhere.create(workspace=workspace, account=account, **told)


@pytest.fixture
def survey(workspace: Workspace) -> Survey:
    return Survey.everywhere.create(workspace=workspace, name="How are we doing?", kind="nps", state="running")


@pytest.fixture
def answered(workspace: Workspace, survey: Survey, account: Account, contact: Contact) -> Answered:
    """One more response; of Noi at Baan Coffee, unless something else is said."""
    number = 0

    def made(score: int | None, comment: str = "", **known: object) -> Response:
        nonlocal number
        number += 1
        of = known.pop("survey", survey)
        assert isinstance(of, Survey)
        version, _ = Version.everywhere.get_or_create(workspace=workspace, survey=of, number=1, defaults={"form": NPS})
        told = {
            "account": account, "contact": contact, "language": "th", "state": "complete", "counted": True,
            "asked_at": AT, "answered_at": AT, "channel": "mail", "key": f"r-{number}",
        }  # fmt: skip
        told |= {"workspace": workspace, "survey": of, "version": version, "score": score, "comment": comment} | known
        return Response.everywhere.create(**told)

    return made
