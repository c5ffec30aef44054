"""The demo has been asking for some weeks, and some have answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies.models import Reply
from sabai.desk.responses.demo import seed_answers
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.surveys.demo import seed_surveys


def test_some_answer_and_the_unhappy_are_owed_a_reply(
    workspace: Workspace,
    aiko: Membership,
    customer: Callable[..., Account],
    django_capture_on_commit_callbacks: Callable,
) -> None:  # type: ignore[type-arg]
    account = customer(band="unhealthy", started_on=date(2024, 1, 1))
    for number in range(120):
        email = f"{number}@baan.example"
        person = person_of(workspace.salt, email, "")
        Contact.everywhere.create(
            workspace=workspace, account=account, contact_id=str(number), email=email, language="ja", person=person
        )
    with django_capture_on_commit_callbacks(execute=True):
        answers = seed_answers(aiko, seed_surveys(aiko)[0])
    assert 5 <= answers < Ask.of(workspace).count() < 120
    assert Response.of(workspace).filter(state="complete", counted=True).count() == answers
    assert Reply.of(workspace).exists()
    assert seed_answers(aiko, seed_surveys(aiko)[0]) == 0
