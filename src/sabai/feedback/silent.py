"""Who answered, who stayed silent, who was never asked: how well they are doing, and what the score would be if those
who answered were like all who were asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.feedback.asked.counted import latest
from sabai.feedback.asked.health import Snapshots
from sabai.feedback.numbers.means import mean_of
from sabai.feedback.numbers.raking import raked, worth
from sabai.feedback.numbers.scales import Question
from sabai.feedback.numbers.votes import Votes
from sabai.health.scores import BANDS
from sabai.intervals import Interval

WHO = ("answered", "silent", "not asked")
MARGINS = ("segment", "band", "role")


@dataclass(frozen=True, slots=True)
class Standing:
    """Accounts of one of WHO: how many, how many of these with a score, its mean, and how many in each band."""

    who: str
    accounts: int
    scored: int
    health: Interval
    bands: Mapping[str, int]


def standings(rows: pl.DataFrame, customers: list[str], known: Snapshots, last: int) -> tuple[Standing, ...]:
    """`rows` are all who were asked lately, of any kind: an account has answered if anybody there has. Their score is
    the last before they were first asked; that of those never asked is the last of all."""
    accounts = rows.group_by("account_id").agg(day=pl.col("asked_day").min(), answered=pl.col("answered_day").max())
    answered = accounts.filter(pl.col("answered").is_not_null())
    silent = accounts.filter(pl.col("answered").is_null())
    rest = pl.DataFrame({"account_id": customers}, schema={"account_id": pl.String})
    never = rest.join(accounts, on="account_id", how="anti").with_columns(day=pl.lit(last, dtype=pl.Int32))
    return tuple(
        _standing(who, known.before(of.select("account_id", "day"), "day"))
        for who, of in zip(WHO, (answered, silent, never), strict=True)
    )


def _standing(who: str, rows: pl.DataFrame) -> Standing:
    scores = rows["score"].drop_nulls().to_numpy()
    mean = mean_of(float(scores.sum()), float(scores @ scores), len(scores), 0, 100)
    counts = dict(rows["band"].drop_nulls().value_counts().rows())
    return Standing(who, rows.height, len(scores), mean, {band: counts.get(band, 0) for band in BANDS})


@dataclass(frozen=True, slots=True)
class Reweighted:
    """`votes` of those who answered, weighted; they are `worth` so many equal answers. `least` and `most` weight,
    `asked` and `answered` people."""

    asked: int
    answered: int
    votes: Votes
    worth: float
    least: float
    most: float
    margins: tuple[str, ...]

    @property
    def nps(self) -> Interval:
        """From as many equal answers as they are worth."""
        return self.votes.nps


def reweighted(rows: pl.DataFrame, question: Question, least: int) -> Reweighted | None:
    """`rows` are all who were asked lately, with `segment`, `role` and `band`; None where nobody was silent or too few
    answered. A person who was asked several times counts once, with their last answer."""
    people = pl.concat([latest(rows.filter(pl.col("score").is_not_null())), _never_answered(rows)])
    answered = people.filter(pl.col("score").is_not_null())
    if answered.height < least or answered.height == people.height:
        return None
    margins = tuple(name for name in MARGINS if people[name].n_unique() > 1)
    codes = people.select(pl.col(name).fill_null("").rank("dense").cast(pl.Int64) - 1 for name in margins)
    there = people["score"].is_not_null()
    every = [codes[name].to_numpy() for name in margins] or [np.zeros(people.height, dtype=np.int64)]
    weights = raked([each[there.to_numpy()] for each in every], every)
    values, n = question.values(answered["score"].to_numpy()), worth(weights)
    shares = [float(weights[values == side].sum() / weights.sum()) for side in (100.0, 0.0, -100.0)]
    votes = Votes(*(n * each for each in shares))
    return Reweighted(people.height, answered.height, votes, n, float(weights.min()), float(weights.max()), margins)


def _never_answered(rows: pl.DataFrame) -> pl.DataFrame:
    """Everybody who was asked and gave no answer in this time, once each."""
    keys = ["account_id", "contact_id"]
    gave = rows.filter(pl.col("score").is_not_null()).select(keys).unique()
    silent = rows.filter(pl.col("score").is_null()).join(gave, on=keys, how="anti", nulls_equal=True)
    named = silent.filter(pl.col("contact_id").is_not_null()).sort("asked_day").unique(keys, keep="last")
    return pl.concat([named, silent.filter(pl.col("contact_id").is_null())])
