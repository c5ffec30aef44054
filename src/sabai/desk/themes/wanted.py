"""Which texts somebody wants to see: everything that stands in the address of a page, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from sabai.desk.look.address import address
from sabai.desk.people.models import Workspace
from sabai.desk.themes.models import FEELINGS, KINDS

DAYS = (30, 91, 182, 365)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty asks for any. `days` is the length of the period until today."""

    days: int = 91
    kind: str = ""
    segment: str = ""
    theme: str = ""
    feeling: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """What an address says; what it says wrongly it does not say.

        >>> Wanted.of({"days": "30", "kind": "poem", "feeling": "unsure"})
        Wanted(days=30, kind='', segment='', theme='', feeling='unsure', page=1)
        """
        page = given.get("page", "")
        return cls(
            days=int(given["days"]) if given.get("days", "") in map(str, DAYS) else cls().days,
            kind=given.get("kind", "") if given.get("kind") in KINDS else "",
            segment=given.get("segment", "").replace("\0", "")[:200],
            theme=given.get("theme", "").replace("\0", "")[:60],
            feeling=given.get("feeling", "") if given.get("feeling") in FEELINGS else "",
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 10 else 1,
        )

    def span(self, workspace: Workspace) -> tuple[datetime, datetime]:
        """From the beginning of its first day until the end of today, where the workspace is."""
        tomorrow = workspace.today() + timedelta(days=1)
        zone = ZoneInfo(workspace.time_zone)
        begins = tomorrow - timedelta(days=self.days)
        return datetime.combine(begins, time(), zone), datetime.combine(tomorrow, time(), zone)

    def address(self, **changes: str | int) -> str:
        """The query that asks for the same but for the changes; a change of anything begins at the first page.

        >>> Wanted(feeling="unsure", page=3).address(days=30)
        '?days=30&feeling=unsure'
        """
        return address(self, changes)
