"""The surveys of the demo company: three that run, and one that is being thought about."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.people.models import Membership
from sabai.desk.surveys.actions.change import create, set_settings
from sabai.desk.surveys.actions.state import move
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.shipped.templates import SHIPPED, TEMPLATES, written

SURVEYS = (
    ("nps", "Would you recommend us?", True),
    ("csat", "How was our help?", True),
    ("exit", "Why did you leave?", True),
    ("onboarding", "How were your first weeks?", False),
)
"""Template, name, and whether it runs."""


@transaction.atomic
def seed_surveys(admin: Membership) -> list[Survey]:
    """Those of the demo, in the order of SURVEYS; made where they are not there yet."""
    there = {survey.name: survey for survey in Survey.of(admin.workspace)}
    return [there.get(name) or _made(admin, key, name, runs) for key, name, runs in SURVEYS]


def _made(admin: Membership, key: str, name: str, runs: bool) -> Survey:
    template = TEMPLATES[key]
    survey = create(admin, template, name, written(template.form, admin.workspace.name, SHIPPED, "en"))
    set_settings(admin, survey, sender=admin.workspace.name, origins=["https://shop.example"])
    if runs:
        move(admin, survey, "begin")
    return survey
