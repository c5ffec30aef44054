"""The judge is judged: six metrics written a third time, by hand, in SQL that shares nothing with the engines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest

from sabai.definitions.model import Basic, Definitions, Where
from sabai.engines import reference
from sabai.facts.landed import Facts
from tests.metrics.landing import Row, define, fact, land

ACCOUNTS = tuple(f"a{number:02}" for number in range(12))
AS_OF = tuple(range(60, 400, 17))

IN_90 = "occurred_day >= s - 90 and occurred_day < s and received_day < s"
KNOWN = "received_day < s and s <= coalesce(superseded_day, 99999)"
LOGIN = (Where("name", "in", ("login",)),)

TWINS: list[tuple[Basic, str]] = [
    (
        Basic("logins", "count", "events", where=LOGIN, window_days=90),
        f"select count(*) from events e where e.account_id = a and name = 'login' and {IN_90}",
    ),
    (
        Basic("value", "sum", "events", "value", window_days=90),
        f"""select coalesce(sum(cast(value as decimal(18, 6))), 0)::double
            from events e where e.account_id = a and {IN_90}""",
    ),
    (
        Basic("people", "distinct", "events", key="contact", window_days=90),
        f"select count(distinct contact_id) from events e where e.account_id = a and {IN_90}",
    ),
    (
        Basic("open", "held", "tickets", "open"),
        f"""select count(*) from tickets t where t.account_id = a and {KNOWN}
            and opened_day < s and (resolved_day is null or s <= resolved_day)""",
    ),
    (
        Basic("last_score", "last", "responses", "score", window_days=200),
        """select last(score order by asked_at, source, key) from responses r where r.account_id = a
           and score is not null and received_day < s and answered_day >= s - 200 and answered_day < s""",
    ),
    (
        Basic("since_reply", "days_since", "tickets", "first_reply_hours"),
        f"""select s - max(first_response_day) from tickets t where t.account_id = a and {KNOWN}
            and first_response_day < s""",
    ),
]


def events(rng: random.Random) -> Iterator[Row]:
    for number in range(400):
        at = rng.uniform(0, 400)
        yield fact(
            f"e{number}", rng.choice(ACCOUNTS), at + rng.choice((0, 0, 0, rng.uniform(0, 120))), occurred_at=at,
            name=rng.choice(("login", "login", "export")), contact_id=rng.choice((None, "ann", "ben", "cal")),
            value=rng.choice((None, round(rng.uniform(-5, 5), 3))),
        )  # fmt: skip


def tickets(rng: random.Random) -> Iterator[Row]:
    """Each told twice: when it was opened, and again when it was answered and resolved."""
    for number in range(80):
        opened, account = rng.uniform(0, 350), rng.choice(ACCOUNTS)
        answered, resolved = opened + rng.uniform(0, 9), opened + rng.uniform(9, 60)
        again = resolved + rng.choice((0, rng.uniform(0, 30)))
        yield fact(f"t{number}", account, opened, superseded=int(again), opened_at=opened)
        yield fact(
            f"t{number}", account, again, opened_at=opened, resolved_at=resolved, first_response_at=answered,
            first_reply_seconds=int((answered - opened) * 86_400),
        )  # fmt: skip


def responses(rng: random.Random) -> Iterator[Row]:
    for number in range(80):
        asked, score = rng.uniform(0, 400), rng.choice((None, float(rng.randint(0, 10))))
        answered = asked + rng.uniform(0, 20)
        columns = {"asked_at": asked, "answered_at": answered, "score": score}
        yield fact(f"r{number}", rng.choice(ACCOUNTS), answered + rng.choice((0, 40)), **columns)


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    rng = random.Random(20)
    accounts = [fact(account, account, 0, started_on=0) for account in ACCOUNTS]
    told = {"events": list(events(rng)), "tickets": list(tickets(rng)), "responses": list(responses(rng))}
    return land(tmp_path, {"accounts": accounts, **told}, ACCOUNTS, since=0)


def by_sql(facts: Facts, query: str) -> np.ndarray:
    """The query for every account `a` and as-of day `s`; NaN where it finds nothing."""
    with duckdb.connect() as base:
        for path in facts.folder.glob("*.parquet"):
            base.execute(f"create view {path.stem} as select * from '{path}'")
        cells = base.execute(
            f"""select ({query}) from unnest(?) accounts(a), unnest(?) days(s) order by a, s""",
            [list(facts.account_ids), list(AS_OF)],
        ).fetchall()
    values = [float("nan") if value is None else float(value) for (value,) in cells]
    return np.array(values).reshape(len(facts.account_ids), len(AS_OF))


@pytest.mark.parametrize(("metric", "query"), [pytest.param(*twin, id=twin[0].name) for twin in TWINS])
def test_sql_says_the_same(facts: Facts, metric: Basic, query: str) -> None:
    # Everything is collected from day 0 on and every account began then, so that SQL need not know about coverage.
    meaning: Definitions = define(metric)
    grid = reference.measure(facts, meaning, AS_OF)
    assert len(np.unique(grid.values[metric.name])) > 3  # the history says something
    np.testing.assert_array_equal(grid.values[metric.name], by_sql(facts, query))


def test_sql_that_reads_late_facts_too_early_differs(facts: Facts) -> None:
    metric, query = TWINS[0]
    grid = reference.measure(facts, define(metric), AS_OF)
    careless = by_sql(facts, query.replace("and received_day < s", ""))
    assert (careless != grid.values[metric.name]).any()
