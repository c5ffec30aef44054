"""What people talk about: how often, how unhappily, what it goes with, who says it, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from sabai.feedback.asked.span import Asked
from sabai.feedback.numbers.cells import Cell
from sabai.feedback.numbers.changes import UNKNOWN, Change, of_many
from sabai.feedback.numbers.scales import Question
from sabai.feedback.numbers.shares import difference
from sabai.feedback.results import said
from sabai.feedback.words.leaving import Left, left_after
from sabai.feedback.words.quotes import Quote, quotes
from sabai.feedback.words.reading import NEGATIVE, Read
from sabai.intervals import Interval, wilson
from sabai.retention.stays import Stays

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Theme:
    """`mentions` texts of so many `accounts`; `negative` is the share of unhappy ones among the `sure`.

    `score` and `without` are the NPS of answers with and without it in their comment, `effect` their difference;
    `each` are mentions by period, `rise` its share of texts in the later half of the days less that in the earlier.
    `segments` say of how many of each segment's texts it is a part.
    """

    id: str
    names: Mapping[str, str]
    mentions: int
    accounts: int
    sure: int
    negative: Interval
    score: Cell | None
    without: Cell | None
    effect: Change
    left: Left
    each: tuple[int, ...]
    rise: Change
    segments: tuple[tuple[str, int, int], ...]
    quotes: tuple[Quote, ...]


def words_of(rows: pl.DataFrame, seen: Read) -> pl.DataFrame:
    """The texts with what was read in them: clean, mood, sure, leaning, themes; those about none are "other". Texts of
    which nothing is left are none."""
    told = rows.with_columns(
        clean=pl.Series(seen.clean, dtype=pl.String),
        mood=pl.Series(seen.mood, dtype=pl.UInt8),
        sure=pl.Series(seen.sure, dtype=pl.Boolean),
        leaning=pl.Series(seen.leaning, dtype=pl.Float64).fill_nan(None),
        themes=pl.Series([list(each) or [OTHER] for each in seen.themes], dtype=pl.List(pl.String)),
    )
    return told.filter(pl.col("clean") != "", pl.col("leaning").is_not_null())


def themes(
    words: pl.DataFrame, answers: pl.DataFrame, question: Question | None, names: Mapping[str, Mapping[str, str]],
    asked: Asked, stays: Stays, settled: int,
) -> tuple[Theme, ...]:  # fmt: skip
    """`words` as of `words_of`, with `segment`; `answers` are those to `question` that count, with response_id. What is
    said lately counts; whether people left, and `each`, speak of all the time that is asked for."""
    spoke, lately = _first(words), pl.col("day") >= asked.lately[0]
    apart = words.explode("themes").unique(["where", "key", "themes"], maintain_order=True)
    now = words.filter(lately)
    found = [
        replace(
            _theme(str(name), of.filter(lately), now, answers, question, asked),
            names=names.get(str(name), {}),
            left=left_after(_first(of), spoke, stays, settled),
            each=_over_time(of, asked),
        )
        for (name,), of in apart.group_by("themes", maintain_order=True)
        if of.select(lately.any()).item()
    ]
    effects = of_many([each.effect for each in found])
    rises = of_many([each.rise for each in found])
    whole = [replace(each, effect=effect, rise=rise) for each, effect, rise in zip(found, effects, rises, strict=True)]
    return tuple(sorted(whole, key=lambda each: (each.id == OTHER, -each.mentions, each.id)))


def _theme(
    name: str, of: pl.DataFrame, words: pl.DataFrame, answers: pl.DataFrame, question: Question | None, asked: Asked
) -> Theme:
    sure = of.filter(pl.col("sure"))
    score, without = _scores(of, words, answers, question)
    return Theme(
        name,
        names={},
        mentions=of.height,
        accounts=of["account_id"].n_unique(),
        sure=sure.height,
        negative=wilson(int((sure["mood"] == NEGATIVE).sum()), sure.height),
        score=score,
        without=without,
        effect=score.against(without) if score and without else UNKNOWN,
        left=Left(0, 0, 0, 0),
        each=(),
        rise=_rise(of, words, asked),
        segments=_by_segment(of, words),
        quotes=quotes(of),
    )


def _first(rows: pl.DataFrame) -> pl.DataFrame:
    """Words on leaving foretell nothing."""
    return rows.filter(~pl.col("farewell")).group_by("account_id").agg(pl.col("day").min())


def _scores(
    of: pl.DataFrame, words: pl.DataFrame, answers: pl.DataFrame, question: Question | None
) -> tuple[Cell | None, Cell | None]:
    """Only answers with a comment are compared: whoever writes is not like whoever does not."""
    if question is None:
        return None, None
    said_something = words.filter(pl.col("where") == "responses").select(response_id="key")
    commented = answers.join(said_something, on="response_id", how="semi", maintain_order="left")
    keys = of.filter(pl.col("where") == "responses")["key"]
    member = commented["response_id"].is_in(keys.implode()).to_numpy()
    return said(commented, question).with_and_without(member)


def _over_time(of: pl.DataFrame, asked: Asked) -> tuple[int, ...]:
    period = np.searchsorted(asked.periods.bounds, of["day"].to_numpy(), side="right") - 1
    return tuple(np.bincount(period, minlength=len(asked.periods)).tolist())


def _rise(of: pl.DataFrame, words: pl.DataFrame, asked: Asked) -> Change:
    """Texts of one account hang together: this is a hint, and its p too small where few say much."""
    middle = sum(asked.lately) // 2
    late, early = pl.col("day") >= middle, pl.col("day") < middle
    (now, before), (all_now, all_before) = (
        (each.filter(late).height, each.filter(early).height) for each in (of, words)
    )
    return difference(now, all_now, before, all_before)


def _by_segment(of: pl.DataFrame, words: pl.DataFrame) -> tuple[tuple[str, int, int], ...]:
    """Name, mentions and all texts of each segment, by share."""
    whole = words.group_by("segment").len("texts").drop_nulls()
    here = of.group_by("segment").len("mentions")
    found = whole.join(here, on="segment", how="left").with_columns(pl.col("mentions").fill_null(0))
    share = pl.col("mentions") / pl.col("texts")
    return tuple(found.sort(share, "segment", descending=[True, False]).select("segment", "mentions", "texts").rows())
