"""Files that are not whole: a landing that goes on without them says so, until each has come in whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from sabai.errors import FactsError, Issue
from sabai.facts.files import Found

DAMAGE = frozenset({"FCT-004", "FCT-005"})
"""An empty file, or one that was cut: another export mends it, and nothing in the definitions does."""


@dataclass(frozen=True, slots=True)
class Unread:
    """The files that were set aside, each with what is wrong with it."""

    files: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def instead(self, file: Found) -> Iterator[None]:
        """Sets `file` aside where the block finds it damaged; everything else that goes wrong in it goes on."""
        try:
            yield
        except FactsError as error:
            if any(issue.code not in DAMAGE for issue in error.issues):
                raise
            self.files[file.name] = error.issues[0].what


def told(files: Mapping[str, str], where: str) -> tuple[Issue, ...]:
    """A word on each file that was set aside."""
    return tuple(_aside(name, what, where) for name, what in sorted(files.items()))


def _aside(name: str, what: str, where: str) -> Issue:
    return Issue(
        "FCT-018",
        f"A damaged export was set aside: {name}.",
        f"{where}: {what}",
        "What it tells is missing from every score; everything else has landed.",
        "Export it again under the same name, and land it.",
    )
