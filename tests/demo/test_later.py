"""The made company some weeks later: every date of its exports moves, and nothing else does."""

from __future__ import annotations

from importlib.resources import files

import polars as pl
import pytest

from sabai.dates import to_day
from sabai.definitions.reader import read_definitions
from sabai.demo.calendar import LAST
from sabai.demo.later import later, said_later
from sabai.demo.make import make_company, weeks_until
from sabai.facts.land import land
from sabai.facts.landed import Facts

WEEKS = 20
DAYS = 7 * WEEKS


@pytest.fixture(scope="module")
def now_and_later(tmp_path_factory: pytest.TempPathFactory) -> tuple[Facts, Facts]:
    told = []
    for weeks in (0, WEEKS):
        folder = tmp_path_factory.mktemp(f"later-{weeks}")
        definitions = read_definitions(make_company(folder, seed=3, accounts=40, weeks_later=weeks))
        told.append(land(definitions, folder, folder / "facts"))
    return told[0], told[1]


def test_all_that_lands_is_the_same_so_much_later(now_and_later: tuple[Facts, Facts]) -> None:
    now, then = now_and_later
    assert then.tallies == now.tallies
    for table, days in now.first_days.items():
        assert then.first_days[table] == {name: day + DAYS for name, day in days.items() if day is not None}
    for table in ("events", "touchpoints", "subscriptions", "churn", "tickets", "payments"):
        one, other = now.scan(table).collect(), then.scan(table).collect()
        days = [name for name in one.columns if name.endswith("_day")]
        assert one.select(pl.col(days) + DAYS).equals(other.select(days))
        assert one.select("account_id").equals(other.select("account_id"))


def test_definitions_move_along() -> None:
    text = files("sabai.demo").joinpath("sabai.yaml").read_text(encoding="utf-8")
    assert said_later(text, 0) == text
    assert "reference: { from: 2025-05-21, to: 2025-11-17 }" in said_later(text, WEEKS)


@pytest.mark.parametrize("ahead", [-8, -1, 0, 6, 7, 144])
def test_it_ends_on_that_day_or_within_the_week_before(ahead: int) -> None:
    last = to_day(LAST)
    assert 0 <= last + ahead - (last + 7 * weeks_until(last + ahead)) < 7


def test_only_what_begins_with_a_date_is_one() -> None:
    told = [
        "2026-06-30",
        "2026-06-30T23:59:59Z",
        "2026-06-30 10:00",
        "2026-06-301",
        "on 2026-06-30",
        "2025-02-31",
        None,
    ]
    moved = later(pl.DataFrame({"said": told, "n": range(len(told))}), 1)["said"].to_list()
    assert moved[:3] == ["2026-07-07", "2026-07-07T23:59:59Z", "2026-07-07 10:00"]
    assert moved[3:] == told[3:]
