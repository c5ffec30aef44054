"""A company that was scored at noon: what the next scoring leaves of that, and live scores in between."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from django.test import override_settings

from sabai.dates import from_day
from sabai.desk.accounts.models import Opinion
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring import door, jobs
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account, Count, Told
from sabai.desk.scoring.queries import freshness, latest
from sabai.desk.scoring.sources import put
from sabai.facts.stored.erase import erase
from sabai.facts.stored.reading import FewAccounts
from sabai.facts.stored.suppressed import Name
from sabai.health.frozen import kept
from sabai.pipeline import compute
from sabai.store.snapshots import days_in
from tests.desk.conftest import Staying, founded
from tests.desk.scoring.conftest import AT, TODAY, Clock, accounts, clock_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(scope="module")
def before(made: Company, scored: object, staying: Staying, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the company was scored: its rows stay, its folder is copied for every test."""
    data = tmp_path_factory.mktemp("before")
    with staying(), override_settings(DATA=data), pytest.MonkeyPatch.context() as noon:
        clock_of(noon)(AT)
        workspace = founded()
        shutil.copytree(made.folder, Company.of(workspace).folder)
        jobs.score_workspace(workspace.pk)
        yield Company.of(workspace).folder


@pytest.fixture
def workspace(before: Path) -> Workspace:
    return Workspace.objects.get()


@pytest.fixture
def company(before: Path, workspace: Workspace, tmp_path: Path, settings: Any) -> Company:
    settings.DATA = tmp_path
    company = Company.of(workspace)
    shutil.copytree(before, company.folder)
    return company


def test_scoring_again_leaves_the_same_rows_and_writes_no_snapshot_twice(
    company: Company, workspace: Workspace
) -> None:
    before = [*Account.of(workspace).order_by("pk").values()], [*Told.objects.values_list("pk", "packed")]
    days, log = days_in(company.out / "snapshots", door.published(company).version), commits(company)
    jobs.score_workspace(workspace.pk)
    assert ([*Account.of(workspace).order_by("pk").values()], [*Told.objects.values_list("pk", "packed")]) == before
    assert (days_in(company.out / "snapshots", door.published(company).version), commits(company)) == (days, log)
    assert all((day - 4) % 7 == 0 for day in days)


def test_broken_definitions_leave_the_old_rows_and_a_problem_that_people_can_read(
    company: Company, workspace: Workspace
) -> None:
    before = [*Account.of(workspace).order_by("pk").values()]
    text = company.definitions.read_text(encoding="utf-8").replace("weight: 8", "weight: heavy")
    company.definitions.write_text(text, encoding="utf-8")
    jobs.score_workspace(workspace.pk)
    fresh = freshness(workspace)
    assert fresh.problem.startswith("DEF-")
    assert "sabai.yaml:" in fresh.problem
    assert "Traceback" not in fresh.problem
    assert fresh.as_of == date(2026, 7, 1)
    assert [*Account.of(workspace).order_by("pk").values()] == before


def test_an_override_of_the_desk_is_shown_and_the_own_band_stays(
    company: Company, workspace: Workspace, aiko: Membership
) -> None:
    healthy = Account.of(workspace).filter(own_band="healthy").order_by("pk").first()
    assert healthy is not None
    Opinion.everywhere.create(
        workspace=workspace, account=healthy, kind="override", band="unhealthy", reason='sold, "maybe"\nto a chain',
        by=aiko.user, from_on=date(2026, 6, 20), until_on=date(2026, 7, 20),
    )  # fmt: skip
    jobs.score_workspace(workspace.pk)
    row = accounts(workspace)[healthy.account_id]
    assert (row.band, row.own_band, row.score) == ("unhealthy", "healthy", healthy.score)
    at = date(2026, 7, 1)
    told = {count.band: count.accounts for count in Count.of(workspace).filter(as_of=at)}
    assert told["unhealthy"] == Account.of(workspace).filter(here=True, band="unhealthy").count()
    Opinion.of(workspace).update(withdrawn_at=AT)
    jobs.score_workspace(workspace.pk)
    assert accounts(workspace)[healthy.account_id].band == "healthy"


def test_an_account_that_was_erased_is_told_no_more_but_its_row_stays(company: Company, workspace: Workspace) -> None:
    row = Account.of(workspace).filter(here=True, parent=None, children=None).order_by("pk").first()
    assert row is not None
    erase(company.store, Name("account", row.account_id), AT)
    jobs.score_workspace(workspace.pk)
    left = Account.of(workspace).get(pk=row.pk)
    assert (left.name, left.here, left.score, left.owner_name, left.segment) == (row.account_id, False, None, "", "")
    assert row.name not in left.found_by
    assert not Told.objects.filter(account=left).exists()


def test_a_live_score_is_bit_for_bit_that_of_a_full_run(company: Company, workspace: Workspace) -> None:
    request = replace(door.request_of(workspace), as_of=(from_day(TODAY + 1),))
    run = compute(request)
    column = int(np.flatnonzero(run.scores.grid.as_of == TODAY + 1)[0])
    wanted = dict(zip(run.scores.grid.accounts, run.scores.score[:, column].tolist(), strict=True))
    found = door.live(workspace, run.scores.grid.accounts, AT)
    assert {account: repr(score) for account, score in found.items()} == {
        account: repr(None if np.isnan(score) else score) for account, score in wanted.items()
    }
    some = sorted(found)[::7]
    assert door.live(workspace, some, AT) == {account: found[account] for account in some}


@pytest.mark.parametrize("weeks", [0, 1, 20])
def test_however_long_ago_the_last_scoring_was_it_is_that_of_a_full_run(
    company: Company, workspace: Workspace, weeks: int
) -> None:
    """Bands go week by week from the last scoring on; scores do not, and so only one day is measured."""
    request, at = door.request_of(workspace), AT + timedelta(weeks=weeks)
    before = kept(request.standing, request.definitions)
    assert before is not None
    full = compute(replace(request, as_of=(from_day(TODAY + 7 * weeks + 1),)), before=before).scores
    wanted = dict(zip(full.grid.accounts, full.score[:, -1].tolist(), strict=True))
    found = door.live(workspace, full.grid.accounts, at)
    assert {account: repr(score) for account, score in found.items()} == {
        account: repr(None if np.isnan(score) else score) for account, score in wanted.items()
    }


def test_a_live_score_reads_the_rows_of_its_account_alone(
    company: Company, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = accounts(workspace)[min(accounts(workspace))].account_id
    asked, read = [], FewAccounts.read

    def watched(self: FewAccounts, first: int, last: int) -> Any:
        batch = read(self, first, last)
        asked.append((self.facts.account_ids, self.table, int(batch[1][-1])))
        return batch

    monkeypatch.setattr(FewAccounts, "read", watched)
    assert door.live(workspace, [name, "nobody"], AT).keys() == {name}
    facts = door.request_of(workspace).facts()
    assert {ids for ids, _, _ in asked} == {(name,)}
    assert "events" in {table for _, table, _ in asked}
    for _, table, rows in asked:
        assert rows <= facts.scan(table).filter(pl.col("account_id") == name).collect().height


def test_an_event_moves_the_live_score_of_its_account_alone(
    company: Company, workspace: Workspace, clock: Clock
) -> None:
    scored = Account.of(workspace).filter(here=True, young=False).exclude(score=None).order_by("pk")[:2]
    one, other = scored
    identities = door.request_of(workspace).facts().scan("identities").collect()
    name = dict(identities.select("account_id", "source_id").iter_rows())[one.account_id]
    at = AT + timedelta(minutes=5)
    clock(at)
    told = {"name": "cancel_page_viewed", "occurred_at": at.isoformat(), "received_at": at.isoformat()}
    put(company, "events", "product", [{"event_id": "m-1", "account_id": name} | told], "1")
    jobs.land_incoming(workspace.pk)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.live_score is not None
    assert one.score is not None
    assert one.live_score < one.score - 5  # the deduction counts already
    assert one.live_at is not None
    assert (other.live_score, other.live_at) == (None, None)
    assert latest(workspace).as_of == date(2026, 7, 1)  # type: ignore[union-attr]
    jobs.score_workspace(workspace.pk)
    one.refresh_from_db()
    assert one.live_score is None


def commits(company: Company) -> list[str]:
    return sorted(path.name for path in (company.out / "snapshots" / "_delta_log").glob("*.json"))
