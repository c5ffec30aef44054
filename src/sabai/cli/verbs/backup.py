"""`sabai backup`: all of the desk in one file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import FILE
from sabai.cli.waiting import waiting
from sabai.cli.when import now


@verb
@click.argument("file", type=FILE)
def backup(file: Path) -> Answer:
    """Write all of the desk in SABAI_DATA to FILE, while it runs: database, stores, results, definitions, keys.

    \b
        sabai backup /backups/monday.tar
    """
    from sabai.desk.environ import read
    from sabai.desk.keeping.backup import back_up

    settings = read(os.environ)
    with waiting() as progress:
        count = back_up(settings.data, file.absolute(), now(), settings["DATABASE_URL"], progress)
    return Answer({"file": file, "files": count}, f"Backed up {settings.data}: {count:,} files in {file}.")
