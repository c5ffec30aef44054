"""Versions and drafts, and how two texts differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from sabai.desk.drafts.models import Draft, Version
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account


@dataclass(frozen=True, slots=True)
class DiffLine:
    """`kind`: added, removed, kept or place."""

    kind: str
    text: str


def published(workspace: Workspace) -> Version | None:
    """The version in use."""
    return Version.of(workspace).select_related("by").first()


def history(workspace: Workspace) -> list[Version]:
    """All versions, the newest first, without their texts."""
    return list(Version.of(workspace).select_related("by").defer("text"))


def drafts(workspace: Workspace) -> list[Draft]:
    return list(Draft.of(workspace).select_related("by").defer("text", "preview").order_by("-saved_at"))


def accounts_moved(draft: Draft) -> dict[str, Account]:
    """The customers that the preview of a draft names, by their id."""
    movers = (draft.preview or {}).get("movers", [])
    named = Account.of(draft.workspace).filter(account_id__in=[each["account_id"] for each in movers])
    return {account.account_id: account for account in named}


def difference(before: str, after: str) -> Iterator[DiffLine]:
    """The lines that differ, with three lines around them."""
    kinds = {"+": "added", "-": "removed", "@": "place"}
    for line in list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=3))[2:]:
        yield DiffLine(kinds.get(line[0], "kept"), line if line[0] == "@" else line[1:])
