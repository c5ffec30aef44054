"""What was known of whoever was asked, on the day of it: segment, country, language, role, owner, product, stage."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sabai.dates import ALWAYS, NEVER
from sabai.definitions.model import Stage
from sabai.errors import Issue, UsageError, did_you_mean
from sabai.facts.catalogue import COMMON
from sabai.facts.landed import Facts
from sabai.retention.stays import newest_accounts

GROUPS = ("segment", "country", "stage", "owner", "language", "product", "survey", "role")
"""By what answers are told apart, unless something else is asked for."""

_NOT_GROUPS = frozenset({*COMMON, "account_id", "name", "parent_id", "test", "updated_at"})


def with_then(rows: pl.DataFrame, facts: Facts, stages: Sequence[Stage], by: str | None) -> pl.DataFrame:
    """The rows with a column for each of GROUPS and for `by`, a column of accounts or "cohort"; null where nobody
    knows. `day` is the day of the answer, or of the question where there is none. Raises UsageError FBK-002."""
    rows = rows.with_columns(day=pl.coalesce("answered_day", "asked_day")).with_row_index("row")
    rows = _accounts(rows, facts, by)
    rows = _contacts(rows, facts)
    rows = rows.with_columns(language=pl.coalesce("language", "spoken", "speaks")).drop("spoken", "speaks")
    rows = _held(rows, facts, "owners", ("from_day", "until_day"), "user", "owner")
    rows = _held(rows, facts, "subscriptions", ("starts_day", "ends_day"), "product", "product")
    return _stage(rows, facts, stages).drop("row")


def _accounts(rows: pl.DataFrame, facts: Facts, by: str | None) -> pl.DataFrame:
    """The version of the account that was known on the day; before the first, the first."""
    schema = facts.scan("accounts").collect_schema() if facts.has("accounts") else pl.Schema({})
    wanted: dict[str, str] = {"segment": "segment", "country": "country", "speaks": "language"}
    if by and by not in (*GROUPS, "cohort"):
        wanted[by] = _own_column(by, schema)
    if not schema:
        nothing = [pl.lit(None, dtype=pl.String).alias(name) for name in (*wanted, "cohort")]
        return rows.with_columns(nothing)
    columns = [_or_nothing(own, schema).cast(pl.String).alias(name) for name, own in wanted.items()]
    cohort = _quarter("started_on") if "started_on" in schema else pl.lit(None, dtype=pl.String)
    versions = facts.scan("accounts").select("account_id", "received_day", *columns, cohort.alias("cohort")).collect()
    versions = versions.select(pl.exclude("received_day"), known=_but_first("received_day")).sort("known")
    found = rows.sort("day").join_asof(
        versions, left_on="day", right_on="known", by="account_id", allow_exact_matches=False, check_sortedness=False
    )
    return found.sort("row").drop("known")


def _or_nothing(column: str, schema: pl.Schema) -> pl.Expr:
    return pl.col(column) if column in schema else pl.lit(None, dtype=pl.String)


def _own_column(by: str, schema: pl.Schema) -> str:
    known = [name for name, kind in schema.items() if kind in (pl.String, pl.Boolean) and name not in _NOT_GROUPS]
    for name in (by, f"properties.{by}"):
        if name in known:
            return name
    own = sorted({*(name.removeprefix("properties.") for name in known), *GROUPS, "cohort"})
    raise UsageError(
        Issue(
            "FBK-002",
            f'Answers cannot be told apart by "{by}": the accounts have no such column.',
            "--by",
            f"Known are {', '.join(own)}.",
            did_you_mean(by, own),
        )
    )


def _quarter(column: str) -> pl.Expr:
    """The quarter in which an account came, as `sabai retention` names it."""
    day = pl.col(column)
    return pl.format("{} Q{}", day.dt.year(), day.dt.quarter())


def _but_first(column: str) -> pl.Expr:
    """The first version holds from the beginning: an export of today tells of the past what it can."""
    first = pl.col(column) == pl.col(column).min().over("account_id")
    return pl.when(first).then(pl.lit(ALWAYS, dtype=pl.Int32)).otherwise(pl.col(column))


def _contacts(rows: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Their role, and the language that is spoken with them."""
    if not facts.has("contacts"):
        return rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ("role", "spoken"))
    people = facts.scan("contacts").filter(pl.col("superseded_day").is_null())
    given = people.collect_schema().names()
    columns = [
        pl.col(name).alias(new) if name in given else pl.lit(None, dtype=pl.String).alias(new)
        for name, new in (("role", "role"), ("language", "spoken"))
    ]
    known = people.select("contact_id", *columns).collect().unique("contact_id", keep="last", maintain_order=True)
    return rows.join(known, on="contact_id", how="left", maintain_order="left")


def _held(rows: pl.DataFrame, facts: Facts, table: str, ends: tuple[str, str], what: str, name: str) -> pl.DataFrame:
    """Who or what stood there when the day began; of several, what began last."""
    nothing = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    if not facts.has(table):
        return nothing
    scan = facts.scan(table).filter(pl.col("superseded_day").is_null())
    given = scan.collect_schema().names()
    if what not in given:
        return nothing
    start, end = (_day(each, given) for each in ends)
    held = scan.select(
        "account_id", pl.col(what).alias(name), begins=start.fill_null(ALWAYS), closes=end.fill_null(NEVER)
    ).collect()
    there = rows.select("row", "account_id", "day").join(held, on="account_id")
    there = there.filter(
        pl.col("begins") < pl.col("day"), pl.col("day") <= pl.col("closes"), pl.col(name).is_not_null()
    )
    last = there.sort("begins", name).unique("row", keep="last")
    return rows.join(last.select("row", name), on="row", how="left", maintain_order="left")


def _day(name: str, given: Sequence[str]) -> pl.Expr:
    """Owners have an end that nothing measures, and thus no day."""
    if name in given:
        return pl.col(name)
    dated = name.removesuffix("_day") + "_on"
    return pl.col(dated).cast(pl.Int32) if dated in given else pl.lit(None, dtype=pl.Int32)


def _stage(rows: pl.DataFrame, facts: Facts, stages: Sequence[Stage]) -> pl.DataFrame:
    """The furthest stage entered before the day."""
    reached = pl.lit(None, dtype=pl.String)
    for stage in stages:
        entered = _entered(facts, stage)
        column = f"entered {stage.name}"
        rows = rows.join(entered.rename({"entered": column}), on="account_id", how="left", maintain_order="left")
        reached = pl.when(pl.col(column) < pl.col("day")).then(pl.lit(stage.name)).otherwise(reached)
    rows = rows.with_columns(reached.alias("stage"))
    return rows.drop(f"entered {stage.name}" for stage in stages)


def _entered(facts: Facts, stage: Stage) -> pl.DataFrame:
    """By account: its start, or the first event of that name."""
    if stage.event is None:
        accounts = newest_accounts(facts)
        day = pl.col("started_day") if "started_day" in accounts.columns else pl.lit(None, dtype=pl.Int32)
        return accounts.select("account_id", entered=day)
    if not facts.has("events"):
        return pl.DataFrame(schema={"account_id": pl.String, "entered": pl.Int32})
    events = facts.scan("events").filter(pl.col("name") == stage.event)
    known = pl.max_horizontal("occurred_day", "received_day")
    return events.group_by("account_id").agg(entered=known.min()).collect()
