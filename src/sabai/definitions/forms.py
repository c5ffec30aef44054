"""Metrics as they are written, found in the file: named ones and those nested inside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from sabai.definitions.grammar.metrics import METRIC
from sabai.definitions.written import Entries, Text, Written, one_or_many

DERIVED = ("ratio", "change", "per_seat", "slope")
"""The forms that speak of other metrics; all others measure a fact table."""


@dataclass(frozen=True, slots=True)
class Form:
    """One metric as it is written; a nested one carries the `name` of the metric in which it stands."""

    name: str
    how: str
    node: Entries
    argument: Written

    @property
    def derived(self) -> bool:
        return self.how in DERIVED

    @property
    def parts(self) -> tuple[Written, ...]:
        """For a derived form the metrics it speaks of: names, or metrics nested in it."""
        return one_or_many(self.argument) if self.derived else ()


def named(root: Entries) -> Iterator[tuple[Text, Entries]]:
    """The metrics that have a name of their own; of two with the same name the first."""
    seen: set[str] = set()
    for key, node in root.section("metrics"):
        if isinstance(node, Entries) and key.text not in seen:
            seen.add(key.text)
            yield key, node


def forms(root: Entries) -> Iterator[Form]:
    """Every metric in the file, each before those nested in it."""
    for key, node in named(root):
        yield from within(key.text, node)


def within(name: str, node: Written) -> Iterator[Form]:
    """The form at `node`, and those nested in it."""
    form = form_of(name, node)
    if form is not None:
        yield form
        for part in form.parts:
            yield from within(name, part)


def form_of(name: str, node: Written) -> Form | None:
    if not isinstance(node, Entries):
        return None
    return next((Form(name, key.text, node, value) for key, value in node if key.text in METRIC.names), None)


def needs(name: str, node: Entries) -> Iterator[Text]:
    """The names of other metrics that the metric at `node` speaks of."""
    for form in within(name, node):
        yield from (part for part in form.parts if isinstance(part, Text))


def in_order(root: Entries) -> list[tuple[Text, Entries]]:
    """The named metrics, each after those it needs. Raises graphlib.CycleError where they run in a circle."""
    found = {key.text: (key, node) for key, node in named(root)}
    graph = {name: [need.text for need in needs(name, node)] for name, (_, node) in found.items()}
    return [found[name] for name in TopologicalSorter(graph).static_order() if name in found]


def cycle(root: Entries) -> list[str]:
    """The names of metrics that need each other in a circle, the first one repeated at the end; empty if none do."""
    try:
        in_order(root)
    except CycleError as error:
        return [str(name) for name in reversed(error.args[1])]
    return []
