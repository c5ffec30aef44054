"""Day by day is the same as all at once: what an increment computes equals what a full run would, bit for bit."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import from_day
from sabai.definitions.reader import read_definitions
from sabai.facts.stored.store import land_into
from sabai.pipeline import Request, Run, go_on, score
from sabai.store.restating import Restated
from tests.metrics.histories import SHRINKING
from tests.tries import tries

FIRST = date(2024, 1, 1)  # a Monday
DEFINITIONS = """
sabai: 1
workspace: { name: Day by day }
sources:
  accounts: { files: accounts.csv, table: accounts, columns: { account_id: id, segment: segment, started_on: since } }
  app: { files: app*.csv, table: events, columns: { event_id: id, account_id: account, name: name, occurred_at: at } }
  desk:
    files: desk*.csv
    table: tickets
    history: every
    columns: { ticket_id: id, account_id: account, opened_at: opened, resolved_at: resolved, updated_at: changed }
metrics:
  logins: { count: events, where: { name: login }, window: 28d }
  trend:  { change: logins }
  ever:   { count: events }
  waiting: { open: tickets }
  quiet:  { days_since: events }
health:
  segments: [segment]
  needs_coverage: 20%
  reference: { from: 2024-01-08, to: 2024-02-12 }
  dimensions:
    usage:
      logins: { weight: 4, better: higher }
      trend: { weight: 1, curve: { -1: 0, 1: 100 } }
      ever: { weight: 2, better: higher }
      quiet: { weight: 2, better: lower }
    support:
      waiting: { weight: 3, curve: { 0: 100, 2: 0 } }
  bands: { cut: quartiles, hold: { points: 2, days: 14 } }
"""
ACCOUNTS = "id,segment,since\n" + "".join(f"a{i},{'big' if i % 2 else 'small'},2023-11-0{i + 1}\n" for i in range(6))

Event = tuple[int, int, int, str]
Ticket = tuple[int, int, int, int, int]

LAW = tries(2, 30, phases=SHRINKING)
days = st.integers(-40, 120)
events = st.tuples(st.integers(0, 5), days, st.integers(0, 60), st.sampled_from(("login", "export")))
"""Account, the day on which it happens, how many days later the export has it, and its name."""
tickets = st.tuples(st.integers(0, 5), st.integers(0, 4), days, st.integers(0, 30), st.integers(0, 20))


def when(day: int) -> str:
    return (FIRST + timedelta(days=day)).isoformat()


class Company:
    """Exports that come in part by part, each on its own day, into one store."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store, self.exports = folder, folder / "store", folder / "exports"
        if not self.exports.exists():
            self.exports.mkdir(parents=True)
            (folder / "sabai.yaml").write_text(DEFINITIONS)
            (self.exports / "accounts.csv").write_text(ACCOUNTS)
        self.definitions = read_definitions(folder / "sabai.yaml")

    def land(self, day: int, told: list[Event], asked: list[Ticket]) -> None:
        """All events and ticket versions that the exports of this day have."""
        rows = [f"e{n},a{who},{name},{when(at)}" for n, (who, at, lag, name) in enumerate(told) if at + lag < day]
        (self.exports / "app.csv").write_text("\n".join(["id,account,name,at", *rows, ""]))
        rows = [
            f"t{n},a{who},{when(opened)},{when(opened + lasts) if opened + lasts + lag < day else ''},"
            f"{when(opened + lasts if opened + lasts + lag < day else opened)}"
            for who, n, opened, lasts, lag in {each[1]: each for each in asked}.values()
            if opened + lag < day
        ]
        (self.exports / "desk.csv").write_text("\n".join(["id,account,opened,resolved,changed", *rows, ""]))
        land_into(self.definitions, self.exports, self.store, moment(day), buckets=2)

    def request(self, out: str, *as_of: date) -> Request:
        return Request(self.definitions, self.store, self.folder / out, as_of)

    def snapshots(self, out: str) -> pl.DataFrame:
        rows = pl.read_delta(str(self.folder / out / "snapshots")).drop("computed_at")
        return rows.select(sorted(rows.columns)).sort("account_id", "as_of")

    def stamps(self, out: str) -> pl.DataFrame:
        """When each snapshot was computed."""
        rows = pl.read_delta(str(self.folder / out / "snapshots"))
        return rows.select("account_id", "as_of", "computed_at").sort("account_id", "as_of")


def moment(day: int) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, 3, tzinfo=UTC) + timedelta(days=day)


def scored_day_by_day(
    company: Company, told: list[Event], asked: list[Ticket],
    landings: list[int],
) -> list[date]:  # fmt: skip
    """Land, and score the new dates, at each of the days; the dates that were asked for."""
    dates: list[date] = []
    for day in landings:
        company.land(day, told, asked)
        dates.append(FIRST + timedelta(days=day))
        go_on(company.request("grown", dates[-1]), moment(day))
    return dates


@LAW
@given(
    st.lists(events, min_size=3, max_size=40),
    st.lists(tickets, max_size=6),
    st.lists(st.integers(50, 130), min_size=2, max_size=4, unique=True).map(sorted),
)
def test_law_increments_equal_a_full_run(
    tmp_path_factory: pytest.TempPathFactory, told: list[Event],
    asked: list[Ticket], landings: list[int],
) -> None:  # fmt: skip
    company = Company(tmp_path_factory.mktemp("law"))
    told = [*TOLD, *told]
    dates = scored_day_by_day(company, told, asked, landings)
    score(company.request("full", *dates), moment(200))
    grown, full = company.snapshots("grown"), company.snapshots("full")
    assert grown.columns == full.columns
    assert grown.equals(full), differences(grown, full)


def differences(one: pl.DataFrame, other: pl.DataFrame) -> list[dict[str, object]]:
    """The cells that differ, to look at."""
    known = ["account_id", "as_of"]
    both = one.join(other, on=known, how="full", suffix=" full", coalesce=True).sort(known)
    return [
        {**{name: row[name] for name in known}, "cell": name, "grown": row.get(name), "full": row.get(f"{name} full")}
        for row in both.iter_rows(named=True)
        for name in one.columns
        if name not in known and row.get(name) != row.get(f"{name} full")
    ]


TOLD = [(0, 0, 0, "login"), (0, 30, 0, "login"), (1, 45, 0, "login"), (2, 40, 30, "login")]
"""Until the weeks that say what is usual are over. The last login happens on day 40; the export has it after day 70."""


@pytest.fixture(scope="module")
def grown_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    company = Company(tmp_path_factory.mktemp("grown"))
    scored_day_by_day(company, TOLD, [], [60, 80])
    return company.folder


@pytest.fixture
def grown(grown_once: Path, tmp_path: Path) -> Company:
    return Company(shutil.copytree(grown_once, tmp_path / "grown"))


def logins_of_a2(run: Run) -> float:
    return float(run.scores.grid.values["logins"][run.scores.grid.accounts.index("a2"), -1])


def test_what_comes_late_counts_from_when_it_came(grown: Company) -> None:
    """On day 60 nobody knew of the login of day 40, and nobody will have known."""
    assert logins_of_a2(score(grown.request("again", FIRST + timedelta(days=60)), moment(81))) == 0


def test_restated_it_counts_from_when_it_should_have_been_known(grown: Company) -> None:
    run = score(grown.request("again", FIRST + timedelta(days=60)), moment(81), restate=True)
    assert logins_of_a2(run) == 1


@LAW
@given(
    st.lists(events, min_size=3, max_size=40),
    st.lists(tickets, max_size=6),
    st.lists(st.integers(50, 130), min_size=2, max_size=4, unique=True).map(sorted),
)
def test_law_restating_supersedes_just_what_says_something_else(
    tmp_path_factory: pytest.TempPathFactory, told: list[Event],
    asked: list[Ticket], landings: list[int],
) -> None:  # fmt: skip
    company = Company(tmp_path_factory.mktemp("law"))
    scored_day_by_day(company, [*TOLD, *told], asked, landings)
    before, stood = company.snapshots("grown"), company.stamps("grown")
    run = score(company.request("grown"), moment(190), restate=True)
    dates = [from_day(day) for day in run.asked]
    assert {*before["as_of"]} <= {*dates}
    score(company.request("full", *dates), moment(200))
    after, full = company.snapshots("grown"), company.snapshots("full")
    assert after.equals(full), differences(after, full)
    known = ["account_id", "as_of"]
    same = before.join(after, on=before.columns, how="semi", nulls_equal=True).select(known)
    assert run.restated == Restated(before.height - same.height, before.height)
    assert company.stamps("grown").join(same, on=known).equals(stood.join(same, on=known))
    anew = company.stamps("grown").join(same, on=known, how="anti")
    assert {*anew["computed_at"]} <= {moment(190)}


def test_an_account_that_nothing_came_late_for_keeps_its_snapshots(tmp_path: Path) -> None:
    """The login of day 50 was told on day 80, after the scores of both dates and the weeks that say what is usual."""
    company = Company(tmp_path)
    dates = scored_day_by_day(company, [*TOLD[:3], (2, 50, 20, "login")], [], [60, 80])
    stood = company.stamps("grown")
    assert score(company.request("grown"), moment(90), restate=True).restated == Restated(2, stood.height)
    stamps, anew = company.stamps("grown"), pl.col("computed_at") == moment(90)
    touched = stamps.filter(anew, pl.col("as_of").is_in(dates))
    assert touched.select("account_id", "as_of").rows() == [("a2", when) for when in dates]
    assert score(company.request("grown"), moment(91), restate=True).restated == Restated(0, stamps.height)
    assert company.stamps("grown").equals(stamps)


def test_where_the_past_was_restated_elsewhere_nothing_goes_on(grown: Company) -> None:
    score(grown.request("elsewhere"), moment(90), restate=True)
    dates = [FIRST + timedelta(days=day) for day in (60, 80, 95)]
    run = go_on(grown.request("grown", *dates), moment(95))
    assert not run.went_on
    score(grown.request("full", *dates), moment(96))
    assert grown.snapshots("grown").equals(grown.snapshots("full"))
    later = FIRST + timedelta(days=97)
    assert go_on(grown.request("grown", later), moment(97)).went_on


@pytest.mark.parametrize(("known_on", "logins"), [(61, 0), (79, 0), (81, 1)])
def test_as_known_on_a_day(grown: Company, known_on: int, logins: int) -> None:
    """What was known of day 60, on day 61, before the login came in, and on day 81, after it."""
    request = Request(
        grown.definitions, grown.store, grown.folder / "then", (FIRST + timedelta(days=60),),
        known_on=FIRST + timedelta(days=known_on),
    )  # fmt: skip
    assert logins_of_a2(score(request, moment(90))) == logins


def test_other_definitions_begin_anew(grown: Company) -> None:
    file = grown.folder / "sabai.yaml"
    file.write_text(DEFINITIONS.replace("weight: 4", "weight: 5"))
    grown.definitions = read_definitions(file)
    run = go_on(grown.request("grown", FIRST + timedelta(days=81)), moment(82))
    assert not run.went_on
    assert go_on(grown.request("grown", FIRST + timedelta(days=82)), moment(83)).went_on


def test_while_what_is_usual_is_still_being_learned_nothing_goes_on(tmp_path: Path) -> None:
    company = Company(tmp_path)
    (tmp_path / "sabai.yaml").write_text(DEFINITIONS.replace("to: 2024-02-12", "to: 2024-06-30"))
    company.definitions = read_definitions(tmp_path / "sabai.yaml")
    scored_day_by_day(company, TOLD, [], [60])
    assert not go_on(company.request("grown", FIRST + timedelta(days=61)), moment(61)).went_on
