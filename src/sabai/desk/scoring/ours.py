"""What is done at the desk itself becomes facts beside those of the company's tools."""

from __future__ import annotations

from typing import Any, Protocol

from sabai.desk.people.models import Workspace

TABLES = ("touchpoints", "responses", "advocacy")
"""Where the desk goes on with what tools told before."""


class Teller(Protocol):
    """One kind of fact: whether any waits, those put aside to be landed next, and that they landed."""

    def are_waiting(self, workspace: Workspace, /) -> bool: ...

    def put_aside(self, workspace: Workspace, /) -> Any: ...

    def landed(self, workspace: Workspace, went: Any, /) -> None: ...


def tellers() -> tuple[Teller, ...]:
    """Contacts that were logged, surveys that were sent, what was answered, and favours that were done."""
    from sabai.desk.asking import facts as asks
    from sabai.desk.replies import facts as favours
    from sabai.desk.responses import facts as responses
    from sabai.desk.scoring import logged

    return logged, asks, responses, favours


def are_waiting(workspace: Workspace) -> bool:
    return any(teller.are_waiting(workspace) for teller in tellers())
