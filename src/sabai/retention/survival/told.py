"""Survival as plain data, for programs and files."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from sabai.dates import from_day
from sabai.retention.survival.kaplan_meier import Curve
from sabai.retention.survival.ratios import Cox, Ratio
from sabai.retention.survival.survival import Survival

AFTER = (30, 90, 180, 365, 730, 1095)
"""Days after the start at which curves are read off."""
RATIO = {
    "factor": pl.String, "level": pl.String, "against": pl.String, "unit": pl.Float64, "times_as_often": pl.Float64,
    "low": pl.Float64, "high": pl.Float64, "p": pl.Float64, "changes_with_time_p": pl.Float64, "held": pl.Boolean,
}  # fmt: skip


def told_survival(found: Survival) -> dict[str, object]:
    """Everything that `sabai survival --json` says. Where nobody is known to have left, nobody is said to stay."""
    known = found.everybody.left > 0
    return {
        "known_from": from_day(found.known_from),
        "until": from_day(found.until),
        "late": found.late,
        "everybody": _curve(found.everybody, known),
        "by": found.by,
        "groups": [_curve(curve, known) for curve in found.groups],
        "difference": None if found.difference is None else asdict(found.difference),
        "cox": None if found.cox is None else _cox(found.cox),
        "notices": list(found.notices),
    }


def files(found: Survival) -> dict[str, pl.DataFrame]:
    """What is written beside each other as CSV."""
    tables = {"curves": found.curves}
    return tables if found.cox is None else {**tables, "ratios": _ratios(found.cox)}


def _curve(curve: Curve, known: bool) -> dict[str, object]:
    return {
        "name": curve.name,
        "customers": curve.watched,
        "left": curve.left,
        "longest_days": curve.longest,
        "since_days": curve.since,
        "median_days": asdict(curve.median),
        "still_there": {str(day): asdict(curve.at(day)) for day in AFTER if known and day <= curve.longest},
    }


def _cox(cox: Cox) -> dict[str, object]:
    return {
        "customers": cox.watched,
        "left": cox.left,
        "log_likelihood": cox.log_likelihood,
        "concordance": cox.concordance,
        "held": cox.held,
        "ratios": [{**row, "sentence": ratio.sentence, "warning": ratio.warning}
                   for row, ratio in zip(_ratios(cox).to_dicts(), cox.ratios, strict=True)],
    }  # fmt: skip


def _ratios(cox: Cox) -> pl.DataFrame:
    rows = [_row(ratio, cox.held) for ratio in cox.ratios]
    return pl.DataFrame(rows, schema=RATIO, orient="row")


def _row(ratio: Ratio, held: bool) -> tuple[object, ...]:
    term, times = ratio.term, ratio.ratio
    return (
        term.factor, term.level, term.against, term.unit, times.value, times.low, times.high, ratio.p, ratio.drift.p,
        held,
    )  # fmt: skip
