"""A small workbench for landing: sources in a few words, files in a temporary folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sabai.definitions.model import ColumnMap, Definitions, Health, Source, Workspace
from sabai.facts.land import land
from sabai.facts.landed import Facts, Tally


def of(*columns: str, **more: Any) -> ColumnMap:
    return ColumnMap(columns=columns, **more)


def always(value: str | float | bool) -> ColumnMap:
    return ColumnMap(value=value)


def source(table: str, files: str | tuple[str, ...], columns: Mapping[str, ColumnMap], **more: Any) -> Source:
    name = more.pop("name", table)
    return Source(name, (files,) if isinstance(files, str) else files, table, columns, **more)


def same(*names: str) -> dict[str, ColumnMap]:
    """Columns that are called in the file as they are called here."""
    return {name: of(name) for name in names}


def definitions(*sources: Source, **workspace: Any) -> Definitions:
    return Definitions(
        "sabai.yaml", "1", Workspace("test", **workspace), {each.name: each for each in sources}, {}, Health((), ())
    )


class Bench:
    """Writes files, lands them, and looks at what became of them."""

    def __init__(self, folder: Path) -> None:
        self.data, self.folder = folder / "data", folder / "facts"
        self.data.mkdir()

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def land(self, *sources: Source, strict: bool = False, **workspace: Any) -> Facts:
        return land(definitions(*sources, **workspace), self.data, self.folder, strict=strict)


def rows(facts: Facts, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return facts.scan(table).select(columns).collect().rows()


def aside(facts: Facts) -> list[tuple[Any, ...]]:
    return facts.aside().select("table", "row", "field", "code").collect().rows()


def tally(facts: Facts, table: str) -> Tally:
    return next(each for each in facts.tallies if each.table == table)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def bench_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Bench]:
    """A new workbench for each example of a property."""
    return lambda: Bench(tmp_path_factory.mktemp("bench"))
