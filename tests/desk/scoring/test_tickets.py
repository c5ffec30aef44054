"""Which tickets were solved, out of a store."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from sabai.desk.people.models import Workspace
from sabai.desk.scoring import door
from sabai.desk.scoring.company import Company
from sabai.facts.stored.facts import StoredFacts
from tests.desk.scoring.conftest import AT


def test_the_tickets_of_two_weeks(company: Company, workspace: Workspace) -> None:
    since = AT.date() - timedelta(days=120)
    found = door.solved(workspace, since)
    facts = door.request_of(workspace).unlisted()
    assert isinstance(facts, StoredFacts)
    told = facts.scan("tickets").filter(pl.col("superseded_day").is_null()).collect()
    wanted = {row["ticket_id"] for row in told.to_dicts() if row["resolved_at"] and row["resolved_at"].date() > since}
    assert wanted
    assert wanted <= {each.ticket_id for each in found}
    assert [each.on for each in found] == sorted(each.on for each in found)
    assert all(each.on >= since and each.account_id for each in found)
    assert door.solved(workspace, AT.date() + timedelta(days=400)) == []
