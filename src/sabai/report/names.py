"""What accounts are called, and whose children they are, as known at an as-of date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sabai.facts.landed import Facts
from sabai.health.revenue import known_at


@dataclass(frozen=True, slots=True)
class Named:
    """`parent_id` is empty where there is no parent."""

    name: str
    parent_id: str = ""


def account_names(facts: Facts, as_of: int) -> Mapping[str, Named]:
    """account_id -> its name, or its id where it has none, and its parent; nobody is the parent of herself."""
    if not facts.has("accounts"):
        return {}
    wanted = ["account_id", *({"name", "parent_id"} & set(facts.scan("accounts").collect_schema().names()))]
    rows = facts.scan("accounts").filter(known_at(as_of)).select(wanted).collect().to_dicts()
    return {row["account_id"]: _named(row) for row in rows}


def parents_of(names: Mapping[str, Named]) -> dict[str, str]:
    """account_id -> account_id of its parent, for those who have one."""
    return {account_id: named.parent_id for account_id, named in names.items() if named.parent_id}


def _named(row: Mapping[str, str | None]) -> Named:
    account_id, parent_id = str(row["account_id"]), row.get("parent_id") or ""
    return Named(row.get("name") or account_id, "" if parent_id == account_id else parent_id)
