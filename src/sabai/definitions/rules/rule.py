"""A rule: one thing that a file may not say, with a code, why it matters, and the function that finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sabai.definitions.written import Entries, Text, Written
from sabai.errors import Issue


@dataclass(frozen=True)
class File:
    """The file that rules look at: `root` is the part that fits the grammar, `written` all that stands in it."""

    name: str
    root: Entries
    written: Entries = field(default_factory=lambda: Entries(1))

    @cached_property
    def metrics(self) -> dict[str, Text]:
        """The names of all metrics, also of those in which something else is wrong."""
        return {key.text: key for key, _ in self.written.section("metrics")}


@dataclass(frozen=True, slots=True)
class Found:
    """One place that breaks a rule: where, what is wrong, and what to write instead."""

    at: Written
    what: str
    hint: str


Finder = Callable[[File], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    why: str
    find: Finder

    def broken(self, file: File) -> Iterator[Issue]:
        for found in self.find(file):
            yield Issue(self.code, found.what, f"{file.name}:{found.at.line}", self.why, found.hint)


def rule(code: str, why: str) -> Callable[[Finder], Rule]:
    """Makes a rule of a function that yields what it finds."""
    return lambda find: Rule(code, why, find)
