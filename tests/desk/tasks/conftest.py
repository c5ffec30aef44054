"""Tasks of Aiko's workspace."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from sabai.desk.people.models import Workspace
from sabai.desk.tasks.actions.create import create
from sabai.desk.tasks.models import Task

MakeTask = Callable[..., Task]


@pytest.fixture
def task(workspace: Workspace) -> MakeTask:
    """`task("Call them", assigned=ben.user, due_on=...)`."""

    def made(title: str = "Call them", **known: object) -> Task:
        known = {"key": f"test:{uuid4()}", "origin": "person"} | known
        return create(workspace, title=title, **known)[0]  # type: ignore[arg-type]

    return made
