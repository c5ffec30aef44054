"""What people wrote comes through the door once, by its newest version, and each is told apart by its key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sabai.desk.people.models import Workspace
from sabai.desk.scoring import door
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from sabai.desk.themes.jobs import read_texts
from sabai.desk.themes.models import Reading

SINCE = date(2024, 1, 1)


def test_texts_of_every_kind(company: Company, workspace: Workspace) -> None:
    texts = list(door.texts(workspace, SINCE))
    assert {each.kind for each in texts} >= {"response", "ticket", "churn"}
    assert len({(each.kind, each.key) for each in texts}) == len(texts)
    assert all(each.text.strip() and each.account_id for each in texts)
    scored = [each for each in texts if each.score is not None]
    assert scored
    assert {each.kind for each in scored} == {"response"}
    assert {(each.scale_max or 0) >= (each.score or 0) for each in scored} == {True}
    late = list(door.texts(workspace, date(2026, 1, 1)))
    assert 0 < len(late) < len(texts)
    assert min(each.at.date() for each in late if each.kind == "ticket") >= date(2025, 12, 31)


def test_they_are_read_once(company: Company, workspace: Workspace) -> None:
    Account.everywhere.create(workspace=workspace, account_id="A-1006", name="Six")
    read_texts(workspace.pk)
    since = workspace.today().replace(year=workspace.today().year - 2)
    expected = len(list(door.texts(workspace, since)))
    found = Reading.of(workspace)
    assert abs(found.count() - expected) <= 2, "two years are 730 or 731 days"
    assert found.filter(account__account_id="A-1006").exists()
    before = list(found.order_by("pk").values_list("pk", "read_at"))
    read_texts(workspace.pk)
    assert list(found.order_by("pk").values_list("pk", "read_at")) == before


def test_without_facts_nothing_is_read(workspace: Workspace, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    assert door.landings(workspace) == 0
    read_texts(workspace.pk)
    assert not Reading.of(workspace).exists()
