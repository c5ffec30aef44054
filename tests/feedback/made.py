"""Small companies that were asked: responses as landed rows, and a reader who knows two themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sabai.facts.landed import Facts
from sabai.feedback.feedback import Feedback, voiced
from sabai.feedback.words.reading import Read
from sabai.retention.span import Span
from tests.metrics.landing import Row, define, fact
from tests.retention.made import account, company, on

START = "2024-01-01"
THEMES = {"price": ("price", "expensive"), "speed": ("slow",)}


def answer(
    key: str, who: str, day: str, score: float | None, kind: str = "nps", asked: str | None = None, **more: Any
) -> Row:
    """Asked on the day itself unless said otherwise; without a score nobody answered."""
    answered = None if score is None and not more.get("comment") else on(day)
    scale = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}.get(kind, (1, 5))
    given = {"scale_min": scale[0], "scale_max": scale[1], "response_id": key, "contact_id": f"{who}-1"}
    days = {"asked_at": on(asked or day), "answered_at": answered}
    return fact(key, who, on(asked or day), kind=kind, score=score, **{**given, **days, **more})


def asked_company(folder: Path, responses: Sequence[Row], **tables: Sequence[Row]) -> Facts:
    """Accounts A, B, … of whom anything is told, customers since 2024."""
    named = {row["account_id"] for rows in (responses, *tables.values()) for row in rows}
    accounts = tables.pop("accounts", [account(name, START) for name in sorted(named)])
    return company(folder, responses=responses, accounts=accounts, **tables)


def heard(
    folder: Path, responses: Sequence[Row], span: Span | None = None, snapshots: Path | None = None,
    **tables: Sequence[Row],
) -> Feedback:  # fmt: skip
    facts = asked_company(folder, responses, **tables)
    return voiced(facts, define(), span or Span(every="quarter"), snapshots, reader)


def reader(texts: Sequence[str]) -> Read:
    """Unhappy where it says bad, happy where it says good, unclear where it says perhaps."""
    mood = np.array([0 if "bad" in text else 2 if "good" in text else 1 for text in texts], dtype=np.uint8)
    themes = tuple(tuple(name for name, words in THEMES.items() if any(w in text for w in words)) for text in texts)
    sure = np.array(["perhaps" not in text for text in texts], dtype=np.bool_)
    names = {name: {"en": name.title()} for name in THEMES}
    return Read(tuple(texts), mood, sure, mood.astype(np.float64) - 1, themes, names)


def many(scores: Sequence[float], day: str = "2024-05-05", kind: str = "nps", **more: Any) -> list[Row]:
    """One answer of each of so many accounts."""
    return [answer(f"r{at}", f"K{at:03}", day, score, kind, **more) for at, score in enumerate(scores)]
