"""What most notebooks do: for each date a mask and a few groupbys. Only 4 of the dates are measured, and scaled to all.

Loading is not counted, in favour of pandas.
"""

from __future__ import annotations

import time
from pathlib import Path

import pandas as pd

from benchmarks.by_hand import FEATURES, NAMES_28, NAMES_90
from benchmarks.work import AS_OF, Answer, Work

DATES = AS_OF[::13]
TEXTS = ["account_id", "contact_id", "name"]
NUMBERS = ["occurred_day", "received_day", "value"]


def run(work: Work, out: Path) -> Answer:
    accounts = pd.read_parquet(work.facts_folder / "accounts.parquet", columns=["account_id"])["account_id"]
    events = pd.read_parquet(work.events_file, columns=TEXTS + NUMBERS)
    events = events.astype(dict.fromkeys(TEXTS, "category"))
    begun = time.perf_counter()
    snapshots = [_snapshot(events, as_of).reindex(accounts).fillna(0) for as_of in DATES]
    seconds = (time.perf_counter() - begun) * len(AS_OF) / len(DATES)
    whole = pd.concat(snapshots, keys=DATES, names=["as_of"])
    counted = {name: whole[name].unstack("as_of").to_numpy() for name in whole}
    note = f"{len(DATES)} of {len(AS_OF)} dates, scaled, loading not counted"
    return Answer(work.events, counted, DATES, seconds, note)


def _snapshot(events: pd.DataFrame, as_of: int) -> pd.DataFrame:
    """One row an account that did anything, one column a metric."""
    week, month, quarter = (_seen(events, as_of, window) for window in (7, 28, 90))
    by_month, by_quarter = month.groupby("account_id", observed=True), quarter.groupby("account_id", observed=True)
    return pd.DataFrame(
        {
            **_counts(month, NAMES_28),
            **_counts(quarter, NAMES_90),
            "week": week.groupby("account_id", observed=True).size(),
            "month": by_month.size(),
            "quarter": by_quarter.size(),
            "worth": _worth(month),
            "worth_long": _worth(quarter),
            "people": by_month["contact_id"].nunique(),
            "people_long": by_quarter["contact_id"].nunique(),
            "active_days": by_month["occurred_day"].nunique(),
            "features": _features(quarter),
        }
    )


def _seen(events: pd.DataFrame, as_of: int, window: int) -> pd.DataFrame:
    day = events["occurred_day"]
    return events[(day >= as_of - window) & (day < as_of) & (events["received_day"] < as_of)]


def _counts(seen: pd.DataFrame, metrics: dict[str, list[str]]) -> dict[str, pd.Series]:
    each = seen.groupby(["account_id", "name"], observed=True).size().unstack(fill_value=0)
    return {metric: each.reindex(columns=names, fill_value=0).sum(axis=1) for metric, names in metrics.items()}


def _worth(seen: pd.DataFrame) -> pd.Series:
    """Millionths are added, as everywhere, so that the sum is the same to the bit."""
    millionths = (seen["value"] * 1_000_000).round().astype("int64")
    return millionths.groupby(seen["account_id"], observed=True).sum() / 1_000_000


def _features(seen: pd.DataFrame) -> pd.Series:
    return seen[seen["name"].isin(FEATURES)].groupby("account_id", observed=True)["name"].nunique()
