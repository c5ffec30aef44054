"""What the page of data says of the sources that the definitions name."""

from __future__ import annotations

from datetime import UTC, datetime

from sabai.desk.scoring import door
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.origins import Origin, keep, origins
from sabai.desk.scoring.telling.origins import told_origins
from sabai.facts.stored.store import stored


def test_each_source_of_the_definitions_is_told_of(company: Company) -> None:
    definitions = door.published(company)
    facts = stored(definitions, company.store)
    found = list(told_origins(facts, definitions))
    assert [(one.name, one.table) for one in found] == [(one.name, one.table) for one in definitions.sources.values()]
    assert all(one.newest is not None for one in found if one.table == "events")
    assert sum(one.aside + one.waiting for one in found) == len(facts.aside().collect()) > 0
    assert any(one.waiting for one in found)
    events = facts.scan("events").collect()
    assert max(one.newest for one in found if one.table == "events" and one.newest) == events["received_at"].max()


def test_pages_read_what_a_job_has_kept(company: Company) -> None:
    assert origins(company) == []
    told = [Origin("web", "events", datetime(2026, 6, 30, 8, tzinfo=UTC), 2, 1), Origin("crm", "accounts")]
    keep(company, told)
    assert origins(company) == told
