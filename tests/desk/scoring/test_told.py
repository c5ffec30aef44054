"""What the desk tells of a run is what the report and `sabai explain` say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sabai.dates import from_day
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.portfolio.models import Ownership
from sabai.desk.scoring.models import Account, Count, Told
from sabai.desk.scoring.story import Happening
from sabai.desk.scoring.telling.days import Spoken
from sabai.desk.scoring.telling.write import tell
from sabai.desk.tasks.models import Touchpoint
from sabai.health.change import change
from sabai.health.explain import explain
from sabai.health.overrides import Override
from sabai.health.revenue import monthly_revenue
from sabai.health.scores import BANDS
from sabai.receivables.about import about_accounts
from sabai.report.additions import steps
from sabai.report.beside import all_beside
from sabai.report.customers import Span, customers_at
from sabai.report.timeline import timelines
from sabai.report.view import band_counts
from sabai.request import Run
from tests.desk.conftest import Staying, founded
from tests.desk.scoring.conftest import AT, TODAY, accounts, stories

Scored = tuple[Run, Spoken]


@pytest.fixture(scope="module")
def told(staying: Staying, scored: Scored) -> Iterator[Scored]:
    with staying():
        tell(founded(), *scored, TODAY)
        yield scored


@pytest.fixture
def workspace(told: Scored) -> Workspace:
    return Workspace.objects.get()


def column_of(told: Scored, back: int = 0) -> int:
    run, days = told
    return int(np.flatnonzero(run.scores.grid.as_of == days.as_of - back)[0])


def test_rows_say_what_the_report_lists(workspace: Workspace, told: Scored) -> None:
    run, days = told
    span = Span(column_of(told), column_of(told, 7))
    revenue = monthly_revenue(run.scores.grid, run.definitions, run.facts, span.now)
    listed = customers_at(run.scores, run.facts, span, revenue, all_beside(run, span.now, revenue))
    rows = accounts(workspace)
    assert {account for account, row in rows.items() if row.here} == {each.account_id for each in listed}
    assert len(listed) > 15
    for each in listed:
        row = rows[each.account_id]
        assert (row.name, row.band, row.own_band, row.young) == (each.name, each.band, each.band, each.young)
        assert (row.score, row.coverage) == (none(each.score), none(each.coverage))
        assert row.change_week == pytest.approx(none(each.change), abs=1e-9)
        assert (row.revenue_minor, row.segment, row.as_of) == (
            none(each.revenue_minor),
            each.segment,
            from_day(days.as_of),
        )
        assert (row.parent.account_id if row.parent else "") == each.parent_id


def test_those_who_left_or_are_no_customers_yet_have_rows_but_are_not_here(workspace: Workspace, told: Scored) -> None:
    run, _ = told
    rows = accounts(workspace)
    assert set(rows) == set(run.scores.grid.accounts)
    gone = [row for row in rows.values() if not row.here]
    assert gone
    assert {row.band for row in gone} == {"unknown"}
    assert {row.score for row in gone} == {None}


def test_the_addition_is_that_of_explain(workspace: Workspace, told: Scored) -> None:
    run, days = told
    for account, story in stories(workspace).items():
        why = explain(run.scores, run.definitions, account, days.as_of)
        lines = [(line.kind, line.name, line.contribution, line.start, line.value, line.points) for line in story.lines]
        wanted = [(s.kind, s.name, s.contribution, s.start, s.value, s.points) for s in steps(why, run.definitions)]
        assert lines == wanted
        assert (story.why, story.raw_band) == (why.why, why.raw_band)
        assert {each.name for each in story.missing} == set(why.unknown)
        if why.score is not None:
            assert sum(line.contribution for line in story.lines) == pytest.approx(why.score, abs=1e-9)


@pytest.mark.parametrize(("name", "back"), [("week", 7), ("quarter", 91)])
def test_moves_are_exact(workspace: Workspace, told: Scored, name: str, back: int) -> None:
    run, days = told
    seen = 0
    for account, story in stories(workspace).items():
        moved, said = change(run.scores, run.definitions, account, days.as_of - back, days.as_of), getattr(story, name)
        assert (said.points if said else None) == moved.points
        if said:
            seen += 1
            assert sum(part.points for part in said.parts) == pytest.approx(said.points, abs=1e-9)
            assert {(p.kind, p.name, p.points) for p in said.parts} == {(p.kind, p.name, p.points) for p in moved.parts}
    assert seen > 15


def test_trends_are_the_scores_of_mondays_and_of_the_day_itself(workspace: Workspace, told: Scored) -> None:
    run, days = told
    rows = {account: row for row, account in enumerate(run.scores.grid.accounts)}
    for account, story in stories(workspace).items():
        at = {day: column for column, day in enumerate(run.scores.grid.as_of.tolist())}
        assert story.days[-1] == days.as_of
        assert all((day - 4) % 7 == 0 for day in story.days[:-1])
        assert len(story.days) == 105
        scores = [none(float(run.scores.score[rows[account], at[day]])) for day in story.days]
        assert list(story.scores) == scores
        for line in story.lines:
            assert len(line.trend) == (13 if line.kind == "factor" else 0)


def test_the_timeline_has_what_the_report_tells(workspace: Workspace, told: Scored) -> None:
    run, days = told
    wanted = timelines(run.facts, list(run.facts.account_ids), days.as_of)
    seen = 0
    for account, story in stories(workspace).items():
        there = [_plain(each) for each in story.happenings]
        for happening in wanted[account].happenings if account in wanted else ():
            assert _plain(Happening(happening.day, happening.table, dict(happening.said))) in there
            seen += 1
        assert dict(story.events) == dict(wanted[account].names if account in wanted else ())
        assert [each.day for each in story.happenings] == sorted((each.day for each in story.happenings), reverse=True)
    assert seen > 100


def test_events_are_rolled_up_by_week(workspace: Workspace, told: Scored) -> None:
    run, days = told
    events = run.facts.scan("events").collect()
    account = events["account_id"].value_counts(sort=True)["account_id"][0]
    weeks = [each for each in stories(workspace)[account].happenings if each.table == "events"]
    own = events.filter(
        (events["account_id"] == account)
        & (events["occurred_day"] < days.as_of)
        & (events["occurred_day"] >= days.as_of - 7)
        & (events["received_day"] < days.as_of)
    )
    assert (weeks[0].said["count"], weeks[0].day) == (own.height, own["occurred_day"].max())
    commonest = own["name"].value_counts(sort=True)["count"][0]
    assert weeks[0].said["names"][0][1] == commonest


def test_money_owed_is_what_the_metrics_hold(workspace: Workspace, told: Scored) -> None:
    run, _ = told
    overdue, rows = run.scores.grid.values["overdue"][:, column_of(told)], accounts(workspace)
    found = {account: rows[account].overdue_minor for account in run.scores.grid.accounts}
    assert list(found.values()) == [int(value) for value in np.nan_to_num(overdue)]
    assert any(found.values())
    for account, story in stories(workspace).items():
        late = sum(each.open_minor for each in story.owed if each.days_late > 0)
        assert late == found[account]


def test_owners_of_the_tools_are_known_by_their_name_and_the_desk_comes_first(
    workspace: Workspace, scored: Scored, ben: Membership, aiko: Membership
) -> None:
    run, days = scored
    owner = dict(about_accounts(run.facts, days.as_of).select("account_id", "owner").iter_rows())
    Membership.of(workspace).filter(pk=ben.pk).update(known_as="Yuki")
    tell(workspace, run, days, TODAY)
    rows = accounts(workspace)
    assert {account: row.owner_name for account, row in rows.items()} == {a: owner[a] or "" for a in rows}
    yukis = [account for account, row in rows.items() if row.owner_name == "yuki"]
    assert yukis
    assert {row.account_id for row in rows.values() if row.owner_id == ben.user_id} == set(yukis)
    taken = rows[yukis[0]]
    Ownership.everywhere.create(workspace=workspace, account=taken, user=aiko.user, from_on=date(2026, 1, 1))
    tell(workspace, run, days, TODAY)
    assert accounts(workspace)[yukis[0]].owner_id == aiko.user_id
    Ownership.of(workspace).update(until_on=date(2026, 2, 1))
    tell(workspace, run, days, TODAY)
    assert accounts(workspace)[yukis[0]].owner_id == ben.user_id


def test_an_override_is_shown_and_the_own_band_stays(workspace: Workspace, scored: Scored) -> None:
    run, days = scored
    account = next(
        run.scores.grid.accounts[row]
        for row in np.flatnonzero(run.scores.grid.alive[:, -1])
        if BANDS[run.scores.band[row, -1]] == "healthy"
    )
    override = Override("override", account, "unhealthy", "sold", "Aiko", TODAY - 3, TODAY + 3)
    tell(workspace, replace(run, overrides=(override,)), days, TODAY)
    row = accounts(workspace)[account]
    assert (row.band, row.own_band) == ("unhealthy", "healthy")
    tell(workspace, replace(run, overrides=(override,)), days, TODAY + 3)
    assert accounts(workspace)[account].band == "healthy"


def test_telling_twice_changes_nothing(workspace: Workspace, told: Scored) -> None:
    def everything() -> tuple[list[object], ...]:
        rows = Account.of(workspace).order_by("pk").values()
        return list(rows), list(Told.objects.order_by("pk").values_list("pk", "packed")), list(_counts(workspace))

    before = everything()
    tell(workspace, *told, TODAY)
    assert everything() == before


def test_counts_are_those_of_the_page_over_time(workspace: Workspace, told: Scored) -> None:
    run, days = told
    wanted = band_counts(run.scores)
    at = {from_day(day): column for column, day in enumerate(run.scores.grid.as_of.tolist())}
    found = _counts(workspace)
    assert {each[0] for each in found} == {from_day(day) for day in (*days.mondays[-104:], days.as_of)}
    for as_of, band, count, _ in found:
        assert count == wanted[at[as_of], BANDS.index(band)]
    revenue = monthly_revenue(run.scores.grid, run.definitions, run.facts, column_of(told))
    assert revenue is not None
    alive = run.scores.grid.alive[:, column_of(told)]
    assert sum(each[3] for each in found if each[0] == from_day(days.as_of)) == int(revenue[alive].sum())


def test_a_contact_logged_at_the_desk_is_the_last_touch_before_it_has_landed(
    workspace: Workspace, told: Scored, aiko: Membership
) -> None:
    row = Account.of(workspace).filter(here=True).order_by("pk").first()
    assert row is not None
    Touchpoint.everywhere.create(
        workspace=workspace, account=row, user=aiko.user, channel="phone", direction="out", occurred_at=AT
    )
    tell(workspace, *told, TODAY)
    assert accounts(workspace)[row.account_id].last_touch_on == AT.date()


def test_quiet_contacts_were_seen_before(workspace: Workspace, told: Scored) -> None:
    people = [person for story in stories(workspace).values() for person in story.people]
    as_of = told[1].as_of
    assert {person.quiet for person in people} == {True, False}
    assert all(person.quiet == (person.seen_on is not None and as_of - person.seen_on > 28) for person in people)
    assert all("@" in person.email and person.name for person in people)


def test_factors_say_how_fresh_they_are(workspace: Workspace, told: Scored) -> None:
    run, days = told
    logins = run.facts.scan("events").collect()
    for account, story in stories(workspace).items():
        for line in story.lines:
            if line.name != "logins":
                continue
            own = logins.filter(
                (logins["account_id"] == account) & (logins["name"] == "login")
                & (logins["occurred_day"] < days.as_of) & (logins["received_day"] < days.as_of)
            )  # fmt: skip
            assert line.fresh_on == own["occurred_day"].max()


def none(value: float) -> float | None:
    return None if np.isnan(value) else value


def _plain(happening: Happening) -> tuple[object, ...]:

    return happening.day, happening.table, sorted((key, str(value)) for key, value in happening.said.items())


def _counts(workspace: Workspace) -> list[tuple[date, str, int, int]]:
    return list(Count.of(workspace).order_by("as_of", "band").values_list("as_of", "band", "accounts", "revenue_minor"))
