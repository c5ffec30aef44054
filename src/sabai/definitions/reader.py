"""Reading `sabai.yaml`: what is written, whether it fits the grammar and the rules, what it means."""

from __future__ import annotations

from pathlib import Path

from sabai.definitions.lines import read_lines, text_of
from sabai.definitions.model import Definitions
from sabai.definitions.rules import File, broken_rules
from sabai.definitions.shapes import Shapes
from sabai.definitions.spelling.file import spell_out
from sabai.definitions.spelling.metrics import MOST_METRICS, TooManyMetrics
from sabai.errors import DefinitionsError, Issue


def read_definitions(path: Path) -> Definitions:
    """What the file at `path` means. Raises DefinitionsError with everything that is wrong in it.

    >>> read_definitions(Path("."))
    Traceback (most recent call last):
        ...
    sabai.errors.DefinitionsError: DEF-001  The definitions cannot be opened: a folder lies where a file should be.
             .
             Without definitions nobody knows what the numbers mean.
             Write a first one with: sabai init
    """
    return read_text(text_of(path), path)


def check_definitions(path: Path) -> tuple[Definitions | None, list[Issue]]:
    """The definitions in the file at `path`, or else None and everything that is wrong in it, by line."""
    try:
        return read_definitions(path), []
    except DefinitionsError as error:
        return None, list(error.issues)


def read_text(text: str, path: Path) -> Definitions:
    """The same for a text that stands, or will stand, in the file at `path`. Raises DefinitionsError."""
    written = read_lines(text, path.name)
    shapes = Shapes(path.name)
    root = shapes.fit_file(written)
    issues = [*shapes.issues, *broken_rules(File(path.name, root, written))]
    if issues:
        raise DefinitionsError(*sorted(issues, key=_line))
    try:
        return spell_out(root, path)
    except TooManyMetrics as error:
        raise DefinitionsError(_too_many(path.name, error)) from error


def _line(issue: Issue) -> int:
    return int(issue.where.rpartition(":")[2])


def _too_many(where: str, error: TooManyMetrics) -> Issue:
    return Issue(
        "DEF-034",
        f"The metrics spell out to more than {MOST_METRICS:,}.",
        f"{where}:{error.line}",
        "Each of them is computed for every account and date.",
        "Take away changes of changes, or shorten a slope.",
    )
