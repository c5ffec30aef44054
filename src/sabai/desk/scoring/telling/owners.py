"""Who answers for an account, and when somebody last spoke with it: the desk and the company's tools together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Max

from sabai.dates import to_day
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.portfolio.queries import holding
from sabai.desk.scoring.telling.known import Known
from sabai.desk.tasks.models import Touchpoint


@dataclass(frozen=True, slots=True)
class Owners:
    """Users by account_id, as the desk says, and by the name that the company's tools call them."""

    by_desk: Mapping[str, int]
    known_as: Mapping[str, int]

    @classmethod
    def of(cls, workspace: Workspace) -> Owners:
        held = holding(workspace, workspace.today())
        members = Membership.of(workspace).filter(left_at=None).exclude(known_as="")
        return cls(
            dict(held.values_list("account__account_id", "user_id")),
            {name.casefold(): user for name, user in members.values_list("known_as", "user_id")},
        )

    def user(self, account: str, name: str) -> int | None:
        """Whom the desk says, or else whom the tools say, where the desk knows them."""
        return self.by_desk.get(account) or self.known_as.get(name.casefold())


def touched(workspace: Workspace, known: Known) -> Mapping[str, int]:
    """account_id -> the last day on which somebody spoke with it."""
    last: dict[str, int] = defaultdict(int, known.latest("touchpoints", "occurred_day"))
    zone = ZoneInfo(workspace.time_zone)
    logged = Touchpoint.of(workspace).values_list("account__account_id").annotate(at=Max("occurred_at"))
    for account, at in logged:
        last[account] = max(last[account], to_day(at.astimezone(zone).date()))
    return last
