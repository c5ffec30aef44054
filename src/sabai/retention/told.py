"""Retention as plain data, for programs and files."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from sabai.dates import from_day
from sabai.retention.churned import Churned
from sabai.retention.customers import Retention
from sabai.retention.earned import Earned
from sabai.retention.kept import Kept
from sabai.retention.periods import Periods, label_of
from sabai.retention.rates import Rates


def told_kept(found: Kept) -> dict[str, object]:
    """Everything that `sabai retention --json` says."""
    return {
        "every": found.periods.every,
        "year": days_of(found.year, 0),
        "retention": _kept(found.lately),
        "all_periods": _kept(found.all_periods),
        "periods": [
            {"period": label_of(found.periods, place), **days_of(found.periods, place), **_kept(each), "how": how}
            for place, (each, how) in enumerate(zip(found.each, found.how, strict=True))
        ],
        "by": found.by,
        "groups": [
            {"name": group.name or None, **_kept(group.lately), "all_periods": _kept(group.each)}
            for group in found.groups
        ],
        "churned": [asdict(each) for each in found.churned],
        "benchmarks": [asdict(each) for each in found.benchmarks],
        "notices": list(found.notices),
    }


def told_earned(found: Earned) -> dict[str, object]:
    """Everything that `sabai revenue --json` says; amounts are minor units a month."""
    return {
        "every": found.periods.every,
        "currency": found.currency,
        "year": days_of(found.year, 0),
        "revenue": asdict(found.lately),
        "periods": [
            {"period": label_of(found.periods, place), **days_of(found.periods, place), **asdict(each)}
            for place, each in enumerate(found.each)
        ],
        "by": found.by,
        "groups": [{"name": name or None, **asdict(each)} for name, each in found.groups],
        "largest": [{"account_id": account, "name": name, "share": part} for account, name, part in found.largest],
        "equal_customers": found.concentration.effective,
        "as_others_say": [asdict(each) for each in found.others],
        "benchmarks": [asdict(each) for each in found.benchmarks],
        "notices": list(found.notices),
    }


def days_of(periods: Periods, place: int) -> dict[str, object]:
    return {"from": from_day(int(periods.starts[place])), "to": from_day(int(periods.ends[place]))}


def kept_tables(found: Kept) -> dict[str, pl.DataFrame]:
    """One file each: periods, groups, churned."""
    periods = [
        {**_named(found.periods, place), **_flat(_kept(each)), **how}
        for place, (each, how) in enumerate(zip(found.each, found.how, strict=True))
    ]
    groups = [
        {"name": group.name or None, **_flat(_kept(group.lately)), "churn_each": group.each.churn.value}
        for group in found.groups
    ]
    return {
        "periods": _table(periods, "period"),
        "groups": _table(groups, "name"),
        "churned": _table([_left(each) for each in found.churned], "account_id"),
    }


def earned_tables(found: Earned) -> dict[str, pl.DataFrame]:
    """One file each: periods, groups, movements (every customer behind every figure)."""
    periods = [{**_named(found.periods, place), **_rates(each)} for place, each in enumerate(found.each)]
    groups = [{"name": name or None, **_rates(each)} for name, each in found.groups]
    return {
        "periods": _table(periods, "period"),
        "groups": _table(groups, "name"),
        "movements": found.movements(),
    }


def _table(rows: list[dict[str, object]], first: str) -> pl.DataFrame:
    """Rates may be unknown in the first hundred rows and known after; no rows at all leave the `first` column."""
    return pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame(schema={first: pl.String})


def _left(each: Churned) -> dict[str, object]:
    seen, told = each.last_seen, asdict(each)
    del told["last_seen"]
    return {
        **told,
        "last_seen_on": seen.as_of if seen else None,
        "last_score": seen.score if seen else None,
        "last_band": seen.band if seen else None,
        "lowest_factors": ", ".join(seen.worst) if seen else None,
    }


def _kept(each: Retention) -> dict[str, object]:
    return {
        **asdict(each),
        "retention": asdict(each.rate),
        "retention_of_all_new": each.rate_of_all_new,
        "retention_with_returns": each.rate_with_returns,
        "churn": asdict(each.churn),
    }


def _rates(each: Rates) -> dict[str, object]:
    return _flat(asdict(each))


def _named(periods: Periods, place: int) -> dict[str, object]:
    return {"period": label_of(periods, place), **days_of(periods, place)}


def _flat(values: dict[str, object]) -> dict[str, object]:
    """An interval as three columns."""
    flat: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat |= {name if part == "value" else f"{name}_{part}": number for part, number in value.items()}
        else:
            flat[name] = value
    return flat
