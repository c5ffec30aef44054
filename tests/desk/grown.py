"""What a test of the grown desk asks of it from a process beside: `python -m tests.desk.grown land`."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2025, 6, 1, 12, tzinfo=UTC)


def land(exports: str) -> None:
    """Facts of two customers, and somebody asks for scores: a job of another process computes them."""
    from sabai.desk.people.models import Workspace
    from sabai.desk.scoring import door
    from sabai.desk.scoring.company import Company
    from sabai.desk.scoring.jobs import score_workspace
    from tests.facts.stored import canaries

    workspace = Workspace.objects.get()
    company = Company.of(workspace)
    company.folder.mkdir(parents=True)
    company.definitions.write_text(canaries.DEFINITIONS)
    door.land(workspace, canaries.exports(Path(exports)), AT)
    score_workspace(workspace.pk)


def create(begins_at: str) -> None:
    """Twenty tasks, from that second on; how many of them are ours."""
    from sabai.desk.people.models import Workspace
    from sabai.desk.tasks.actions.create import create as created

    workspace = Workspace.objects.get()
    time.sleep(max(0.0, float(begins_at) - time.time()))
    print(sum(created(workspace, title="Call", key=f"k{n}", origin="person")[1] for n in range(20)))


def count() -> None:
    """Tasks, customers, scorings that ended well, and where the trail is broken."""
    from sabai.desk.audit.queries import chain
    from sabai.desk.people.models import Workspace
    from sabai.desk.scoring.models import Account, Scoring
    from sabai.desk.tasks.models import Task

    scored = Scoring.everywhere.filter(problem="").exclude(ended_at=None).count()
    print(Task.everywhere.count(), Account.everywhere.count(), scored, chain(Workspace.objects.get()).broken_at)


if __name__ == "__main__":
    import django

    django.setup()
    {"land": land, "create": create, "count": count}[sys.argv[1]](*sys.argv[2:])
