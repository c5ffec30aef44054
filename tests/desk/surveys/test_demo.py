"""The demo company's surveys."""

from __future__ import annotations

from sabai.desk.people.models import Membership
from sabai.desk.surveys.demo import seed_surveys


def test_made_once(aiko: Membership) -> None:
    made, again = seed_surveys(aiko), seed_surveys(aiko)
    assert [survey.pk for survey in made] == [survey.pk for survey in again]
    assert [survey.state for survey in again] == ["running", "running", "running", "draft"]
    assert [survey.occasion for survey in again] == ["recurring", "ticket", "churn", "onboarding"]
