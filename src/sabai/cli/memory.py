"""What only a store remembers: what was scored last, what came late, and what was known on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps

import click

from sabai.cli.answer import Answer
from sabai.cli.place import Place
from sabai.cli.when import Date
from sabai.errors import Issue, UsageError


@dataclass(frozen=True, slots=True)
class Memory:
    """At most one of them is asked for."""

    since_last: bool
    restate: bool
    known_on: date | None

    @property
    def option(self) -> str:
        """The option as it was written; "" if none was."""
        asked = {"--since-last": self.since_last, "--restate": self.restate, "--as-known-on": self.known_on}
        return " ".join(option for option, value in asked.items() if value)

    @property
    def changes(self) -> bool:
        """Whether the same again is another question: what was scored last, or came late, is asked for."""
        return self.since_last or self.restate

    def at(self, there: Place) -> Place:
        """Where the results go: what was known on another day stands in a folder of its own, and replaces nothing.

        Raises UsageError where there is no store to remember, or where two options contradict each other.
        """
        if not self.option:
            return there
        from sabai.facts.stored.store import is_store

        if " " in self.option:
            raise UsageError(_contradiction(self.option))
        if not is_store(there.data):
            raise UsageError(_no_store(self.option, there))
        return replace(there, out=there.out / f"known-on-{self.known_on}") if self.known_on else there


def memory_options(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """`--since-last`, `--restate` and `--as-known-on`, as `memory`."""

    @click.option("--since-last", is_flag=True, help="Only the dates after the last that was scored.")
    @click.option("--restate", is_flag=True, help="Let what came late count from when it should have been known.")
    @click.option("--as-known-on", "known_on", type=Date(), help="Score a store as it was known on this day.")
    @wraps(function)
    def remembering(since_last: bool, restate: bool, known_on: date | None, **given: object) -> Answer:
        return function(memory=Memory(since_last, restate, known_on), **given)

    return remembering


def _no_store(option: str, there: Place) -> Issue:
    return Issue(
        "CLI-010",
        f"{option} needs a store, and {there.data} is none.",
        str(there.data),
        "Only a store knows what was landed and scored before.",
        f"First  sabai land {there.data} --store store,  then  sabai score store {option}",
    )


def _contradiction(options: str) -> Issue:
    return Issue(
        "CLI-011",
        f"{options} cannot be asked for at once.",
        why="Each scores other dates, or other facts.",
        hint="Ask for one of them.",
    )
