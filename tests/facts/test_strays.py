"""A few happenings long before all others: weeks begin after them, and nothing of them is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import to_day
from sabai.definitions.model import Definitions
from sabai.definitions.reader import read_definitions
from sabai.errors import FactsError
from sabai.facts.land import land
from sabai.facts.landed import Facts
from sabai.facts.stored.store import land_into, stored
from sabai.facts.strays import without_strays
from sabai.metrics.calendar import asked_days, canonical_days, first_known
from sabai.pipeline import Request, compute
from tests.acceptance.conftest import CUSTOMERS, DEFINITIONS
from tests.engines.company import AT
from tests.metrics.landing import fact
from tests.metrics.landing import land as landed
from tests.tries import tries

MEANT = DEFINITIONS.replace("{ account_id: customer,", "{ event_id: id, account_id: customer,").replace(
    "metrics:", "metrics:\n  ever: { count: events, window: lifetime }"
)
BEGINS = to_day(date(2024, 1, 10))
USAGE = "id,customer,action,at\n" + "".join(
    f"e{at},C{1 + at % 2},login,2024-0{1 + at % 3}-{10 + at % 18}T09:00:00\n" for at in range(150)
)
STRAY = "slip,C1,login,2004-01-20T09:00:00\n"


def company(folder: Path, usage: str, meant: str = MEANT) -> Definitions:
    folder.mkdir(exist_ok=True)
    (folder / "usage.csv").write_text(usage)
    (folder / "customers.csv").write_text(CUSTOMERS)
    (folder / "sabai.yaml").write_text(meant)
    return read_definitions(folder / "sabai.yaml")


def facts_of(folder: Path, usage: str, meant: str = MEANT) -> Facts:
    return land(company(folder, usage, meant), folder, folder / "out" / "facts")


def test_weeks_begin_after_a_stray_and_it_is_named(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, USAGE + STRAY)
    (notice,) = facts.issues
    assert (first_known(facts), len(asked_days(facts, ()))) == (BEGINS, 11)
    assert str(notice) == (
        "FCT-095  Among 151 happenings, strays more than an empty year before all others: 1.\n"
        "         events of app: slip on 2004-01-20\n"
        "         They stay facts, and counts over a lifetime see them. Weeks begin after them, on 2024-01-10.\n"
        "         Correct the date; if it is right, write  since: 2004-01-20  in the source app."
    )


def test_twin_without_the_stray_has_the_same_weeks_and_scores(tmp_path: Path) -> None:
    """And the stray is where a lifetime looks for it, which nobody sees in the twin."""
    strayed, twin = (
        compute(Request(company(tmp_path / name, usage), tmp_path / name, tmp_path / name / "out"))
        for name, usage in (("strayed", USAGE + STRAY), ("twin", USAGE))
    )
    assert strayed.asked == twin.asked
    assert strayed.scores.score.tobytes() == twin.scores.score.tobytes()
    assert strayed.scores.band.tobytes() == twin.scores.band.tobytes()
    assert strayed.facts.first_days == twin.facts.first_days
    ever = [run.scores.grid.values["ever"][:, -1].tolist() for run in (strayed, twin)]
    assert ever == [[76.0, 67.0], [75.0, 67.0]]
    assert (len(strayed.notices), len(strayed.facts.issues), len(twin.facts.issues)) == (0, 1, 0)


def test_whoever_states_since_has_the_long_history(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, USAGE + STRAY, MEANT.replace("table: events,", "table: events, since: 2004-01-20,"))
    assert (first_known(facts), facts.issues) == (to_day(date(2004, 1, 20)), ())


def test_dates_before_the_weeks_are_refused_with_the_reason(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, USAGE + STRAY)
    with pytest.raises(FactsError) as refused:
        asked_days(facts, [date(2010, 1, 1)])
    assert [issue.code for issue in refused.value.issues] == ["FCT-092", "FCT-095"]
    assert canonical_days(facts, asked_days(facts, [date(2024, 3, 1)]))[0] == to_day(date(2024, 1, 8))


def test_a_store_says_the_same_whichever_landing_brought_the_stray(tmp_path: Path) -> None:
    meant = company(tmp_path / "all", USAGE + STRAY)
    early = USAGE.splitlines(keepends=True)[0] + STRAY
    for name, parts in (("at once", [USAGE + STRAY]), ("first", [early, USAGE]), ("last", [USAGE, early])):
        for part in parts:
            company(tmp_path / "part", part)
            land_into(meant, tmp_path / "part", tmp_path / name, AT, buckets=3)
        facts = stored(meant, tmp_path / name)
        assert first_known(facts) == BEGINS
        assert [issue.where for issue in facts.issues] == ["events of app: slip on 2004-01-20"]


def happened(folder: Path, days: list[int]) -> Facts:
    return landed(folder, {"events": [fact(f"e{at}", "ant", day, occurred_at=day) for at, day in enumerate(days)]},
                  first_days={"events": {"made": min(days)}})  # fmt: skip


@tries(15)
@given(gaps=st.lists(st.integers(0, 365), min_size=0, max_size=60), first=st.integers(0, 20_000))
def test_law_without_an_empty_year_nothing_changes(
    tmp_path_factory: pytest.TempPathFactory, gaps: list[int], first: int
) -> None:
    facts = happened(tmp_path_factory.mktemp("facts"), [first + sum(gaps[:at]) for at in range(len(gaps) + 1)])
    assert without_strays(facts, {}) is facts


@pytest.mark.parametrize(("early", "late", "begins"), [(1, 99, 5_000), (1, 98, 10), (2, 198, 5_000), (2, 197, 10)])
def test_one_in_a_hundred_at_most(tmp_path: Path, early: int, late: int, begins: int) -> None:
    facts = without_strays(happened(tmp_path, [10] * early + [5_000 + at for at in range(late)]), {})
    assert first_known(facts) == begins
    assert len(facts.issues) == (begins != 10)


@pytest.mark.parametrize(("empty", "begins"), [(365, 10), (366, 376)])
def test_an_empty_year_at_least(tmp_path: Path, empty: int, begins: int) -> None:
    facts = without_strays(happened(tmp_path, [10] + [10 + empty + at for at in range(99)]), {})
    assert first_known(facts) == begins


def test_strays_of_several_years_all_go(tmp_path: Path) -> None:
    facts = without_strays(happened(tmp_path, [10, 900, *range(5_000, 5_300)]), {})
    assert first_known(facts) == 5_000
    assert facts.issues[0].where == "events of made: e0 on 1970-01-11, e1 on 1972-06-19"


def test_dues_are_collected_when_payments_are(tmp_path: Path) -> None:
    rows = [fact(f"p{at}", "ant", day, occurred_at=day) for at, day in enumerate([10, *range(5_000, 5_099)])]
    facts = landed(
        tmp_path, {"payments": rows}, first_days={"payments": {"made": 10}, "dues": {"bills": 7, "made": 10}}
    )
    moved = without_strays(facts, {}).first_days
    assert moved == {"payments": {"made": 5_000}, "dues": {"bills": 7, "made": 5_000}}


def test_a_source_that_has_nothing_else_begins_with_the_others(tmp_path: Path) -> None:
    rows = [fact("old", "ant", 10, occurred_at=10, source="web")]
    rows += [fact(f"e{day}", "ant", day, occurred_at=day) for day in range(5_000, 5_100)]
    facts = landed(tmp_path, {"events": rows}, first_days={"events": {"made": 5_000, "web": 10}})
    assert without_strays(facts, {}).first_days == {"events": {"made": 5_000, "web": 5_000}}
    absent = replace(facts, first_days={"events": {"made": 5_000, "web": None}})
    assert without_strays(absent, {}).issues == ()
