"""`sabai init`: a commented starter to fill in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import FOLDER, NAME
from sabai.errors import Issue, UsageError

SCHEMA = "sabai.schema.json"


@verb
@click.argument("folder", type=FOLDER, default=".")
@click.option("--name", default="My company", show_default=True, help="What your company is called.")
def init(folder: Path, name: str) -> Answer:
    """Write a commented sabai.yaml to start from, and its schema for your editor."""
    from sabai.definitions.schema import json_schema
    from sabai.definitions.starter import starter
    from sabai.store.aside import aside

    path = folder / NAME
    if path.exists():
        raise UsageError(_there_already(path))
    described = json.dumps(json_schema(), ensure_ascii=False, indent=2)
    for target, content in ((folder / SCHEMA, described + "\n"), (path, starter(name))):
        with aside(target) as unfinished:
            unfinished.write_text(content, encoding="utf-8")
    return Answer(
        {"written": [path, folder / SCHEMA]}, f"Written: {path}\nFill in your sources, then: sabai check {path}"
    )


def _there_already(path: Path) -> Issue:
    return Issue(
        "CLI-006",
        f"{path.name} is there already.",
        str(path),
        "It would be lost.",
        "Choose another folder: sabai init FOLDER",
    )
