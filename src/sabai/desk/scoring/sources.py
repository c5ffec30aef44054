"""How facts come from the desk into the store: files of JSON lines, and the sources that read them.

`incoming/<table>/<source>/<name>.jsonl`: one fact a line, its keys are columns of `facts/catalogue.py` and
`received_at`; absent or null is unknown. Instants are ISO 8601 with their zone, dates 2026-06-29, money is minor units,
`properties` is an object whose scalars become columns. A file is whole or not there, and files land in the order of
their names.

`<source>` is what facts will say they came from. Where sabai.yaml has a source of that name for that table, rows count
as that source's: filters see them, nobody was "not looking" before, and ids are resolved as there. The sources that
read these files stand beside those of sabai.yaml only while the desk lands; the file stays its authors'.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sabai.desk.scoring.company import Company

if TYPE_CHECKING:
    from sabai.definitions.model import Source

DESK = "desk"
"""The source of what people log at the desk itself."""
OURS = "desk."
"""So begin the names of sources that read files of the desk; nobody can write such a name in sabai.yaml."""

Rows = Iterable[Mapping[str, Any]]


def put(company: Company, table: str, source: str, rows: Rows, name: str) -> Path:
    """Puts rows aside to be landed, durably; `name` is never used twice, and says which come first."""
    folder = company.incoming / table / source
    folder.mkdir(parents=True, exist_ok=True)
    unfinished, whole = folder / f".{name}.part", folder / f"{name}.jsonl"
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(whole)
    make_durable(folder)
    return whole


def make_durable(folder: Path) -> None:
    """What was renamed in the folder stays so, whatever happens next."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def source_of(table: str, source: str, file: str, columns: Iterable[str], theirs: Mapping[str, Source]) -> Source:
    """The source that reads one landing's file of one table; `theirs` are those of sabai.yaml.

    It has a name that nobody can write there, so that rows of theirs and of the desk's which wait for their account are
    never taken for each other; every fact says `source`.
    """
    from sabai.definitions.model import ColumnMap, Source

    through = _through(theirs.get(source), table)
    mapped = {
        name: ColumnMap((name,), unit="minor" if name.endswith("_minor") else None, through=through.get(name))
        for name in columns
    }
    says = {"source": ColumnMap(value=source)}
    return Source(f"{OURS}{table}.{source}", (file,), table, mapped | says, history="every", time_zone="UTC")


def _through(theirs: Source | None, table: str) -> Mapping[str, str | None]:
    """By whose ids their source of that name and table names accounts and contacts."""
    if theirs is None or theirs.table != table:
        return {}
    return {name: column.through for name, column in theirs.columns.items() if column.through}
