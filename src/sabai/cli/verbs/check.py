"""`sabai check`: is everything in `sabai.yaml` meant, and what was edited in the workbook?"""

from __future__ import annotations

from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import FILE, NAME, alone_in, definitions_option

WORKBOOK = ".xlsx"


@verb
@click.argument("file", type=FILE, required=False)
@click.option("--explain", is_flag=True, help="Show every default and every short form spelled out.")
@click.option("--write", is_flag=True, help="Write what was edited in a workbook back to sabai.yaml.")
@definitions_option
def check(file: Path | None, explain: bool, write: bool, definitions: Path | None) -> Answer:
    """Check definitions, or the numbers that were edited in a scores.xlsx.

    \b
        sabai check
        sabai check --explain
        sabai check sabai-out/scores.xlsx --write
    """
    file = file or definitions or Path(NAME)
    if file.suffix == WORKBOOK:
        return _check_workbook(file, definitions or Path(NAME), write)
    if write:
        raise click.UsageError("--write needs a workbook: sabai check sabai-out/scores.xlsx --write")
    return _check_definitions(file, explain)


def _check_definitions(file: Path, explain: bool) -> Answer:
    from sabai.definitions.reader import check_definitions

    definitions, issues = check_definitions(file)
    if definitions is None:
        return Answer({"ok": False}, issues=issues, exit_code=1)
    named = {
        "sources": list(definitions.sources),
        "metrics": [name for name in definitions.metrics if "." not in name],
        "factors": [factor.name for factor in definitions.health.factors],
    }
    told = {"ok": True, "version": definitions.version, **named}
    if explain:
        from sabai.definitions.explain import defaults_shown

        shown = defaults_shown(definitions)
        return Answer(told | {"explained": shown}, "\n".join(_shown(file, *each) for each in shown))
    counts = ", ".join(f"{len(names)} {what}" for what, names in named.items())
    return Answer(told, f"{file} is fine: {counts}.")


def _shown(file: Path, about: str, what: str, line: int) -> str:
    return f"{f'{file.name}:{line}' if line else '':<15} {about}: {what}"


def _check_workbook(workbook: Path, definitions_file: Path, write: bool) -> Answer:
    """The numbers that were edited, against those in the definitions; written there where asked."""
    from sabai.definitions.edits import edits, rewritten
    from sabai.definitions.reader import read_definitions
    from sabai.report.weights_back import read_edits
    from sabai.store.aside import aside

    definitions = read_definitions(definitions_file)
    health = read_edits(workbook, definitions).on(definitions.health)
    edited, text = edits(definitions.health, health), rewritten(definitions_file, health)
    if write and edited:
        with alone_in(definitions_file.parent), aside(definitions_file) as unfinished:
            unfinished.write_text(text, encoding="utf-8")
    lines = [f"  {edit}" for edit in edited]
    return Answer(
        {"edited": edited, "written": write and bool(edited)}, "\n".join([_edits(len(edited), write), *lines])
    )


def _edits(count: int, write: bool) -> str:
    if not count:
        return "The workbook says what the definitions say."
    what = "1 edit" if count == 1 else f"{count} edits"
    return f"{what} {'written' if write else 'found; take over with --write'}:"
