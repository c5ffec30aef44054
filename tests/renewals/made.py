"""Contracts, and pasts of them, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sabai.dates import to_day
from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats
from sabai.proof.past import Past
from sabai.renewals.calls import Call
from sabai.renewals.due import Due
from sabai.renewals.renewal import Renewal
from sabai.renewals.seen import DUE, Seen
from tests.metrics.landing import Row, fact, land
from tests.proof.made_past import made_past

AS_OF = to_day(date(2024, 1, 1))


def contract(
    account: str, start: date | int, term_months: int | None = 12, monthly: int | None = 100, **more: Any
) -> Row:
    """A subscription as it stands, known since it began."""
    began = start if isinstance(start, int) else to_day(start)
    given = {"received": began, "product": "plan", "status": "active", "key": f"{account}-{began}", **more}
    key, received = given.pop("key"), given.pop("received")
    return fact(
        key, account, received, subscription_id=key, starts_at=began, term_months=term_months,
        recurring_minor=monthly, **given,
    )  # fmt: skip


def contracts(folder: Path, *rows: Row, **tables: Sequence[Row]) -> Facts:
    """Facts with these subscriptions, and an account for each customer in them."""
    accounts = sorted({row["account_id"] for row in rows})
    known = [fact(each, each, 0, lifecycle="customer", started_on=1) for each in accounts]
    return land(folder, {"subscriptions": rows, "accounts": known, **tables}, accounts)


def due(account: str = "ant", value: int = 1200, days_left: int = 30, **more: Any) -> Due:
    given: dict[str, Any] = {
        "account": 0, "monthly_minor": value // 12, "term_months": 12, "auto_renew": None, "notice": False,
        "products": (("plan", value),), "owner": "", "segment": "", **more,
    }  # fmt: skip
    return Due(account_id=account, day=AS_OF + days_left, days_left=days_left, value_minor=value, **given)


def renewal(account: str = "ant", value: int = 1200, p: float | None = 0.9, **more: Any) -> Renewal:
    given: dict[str, Any] = {
        "how": "score", "naive": 0.8, "score": 50.0, "if_healthy": None, "reasons": (), "call": None, **more,
    }  # fmt: skip
    return Renewal(due(account, value), p, **given)


def call(account: str, probability: float, word: str = "renew") -> Call:
    return Call(account, word, probability, "mali", AS_OF - 1)


def seen(risk: Floats, lost: Any, kind: int = DUE, months: int = 1, horizon: int = 90) -> Seen:
    """Each account once, `months` dates that do not overlap."""
    rows = len(risk)
    as_of = (AS_OF - 1000 + horizon * (np.arange(rows) % months)).astype(np.int32)
    return Seen(
        horizon, np.arange(rows, dtype=np.int32), as_of,
        np.full(rows, kind, dtype=np.int8), np.full(rows, 40.0), np.asarray(risk, np.float64), np.full(rows, 1000.0),
        np.asarray(lost, np.bool_),
    )  # fmt: skip


def past_of(accounts: Sequence[str], as_of: Sequence[int], **columns: Any) -> Past:
    """A table of the past with a row for each account and day; nobody leaves unless `effective_in` says so."""
    made, _ = made_past(2, 1, {"use": 1.0})
    account = np.tile(np.arange(len(accounts), dtype=np.int32), len(as_of))
    rows = len(account)
    plain = {
        "account": account, "as_of": np.repeat(np.array(as_of, dtype=np.int32), len(accounts)),
        "score": np.full(rows, 60.0), "band": np.zeros(rows, np.int8), "coverage": np.ones(rows),
        "young": np.zeros(rows, np.bool_), "deducted": np.zeros(rows), "segment": np.zeros(rows, np.int32),
        "tenure_days": np.full(rows, 900.0), "revenue": np.full(rows, 100.0), "renewal_in": np.full(rows, np.nan),
        "notice_in": np.full(rows, np.inf), "effective_in": np.full(rows, np.inf),
        "points": {"use": np.full(rows, 60.0)}, "known_until": AS_OF, "settle_days": 0,
    }  # fmt: skip
    return replace(made, accounts=tuple(accounts), **{**plain, **columns})
