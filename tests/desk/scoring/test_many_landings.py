"""Something lands again and again, for hours: what was superseded goes, and so does what the logs say of it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from sabai.definitions.reader import read_definitions
from sabai.desk.people.models import Workspace
from sabai.desk.scoring import landing, tray
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.door import request_of
from sabai.desk.scoring.sources import put
from tests.desk.scoring.conftest import AT

LANDINGS, MINUTES = 170, 2  # almost six hours; Delta sums up its log at every hundredth commit


@pytest.mark.long
def test_files_and_logs_stay_few(workspace: Workspace, company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landing, "VACUUMED_EVERY", 10)
    definitions, facts = read_definitions(company.definitions), request_of(workspace).facts()
    before, account = events(workspace), facts.account_ids[0]
    files, names = [], []
    for number in range(LANDINGS):
        row = {"event_id": f"n-{number}", "account_id": account, "name": "login", "occurred_at": "2026-06-30T10:00:00Z"}
        put(company, "events", "desk", [row], f"{number:06}")
        at = AT + timedelta(minutes=MINUTES * number)
        landing.land_batches(company, definitions, tray.taken(company), at)
        tray.done(company)
        time_passes(company.store)
        files.append(sum("_delta_log" not in path.parts for path in company.store.rglob("*.parquet")))
        names.append(len(list((company.store / "facts" / "events" / "_delta_log").glob("[0-9]*"))))
    assert events(workspace) == before + LANDINGS
    assert max(names) > 150
    assert min(names[-30:]) < 100  # nothing that is not shortened ever gets shorter
    assert max(files) < 2 * max(files[:60])


def events(workspace: Workspace) -> int:
    return int(request_of(workspace).facts().scan("events").collect().height)


def time_passes(store: Path) -> None:
    """For the files of a store, which grow older."""
    for path in store.rglob("*"):
        if path.is_file():
            at = path.stat().st_mtime - 60 * MINUTES
            os.utime(path, (at, at))
