"""From a YAML file to what is written in it, with every line kept and every trick that makes YAML explode refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sabai.definitions.written import Entries, Items, Text, Written
from sabai.errors import DefinitionsError, Issue
from sabai.store.refused import in_our_words

MOST_BYTES = 1_000_000
MOST_NODES = 20_000  # a company with a hundred metrics needs about two thousand
DEEPEST = 32

_WHOLLY = "A file is read wholly or not at all."


@lru_cache(maxsize=8)  # the same definitions are asked for again and again as long as a process lives
def read_lines(text: str, where: str) -> Entries:
    """What is written in a text, which issues call `where`. Raises DefinitionsError, also where YAML would not refuse.

    >>> read_lines("sabai: 1", "sabai.yaml").text("sabai")
    '1'
    """
    try:
        root = _Builder(where).build(YAML(typ="safe", pure=True).parse(text))
    except DefinitionsError:
        raise
    except Exception as error:  # whatever the parser stumbles over, it is the text that cannot be read
        raise _not_yaml(where, error) from error
    if not isinstance(root, Entries):
        raise DefinitionsError(_empty(where))
    return root


def text_of(path: Path) -> str:
    """The text of the file at `path`. Raises DefinitionsError where it is missing, too large or not UTF-8."""
    raw = _bytes_of(path)
    if len(raw) > MOST_BYTES:
        raise DefinitionsError(
            Issue(
                "DEF-003",
                f"The file has more than {MOST_BYTES:,} bytes.",
                path.name,
                "Definitions fit on a few screens; a file of this size is something else.",
                "Name the file that begins with `sabai: 1`, not the data.",
            )
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DefinitionsError(
            Issue(
                "DEF-002",
                "The file is not UTF-8 text.",
                f"{path.name}:{line}",
                "Names in other alphabets would be read wrongly.",
                "Save it again with the encoding UTF-8.",
            )
        ) from error


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DefinitionsError(
            Issue(
                "DEF-001",
                f"The definitions cannot be opened: {in_our_words(error)}.",
                str(path),
                "Without definitions nobody knows what the numbers mean.",
                "Write a first one with: sabai init",
            )
        ) from error


def _empty(where: str) -> Issue:
    return Issue(
        "DEF-007",
        "The file holds no definitions.",
        f"{where}:1",
        "Without definitions nobody knows what the numbers mean.",
        "Begin with `sabai: 1`, or write a first file with: sabai init",
    )


def _not_yaml(where: str, error: Exception) -> DefinitionsError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = error.problem if isinstance(error, MarkedYAMLError) and error.problem else str(error).split("\n")[0]
    line = mark.line + 1 if mark is not None else 1
    begun = getattr(getattr(error, "context_mark", None), "line", line - 1) + 1
    since = f" in what was begun on line {begun}" if begun < line else ""
    return DefinitionsError(
        Issue(
            "DEF-004",
            f"This line cannot be read: {problem}{since}.",
            f"{where}:{line}",
            _WHOLLY,
            "Look for a missing quote, bracket or colon here, or a tab where spaces should be.",
        )
    )


def _text(event: ScalarEvent, line: int) -> Text:
    return Text(line, event.value, event.style is not None, (event.start_mark.index, event.end_mark.index))


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    line: int
    anchor: str | None
    mapping: bool
    flow: bool
    inside: list[Written] = field(default_factory=list)
    size: int = 1
    depth: int = 1


class _Builder:
    """Puts parser events together without recursion; an alias counts as all that it repeats."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._open: list[_Open] = []
        self._anchors: dict[str, Written | None] = {}
        self._nodes = 0
        self._documents = 0
        self._root: Written | None = None

    def build(self, events: Iterator[Any]) -> Written | None:
        for event in events:
            self._take(event)
        return self._root

    def _take(self, event: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if getattr(event, "tag", None) is not None:
            raise self._refused("DEF-004", line, f"The tag {event.tag} has no meaning here.", "Take the tag away.")
        match event:
            case DocumentStartEvent():
                self._begin_document(line)
            case MappingStartEvent() | SequenceStartEvent():
                self._begin(event, line)
            case MappingEndEvent() | SequenceEndEvent():
                self._end()
            case AliasEvent():
                self._add(self._repeated(event.anchor, line), None, line)
            case ScalarEvent():
                self._add(_text(event, line), event.anchor, line)

    def _begin_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._refused("DEF-004", line, "A second document begins here.", "Take the line `---` away.")

    def _begin(self, event: Any, line: int) -> None:
        if event.anchor:
            self._anchors[event.anchor] = None
        self._count(1, 1, line)
        self._open.append(_Open(line, event.anchor, isinstance(event, MappingStartEvent), bool(event.flow_style)))

    def _end(self) -> None:
        done = self._open.pop()
        if done.mapping:
            pairs = zip(done.inside[::2], done.inside[1::2], strict=True)
            entries = tuple((self._key(key), value) for key, value in pairs)
            node: Written = Entries(done.line, entries, done.size, done.depth, done.flow)
        else:
            node = Items(done.line, tuple(done.inside), done.size, done.depth)
        self._place(node, done.anchor)

    def _key(self, key: Written) -> Text:
        if isinstance(key, Text):
            return key
        raise self._refused(
            "DEF-004",
            key.line,
            "A list or mapping stands where a name is expected.",
            "Put quotes around text that has brackets in it.",
        )

    def _add(self, node: Written, anchor: str | None, line: int) -> None:
        self._count(node.size, node.depth, line)
        self._place(node, anchor)

    def _place(self, node: Written, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
        if self._open:
            self._open[-1].inside.append(node)
            self._open[-1].size += node.size
            self._open[-1].depth = max(self._open[-1].depth, node.depth + 1)
        else:
            self._root = node

    def _repeated(self, anchor: str, line: int) -> Written:
        found = self._anchors.get(anchor)
        if found is None:
            raise self._refused(
                "DEF-004",
                line,
                f"*{anchor} repeats something that is not written above it.",
                f"Write &{anchor} where it first stands, outside of itself.",
            )
        return found

    def _count(self, size: int, depth: int, line: int) -> None:
        if len(self._open) + depth > DEEPEST:
            raise self._refused(
                "DEF-005",
                line,
                f"Brackets are nested more than {DEEPEST} deep.",
                "Give the inner metrics names of their own.",
            )
        self._nodes += size
        if self._nodes > MOST_NODES:
            raise self._refused(
                "DEF-005",
                line,
                f"The file spells out to more than {MOST_NODES:,} values.",
                "Take away anchors that repeat anchors.",
            )

    def _refused(self, code: str, line: int, what: str, hint: str) -> DefinitionsError:
        return DefinitionsError(Issue(code, what, f"{self._where}:{line}", _WHOLLY, hint))
