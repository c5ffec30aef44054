"""What a list of tasks was asked for: all of it stands in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sabai.desk.look.address import address
from sabai.desk.tasks.models import ORIGINS

WHO = ("me", "all", "nobody")


@dataclass(frozen=True, slots=True)
class Asked:
    """`who` is me, all, nobody or the number of a user; `account` is the number of an account, 0 for all."""

    who: str = "me"
    done: str = ""
    account: int = 0
    origin: str = ""
    q: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """What cannot be meant is left out.

        >>> Asked.of({"who": "all", "account": "seven", "q": " rollout "})
        Asked(who='all', done='', account=0, origin='', q='rollout', page=1)
        """
        who, origin = given.get("who", ""), given.get("origin", "")
        return cls(
            who=who if who in WHO else str(_number(who) or "me"),
            done="yes" if given.get("done") == "yes" else "",
            account=_number(given.get("account", "")),
            origin=origin if origin in ORIGINS else "",
            q=given.get("q", "").replace("\0", "").strip()[:200],
            page=_number(given.get("page", "")) or 1,
        )

    @property
    def narrowed(self) -> bool:
        """Whether fewer tasks are asked for than all of these people."""
        return bool(self.account or self.origin or self.q)

    def address(self, **changes: str | int) -> str:
        """The query that asks for the same but for the changes; a change of anything begins at the first page.

        >>> Asked(who="all", page=3).address(origin="response")
        '?who=all&origin=response'
        """
        return address(self, changes)


def _number(text: str) -> int:
    """A number that a row may have, or 0."""
    return int(text) if text.isdecimal() and len(text) <= 15 else 0
