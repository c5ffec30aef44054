"""What a store was begun with and cannot change afterwards: days were counted and amounts turned by it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sabai.definitions.model import Workspace
from sabai.errors import FactsError, Issue
from sabai.store.aside import aside

FORMAT = 1
NAME = "store.json"
BUCKETS = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """`buckets`: into how many parts accounts are divided; `format`: how the store is laid out."""

    format: int
    buckets: int
    time_zone: str
    currency: str


def begin(folder: Path, workspace: Workspace, buckets: int) -> Settings:
    """The settings of the store in `folder`, which is begun where there is none. FactsError where they do not fit."""
    settings = read(folder) or Settings(FORMAT, buckets, workspace.time_zone, workspace.currency)
    for name in ("time_zone", "currency"):
        if getattr(settings, name) != getattr(workspace, name):
            raise FactsError(_other(folder, name, getattr(settings, name), getattr(workspace, name)))
    if not (folder / NAME).exists():
        with aside(folder / NAME) as unfinished:
            unfinished.write_text(json.dumps(asdict(settings), indent=1) + "\n", encoding="utf-8")
    return settings


def read(folder: Path) -> Settings | None:
    """None where there is no store. FactsError where a newer Sabai wrote it, or the file is damaged."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise FactsError(_damaged(folder)) from error
    if not isinstance(told, dict) or not isinstance(told.get("format"), int):
        raise FactsError(_damaged(folder))
    if told["format"] > FORMAT:
        raise FactsError(_newer(folder, told["format"]))
    return Settings(**told)


def _other(folder: Path, name: str, stored: str, wanted: str) -> Issue:
    return Issue(
        "FCT-201",
        f"The store was begun with {name} {stored}, and the definitions say {wanted}.",
        str(folder / NAME),
        "Days and amounts in it were computed with the first; the two cannot be mixed.",
        f"Write {name}: {stored} under `workspace`, or land everything again into a new store.",
    )


def _newer(folder: Path, number: int) -> Issue:
    return Issue(
        "FCT-202",
        f"The store has format {number}, and this Sabai knows formats up to {FORMAT}.",
        str(folder / NAME),
        "A newer Sabai wrote it; an older one could misread it.",
        "Install the newer Sabai.",
    )


def _damaged(folder: Path) -> Issue:
    return Issue(
        "FCT-203",
        f"{NAME} cannot be read.",
        str(folder / NAME),
        "It says how the store is divided; without it facts would be looked for in the wrong place.",
        "Bring it back from a copy of the store.",
    )
