"""The table of the past as an open Delta table, for whoever wants to check us with tools of their own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl

from sabai.health.scores import BANDS
from sabai.proof.past import Label, Past
from sabai.proof.replay import Replay
from sabai.store.delta import OpenTable

HORIZONS = (30, 60, 90, 180)
_LABELS: tuple[Label, ...] = ("notice", "effective")


def write_past(replay: Replay, folder: Path, version: str, when: datetime) -> int:
    """Puts the table into the Delta table in `folder`, in place of what these definitions had there; its rows.

    SabaiError STO-001 or STO-002 where the disk or the table refuses; it is then as it was.
    """
    table = OpenTable(folder, "definitions_version")
    gone = [file for file in table.files() if file.part == version]
    rows = past_frame(replay)
    table.commit([table.write(version, rows, counted=("account_id", "as_of"))], gone, when)
    table.vacuum()
    return rows.height


def past_frame(replay: Replay) -> pl.DataFrame:
    """One row for each account and as-of date; null is unknown.

    `leaves_90d_notice` and its like are null where the time has not come to tell. `side` is "earlier" where weights may
    learn, "later" where they are judged, null between. `exposed_90d`: a renewal falls due by then.
    """
    past = replay.past
    known = {
        "account_id": pl.Series(past.accounts).gather(past.account),
        "as_of": pl.Series(past.as_of, dtype=pl.Int32).cast(pl.Date),
        "side": _side(replay),
        "segment": pl.Series(past.segments).gather(past.segment),
        "score": _or_null(past.score),
        "band": pl.Series(BANDS).gather(past.band),
        "coverage": past.coverage,
        "young": past.young,
        "tenure_days": _or_null(past.tenure_days),
        "revenue_minor": _or_null(past.revenue),
        "renewal_in_days": _or_null(past.renewal_in),
        "notice_in_days": _or_null(past.notice_in),
        "effective_in_days": _or_null(past.effective_in),
        "deducted": _or_null(np.where(np.isnan(past.score), np.nan, past.deducted)),
    }
    exposed = {f"exposed_{days}d": _or_null(past.exposed(days)).cast(pl.Boolean) for days in HORIZONS}
    left = {f"leaves_{days}d_{label}": _known_label(past, label, days) for days in HORIZONS for label in _LABELS}
    points = {f"{factor}.points": _or_null(of) for factor, of in past.points.items()}
    return pl.DataFrame({**known, **exposed, **left, **points})


def _side(replay: Replay) -> pl.Series:
    """Where there is no split all rows are the later side: nothing learns from any."""
    past, days = replay.past, replay.horizon_days
    later = past.mature(days) & (past.as_of >= (replay.split or past.as_of.min(initial=0)))
    earlier = past.as_of + days + past.settle_days <= (replay.split or past.as_of.min(initial=0))
    return pl.Series(np.select([later, earlier], ["later", "earlier"], "")).replace("", None)


def _known_label(past: Past, label: Label, days: int) -> pl.Series:
    leaves = pl.Series(past.leaves(label, days))
    return leaves.set(~pl.Series(past.mature(days)) & ~leaves, None)


def _or_null(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pl.Series:
    return pl.Series(np.where(np.isfinite(values), values, np.nan)).fill_nan(None)
