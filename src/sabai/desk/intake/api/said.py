"""What the API answers, as its description says it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec
from django.http import HttpResponse
from ninja import Schema
from pydantic import Field


class Problem(Schema):
    """Why a request was not taken."""

    code: str
    what: str
    why: str
    hint: str


class Rejected(Schema):
    """Why one item of a request was not taken; `index` counts from 0."""

    index: int
    code: str
    what: str
    hint: str


class Received(Schema):
    """Everything that is not in `rejected` is on the disk. `new` leaves out what had come before."""

    success: bool
    new: int
    rejected: list[Rejected]


class ScoreLine(Schema):
    """One line of the addition that makes the score."""

    kind: str
    name: str
    dimension: str
    contribution: float
    value: float | None
    points: float | None
    weight: float


class AccountShort(Schema):
    """A customer as the last scoring left it; unknown is null, money counts minor units."""

    id: str
    name: str
    band: str
    score: float | None
    coverage: float | None
    as_of: date | None
    live_score: float | None
    owner: str | None
    revenue_minor: int | None
    renews_on: date | None
    here: bool


class AccountWhole(AccountShort):
    lines: list[ScoreLine]


class WhichAccounts(Schema):
    """Those after an id, of a band, so many at a time."""

    after: str = Field("", max_length=200, pattern="^[^\\x00]*$")
    band: Literal["", "healthy", "at_risk", "unhealthy", "unknown"] = ""
    limit: int = Field(100, ge=1, le=1000)


class Accounts(Schema):
    """A page of them; `next` is the value of `after` for the next one, null at the end."""

    accounts: list[AccountShort]
    next: str | None


class TaskSaid(Schema):
    id: int
    account_id: str | None
    title: str
    detail: str
    origin: str
    assigned: str | None
    created_at: datetime
    due_on: date | None
    done_at: datetime | None
    outcome: str


class Tasks(Schema):
    tasks: list[TaskSaid]
    next: int | None


class WhichTasks(Schema):
    """Those after an id, so many at a time; `open` leaves out those that are done."""

    after: int = Field(0, ge=0, lt=2**53)
    limit: int = Field(100, ge=1, le=1000)
    open: bool = True


class TaskWanted(Schema):
    """A task to create. `assigned` is the e-mail address of a member."""

    title: str = Field(min_length=1, max_length=300, pattern="^[^\\x00]*$")
    account_id: str | None = Field(None, max_length=200, pattern="^[^\\x00]*$")
    detail: str = Field("", max_length=20_000, pattern="^[^\\x00]*$")
    assigned: str | None = Field(None, max_length=254, pattern="^[^\\x00]*$")
    due_on: date | None = None


def answer(told: Any, status: int = 200) -> HttpResponse:
    """JSON by msgspec: a batch may be refused in a thousand places."""
    return HttpResponse(msgspec.json.encode(told), status=status, content_type="application/json")
