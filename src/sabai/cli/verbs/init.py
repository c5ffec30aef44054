"""`sabai init`: a commented starter, cut down to the exports that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.exports import Exports, exports_in, weeks_in
from sabai.cli.outcome import verb
from sabai.cli.place import FOLDER, NAME, alone_in
from sabai.errors import FactsError, Issue, UsageError

SCHEMA = "sabai.schema.json"
MOST_NAMED = 4


@verb
@click.argument("folder", type=FOLDER, default=".")
@click.option("--name", default="My company", show_default=True, help="What your company is called.")
def init(folder: Path, name: str) -> Answer:
    """Write a commented sabai.yaml to start from, and its schema for your editor.

    Put your exports into the folder first: what has no file there is commented out, to be taken in later.
    """
    from sabai.definitions.reader import read_text
    from sabai.definitions.starter import left_out, starter

    path = folder / NAME
    if path.exists():
        raise UsageError(_there_already(path))
    exports = exports_in(folder, read_text(starter(name), path))
    without = left_out(exports.found)
    weeks, issues = _weeks(folder, starter(name, without)) if exports.found else (None, ())
    _write(folder, starter(name, without, weeks))
    told = {"written": [path, folder / SCHEMA], "found": exports.found, "left_out": without}
    text = [f"Written: {path}", *_found(exports), *_left_out(without), *_usual(weeks), *_next(folder, exports)]
    return Answer(told | {"unread": exports.unread, "reference": weeks}, "\n".join(text), issues)


def _weeks(folder: Path, text: str) -> tuple[tuple[date, date] | None, Sequence[Issue]]:
    """The weeks that say what is usual; where the exports cannot be read, why."""
    from sabai.definitions.reader import read_text

    try:
        return weeks_in(folder, read_text(text, folder / NAME)), ()
    except FactsError as error:
        return None, error.issues


def _write(folder: Path, text: str) -> None:
    from sabai.definitions.schema import json_schema
    from sabai.store.aside import aside

    described = json.dumps(json_schema(), ensure_ascii=False, indent=2)
    with alone_in(folder):
        for target, content in ((folder / SCHEMA, described + "\n"), (folder / NAME, text)):
            with aside(target) as unfinished:
                unfinished.write_text(content, encoding="utf-8")


def _found(exports: Exports) -> Iterator[str]:
    if exports.found:
        yield "Found:   " + ", ".join(f"{source} ({_named(files)})" for source, files in exports.found.items())
    if exports.found and exports.unread:
        yield f"Unread:  {_named(exports.unread)}; if it belongs to a source, name it there under `files`."


def _left_out(without: Sequence[str]) -> Iterator[str]:
    if without:
        yield f'Waiting: {", ".join(without)}; no file is here for them, so they are commented out as "# needs ...".'


def _usual(weeks: tuple[date, date] | None) -> Iterator[str]:
    if weeks:
        yield f"Usual:   what was so from {weeks[0]} to {weeks[1]}, the weeks in your files (see `reference`)."


def _next(folder: Path, exports: Exports) -> Iterator[str]:
    if exports.found:
        yield f"Next:    compare the columns and names with those in your files, then: sabai score {folder}"
    else:
        yield f"Fill in your sources, then: sabai check {folder / NAME}"


def _named(files: Sequence[str]) -> str:
    """
    >>> _named(["a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "f.csv"])
    'a.csv, b.csv, c.csv, d.csv and 2 more'
    """
    more = len(files) - MOST_NAMED
    return ", ".join(files[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _there_already(path: Path) -> Issue:
    return Issue(
        "CLI-006",
        f"{path.name} is there already.",
        str(path),
        "It would be lost.",
        "Choose another folder: sabai init FOLDER",
    )
