"""The files of a landing: those of each source, and those that are joined to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.errors import Issue
from sabai.facts import files, manifest
from sabai.facts.files import Found


@dataclass(frozen=True, slots=True)
class Exports:
    """`issues`: a word on sources without a file."""

    found: Mapping[str, list[Found]]  # of each source
    joined: dict[str, Found]
    issues: tuple[Issue, ...]

    @classmethod
    def of(cls, definitions: Definitions, data: Path) -> Exports:
        """Raises FactsError if `data` is not there, or holds no file of any source."""
        found, issues = files.find(data, definitions.sources)
        joins = [join for source in definitions.sources.values() for join in source.joins]
        return cls(found, {join.file: files.one(data, join.file) for join in joins}, tuple(issues))

    def fingerprint(self, definitions: Definitions) -> str:
        return manifest.fingerprint(definitions, [*self.joined.values(), *self._files()])

    def after(self, waited: Mapping[str, Found]) -> dict[str, list[Found]]:
        """Rows that wait come in before all others; those of a source that is no longer defined go on waiting."""
        return {source: [*([waited[source]] if source in waited else []), *own] for source, own in self.found.items()}

    def sources(self, unread: Collection[str]) -> list[str]:
        """Those of which a file came in whole."""
        return [name for name, own in self.found.items() if any(file.name not in unread for file in own)]

    def whole(self, unread: Collection[str]) -> set[str]:
        """The names of files that came in whole."""
        return {file.name for file in self._files()}.difference(unread)

    def _files(self) -> Iterator[Found]:
        yield from (file for own in self.found.values() for file in own)
