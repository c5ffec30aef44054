"""A million answers to "would you recommend us?" of 250,000 people at 50,000 customers over two years; no comments."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.made.landing import write_table
from sabai.dates import to_day
from sabai.facts.landed import Facts

ANSWERS, PEOPLE, ACCOUNTS = 1_000_000, 250_000, 50_000
FIRST, LAST = date(2023, 1, 1), date(2025, 1, 1)
SEGMENTS, COUNTRIES, LANGUAGES = ("small", "middle", "large"), ("TH", "JP", "AE", "GB", "SG"), ("th", "ja", "ar", "en")
_DAY_US = 86_400_000_000
_KEPT = tempfile.TemporaryDirectory(prefix="sabai-answers-")  # as long as this process


@cache
def made_answers() -> Facts:
    """Landed, as `sabai feedback` finds them; what people of one customer say is alike."""
    folder, rng = Path(_KEPT.name), np.random.default_rng(23)
    names = [f"a{at:05}" for at in range(ACCOUNTS)]
    write_table(_accounts(names, rng), "accounts", folder)
    write_table(_answers(pl.Series(names), rng), "responses", folder)
    since = {table: {table: to_day(FIRST)} for table in ("accounts", "responses")}
    return Facts(folder, tuple(names), (), since)


def _accounts(names: list[str], rng: np.random.Generator) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "account_id": names,
            "segment": rng.choice(SEGMENTS, ACCOUNTS),
            "country": rng.choice(COUNTRIES, ACCOUNTS),
            "started_on": [FIRST] * ACCOUNTS,
            "received_at": _instants(np.full(ACCOUNTS, to_day(FIRST))),
        }
    )


def _answers(names: pl.Series, rng: np.random.Generator) -> pl.DataFrame:
    who = np.sort(rng.integers(0, PEOPLE, ANSWERS))
    account, asked = who % ACCOUNTS, rng.uniform(to_day(FIRST), to_day(LAST) - 1, ANSWERS)
    liking = rng.normal(8, 1.5, ACCOUNTS)[account] + rng.normal(0, 1.5, ANSWERS)
    made = pl.DataFrame(
        {
            "account_id": names.gather(account),
            "contact_id": pl.select(pl.format("p{}", pl.Series(who))).to_series(),
            "response_id": pl.select(pl.format("r{}", pl.int_range(ANSWERS))).to_series(),
            "survey": ["recommend"] * ANSWERS,
            "kind": ["nps"] * ANSWERS,
            "scale_min": np.zeros(ANSWERS),
            "scale_max": np.full(ANSWERS, 10.0),
            "asked_at": _instants(asked),
            "answered_at": _instants(asked),
            "score": np.clip(np.round(liking), 0, 10),
            "language": rng.choice(LANGUAGES, ANSWERS),
        }
    )
    return made.sort("account_id", "asked_at", "response_id").with_columns(received_at="answered_at")


def _instants(days: NDArray[Any]) -> pl.Series:
    return pl.Series((days * _DAY_US).astype(np.int64)).cast(pl.Datetime("us", "UTC"))
