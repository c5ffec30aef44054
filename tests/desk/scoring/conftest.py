"""A made company of thirty accounts: its store is made once, and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sabai.dates import to_day
from sabai.definitions.reader import read_definitions
from sabai.demo.make import make_company
from sabai.desk.people.models import Workspace
from sabai.desk.scoring import jobs
from sabai.desk.scoring.asked import Asked
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.computing import computed
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.story import Story, unpacked
from sabai.desk.scoring.telling.days import Spoken
from sabai.facts.stored.store import land_into
from sabai.progress import quiet
from sabai.request import Run

AT = datetime(2026, 7, 1, 12, tzinfo=UTC)
TODAY = to_day(AT.date())
Put = Callable[..., None]
Clock = Callable[[datetime], None]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Landed and scored, as at noon of 1 July 2026."""
    company = Company(tmp_path_factory.mktemp("made"))
    exports = company.folder / "exports"
    make_company(exports, accounts=30)
    (exports / "overrides.csv").unlink()
    shutil.copy(exports / "sabai.yaml", company.definitions)
    land_into(read_definitions(company.definitions), exports, company.store, AT, buckets=3)
    return company


@pytest.fixture(scope="session")
def scored(made: Company) -> tuple[Run, Spoken]:
    request = Asked(read_definitions(made.definitions), made.store, made.out)
    run, days = computed(request, TODAY, AT, quiet)
    assert run.facts.folder == made.store
    return replace(run, overrides=()), days


@pytest.fixture
def company(made: Company, scored: tuple[Run, Spoken], workspace: Workspace, tmp_path: Path, settings: Any) -> Company:
    """Its own copy for one test: definitions, store and what the scoring left."""
    settings.DATA = tmp_path
    company = Company.of(workspace)
    shutil.copytree(made.folder, company.folder)
    return company


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Noon of 1 July 2026, or another time."""
    clock = clock_of(monkeypatch)
    clock(AT)
    return clock


def clock_of(patch: pytest.MonkeyPatch) -> Clock:
    """Sets the time at which jobs are done."""
    return lambda when: patch.setattr(jobs.timezone, "now", lambda: when)


def stories(workspace: Workspace) -> Mapping[str, Story]:
    rows = Account.of(workspace).filter(told__isnull=False).select_related("told")
    return {row.account_id: unpacked(bytes(row.told.packed)) for row in rows}


def accounts(workspace: Workspace) -> Mapping[str, Account]:
    return {row.account_id: row for row in Account.of(workspace)}
