"""What somebody who replies should know before they write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account

BEFORE = 3  # earlier answers that are told


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that was given before."""

    at: datetime
    survey: str
    score: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class History:
    """How the customer stands, and what was answered before this response."""

    account: Account
    band: str
    score: float | None
    renews_on: date | None
    overdue_minor: int | None
    earlier: Sequence[Earlier]


def history(response: Response) -> History:
    """Of the same person where they are known, else of anybody at the account."""
    account = response.account
    assert account is not None
    before = Response.of(response.workspace).filter(counted=True, answered_at__lt=response.answered_at)
    before = before.filter(contact=response.contact) if response.contact else before.filter(account=account)
    rows = before.select_related("survey").order_by("-answered_at")[:BEFORE]
    earlier = [Earlier(row.answered_at, row.survey.name, row.score, row.comment) for row in rows]
    return History(account, account.band, account.score, account.renews_on, account.overdue_minor, earlier)
