"""Open tables in folders: files that we wrote and made durable, shown to every reader in one commit.

A table is divided by the value of one column, whose name stands in the folders: `bucket=7/part-000001.parquet`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Field, Schema, Transaction
from deltalake.exceptions import DeltaError
from deltalake.transaction import AddAction, RemoveAction, create_table_with_add_actions

from sabai.errors import Issue, SabaiError
from sabai.store.aside import make_durable, said_plainly
from sabai.store.refused import in_our_words

KEPT_HOURS = 24 * 7
"""How long files that are no longer part of a table are kept for readers that began before."""


APP = "sabai"
"""By this name Delta keeps the number of the landing that a table came to last, for whoever else reads it."""
ROW_GROUP = 131_072  # small enough that a run of accounts decodes little beside its own rows


@dataclass(frozen=True, slots=True)
class File:
    """A file of a table as it stands; `path` is relative to the table. `least`, `most`: of each column counted so."""

    path: str
    size: int
    rows: int
    part: str
    least: Mapping[str, Any]
    most: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A durable file that no reader sees yet; `statistics` as Delta wants them, in JSON."""

    path: str
    size: int
    part: str
    schema: pa.Schema
    statistics: str


@dataclass(frozen=True)
class OpenTable:
    """The Delta table in `folder`, at `version` (None: as it stands now; -1: before it was begun).

    What it shows at a version never changes: a process opens and lists it once.
    """

    folder: Path
    divided_by: str
    version: int | None = None
    numbered: bool = False  # the parts are whole numbers

    @property
    def is_begun(self) -> bool:
        return self.version != -1 and any(_versions(self.folder))

    @property
    def newest(self) -> int:
        """The version as it stands now, by the names in the log; -1 where there is none."""
        return max((int(name[:20]) for name in _versions(self.folder)), default=-1)

    def files(self) -> list[File]:
        """Every file of the table, those of one part together; none where it is not begun."""
        return list(self._shown().files) if self.is_begun else []

    def scan(self, files: Sequence[File] | None = None) -> pl.LazyFrame:
        """Every row of a table that is begun, or only those of some of its `files`. `polars.scan_delta` cannot: it
        looks for the folder `my store` under the name `my%20store`, and for any name outside the Latin alphabet
        likewise."""
        shown = self._shown()
        kinds, files = shown.kinds, shown.files if files is None else files
        if not files:
            return pl.LazyFrame(schema=kinds)
        inside = pl.Schema({name: kind for name, kind in kinds.items() if name != self.divided_by})
        rows = pl.scan_parquet(
            [self.folder / file.path for file in files], glob=False, schema=inside, missing_columns="insert",
            extra_columns="ignore", hive_partitioning=True, hive_schema={self.divided_by: kinds[self.divided_by]},
        )  # fmt: skip
        return rows.select(kinds.names())

    def _shown(self) -> _Shown:
        version = self.newest if self.version is None else self.version
        try:
            written = (self.folder / "_delta_log" / f"{version:020}.json").stat()
        except FileNotFoundError:  # only a checkpoint tells of it
            return _shown(self.folder, version, self.divided_by)
        return _shown_once(self.folder, version, self.divided_by, (written.st_mtime_ns, written.st_ino))

    def now(self) -> OpenTable:
        return replace(self, version=None)

    def write(self, part: str, rows: pl.DataFrame, counted: Sequence[str] = ()) -> NewFile:
        """A durable file of `rows`, which no reader sees before it is committed; of the `counted` columns Delta learns
        the least and the most."""
        name = f"{self.divided_by}={part}/{uuid4().hex}.parquet"
        path = self.folder / name
        with said_plainly(self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                rows.write_parquet(path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP)
                make_durable(path)
            except pl.exceptions.PolarsError as error:
                raise OSError(str(error)) from error
        schema = plain(rows.head(0).to_arrow(compat_level=pl.CompatLevel.oldest()).schema)
        return NewFile(name, path.stat().st_size, part, schema, _statistics(rows, counted))

    def commit(
        self, added: Sequence[NewFile], gone: Iterable[File], when: datetime, *, rearranged: bool = False,
        landing: int = 0, once: bool = False,
    ) -> int:  # fmt: skip
        """Shows `added` and hides `gone` in one step, durably; the new version. `rearranged`: the rows are the same.

        Columns that the table has not had yet are added to it. SabaiError STO-002 where the log refuses. The table
        remembers the `landing` that it came with; `once` refuses one that it has had already (STO-004).
        """
        log = self.folder / "_delta_log"
        with said_plainly(self.folder):
            for folder in self._folders(added):
                make_durable(folder)
            before = {path.name for path in log.glob("*")}
            try:
                self._commit(added, gone, int(when.timestamp() * 1000), not rearranged, landing, once)
            except DeltaError as error:
                raise SabaiError(_not_committed(self.folder, error)) from error
            self._make_log_durable(before)
        return self.newest

    def _make_log_durable(self, before: Collection[str]) -> None:
        """All that the log got since it had the names `before`, and the lists of names above it."""
        log = self.folder / "_delta_log"
        for path in sorted(log.glob("*")):
            if path.name not in before or path.name == "_last_checkpoint":
                make_durable(path)
        for folder in (log, self.folder, *self.folder.parents[:2]):
            make_durable(folder)

    def _folders(self, added: Sequence[NewFile]) -> list[Path]:
        """Those that got a new name in them: a file is only there when the lists of names above it are on the disk."""
        return [*(self.folder / part for part in {file.path.partition("/")[0] for file in added}), self.folder]

    def _commit(
        self, added: Sequence[NewFile], gone: Iterable[File], millis: int, changed: bool, landing: int, once: bool
    ) -> None:
        told = CommitProperties(app_transactions=[Transaction(APP, landing)] if landing else None)
        adds = [
            AddAction(file.path, file.size, {self.divided_by: file.part}, millis, changed, file.statistics)
            for file in added
        ]
        if self.newest == -1:
            schema = Schema.from_arrow(
                _schema(added).append(pa.field(self.divided_by, pa.int32() if self.numbered else pa.string()))
            )
            create_table_with_add_actions(
                str(self.folder), schema, adds, partition_by=[self.divided_by], configuration=_counting(added),
                commit_properties=told,
            )  # fmt: skip
            return
        table = DeltaTable(self.folder)
        if once and landing <= (table.transaction_version(APP) or 0):
            raise SabaiError(_had_already(self.folder, landing))
        _widen(table, _schema(added))
        removes = [RemoveAction(file.path, changed, millis, file.size, {self.divided_by: file.part}) for file in gone]
        actions: list[AddAction | RemoveAction] = [*adds, *removes]
        table.create_write_transaction(
            actions, mode="append", schema=table.schema(), partition_by=[self.divided_by], commit_properties=told
        )

    def put_back(self) -> list[File]:
        """Shows again what the table showed at `version`, where somebody changed it since and did not finish.

        The files of a table that was not begun then: they stand until a commit hides them.
        """
        if not self.is_begun:
            return self.now().files() if self.version == -1 else []
        if self.version not in (None, self.newest) and self.files() != self.now().files():
            before = {path.name for path in (self.folder / "_delta_log").glob("*")}
            DeltaTable(self.folder).restore(self.version)
            self._make_log_durable(before)
        return []

    def forget_files(self) -> None:
        """Takes away every file that the table does not show now: nobody can look into its past any more."""
        with said_plainly(self.folder):
            try:
                DeltaTable(self.folder).vacuum(0, dry_run=False, enforce_retention_duration=False, full=True)
            except DeltaError as error:
                raise SabaiError(_not_committed(self.folder, error)) from error

    def forget_log(self) -> None:
        """And what its log says about its past: a checkpoint tells how the table is now, and nothing else is left."""
        log = self.folder / "_delta_log"
        with said_plainly(self.folder):
            table = DeltaTable(self.folder)
            table.create_checkpoint()
            self._make_log_durable(())
            for path in log.glob("[0-9]*"):
                if int(path.name[:20]) < table.version():
                    path.unlink()
            make_durable(log)

    def vacuum(self, shown: Collection[str] = (), hours: int = KEPT_HOURS) -> None:
        """Takes away files that nobody can be reading any more, those of killed runs too. If it fails, they stay.

        `shown`: all that the table shows now, where the caller knows; it costs little if nothing else lies there.
        """
        with suppress(DeltaError, OSError):
            if shown and self._lying() <= set(shown):
                return
            DeltaTable(self.folder).vacuum(hours, dry_run=False, enforce_retention_duration=False, full=True)

    def sweep(self) -> None:
        """Takes away files that no commit knows of. Only for whoever has the turn: others may be writing theirs."""
        unknown = self._lying() - {file.path for file in self.now().files()}
        if unknown and self.now().is_begun:
            unknown -= set(DeltaTable(self.folder).vacuum(0, enforce_retention_duration=False))  # kept for readers
        for name in unknown:
            (self.folder / name).unlink(missing_ok=True)

    def _lying(self) -> set[str]:
        """Every file in the folders of its parts, whoever knows of it."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.glob(f"{self.divided_by}=*/*")}

    def check(self) -> None:
        """SabaiError STO-003 where a file is not there, or not as long as it was: some readers fail badly on those."""
        try:
            files = self.files()
        except DeltaError as error:
            raise SabaiError(damaged(self.folder / "_delta_log", in_our_words(error))) from error
        for file in files:
            path = self.folder / file.path
            if not path.is_file():
                raise SabaiError(damaged(path, "it is not there"))
            if path.stat().st_size != file.size:
                raise SabaiError(damaged(path, f"it has {path.stat().st_size:,} bytes, and had {file.size:,}"))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a table shows at one version: its columns and its files, those of one part together."""

    kinds: pl.Schema
    files: tuple[File, ...]


def _shown(folder: Path, version: int, divided_by: str) -> _Shown:
    table = DeltaTable(folder, version=version)
    return _Shown(pl.Schema(table.schema()), tuple(_files(table, divided_by)))


@lru_cache(maxsize=128)
def _shown_once(folder: Path, version: int, divided_by: str, written: tuple[int, int]) -> _Shown:
    """The same, remembered for as long as its commit is the file that was `written` then: a version never changes."""
    return _shown(folder, version, divided_by)


def _versions(folder: Path) -> Iterator[str]:
    """The names of commits and checkpoints in the log of a table; none where it is not begun."""
    with suppress(FileNotFoundError), os.scandir(folder / "_delta_log") as names:
        for each in names:
            if each.name[:1].isdigit() and each.name.endswith((".json", ".parquet")):
                yield each.name


def _statistics(rows: pl.DataFrame, counted: Sequence[str]) -> str:
    least, most = (rows.select(getattr(pl.col(list(counted)), end)()).to_dicts() for end in ("min", "max"))
    known = [name for name in counted if least and least[0][name] is not None]
    return json.dumps(
        {
            "numRecords": rows.height,
            "minValues": {name: least[0][name] for name in known},
            "maxValues": {name: most[0][name] for name in known},
            "nullCount": {name: rows[name].null_count() for name in counted},
        },
        default=str,  # dates as Delta writes them
    )


def _counting(added: Sequence[NewFile]) -> dict[str, str]:
    """Tells readers which columns have statistics: of others some take none for "no row has a value"."""
    counted = json.loads(added[0].statistics)["nullCount"] if added else ()
    if not counted:
        return {"delta.dataSkippingNumIndexedCols": "0"}
    return {"delta.dataSkippingStatsColumns": ",".join(counted)}


def plain(schema: pa.Schema) -> pa.Schema:
    """The schema as Parquet and Delta know it: text is text and a list a list, however they lie in memory."""
    return pa.schema([pa.field(field.name, _plain(field.type)) for field in schema])


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_list(kind) or pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    text = pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_dictionary(kind)
    return pa.string() if text else kind


def _schema(files: Sequence[NewFile]) -> pa.Schema:
    return pa.unify_schemas([file.schema for file in files]) if files else pa.schema([])


def _widen(table: DeltaTable, schema: pa.Schema) -> None:
    known = {field.name for field in table.schema().fields}
    new = [Field.from_arrow(field) for field in schema if field.name not in known]
    if new:
        table.alter.add_columns(new)


def _files(table: DeltaTable, divided_by: str) -> list[File]:
    told = pl.DataFrame(table.get_add_actions(flatten=True)).to_dicts()  # no pandas is loaded for it
    return sorted((_file(action, divided_by) for action in told), key=lambda file: (file.part, file.path))


def _file(action: Mapping[str, Any], divided_by: str) -> File:
    ends = {
        end: {name.removeprefix(f"{end}."): value for name, value in action.items() if name.startswith(f"{end}.")}
        for end in ("min", "max")
    }
    part = str(action[f"partition.{divided_by}"])
    return File(action["path"], action["size_bytes"], action["num_records"], part, ends["min"], ends["max"])


def _not_committed(folder: Path, error: DeltaError) -> Issue:
    return Issue(
        "STO-002",
        f"{folder.name} could not be added to: {in_our_words(error)}.",
        str(folder),
        "Readers still see the table as it was.",
        "Run the same command again; if it stays, see whether other tools write to this folder.",
    )


def _had_already(folder: Path, landing: int) -> Issue:
    return Issue(
        "STO-004",
        f"Landing {landing} stands in the log already.",
        str(folder),
        "Somebody else landed into this store at the same time; nothing of this landing counts.",
        "Run the same command again, one after the other: this disk has no locks by which commands could take turns.",
    )


def damaged(path: Path, why: str) -> Issue:
    return Issue(
        "STO-003",
        f"A file of the store is damaged: {why}.",
        str(path),
        "What it held is not known, and is not guessed; everything else is as it was.",
        "Bring it back from a copy of the store; or land all exports again, with --mend or into a new store.",
    )
