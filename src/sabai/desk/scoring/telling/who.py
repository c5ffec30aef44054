"""Who each account is: its names, its owner, the stage of its journey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from sabai.definitions.model import Definitions
from sabai.desk.scoring.telling.known import Known, Row
from sabai.health.scores import Scores
from sabai.metrics.stages import stage_entries

_TOLD = ("name", "parent_id", "country", "industry", "started_on")
MANAGES = ("csm", "owner", "account manager", "")
"""Roles of owners, whose comes first; others come after."""


@dataclass(frozen=True, slots=True)
class Who:
    name: str
    parent_id: str = ""
    country: str = ""
    industry: str = ""
    started_on: date | None = None
    owner: str = ""
    stage: str = ""


def who(known: Known, scores: Scores, column: int, definitions: Definitions) -> Mapping[str, Who]:
    """account_id -> who it is, for every account of the scores."""
    told, owners, stages = _told(known), _owners(known), _stages(known, scores, column, definitions)
    return {
        account: Who(
            name=row.get("name") or account,
            parent_id=row["parent_id"] if row.get("parent_id") not in (None, account) else "",
            country=row.get("country") or "",
            industry=row.get("industry") or "",
            started_on=row.get("started_on"),
            owner=owners.get(account, ""),
            stage=stages.get(account, ""),
        )
        for account in scores.grid.accounts
        for row in (told.get(account, {}),)
    }


def _told(known: Known) -> Mapping[str, Row]:
    """Of several sources that tell of one account, the last that says anything in a column."""
    rows = known.rows("accounts", "account_id", "received_at", "source", *_TOLD)
    rows = rows.sort("received_at", "source", nulls_last=False)
    last = rows.group_by("account_id").agg(pl.col(name).drop_nulls().last() for name in _TOLD)
    return {row.pop("account_id"): row for row in last.iter_rows(named=True)}


def _owners(known: Known) -> Mapping[str, str]:
    """Whoever answers for the account: those who manage it before others, then who began last."""
    rows = known.rows("owners", "account_id", "user", "role", "from_day", "until_on")
    until = pl.col("until_on").cast(pl.Int32)
    begun = (pl.col("from_day") < known.as_of).fill_null(True)
    held = rows.filter(begun, until.is_null() | (until >= known.as_of))
    role = pl.col("role").fill_null("").str.to_lowercase()
    rank = role.replace_strict({name: place for place, name in enumerate(MANAGES)}, default=len(MANAGES))
    ranked = held.with_columns(rank.alias("rank")).sort(
        "rank", "from_day", "user", descending=[True, False, False], nulls_last=False
    )
    return dict(ranked.group_by("account_id", maintain_order=True).agg(pl.col("user").last()).iter_rows())


def _stages(known: Known, scores: Scores, column: int, definitions: Definitions) -> Mapping[str, str]:
    """The furthest stage that each account has entered."""
    if not definitions.stages:
        return {}
    as_of, accounts = scores.grid.as_of[[column]], known.facts.account_ids
    row_of = {account: row for row, account in enumerate(scores.grid.accounts)}
    tenure = scores.grid.tenure_days[[row_of[account] for account in accounts], column]
    entries = stage_entries(known.facts, definitions.stages, (as_of - tenure)[:, None], as_of)
    names = [stage.name for stage in definitions.stages]
    return {accounts[place]: names[stage] for place, stage in entries.select("place", "stage").iter_rows()}


def segment_of(scores: Scores, row: int, column: int) -> str:
    """As the report says it; "" where no account says any."""
    which = int(scores.grid.segment[row, column])
    told = scores.grid.segments[which] if 0 <= which < len(scores.grid.segments) else ""
    return "" if set(told) <= set("– ·") else told
