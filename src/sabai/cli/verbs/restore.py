"""`sabai restore`: the desk, as a backup has it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import FILE
from sabai.cli.waiting import waiting


@verb
@click.argument("file", type=FILE)
def restore(file: Path) -> Answer:
    """Put the desk of a backup into SABAI_DATA, a folder that is empty or not there yet.

    \b
        SABAI_DATA=/var/lib/sabai sabai restore /backups/monday.tar
    """
    from sabai.desk.environ import read
    from sabai.desk.keeping.backup import restore as put_back

    settings = read(os.environ)
    with waiting() as progress:
        count = put_back(file, settings.data, settings["DATABASE_URL"], progress)
    return Answer({"data": settings.data, "files": count}, f"Restored {count:,} files to {settings.data}.")
