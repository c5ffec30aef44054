"""Nothing is known of them any more, and nobody can read out of what is left that they were here.

What names them goes first from where it came in, then from the database, then from the store and its results; each step
may be done twice. Who is meant is written down before, and forgotten when the store has forgotten too.
"""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from sabai.desk.asking.queries import place_of
from sabai.desk.keeping.models import Request
from sabai.desk.keeping.person import arrived, places, traces
from sabai.desk.keeping.person.known import whom_of
from sabai.desk.scoring import door
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.opinions import write_opinions
from sabai.desk.themes.queries import place_of as readings_at
from sabai.errors import Issue, SabaiError


def erase(request: Request, at: datetime) -> None:
    """Does what the request asks; SabaiError DSK-041 where nobody goes by that name."""
    if request.value:
        receipt = _forgotten(request, at)
        request.value, request.known, request.receipt = "", {}, receipt
        request.save(update_fields=["value", "known", "receipt"])
    traces.wipe()


def _forgotten(request: Request, at: datetime) -> dict[str, object]:
    workspace, whom, company = request.workspace, whom_of(request), Company.of(request.workspace)
    with ExitStack() as held:
        busy = (company.incoming, company.out, place_of(workspace), readings_at(workspace))
        for folder in busy:  # nothing lands, is scored, sent or read
            held.enter_context(_held(folder))
        gone: Counter[str] = arrived.leave(workspace, whom)
        gone += places.leave(workspace, whom)
        if company.overrides.exists():
            write_opinions(workspace)
        facts = door.forget(workspace, whom.kind, whom.value, at)
    if not facts and not gone.total():
        raise SabaiError(_nobody())
    return {"desk": {name: count for name, count in sorted(gone.items()) if count}, "facts": dict(facts)}


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The same lock as `scoring.alone`, waited for."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _nobody() -> Issue:
    return Issue(
        "DSK-041",
        "Nobody here goes by that name.",
        why="A slip of the keyboard would keep somebody else out for good, so nothing was changed.",
        hint="Write it as it stands in the facts; ids are told apart by capital letters.",
    )
