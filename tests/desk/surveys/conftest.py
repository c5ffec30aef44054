"""Surveys of Aiko's workspace, and the contacts of its customers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.surveys.actions.change import create
from sabai.desk.surveys.actions.state import move
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.shipped.templates import SHIPPED, TEMPLATES, written

MakeContact = Callable[..., Contact]
MakeSurvey = Callable[..., Survey]
TODAY = date(2026, 6, 30)


@pytest.fixture
def contact(workspace: Workspace) -> MakeContact:
    """`contact(account, "noi@example.com", role="Owner")`."""
    number = 0

    def made(account: Account, email: str | None = None, **known: object) -> Contact:
        nonlocal number
        number += 1
        email, contact_id = f"person{number}@example.com" if email is None else email, f"C-{number}"
        known = {"person": person_of(workspace.salt, email, contact_id), "contact_id": contact_id} | known
        return Contact.everywhere.create(workspace=workspace, account=account, email=email, **known)

    return made


@pytest.fixture
def survey(aiko: Membership) -> MakeSurvey:
    """`survey("nps", begun=date(2026, 1, 1), occasion="renewal")`; without `begun` it is a draft."""

    def made(template: str = "nps", begun: date | None = None, **settings: object) -> Survey:
        shipped = TEMPLATES[template]
        form = written(shipped.form, aiko.workspace.name, SHIPPED, "en")
        found = create(aiko, shipped, template.upper(), form)
        if begun:
            move(aiko, found, "begin")
            settings["begun_at"] = datetime(begun.year, begun.month, begun.day, 5, tzinfo=UTC)  # noon in Bangkok
        Survey.of(aiko.workspace).filter(pk=found.pk).update(**settings)
        return Survey.of(aiko.workspace).select_related("workspace").get(pk=found.pk)

    return made
