"""Which events count as being there, and since when they are collected."""

from __future__ import annotations

import polars as pl

from sabai.dates import from_day
from sabai.definitions.model import Basic, Definitions, Where
from sabai.errors import Issue, UsageError, did_you_mean
from sabai.facts.landed import Facts
from sabai.metrics.coverage import collected_for
from sabai.retention.cohorts.question import Question

LATE_DAYS = 31
"""Sources that begin so much later than the first are named."""


def counted(definitions: Definitions, question: Question) -> Basic:
    """As a metric filters them: by name, or as a metric of the definitions does.

    Raises UsageError RET-011 where that metric does not look at events.
    """
    if question.metric is None:
        named = (Where("name", "in", question.events),) if question.events else ()
        return Basic("counted", "count", "events", where=named)
    metric = definitions.metrics.get(question.metric)
    if not isinstance(metric, Basic) or metric.table != "events":
        raise UsageError(_no_metric(definitions, question.metric))
    return metric


def collected_from(facts: Facts, definitions: Definitions, metric: Basic) -> tuple[int, tuple[str, ...]]:
    """The first day on which any source of these events was collected, and which of them came later."""
    days = collected_for(metric, definitions.sources, facts.first_days)
    known = {name: day for name, day in days.items() if day is not None}
    first = min(known.values(), default=0)
    late = [
        f"{name} is collected since {from_day(day)} only: what was done there before is not seen."
        for name, day in sorted(known.items())
        if day - first > LATE_DAYS
    ]
    return first, tuple(late)


def event_days(facts: Facts, name: str, until: int) -> pl.DataFrame:
    """account_id and `value`, the first day before `until` on which it had an event of that name.

    Raises UsageError RET-012 where no event has it.
    """
    if not facts.has("events"):
        raise UsageError(_no_event(name, []))
    seen = facts.scan("events").filter(pl.col("occurred_day") < until, pl.col("received_day") < until)
    mine = seen.filter(pl.col("name") == name).group_by("account_id").agg(value=pl.col("occurred_day").min())
    found = mine.collect(engine="streaming")
    if found.is_empty():
        raise UsageError(_no_event(name, event_names(facts)))
    return found


def refuse_unknown(facts: Facts, names: tuple[str, ...]) -> None:
    """Raises UsageError RET-012 for the first name that no event has."""
    known = event_names(facts) if names else []
    for name in names:
        if name not in known:
            raise UsageError(_no_event(name, known))


def event_names(facts: Facts) -> list[str]:
    names = facts.scan("events").select(pl.col("name").drop_nulls().unique()).collect(engine="streaming")
    return sorted(names["name"].to_list())


def _no_event(name: str, known: list[str]) -> Issue:
    return Issue(
        "RET-012",
        f'No event is called "{name}".',
        "--event",
        "Everybody would seem never to have come back.",
        did_you_mean(name, known) or "No events have landed.",
    )


def _no_metric(definitions: Definitions, name: str) -> Issue:
    known = [
        each
        for each, metric in definitions.metrics.items()
        if isinstance(metric, Basic) and metric.table == "events" and "." not in each
    ]
    return Issue(
        "RET-011",
        f'"{name}" is not a metric that looks at events.',
        "--metric",
        "Its filter says which events count as being there.",
        did_you_mean(name, known),
    )
