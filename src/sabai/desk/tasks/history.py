"""What happened to one task, as the audit trail knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from sabai.desk.audit.models import Entry
from sabai.desk.tasks.models import Task

DAYS = ("due_on", "snoozed_until")
LATEST = 200  # entries that a page shows


@dataclass(frozen=True, slots=True)
class Step:
    """One change; `at` is in the time zone of the workspace, days are dates again."""

    at: datetime
    who: str
    verb: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def history(task: Task) -> list[Step]:
    """The changes of the task, the latest first."""
    zone = ZoneInfo(task.workspace.time_zone)
    entries = Entry.of(task.workspace).filter(kind="task", thing=str(task.pk)).order_by("-number")[:LATEST]
    return [
        Step(timezone.localtime(entry.at, zone), entry.who, entry.verb, _read(entry.before), _read(entry.after))
        for entry in entries
    ]


def _read(told: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value for name, value in (told or {}).items()
    }
