"""What customers say: every question with its numbers, who is silent, what goes with it, their words, why they left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.feedback.asked.counted import about, counted, questions
from sabai.feedback.asked.health import Snapshots, snapshots, with_dimensions
from sabai.feedback.asked.paid import paying, with_paid
from sabai.feedback.asked.responses import asked_kinds, days_of, responses
from sabai.feedback.asked.span import Asked, asked
from sabai.feedback.asked.then import GROUPS, with_then
from sabai.feedback.drivers import Contact, Together, contacts_before, rising
from sabai.feedback.exits import ExitReason, exit_reasons, exit_words
from sabai.feedback.numbers.scales import KINDS, Question
from sabai.feedback.numbers.votes import LEAST
from sabai.feedback.rate import ResponseRate, response_rate
from sabai.feedback.results import Results, results
from sabai.feedback.silent import Reweighted, Standing, reweighted, standings
from sabai.feedback.wished import Wish, wishes
from sabai.feedback.words.reading import Reader, Scored, shipped
from sabai.feedback.words.told import Words, told_words
from sabai.progress import Progress, quiet
from sabai.retention.churned import Churned, churned
from sabai.retention.kept import names_of
from sabai.retention.last_seen import last_seen
from sabai.retention.span import Span
from sabai.retention.stays import Stays, settled_until, stays


@dataclass(frozen=True, slots=True)
class Feedback:
    """`questions` are those that anybody answered, NPS first; `rates` one for each kind of survey of which it is known
    who stayed silent. `contacts` and `rising` speak of the first question, `reweighted` of the NPS.

    `names` are those of accounts by id. Money is in minor units of `currency`.
    """

    asked: Asked
    customers: int
    questions: tuple[Results, ...]
    rates: tuple[ResponseRate, ...]
    standings: tuple[Standing, ...]
    reweighted: Reweighted | None
    contacts: tuple[Contact, ...]
    rising: tuple[Together, ...]
    words: Words
    exits: tuple[ExitReason, ...]
    wishes: tuple[Wish, ...]
    names: Mapping[str, str]
    currency: str
    notices: tuple[str, ...]

    @property
    def first(self) -> Results | None:
        """What is read first."""
        return self.questions[0] if self.questions else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What everything else is read from: days, snapshots, contracts, who was a customer, and what tells apart."""

    facts: Facts
    definitions: Definitions
    days: Asked
    folder: Path | None
    known: Snapshots
    contracts: pl.DataFrame | None
    who: Stays
    settled: int
    by: tuple[str, ...]

    @property
    def here(self) -> list[str]:
        """Everybody who is a customer when the last day begins."""
        there = self.who.present(np.array([self.days.until], dtype=np.int32))[:, 0]
        return [account for account, present in zip(self.who.accounts, there.tolist(), strict=True) if present]


def voiced(
    facts: Facts, definitions: Definitions, span: Span, folder: Path | None = None,
    reader: Reader | None = None, progress: Progress = quiet,
) -> Feedback:  # fmt: skip
    """Of the days that `span` asks for; nothing dated or received on its last day or later is read.

    `folder` holds snapshots, which tell how well people were doing before they were asked; `reader` reads words, by
    default the one that comes with the extra `text`. Raises UsageError FBK-001 or FBK-002, FactsError where there are
    no dated facts.
    """
    seen = _seen(facts, definitions, span, folder)
    days = seen.days
    found = responses(facts, days.until)
    progress("answers", 0, 3)
    rows = _with_then(found.rows, seen)
    each = _results(rows, seen)
    main = each[0].question if each else None
    counting = counted(about(rows, main), main, *days.lately) if main else rows.head(0)
    progress("words", 1, 3)
    reads = reader or shipped(definitions.themes, _scored(rows), progress)
    words = told_words(facts, counting, main, days, seen.who, seen.settled, reads)
    progress("reasons", 2, 3)
    lately = rows.filter(pl.col("asked_day").is_between(days.lately[0], days.until - 1))
    here, (ranked, names) = seen.here, with_dimensions(counting, definitions)
    standing = _standings(lately, here, seen)
    return Feedback(
        days,
        len(here),
        each,
        _rates(rows, seen),
        standing,
        _reweighted(lately, main),
        contacts_before(counting, main, facts) if main else (),
        rising(ranked, main, names) if main else (),
        words,
        exit_reasons(_gone(seen), seen.contracts, exit_words(found.rows)),
        wishes(facts, days.first, days.until, seen.contracts, seen.who, seen.settled),
        names_of(facts),
        definitions.workspace.currency,
        (*found.notices, *_notices(rows, each, standing)),
    )


def _seen(facts: Facts, definitions: Definitions, span: Span, folder: Path | None) -> _Seen:
    days = asked(span, facts, days_of(facts))
    until = days.until
    by = tuple(dict.fromkeys([*([span.by] if span.by else []), *GROUPS]))
    who, settled = stays(facts, definitions, until), settled_until(definitions, until)
    known, contracts = snapshots(folder, definitions), paying(facts, until)
    return _Seen(facts, definitions, days, folder, known, contracts, who, settled, by)


def _with_then(found: pl.DataFrame, seen: _Seen) -> pl.DataFrame:
    """All who were asked about a score, with what was known of them; `health` is the score that the accounts had."""
    rows = with_then(asked_kinds(found), seen.facts, seen.definitions.stages, seen.days.by)
    scored = seen.known.before(rows.rename({"score": "answer"}), "asked_day")
    return with_paid(scored, seen.contracts, "day").rename({"score": "health", "answer": "score"})


def _results(rows: pl.DataFrame, seen: _Seen) -> tuple[Results, ...]:
    """Of every question that anybody answered in these days."""
    each = (results(about(rows, question), question, seen.days, seen.by) for question in questions(rows))
    return tuple(of for of in each if any(cell.n for cell in of.each))


def _scored(rows: pl.DataFrame) -> list[Scored]:
    """What people wrote beside a score: it teaches how these customers sound."""
    told = rows.filter(pl.col("score").is_not_null(), pl.col("comment").is_not_null(), pl.col("comment") != "")
    return told.select("comment", "score", "low", "high", "kind").rows()


def _rates(rows: pl.DataFrame, seen: _Seen) -> tuple[ResponseRate, ...]:
    each = (response_rate(rows, kind, seen.days, seen.by) for kind in KINDS)
    return tuple(rate for rate in each if rate and rate.lately.asked)


def _reweighted(lately: pl.DataFrame, question: Question | None) -> Reweighted | None:
    if question is None or question.main != "nps":
        return None
    return reweighted(about(lately, question), question, LEAST)


def _gone(seen: _Seen) -> tuple[Churned, ...]:
    """Those who left in these days, with what the score last said before they spoke."""
    gone = churned(seen.facts, seen.who, names_of(seen.facts), seen.days.first, seen.days.until)
    if seen.folder is None:
        return gone
    last = last_seen(seen.folder, seen.definitions, {each.account_id: each.spoke_on for each in gone})
    return tuple(replace(each, last_seen=last.get(each.account_id)) for each in gone)


def _standings(lately: pl.DataFrame, here: list[str], seen: _Seen) -> tuple[Standing, ...]:
    """None where nobody who was asked had a score."""
    if lately.is_empty():
        return ()
    found = standings(lately, here, seen.known, seen.days.until)
    return found if any(each.scored for each in found[:2]) else ()


def _notices(rows: pl.DataFrame, each: tuple[Results, ...], standing: tuple[Standing, ...]) -> Iterator[str]:
    if rows.height and not each:
        yield "Nobody has answered on a scale in this time."
    scales = {kind: [of.question for of in each if of.question.kind == kind] for kind in ("csat", "ces")}
    for kind, of in scales.items():
        if len(of) > 1:
            names = ", ".join(f"{one.low:g}–{one.high:g}" for one in of)
            yield f"{kind.upper()} was asked on several scales: {names}. They are kept apart."
    if rows.height and rows["answered_day"].null_count() == 0:
        yield "Only answers are known, not who was asked and stayed silent: there is no response rate."
    if rows.height and not standing:
        yield (
            "There are no scores from before the questions, so nobody knows how well those did who answered or stayed "
            "silent. Run: sabai score"
        )
    unnamed = rows.filter(pl.col("score").is_not_null(), pl.col("contact_id").is_null()).height
    if unnamed:
        yield f"Answers of people without a name: {unnamed:,}. Each counts, as nobody knows who answered twice."
