"""Answers to surveys, from wherever else they were given: an app, a kiosk, a telephone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field, StrictInt, StrictStr

from sabai.desk.intake import refusals
from sabai.desk.intake.api.bearer import Bearer, token_of
from sabai.desk.intake.api.said import Problem
from sabai.desk.intake.limits import AHEAD, FIRST_TIME
from sabai.desk.intake.refusals import Refusal
from sabai.desk.people.models import Workspace
from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.given import NotFitting
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.models import Survey
from sabai.errors import Issue

router = Router(tags=["Responses"], auth=Bearer("answers"))
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 404, 422, 503), Problem)
NO_NUL = "^[^\\x00]*$"


class AnswerBrought(Schema):
    """`survey` is the key in its link; `id` is yours, and the same id again is the same answer, which may grow.

    `given` has an answer by the key of its question: a number on its scale, a text, or the keys of what was chosen;
    null takes one back. Without account and contact it is nobody's.
    """

    survey: str = Field(max_length=32, pattern=NO_NUL)
    id: str = Field(min_length=1, max_length=60, pattern=NO_NUL)
    given: dict[str, StrictInt | StrictStr | list[StrictStr] | None] = Field(max_length=100)
    account_id: str | None = Field(None, max_length=200, pattern=NO_NUL)
    contact_id: str | None = Field(None, max_length=200, pattern=NO_NUL)
    language: str = Field("", max_length=20, pattern=NO_NUL)
    answered_at: datetime | None = None
    complete: bool = True


class AnswerKept(Schema):
    """`state` is partial where an answer is missing that must be there; `counted` says whether it is in the numbers."""

    id: int
    state: str
    counted: bool
    score: int | None


@router.post("/responses", response={200: AnswerKept, **PROBLEMS}, summary="An answer to a survey")
def bring(request: HttpRequest, brought: AnswerBrought) -> Response:
    """Keeps it, and what it says becomes a fact at once where the account is known."""
    workspace, at = token_of(request).workspace, _at(brought.answered_at)
    survey = Survey.of(workspace).select_related("workspace").filter(key=brought.survey).exclude(state="draft").first()
    if survey is None:
        raise refusals.not_here("survey")
    account, contact = _whose(workspace, brought)
    try:
        return answer(
            survey, brought.given, channel="api", at=at, language=brought.language, account=account, contact=contact,
            key=f"api-{survey.pk}-{brought.id}", complete=brought.complete,
        )  # fmt: skip
    except NotFitting as why:
        raise Refusal(_unfit(why), 422) from None


def _whose(workspace: Workspace, brought: AnswerBrought) -> tuple[Account | None, Contact | None]:
    if brought.account_id is None:
        return None, None
    account: Account | None = Account.of(workspace).filter(account_id=brought.account_id).first()
    if account is None:
        raise refusals.not_here("account")
    if brought.contact_id is None:
        return account, None
    contact: Contact | None = Contact.of(workspace).filter(account=account, contact_id=brought.contact_id).first()
    if contact is None:
        raise refusals.not_here("contact")
    return account, contact


def _at(told: datetime | None) -> datetime:
    now = timezone.now()
    if told is None:
        return now
    at = told if told.tzinfo else told.replace(tzinfo=now.tzinfo)
    if at > now + AHEAD or at < FIRST_TIME + timedelta(days=1):
        raise refusals.of_the_future(told.isoformat())
    return min(at, now)


def _unfit(why: NotFitting) -> Issue:
    keys = ", ".join(f'"{key[:40]}"' for key in list(why.wrong)[:5])
    return Issue(
        "DSK-351", f"These answers do not fit their questions: {keys}.", why="Nothing of the request was kept.",
        hint="Send a number on the scale, keys of choices that there are, or text of at most 10,000 characters.",
    )  # fmt: skip
