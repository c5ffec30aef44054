"""Naming somebody: "@ben" in a title, a note or a detail tells Ben."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import Mention, Task

SHOWN = 300  # characters of the text that a mention quotes


def mention(
    workspace: Workspace, text: str, *, by: User | None, account: Account | None = None, task: Task | None = None
) -> list[Mention]:
    """Tells everybody whom the text names, once each, but nobody of what they wrote themselves."""
    if "@" not in text:
        return []
    here = Membership.of(workspace).filter(left_at=None).exclude(known_as="").exclude(user=by).select_related("user")
    users = {_plain(member.known_as): member.user for member in here}
    return [
        Mention.everywhere.create(
            workspace=workspace, user=users[known], by=by, account=account, task=task, text=excerpt(text, known)
        )
        for known in named(text, users)
    ]


def named(text: str, known: Iterable[str]) -> list[str]:
    """Which of the names stand in the text after an @, in their order and once each; longer names go first.

    >>> named("@ann-marie and @Ben, ask b@ben.example", ["ann", "ann-marie", "ben"])
    ['ann-marie', 'ben']
    """
    longest = sorted(known, key=lambda name: (-len(name), name))
    if not longest:
        return []
    found = re.finditer(rf"(?<!\w)@({'|'.join(map(re.escape, longest))})", (plain := _plain(text)))
    return list(dict.fromkeys(match[1] for match in found if _ends(plain, match.end())))


def excerpt(text: str, known: str) -> str:
    """The text in one line, cut so that the name is in it."""
    line = " ".join(text.split())
    start = max(0, _plain(line).find(f"@{known}") + len(known) + 1 - SHOWN // 2) if len(line) > SHOWN else 0
    return line[start : start + SHOWN]


def _ends(text: str, at: int) -> bool:
    """Whether a word may end there: no letter, digit or mark of one follows."""
    return at == len(text) or unicodedata.category(text[at])[0] not in "LNM"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
