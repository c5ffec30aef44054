"""`sabai calibrate`: the weights that the past supports, and whether they are better than those in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.engine import Engine, engine_options
from sabai.cli.looking_back import question_options
from sabai.cli.outcome import verb
from sabai.cli.place import FILE, Place, data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.errors import Issue, UsageError

if TYPE_CHECKING:
    from sabai.proof.actions import Action
    from sabai.proof.calibration import Calibration
    from sabai.proof.replay import Question
    from sabai.proving import Calibrated


@verb
@data_argument
@definitions_option
@question_options
@out_option
@click.option("--write", type=FILE, help="Keep the definitions with the learned weights as this new file.")
@click.option("--draws", type=click.IntRange(100, 20_000), default=1000, show_default=True, help="Of the bootstrap.")
@engine_options
def calibrate(
    data: Path, definitions: Path | None, question: Question, as_of: Sequence[date], out: Path | None,
    write: Path | None, draws: int, engine: Engine,
) -> Answer:  # fmt: skip
    """Learn weights from who left and who stayed, and compare them with yours on months that they never saw.

    Nothing is changed: the difference to your definitions is shown, and --write keeps it as a new file.

    \b
        sabai calibrate
        sabai calibrate exports --definitions sabai.yaml --horizon 30d --write sabai.learned.yaml
    """
    from sabai.pipeline import Request
    from sabai.proving import calibrated

    with place(data, definitions, out).alone() as here, waiting() as progress, engine.computing(progress) as each_run:
        _refuse_over(write, here)
        request = Request(here.definitions(), here.data, here.out, tuple(as_of), each_run=each_run, progress=progress)
        found = calibrated(request, question, here.definitions_file, draws)
        difference = found.difference(here.definitions_file, write.name if write else "learned.yaml")
        if write:
            found.write(write)
    kept = [f"Written to {write}."] if write else ["Nothing is written; --write FILE keeps them as new definitions."]
    text = [*lines(found), "", difference.rstrip() or "The weights are those you have.", "", *kept]
    return Answer({**_told(found), "difference": difference, "written": write}, "\n".join(text))


def lines(found: Calibrated) -> Iterator[str]:
    """The verdict first, then weights, and what those that left and stayed did."""
    learned = found.calibration
    yield learned.sentence
    yield learned.enough.sentence
    yield ""
    yield f"Compared on {learned.rows:,} rows in which {learned.churned:,} accounts left, and nothing was learned from:"
    yield f"  AUC of your weights {learned.hand_auc.value:.3f}, of the learned ones {learned.learned_auc.value:.3f}."
    yield ""
    yield from _weights(learned, found.hand)
    yield ""
    yield from _actions(found.actions)


def _weights(found: Calibration, hand: dict[str, float]) -> Iterator[str]:
    yield f"{'factor':<24}{'yours':>7}{'learned':>9}   95% interval of its share"
    for name, share in found.learned.shares.items():
        unproven = "   not proven" if name in found.learned.not_proven else ""
        span = f"{share.low:.0%} – {share.high:.0%}"
        yield f"{name:<24}{hand[name]:>7.4g}{found.learned.whole[name]:>9}   {span}{unproven}"


def _actions(actions: Sequence[Action]) -> Iterator[str]:
    """Mean points of both kinds of accounts, and how often the lowest and the highest fifth left."""
    yield f"{'mean points of rows that':<24}{'left':>7}{'stayed':>9}   difference; of lowest and highest fifth left"
    for action in actions:
        low, high = _rates(action)
        gap = action.difference
        span = (
            "unknown" if isnan(gap.value) else f"{gap.value:+.0f} ({gap.low:+.0f} to {gap.high:+.0f}); {low} and {high}"
        )
        yield f"{action.name:<24}{_points(action.left.mean):>7}{_points(action.stayed.mean):>9}   {span}"


def _rates(action: Action) -> tuple[str, str]:
    if not action.fifths:
        return "unknown", "unknown"
    return f"{action.fifths[0].rate.value:.1%}", f"{action.fifths[-1].rate.value:.1%}"


def _points(value: float) -> str:
    return "–" if isnan(value) else f"{value:.0f}"


def _told(found: Calibrated) -> dict[str, object]:
    learned = found.calibration.learned
    return {
        "verdict": found.calibration.verdict.word,
        "sentence": found.calibration.sentence,
        "label": found.replay.label,
        "rows": found.calibration.rows,
        "churned": found.calibration.churned,
        "ridge": learned.ridge,
        "hand_auc": asdict(found.calibration.hand_auc),
        "learned_auc": asdict(found.calibration.learned_auc),
        "gain": asdict(found.calibration.gain),
        "enough": {**asdict(found.calibration.enough), "sentence": found.calibration.enough.sentence},
        "weights": [
            {
                "factor": name,
                "hand": found.hand[name],
                "learned": learned.whole[name],
                "share": asdict(share),
                "proven": name not in learned.not_proven,
            }
            for name, share in learned.shares.items()
        ],
        "actions": [asdict(action) for action in found.actions],
    }


def _refuse_over(write: Path | None, here: Place) -> None:
    if write is not None and write.exists():
        raise UsageError(
            Issue(
                "CLI-014",
                f"There is a {write.name} already.",
                str(write),
                "What the weights were is as worth keeping as what they may become.",
                f"Name a new file, for instance --write {here.definitions_file.stem}.learned.yaml",
            )
        )
