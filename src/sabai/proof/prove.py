"""Does the score foretell who leaves? Answered on rows that nothing was learned from, each number with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from sabai.dates import from_day
from sabai.errors import FactsError, Issue
from sabai.facts.landed import Facts
from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.by_band import ByBand
from sabai.proof.by_revenue import ByRevenue, by_revenue
from sabai.proof.calibration import Calibration
from sabai.proof.forecast import Forecast, forecast
from sabai.proof.judged import Rows
from sabai.proof.lead import FirstRed, Lead, first_red_to_notice, lead_curve
from sabai.proof.learners import by_learned_weights, by_score, by_trees, unseen
from sabai.proof.parts import Part, parts
from sabai.proof.past import Past
from sabai.proof.replay import Replay
from sabai.proof.rivals import Kind, Rival, best_factor, compared
from sabai.proof.table import HORIZONS

DRAWS, SEED = 1000, 7
WORST = (10, 20)  # percent of the rows
FEW, ENOUGH = 10, 30  # accounts that left: fewer say nothing, fewer than enough say only what is plain

Verdict = Literal["foretells", "no evidence", "wrong way round", "too few", "nobody stayed"]


@dataclass(frozen=True, slots=True)
class AtHorizon:
    """The score at another horizon: `precision` and `recall` of red, the share of red that left and of leavers that
    were red."""

    horizon_days: int
    rows: int
    churned: int
    base_rate: float
    auc: Interval
    precision: Interval
    recall: Interval


@dataclass(frozen=True)
class Proof:
    """`rows` are those with a score, of `all_rows`; the first measures speak of them, and of nothing before the split.

    `forecast` is None where there was nothing earlier to learn a chance from, as `learned_forecast` by learned weights,
    `by_revenue` where nobody says what is paid; `assumed` is the share of facts whose received time
    was not told but assumed.
    """

    replay: Replay
    rows: Rows
    all_rows: int
    auc: Interval
    average_precision: Interval
    lift: dict[int, Interval]  # percent -> the worst so many percent
    capture: dict[int, Interval]
    bands: ByBand
    rivals: tuple[Rival, ...]
    parts: tuple[Part, ...]
    by_revenue: ByRevenue | None
    horizons: tuple[AtHorizon, ...]
    lead: tuple[Lead, ...]
    first_red: FirstRed
    forecast: Forecast | None
    learned_forecast: Forecast | None
    assumed: float

    @property
    def as_of(self) -> tuple[int, int]:
        """The first and the last as-of day that the proof speaks of."""
        days = self.replay.test.as_of
        return int(days.min()), int(days.max())

    @property
    def verdict(self) -> Verdict:
        """What may be said: with few accounts that left only what no draw of them contradicts."""
        if self.rows.y.all():
            return "nobody stayed"
        if self.rows.churned < FEW or np.isnan(self.auc.value):
            return "too few"
        if self.auc.low > 0.5:
            return "foretells"
        if self.auc.high < 0.5:
            return "wrong way round"
        return "too few" if self.rows.churned < ENOUGH else "no evidence"

    @cached_property
    def red_to_green(self) -> Interval:
        """How many times as often red accounts left as green ones."""
        return self.bands.ratio()

    @property
    def best_factor(self) -> Rival | None:
        return best_factor(self.rivals)

    @property
    def exposed(self) -> Part | None:
        return next((part for part in self.parts if part.kind == "exposed"), None)


def prove(replay: Replay, draws: int = DRAWS, seed: int = SEED, found: Calibration | None = None) -> Proof:
    """Everything but the alarms: those measure anew, see `alarms`. `found`: weights that were learned already.

    Raises FactsError PRF-002 where no window has ended yet, PRF-003 where no row has a score, PRF-004 where nobody was
    a customer.
    """
    test = replay.test
    _refuse(replay)
    known = ~np.isnan(test.score)
    past, risk = test.only(known), 100 - test.score[known]
    rows = Rows.of(past.leaves(replay.label, replay.horizon_days), past.account, draws, seed)
    said = {kind: chance[known] for kind, chance in _said(replay, seed, found) if chance is not None}
    return Proof(
        replay=replay,
        rows=rows,
        all_rows=len(test),
        auc=rows.auc(risk).interval,
        average_precision=rows.average_precision(risk),
        lift={percent: rows.lift(risk, percent / 100) for percent in WORST},
        capture={percent: rows.capture(risk, percent / 100) for percent in WORST},
        bands=ByBand.of(rows.y, past.band, rows.account, rows.counts),
        rivals=compared(rows, {**said, "score": risk}, past),
        parts=tuple(parts(past, rows, risk, replay.horizon_days)),
        by_revenue=by_revenue(past, rows, risk),
        horizons=() if replay.question.cross_section else tuple(_horizons(replay, draws, seed)),
        lead=() if replay.question.cross_section else _lead(replay, draws, seed),
        first_red=_first_red(replay.past, draws, seed),
        forecast=_forecast(rows, said.get("score"), seed),
        learned_forecast=_forecast(rows, said.get("learned"), seed),
        assumed=_assumed(replay.facts),
    )


def _said(replay: Replay, seed: int, found: Calibration | None) -> Iterator[tuple[Kind, Floats | None]]:
    """What each that learns from the rows that may teach says of the others; gradient boosting only where it is
    installed. What `found` has said or learned already is not learned again."""
    yield "score", unseen(replay, by_score(replay), seed)
    if found and found.unseen is not None:
        yield "learned", found.unseen
    else:
        weights = by_learned_weights(replay, seed, found.learned if found else None)
        yield "learned", unseen(replay, weights, seed)
    trees = by_trees(replay, seed)
    if trees:
        yield "ceiling", unseen(replay, trees, seed)


def _forecast(rows: Rows, said: Floats | None, seed: int) -> Forecast | None:
    if said is None or np.isnan(said).all():
        return None
    there = ~np.isnan(said)
    return forecast(rows.only(there), said[there], seed)


def _horizons(replay: Replay, draws: int, seed: int) -> Iterator[AtHorizon]:
    for days in sorted({*HORIZONS, replay.horizon_days}):
        past = replay.since(days)
        past = past.only(~np.isnan(past.score))
        rows = Rows.of(past.leaves(replay.label, days), past.account, draws, seed)
        bands = ByBand.of(rows.y, past.band, rows.account, rows.counts)
        auc = rows.auc(100 - past.score).interval
        yield AtHorizon(days, len(rows), rows.churned, rows.base_rate, auc, bands.precision(), bands.recall())


def _lead(replay: Replay, draws: int, seed: int) -> tuple[Lead, ...]:
    past = replay.past.only(replay.past.as_of >= (replay.split or 0))
    past = past.only(~np.isnan(past.score))
    leaves_in = past.notice_in if replay.label == "notice" else past.effective_in
    rows = Rows.of(np.isfinite(leaves_in), past.account, draws, seed)
    known_for = (past.known_until - past.settle_days - past.as_of).astype(np.float64)
    return lead_curve(leaves_in, 100 - past.score, known_for, rows.account, rows.counts)


def _first_red(past: Past, draws: int, seed: int) -> FirstRed:
    rows = Rows.of(np.isfinite(past.notice_in), past.account, draws, seed)
    return first_red_to_notice(past.as_of, past.band, past.notice_in, rows.account, rows.counts)


def _assumed(facts: Facts) -> float:
    rows = np.array([tally.facts + tally.versions for tally in facts.tallies], dtype=np.float64)
    shares = np.array([tally.received_assumed for tally in facts.tallies])
    return float(np.average(shares, weights=rows)) if rows.sum() else float("nan")


def _refuse(replay: Replay) -> None:
    """Before anything is measured on nothing."""
    if not len(replay.past):
        raise FactsError(_nobody(replay))
    if not len(replay.test):
        raise FactsError(_too_long(replay))
    if np.isnan(replay.test.score).all():
        raise FactsError(_no_scores(replay))


def _nobody(replay: Replay) -> Issue:
    return Issue(
        "PRF-004",
        "Nobody was a customer at any of the as-of dates, or all had given notice by then.",
        replay.definitions.path,
        "A proof needs customers who could still stay or leave.",
        "See `sabai facts` for what became of accounts and subscriptions, or ask for other --as-of dates.",
    )


def _too_long(replay: Replay) -> Issue:
    past, days = replay.past, replay.horizon_days
    last, away = from_day(past.known_until - 1), days + past.settle_days
    since = "" if replay.split is None else f" from {from_day(replay.split)} on"
    return Issue(
        "PRF-002",
        f"Of no as-of date{since} is it known yet who left within {days} days: the last fact is of {last}.",
        "",
        f"A window of {days} days and {past.settle_days} days of grace and reporting must have ended to be judged.",
        f"Ask for a shorter --horizon or an earlier --split, or give more history: {away} days after a date.",
    )


def _no_scores(replay: Replay) -> Issue:
    test = replay.test
    silent = [name for name, points in test.points.items() if np.isnan(points).all()]
    named = ", ".join(silent) or "none, but too few are known together"
    return Issue(
        "PRF-003",
        f"None of the {len(test):,} rows of the past has a score.",
        replay.definitions.path,
        f"Without scores nothing can be said of them. Factors unknown in every row: {named}.",
        "See `sabai check` and `sabai facts` for what is missing; `sabai score` shows the coverage.",
    )
