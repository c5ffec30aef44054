"""Where a command works: the folder with data, its definitions, and the folder for results."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sabai.errors import Issue, UsageError
from sabai.store.objects.copies import Copy, copy_at, copy_of, is_address, wrong_with

if TYPE_CHECKING:
    from sabai.definitions.model import Definitions

Function = TypeVar("Function", bound=Callable[..., object])

NAME = "sabai.yaml"
CACHE = "SABAI_CACHE"
"""The variable that names the folder of working copies."""


class OfThisComputer(click.Path):
    """A path; an address would become a folder of that name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if is_address(str(value)):
            self.fail(
                f"{value} is an address, and only a store may lie in an object store. Exports are read from a disk of "
                "this computer, and results are written there: copy them before or afterwards.",
                param, ctx,
            )  # fmt: skip
        return super().convert(value, param, ctx)


class OrAddress(click.Path):
    """A path, or the address of a store in an object store: it becomes the folder of its working copy."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not is_address(str(value)):
            return super().convert(value, param, ctx)
        if wrong := wrong_with(str(value)):
            self.fail(f"{value} cannot be the address of a store: {wrong}. Write s3://bucket/folder.", param, ctx)
        return copy_at(str(value), cache()).begin().folder


def cache() -> Path:
    """Where working copies lie: SABAI_CACHE, or what the system keeps caches in."""
    named = os.environ.get(CACHE) or os.environ.get("XDG_CACHE_HOME")
    folder = Path(named).expanduser() if named else Path.home() / ".cache"
    return folder.absolute() if os.environ.get(CACHE) else folder.absolute() / "sabai"


DATA = OrAddress(path_type=Path)
STORE = OrAddress(path_type=Path, file_okay=False)
FOLDER = OfThisComputer(path_type=Path, file_okay=False)
FILE = OfThisComputer(path_type=Path, dir_okay=False)


@dataclass(frozen=True, slots=True)
class Place:
    data: Path
    definitions_file: Path
    out: Path

    def definitions(self) -> Definitions:
        """What `sabai.yaml` says. Raises DefinitionsError, or UsageError where there is none."""
        from sabai.definitions.reader import read_definitions

        if not self.definitions_file.exists():
            raise UsageError(_no_definitions(self.definitions_file))
        return read_definitions(self.definitions_file)

    @contextmanager
    def alone(self) -> Iterator[Place]:
        """This place, held until the block ends: whoever works on the same results ends first."""
        with alone_in(self.out):
            try:
                yield self
            except Exception:
                from sabai.facts.stored.damage import naming_damage  # takes a second to load

                with naming_damage(self.data):
                    raise


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """The folder, held until the block ends."""
    from sabai.store.turns import in_turn

    with in_turn(folder, lambda: click.echo(f"Another command is working in {folder}; waiting.", err=True)):
        yield


def place(data: Path, definitions: Path | None, out: Path | None = None) -> Place:
    """The defaults: definitions beside the data, results in `sabai-out` where the command was called. Beside a store
    in an object store nothing lies: its definitions are looked for here, and its working copy becomes what it is now.
    """
    if copy := copy_of(data):
        _refreshed(copy)
    elif not data.exists():
        raise UsageError(_no_data(data))
    folder = Path() if copy else data if data.is_dir() else data.parent
    return Place(data, definitions or folder / NAME, out or Path("sabai-out"))


def _refreshed(copy: Copy) -> None:
    """UsageError where no store lies at the address."""
    from sabai.cli.waiting import waiting
    from sabai.store.objects.shared import refresh

    with waiting() as progress:
        refresh(copy, lambda: click.echo(f"Another command is working on {copy.address}; waiting.", err=True), progress)
    if not copy.folder.exists():
        raise UsageError(_no_store(copy.address))


def data_argument(function: Function) -> Function:
    """The folder with the exports, or one file, as the only argument."""
    return click.argument("data", type=DATA, default=".")(function)


def data_option(function: Function) -> Function:
    """The same as an option, for verbs that ask about an account."""
    return click.option("--data", type=DATA, default=".", help="Folder with the exports; default: this one.")(function)


def definitions_option(function: Function) -> Function:
    return click.option("--definitions", type=FILE, help=f"The definitions; default: {NAME} beside the data.")(function)


def out_option(function: Function) -> Function:
    return click.option("--out", type=FOLDER, help="Folder for results; default: sabai-out.")(function)


def _no_data(data: Path) -> Issue:
    return Issue(
        "CLI-001", f"There is no {data}.", str(data), "Facts are read from it.", "Name the folder with your exports."
    )


def _no_store(address: str) -> Issue:
    return Issue(
        "CLI-001",
        f"There is no store at {address}.",
        address,
        "Of what lies in an object store only a store is read.",
        f"Copy your exports here, and land them: sabai land EXPORTS --store {address}",
    )


def _no_definitions(path: Path) -> Issue:
    return Issue(
        "CLI-002",
        f"There is no {path.name} here.",
        str(path),
        "Without definitions nobody knows what the numbers mean.",
        f"Write a first one with: sabai init {path.parent}",
    )
