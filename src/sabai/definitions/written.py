"""What stands in the file, before anybody asks what it means: texts, items and entries, each with its line.

`size` and `depth` count what an alias repeats as often as it is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A single value, as it was typed: `28d`, `"%d/%m/%Y"`, `15`, and from where to where it stands in the file."""

    line: int
    text: str
    quoted: bool = False
    span: tuple[int, int] = (0, 0)
    size: int = 1
    depth: int = 0

    @property
    def empty(self) -> bool:
        return not self.quoted and self.text in NULLS


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """A list: `[people, seats]`."""

    line: int
    items: tuple[Written, ...] = ()
    size: int = 1
    depth: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """A mapping: `{ count: events, window: 28d }`; keys are texts too, since they stand on lines.

    `flow` is one in braces, as here; in others each entry has a line of its own.
    """

    line: int
    entries: tuple[tuple[Text, Written], ...] = ()
    size: int = 1
    depth: int = 1
    flow: bool = False

    def __iter__(self) -> Iterator[tuple[Text, Written]]:
        return iter(self.entries)

    def __contains__(self, name: str) -> bool:
        return any(key.text == name for key, _ in self.entries)

    def get(self, name: str) -> Written | None:
        return next((value for key, value in self.entries if key.text == name), None)

    def section(self, name: str) -> Entries:
        """The mapping under `name`, or an empty one."""
        found = self.get(name)
        return found if isinstance(found, Entries) else Entries(self.line)

    def text(self, name: str, otherwise: str = "") -> str:
        """The single value under `name` as it was typed."""
        found = self.get(name)
        return found.text if isinstance(found, Text) else otherwise

    def names(self) -> list[str]:
        return [key.text for key, _ in self.entries]


Written = Text | Items | Entries


def one_or_many(node: Written | None) -> tuple[Written, ...]:
    """A list as its items, anything else as a list of one: `files: a.csv` is `files: [a.csv]`."""
    if node is None:
        return ()
    return node.items if isinstance(node, Items) else (node,)


def texts(node: Written | None) -> tuple[str, ...]:
    return tuple(item.text for item in one_or_many(node) if isinstance(item, Text))
