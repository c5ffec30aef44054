"""Scoring as a job: what it leaves, and what stays when it fails."""

from __future__ import annotations

from datetime import date
from threading import Event, Thread
from typing import Any

import pytest

from sabai.desk.people.models import Workspace
from sabai.desk.scoring import door, jobs
from sabai.desk.scoring.alone import alone, while_there_is
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Scoring
from sabai.desk.scoring.queries import counts, freshness, latest
from sabai.desk.scoring.sources import put
from tests.desk.scoring.conftest import accounts

pytestmark = pytest.mark.usefixtures("clock")


def test_a_scoring_writes_rows_and_says_how_fresh_they_are(company: Company, workspace: Workspace) -> None:
    assert freshness(workspace).as_of is None
    jobs.score_workspace(workspace.pk)
    told = latest(workspace)
    assert told is not None
    assert (told.as_of, told.version) == (date(2026, 7, 1), door.published(company).version)
    fresh = freshness(workspace)
    assert (fresh.as_of, fresh.problem, fresh.running) == (date(2026, 7, 1), "", None)
    assert {account.as_of for account in accounts(workspace).values()} == {date(2026, 7, 1)}
    assert [count.band for count in counts(workspace)[date(2026, 7, 1)]] == [
        "healthy",
        "at_risk",
        "unhealthy",
        "unknown",
    ]
    assert not company.wanted.exists()


def test_whatever_breaks_is_said_without_its_insides(
    company: Company, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(door, "score", breaks)
    with pytest.raises(ZeroDivisionError):
        jobs.score_workspace.call_local(workspace.pk)
    assert "DSK-032" in freshness(workspace).problem
    assert "secret" not in freshness(workspace).problem


@pytest.mark.parametrize(("gone", "code"), [("definitions", "DSK-031"), ("store", "DSK-033")])
def test_a_company_that_has_nothing_yet_is_told_what_to_do(
    company: Company, workspace: Workspace, gone: str, code: str
) -> None:
    getattr(company, gone).rename(company.folder / "elsewhere")
    jobs.score_workspace(workspace.pk)
    assert freshness(workspace).problem.startswith(code)


def test_a_landing_that_fails_is_said_once_and_loses_nothing(company: Company, workspace: Workspace) -> None:
    put(company, "events", "product", [{"event_id": "m-1"}], "1")
    company.definitions.write_text("sabai: 9", encoding="utf-8")
    for _ in range(3):
        jobs.land_incoming(workspace.pk)
    (scoring,) = Scoring.of(workspace)
    assert scoring.problem.startswith("DEF-")
    assert len(list(company.incoming.rglob("*.jsonl"))) == 1


def test_what_comes_before_there_are_definitions_waits_silently(company: Company, workspace: Workspace) -> None:
    put(company, "events", "product", [{"event_id": "m-1"}], "1")
    company.definitions.unlink()
    jobs.land_incoming(workspace.pk)
    assert not Scoring.of(workspace).exists()
    assert len(list(company.incoming.rglob("*.jsonl"))) == 1


def test_exports_in_a_folder_land_and_are_scored(company: Company, workspace: Workspace, tmp_path: Any) -> None:
    folder = tmp_path / "upload" / "success"
    folder.mkdir(parents=True)
    told = "Pulse,Account,User,Day,Rating\nP-1,{},yuki,2026-06-30,5\n"
    account = door.request_of(workspace).facts().account_ids[0]
    (folder / "pulses.csv").write_text(told.format(account), encoding="utf-8")
    jobs.land_folder(workspace.pk, str(folder.parent))
    assert freshness(workspace).problem == ""
    assert "P-1" in door.request_of(workspace).facts().scan("pulses").collect()["key"].to_list()
    jobs.land_folder(workspace.pk, str(tmp_path / "nowhere"))
    assert freshness(workspace).problem.startswith("FCT-")


def test_work_that_comes_while_somebody_is_at_it_is_done_by_them(tmp_path: Any) -> None:
    waiting, done, busy, go_on = ["first"], [], Event(), Event()

    def do() -> None:
        done.append(waiting.pop())
        busy.set()
        go_on.wait(5)

    first = Thread(target=while_there_is, args=(lambda: bool(waiting), tmp_path, do))
    first.start()
    busy.wait(5)
    waiting.append("second")
    while_there_is(lambda: bool(waiting), tmp_path, do)  # comes back at once
    assert done == ["first"]
    go_on.set()
    first.join(5)
    assert done == ["first", "second"]


def test_a_folder_is_free_again_after_whatever_happened(tmp_path: Any) -> None:
    def breaks() -> None:
        with alone(tmp_path) as theirs:
            assert not theirs
        raise KeyError

    with pytest.raises(KeyError), alone(tmp_path):
        breaks()
    with alone(tmp_path) as ours:
        assert ours
