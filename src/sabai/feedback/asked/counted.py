"""Which answer counts.

Relationship surveys (NPS) ask the same again and again: within a period the last answer of each person at each account
counts. Surveys about one occasion (CSAT, CES, own questions) are about that occasion: every answer counts. Where nobody
says who answered, every answer counts: nobody knows whether it was the same person.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.feedback.numbers.scales import Question
from sabai.metrics.grid import Days


def questions(rows: pl.DataFrame) -> list[Question]:
    """Every question that anybody answered on a scale, NPS first, then by kind, scale and name."""
    scored = rows.filter(pl.col("score").is_not_null())
    named = scored.with_columns(survey=pl.when(pl.col("kind") == "rating").then("survey").fill_null(""))
    order = {"nps": 0, "csat": 1, "ces": 2, "rating": 3}
    found = named.select("kind", "low", "high", pl.col("survey").fill_null("")).unique().rows()
    return [Question(*each) for each in sorted(found, key=lambda each: (order[each[0]], *each[1:]))]


def about(rows: pl.DataFrame, question: Question) -> pl.DataFrame:
    """Everybody who was asked it, whether they answered or not."""
    same = (
        pl.col("kind") == question.kind,
        pl.col("low").eq_missing(question.low),
        pl.col("high").eq_missing(question.high),
    )
    named = pl.col("survey").fill_null("") == question.survey
    return rows.filter(*same, named if question.kind == "rating" else pl.lit(value=True))


def counted(rows: pl.DataFrame, question: Question, first: int, last: int) -> pl.DataFrame:
    """The answers that count of those given in [first, last), sorted by account."""
    given = rows.filter(pl.col("score").is_not_null(), pl.col("answered_day").is_between(first, last - 1))
    return latest(given) if question.main == "nps" else given


def counted_in_each(rows: pl.DataFrame, question: Question, bounds: Days) -> pl.DataFrame:
    """The same for every period, whose number stands in `period`."""
    given = rows.filter(
        pl.col("score").is_not_null(), pl.col("answered_day").is_between(int(bounds[0]), int(bounds[-1]) - 1)
    )
    given = given.with_columns(period=pl.Series(_period(given["answered_day"].to_numpy(), bounds), dtype=pl.Int32))
    return latest(given, "period") if question.main == "nps" else given


def latest(rows: pl.DataFrame, *within: str) -> pl.DataFrame:
    """The last answer of each person at each account."""
    nobody = pl.col("contact_id").is_null()
    ordered = rows.sort("account_id", "answered_day", "response_id", nulls_last=False)
    last = pl.struct("account_id", "contact_id", *within).is_last_distinct()
    return ordered.filter(nobody | last)


def _period(days: NDArray[np.int32], bounds: Days) -> NDArray[np.int64]:
    return np.searchsorted(bounds, days, side="right") - 1
