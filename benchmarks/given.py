"""What ways of more than a scan begin with: the landed facts, and the definitions that a user would have written."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from benchmarks.made import make_facts
from benchmarks.work import Work
from sabai.definitions.model import Basic, Definitions
from sabai.definitions.reader import read_definitions
from sabai.facts.landed import Facts


@cache
def facts_of(work: Work) -> Facts:
    return make_facts(work.facts_folder, work.events, work.accounts)


@cache
def definitions() -> Definitions:
    return read_definitions(Path(__file__).with_name("sabai.yaml"))


@cache
def event_definitions() -> Definitions:
    """The same definitions with metrics of events only."""
    metrics = definitions().metrics.items()
    of_events = {name: each for name, each in metrics if isinstance(each, Basic) and each.table == "events"}
    return replace(definitions(), metrics=of_events)
