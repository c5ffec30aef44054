"""A request to the library whose facts know what the desk adds to those of the company's tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sabai.desk.scoring.ours import TABLES
from sabai.desk.scoring.sources import DESK, OURS
from sabai.facts.landed import Facts
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.log import FirstDays, Log, earliest
from sabai.facts.stored.store import unlisted
from sabai.request import Request

Collected = Mapping[str, Mapping[str, int | None]]


class Asked(Request):
    """What people do at the desk goes on with what their tools told before, so nobody was "not looking" until then;
    and a source of sabai.yaml that has no file, but whose rows come to the desk, is at hand."""

    def facts(self) -> Facts:
        facts = Request.facts(self)
        return self._as_told(facts) if isinstance(facts, StoredFacts) else facts

    def unlisted(self) -> StoredFacts:
        """The same, for who asks only `of` some accounts; FactsError where nothing has landed."""
        return self._as_told(unlisted(self.definitions, self.data))

    def _as_told(self, facts: StoredFacts) -> StoredFacts:
        entries = Log(self.data).entries()
        fed = {tuple(name.split(".", 2)[1:]) for entry in entries for name in entry.landed if name.startswith(OURS)}
        known = earliest([entry.first_days for entry in entries])
        return replace(facts, first_days=_going_on(_at_hand(facts.first_days, fed, known)))


def _at_hand(first_days: Collected, fed: set[tuple[str, ...]], known: FirstDays) -> Collected:
    told = {table: dict(days) for table, days in first_days.items()}
    for table, source in fed:
        if source in known.get(table, {}) and told.get(table, {}).get(source) is None:
            told.setdefault(table, {})[source] = known[table][source]
    return told


def _going_on(first_days: Collected) -> Collected:
    """
    >>> _going_on({"touchpoints": {"crm": 100, "desk": 900}, "tickets": {"desk": 900}})
    {'touchpoints': {'crm': 100, 'desk': 100}, 'tickets': {'desk': 900}}
    """
    told = dict(first_days)
    for table in TABLES:
        days = told.get(table, {})
        others = [day for source, day in days.items() if source != DESK and day is not None]
        if DESK in days and others:
            told[table] = {**days, DESK: min(others)}
    return told
