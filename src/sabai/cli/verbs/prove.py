"""`sabai prove`: does the score foretell who leaves?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.engine import Engine, engine_options
from sabai.cli.looking_back import question_options
from sabai.cli.outcome import verb
from sabai.cli.pages import language_option
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.cli.when import now

if TYPE_CHECKING:
    from sabai.intervals import Interval
    from sabai.proof.prove import Proof
    from sabai.proof.replay import Question
    from sabai.report.proof.told import ProofTold


@verb
@data_argument
@definitions_option
@question_options
@out_option
@click.option("--draws", type=click.IntRange(100, 20_000), default=1000, show_default=True, help="Of the bootstrap.")
@language_option
@engine_options
def prove(
    data: Path, definitions: Path | None, question: Question, as_of: Sequence[date], out: Path | None, draws: int,
    lang: str, engine: Engine,
) -> Answer:  # fmt: skip
    """Look back from every month-end: who was said to be at risk, and who left?

    Judged on months that no weight and no reference has seen. Writes proof.html, proof.json, pictures and the table of
    the past below OUT/proof.

    \b
        sabai prove
        sabai prove exports --definitions sabai.yaml --horizon 30d --every week
        sabai prove contracts.csv --definitions sabai.yaml --cross-section
    """
    from sabai.language.language import speak
    from sabai.pipeline import Request
    from sabai.proving import as_data, proven, write
    from sabai.report.proof.sentence import sentence

    with place(data, definitions, out).alone() as here, waiting() as progress, engine.computing(progress) as each_run:
        request = Request(here.definitions(), here.data, here.out, tuple(as_of), each_run=each_run, progress=progress)
        found = proven(request, question, draws)
        written = write(found, here.out / "proof", now(), lang)
    text = [sentence(found.proof, speak(lang)), "", *lines(found), ""]
    text.append(f"Written to {written.parent}: {written.name}, pictures, past.")
    return Answer({**as_data(found), "page": written}, "\n".join(text))


def lines(found: ProofTold) -> Iterator[str]:
    """What a person reads below the sentence; the page says it with pictures."""
    proof = found.proof
    yield from _asked(proof)
    yield ""
    yield from _measures(proof)
    yield ""
    yield from _bands(proof)
    yield ""
    yield from _rivals(proof)
    yield ""
    yield from _alarms(found)
    yield from _stability(found)


def _asked(proof: Proof) -> Iterator[str]:
    from sabai.dates import from_day

    replay, rows = proof.replay, proof.rows
    if replay.question.cross_section:
        yield "A cross-section: who left at any time after; weights learned from other folds of accounts."
    else:
        yield f"Leaving: {replay.label}, within {replay.horizon_days} days of the as-of date."
        learned = (
            f"what was known before {from_day(replay.split)}" if replay.split else "nothing: too few left to split"
        )
        yield f"Learned from {learned}{', the reference too' if replay.rebuilt else ''}."
    left = f"{rows.churned:,} of {rows.accounts:,} accounts left ({rows.base_rate:.1%} of rows)"
    without = proof.all_rows - len(rows)
    yield f"{left}; {without:,} rows had no score; {proof.assumed:.0%} of received times are assumed."


def _measures(proof: Proof) -> Iterator[str]:
    yield f"{'measure':<24}{'value':>8}   95% interval"
    yield _measure("AUC", proof.auc)
    if proof.exposed:
        yield _measure("AUC, renewal due", proof.exposed.auc)
    yield _measure("average precision", proof.average_precision)
    yield from (_measure(f"lift at {percent}%", each) for percent, each in proof.lift.items())
    if proof.forecast:
        yield _measure("Brier score", proof.forecast.brier)
        yield _measure("calibration slope", proof.forecast.slope)
        error, floor = proof.forecast.error, proof.forecast.floor
        yield f"{'calibration error':<24}{error:>8.3f}   a perfect forecast stays below {floor:.3f}"


def _stability(found: ProofTold) -> Iterator[str]:
    """Whether bands flap, and which factors are not what they were."""
    if found.stability is None:
        return
    moves = found.stability.flapping
    if moves.a_year is not None:
        soon = (
            ""
            if moves.reversed_soon is None
            else f"; {moves.reversed_soon:.0%} of the moves were taken back in 4 weeks"
        )
        yield f"An account changes its band {moves.a_year:.1f} times a year{soon}."
    yield from (f"  {drift.sentence}" for drift in found.stability.drift if drift.is_great)


def _measure(name: str, interval: Interval) -> str:
    return f"{name:<24}{_number(interval.value):>8}   {_number(interval.low)} – {_number(interval.high)}"


def _bands(proof: Proof) -> Iterator[str]:
    yield f"{'band':<12}{'rows':>8}{'left':>7}{'rate':>8}   95% interval"
    for band in proof.bands.churn:
        if band.rows:
            rate = band.rate
            name = band.band.replace("_", " ")
            yield f"{name:<12}{band.rows:>8,}{band.churned:>7,}{rate.value:>8.1%}   {rate.low:.1%} – {rate.high:.1%}"


def _rivals(proof: Proof) -> Iterator[str]:
    """The score beside what else could have told, with the paired difference."""
    names = {
        "score": "the score",
        "learned": "learned weights",
        "ceiling": "gradient boosting",
        "tenure": "tenure alone",
    }
    best = proof.best_factor
    yield f"{'beside it':<28}{'AUC':>7}   difference to the score"
    for rival in proof.rivals:
        if rival.kind in names or rival is best:
            name = names.get(rival.kind, f"best factor: {rival.name}")
            difference = "" if rival.kind == "score" else _difference(rival.gain)
            yield f"{name:<28}{_number(rival.auc.value):>7}   {difference}".rstrip()


def _alarms(found: ProofTold) -> Iterator[str]:
    fired = [alarm for alarm in found.alarms if alarm.fired]
    yield f"{len(found.alarms)} leak alarms checked, {len(fired) or 'none'} fired."
    for alarm in fired:
        yield f"  {alarm.code}  {alarm.sentence}"
        yield f"           {alarm.what_to_do}"


def _difference(gain: Interval) -> str:
    return "unknown" if isnan(gain.value) else f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})"


def _number(value: float) -> str:
    return "unknown" if isnan(value) else f"{value:.3f}"
