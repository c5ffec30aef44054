"""Which day the desk speaks of."""

from __future__ import annotations

import polars as pl
import pytest

from sabai.dates import to_day
from sabai.desk.scoring.telling.days import spoken
from sabai.facts.landed import Facts
from tests.desk.scoring.conftest import AT

MONDAY = to_day(AT.date()) - 2


@pytest.mark.parametrize(
    ("received", "today", "as_of"),
    [
        ({"crm": [100, 200]}, 300, 201),  # exports end: what comes after nobody knows
        ({"crm": [100, 200]}, 200, 200),  # today is not over
        ({"crm": [100, 9_000]}, 200, 101),  # a slip of the keyboard
        ({"crm": [100, 200], "desk": [280]}, 300, 201),  # people who log contacts are no export
        ({"crm": [100]}, 100, 101),  # the first day
    ],
)
def test_the_day_after_the_last_that_tools_told_of(
    tmp_path: object, received: dict[str, list[int]], today: int, as_of: int
) -> None:
    assert spoken(_facts(tmp_path, received), today).as_of == as_of


def test_mondays_and_the_days_that_are_compared(tmp_path: object) -> None:
    days = spoken(_facts(tmp_path, {"crm": [MONDAY - 50, MONDAY + 1]}), MONDAY + 2)
    assert days.as_of == MONDAY + 2
    assert days.mondays == tuple(range(MONDAY - 49, MONDAY + 1, 7))
    assert days.before == (days.as_of - 7, days.as_of - 28)  # a quarter ago there was nothing
    assert days.all == tuple(sorted({*days.mondays, *days.before, days.as_of}))


def _facts(folder: object, received: dict[str, list[int]]) -> Facts:
    rows = [(source, day) for source, each in received.items() for day in each]
    frame = pl.DataFrame(rows, schema={"source": pl.String, "received_day": pl.Int32}, orient="row")
    frame.write_parquet(f"{folder}/touchpoints.parquet")
    first: dict[str, int | None] = {source: min(days) for source, days in received.items()}
    return Facts(folder, (), (), {"touchpoints": first})  # type: ignore[arg-type]
