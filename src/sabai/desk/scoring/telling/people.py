"""The contacts of an account, when each was seen last, and who has gone quiet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import polars as pl

from sabai.desk.scoring.story import Person
from sabai.desk.scoring.telling.known import Known, Row, by_account

QUIET_DAYS = 28
SHOWN = 40  # of an account: those seen last before others
TOLD = ("name", "email", "role", "decision_maker", "language", "time_zone")
SEEN = {
    "events": "occurred_day",
    "tickets": "opened_day",
    "responses": "answered_day",
    "touchpoints": "occurred_day",
    "advocacy": "occurred_day",
}
"""Tables in which a contact shows, and by which day; of touchpoints only those that they began."""


def people(known: Known) -> Mapping[str, tuple[Person, ...]]:
    """Those who decide first, then those who were seen last."""
    ordered = everybody(known).sort(
        "account_id", "decision_maker", "seen", "contact_id", descending=[False, True, True, False], nulls_last=True
    )
    return {
        account: tuple(_person(row, known.as_of) for row in rows[:SHOWN])
        for account, rows in by_account(ordered).items()
    }


def everybody(known: Known) -> pl.DataFrame:
    """One row for each contact of an account: what is known of them, and the day on which they were `seen` last."""
    rows = known.rows("contacts", "account_id", "contact_id", "received_at", *TOLD)
    newest = rows.drop_nulls("account_id").sort("received_at", nulls_last=False).group_by("account_id", "contact_id")
    each = newest.agg(pl.col(name).drop_nulls().last() for name in TOLD)
    return each.join(_seen(known), on="contact_id", how="left").with_columns(pl.col("decision_maker").fill_null(False))


def _seen(known: Known) -> pl.DataFrame:
    """contact_id, seen: the last day of anything that they did."""
    last: dict[str, int] = defaultdict(int)
    for table, day in SEEN.items():
        if not known.facts.has(table):
            continue
        rows = known.scan(table)
        names = rows.collect_schema().names()
        if day not in names or "contact_id" not in names:
            continue
        if table == "touchpoints" and "direction" in names:
            rows = rows.filter(pl.col("direction") == "in")
        found = rows.filter(pl.col(day) < known.as_of).group_by("contact_id").agg(pl.col(day).max()).collect()
        for contact, seen in found.drop_nulls().iter_rows():
            last[contact] = max(last[contact], seen)
    columns = {"contact_id": list(last), "seen": list(last.values())}
    return pl.DataFrame(columns, schema={"contact_id": pl.String, "seen": pl.Int32})


def _person(row: Row, as_of: int) -> Person:
    seen = row["seen"]
    quiet = seen is not None and as_of - seen > QUIET_DAYS
    name, email, role = (str(row[column] or "") for column in ("name", "email", "role"))
    return Person(str(row["contact_id"]), name, email, role, bool(row["decision_maker"]), seen, quiet)
