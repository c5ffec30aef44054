"""What a folder of landed facts was made from, so that landing the same again takes no time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import polars as pl

from sabai import __version__
from sabai.definitions.model import Definitions
from sabai.errors import Issue
from sabai.facts.files import Found
from sabai.facts.landed import Facts, Tally

NAME = "manifest.json"


def fingerprint(definitions: Definitions, found: Iterable[Found]) -> str:
    """A hash of everything that landing depends on: sources, zone, currency, files with size and time, version."""
    files = sorted((file.name, file.path.stat().st_size, file.path.stat().st_mtime_ns) for file in found)
    sources = [repr(_without_lines(asdict(source))) for _, source in sorted(definitions.sources.items())]
    workspace = definitions.workspace
    told = [__version__, pl.__version__, workspace.time_zone, workspace.currency, sources, files]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _without_lines(value: object) -> object:
    """Where something stands in the file does not matter."""
    if isinstance(value, Mapping):
        return {name: _without_lines(each) for name, each in sorted(value.items()) if name != "line"}
    return [_without_lines(each) for each in value] if isinstance(value, (list, tuple)) else value


def write(facts: Facts, print_: str) -> None:
    told = {
        "fingerprint": print_,
        "tallies": [asdict(tally) for tally in facts.tallies],
        "first_days": {table: dict(days) for table, days in facts.first_days.items()},
        "issues": [issue.as_dict() for issue in facts.issues],
    }
    (facts.folder / NAME).write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")


def read(folder: Path, print_: str | None = None) -> Facts | None:
    """The facts in `folder`; None where there are none, or not all, or not those of this fingerprint."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if print_ is not None and told["fingerprint"] != print_:
        return None
    tallies = tuple(Tally(**tally) for tally in told["tallies"])
    filled = ["accounts", *(tally.table for tally in tallies if tally.facts)]
    if not all((folder / f"{table}.parquet").is_file() for table in filled):
        return None
    ids = pl.read_parquet(folder / "accounts.parquet", glob=False, columns=["account_id"])["account_id"].unique().sort()
    return Facts(
        folder,
        tuple(ids),
        tallies,
        told["first_days"],
        tuple(Issue(**issue) for issue in told["issues"]),
    )
