"""What the last scoring noticed, or why it stopped, in the reader's language."""

from __future__ import annotations

from sabai.desk.people.models import Workspace
from sabai.desk.scoring.queries import freshness, latest
from sabai.errors import Issue
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.notices import noticed
from sabai.report.said_again import said_again

PROBLEMS = (
    gettext_noop("There are no definitions yet."),
    gettext_noop("Without them nobody knows what the numbers mean."),
    gettext_noop("Publish a first version on the page of definitions."),
    gettext_noop("No facts have landed yet."),
    gettext_noop("Scores are computed from what your tools tell."),
    gettext_noop("Upload exports or connect a source on the page of sources."),
    gettext_noop("The scores could not be computed."),
    gettext_noop("The pages show what the last scoring found."),
    gettext_noop("The log of the jobs says what broke."),
)
"""The sentences of `door.py` and `jobs.py`; problems of files and definitions are said as they were written."""


def notices(workspace: Workspace, language: Language) -> tuple[Issue, ...]:
    """Of the last scoring that came to its end."""
    last = latest(workspace)
    told = last.notices if last else ()
    return tuple(noticed(tuple(Issue(**each) for each in told if isinstance(each, dict)), language))


def problem(workspace: Workspace, language: Language) -> tuple[str, ...]:
    """Why the last one stopped, sentence by sentence; nothing where it did not."""
    lines = [line.strip() for line in freshness(workspace).problem.splitlines() if line.strip()]
    return tuple(said_again(_without_code(line), PROBLEMS, language) for line in lines)


def _without_code(line: str) -> str:
    """
    >>> _without_code("DSK-031  There are no definitions yet.")
    'There are no definitions yet.'
    """
    return line.split("  ", 1)[-1]
