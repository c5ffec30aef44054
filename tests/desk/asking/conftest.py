"""A running survey of Aiko's workspace, and people to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.surveys.models import Survey, Version
from sabai.desk.surveys.shipped.templates import SHIPPED, TEMPLATES, written

MakeContact = Callable[..., Contact]
MakeSurvey = Callable[..., Survey]
NOON = datetime(2026, 6, 30, 5, tzinfo=UTC)
"""Noon in Bangkok, where the workspace is."""


@pytest.fixture
def contact(workspace: Workspace, customer: Callable[..., Account]) -> MakeContact:
    """`contact("noi@example.com", account=…, time_zone="Asia/Tokyo")`."""
    number = 0

    def made(email: str | None = None, **known: object) -> Contact:
        nonlocal number
        number += 1
        email, contact_id = f"person{number}@example.com" if email is None else email, f"C-{number}"
        known = {"person": person_of(workspace.salt, email, contact_id), "contact_id": contact_id} | known
        account = known.pop("account", None) or customer(f"Company {number}")
        return Contact.everywhere.create(workspace=workspace, account=account, email=email, **known)

    return made


@pytest.fixture
def survey(workspace: Workspace) -> MakeSurvey:
    """`survey("csat", sample=3)`: it runs and asks once, unless something else is said."""

    def made(template: str = "nps", **settings: object) -> Survey:
        shipped = TEMPLATES[template]
        known = {"name": template.upper(), "kind": shipped.kind, "state": "running", "begun_at": NOON} | settings
        found = Survey.everywhere.create(workspace=workspace, **known)
        form = msgspec.to_builtins(written(shipped.form, workspace.name, SHIPPED, "en"))
        Version.everywhere.create(workspace=workspace, survey=found, number=1, form=form, published_at=NOON)
        return found

    return made


def states(survey: Survey) -> dict[str, str]:
    """Address -> state of the ask."""
    asks = Ask.of(survey.workspace).filter(survey=survey).select_related("contact")
    return {ask.contact.email if ask.contact else "": ask.state for ask in asks}
