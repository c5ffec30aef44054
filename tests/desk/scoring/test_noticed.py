"""What a scoring noticed is kept as it was found, and said in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sabai.desk.people.models import Membership
from sabai.desk.scoring import door, jobs
from sabai.desk.scoring.actions import begin, end, fail
from sabai.desk.scoring.door import Scored
from sabai.desk.scoring.noticed import PROBLEMS, notices, problem
from sabai.errors import Issue, UsageError
from sabai.language.language import speak

NOTICE = Issue("HLT-001", 'Factor "logins" has nothing to be compared with.', "sabai.yaml:9", "", "")
SignIn = Callable[[Membership], Client]


def test_notices_are_said_in_the_readers_language(aiko: Membership, sign_in: SignIn) -> None:
    end(begin(aiko.workspace), Scored(date(2026, 6, 29), "v", (NOTICE,)))
    assert [each.what for each in notices(aiko.workspace, speak("en"))] == [NOTICE.what]
    (said,) = notices(aiko.workspace, speak("th"))
    assert "logins" in said.what
    assert "compared" not in said.what

    aiko.user.language = "th"
    aiko.user.save()
    page = sign_in(aiko).get(reverse("intake:sources", args=[aiko.workspace.slug])).content.decode()
    assert said.what in page


@pytest.mark.parametrize("code", ["th", "ar", "ja"])
def test_why_a_scoring_stopped_is_said_too(aiko: Membership, tmp_path: Path, code: str) -> None:
    for issue in (door._no_definitions(), door._no_facts(), jobs._broke()):
        fail(begin(aiko.workspace), UsageError(issue))
        english = problem(aiko.workspace, speak("en"))
        assert english == tuple(filter(None, (issue.what, issue.why, issue.hint)))
        assert set(english) <= set(PROBLEMS)
        assert not set(problem(aiko.workspace, speak(code))) & set(english)


def test_what_nobody_translated_stays_as_it_was(aiko: Membership) -> None:
    fail(begin(aiko.workspace), UsageError(Issue("FCT-001", "There is no file.", "here", hint="Name it.")))
    assert problem(aiko.workspace, speak("ja")) == ("There is no file.", "here", "Name it.")
