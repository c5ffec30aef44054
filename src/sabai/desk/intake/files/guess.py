"""Which table a file is, and which column of ours each of its columns could be: by name and by what stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from sabai.desk.intake.files.values import reads
from sabai.desk.intake.rows import OPEN
from sabai.facts.catalogue import TABLES, FactTable

LEAST = 0.55  # below that a likeness of names says nothing
ALSO: Mapping[str, tuple[str, ...]] = {
    "account_id": ("account", "account id", "customer", "customer id", "company id", "shop", "client id"),
    "contact_id": ("contact", "user", "user id", "person"),
    "name": ("name", "account name", "company", "full name", "event", "event name", "action"),
    "email": ("email", "e-mail", "mail"),
    "started_on": ("since", "customer since", "start date", "signed up"),
    "ended_on": ("churned on", "end date", "last day"),
    "segment": ("plan", "tier", "segment", "size"),
    "industry": ("industry", "sector"),
    "country": ("country", "billing country"),
    "occurred_at": ("at", "date", "time", "timestamp", "occurred at", "when"),
    "opened_at": ("created", "opened", "created at", "date"),
    "resolved_at": ("solved", "resolved", "closed", "closed at"),
    "issued_on": ("date", "invoice date", "issued"),
    "due_on": ("due", "due date"),
    "paid_on": ("paid", "payment date"),
    "invoice_id": ("invoice", "invoice no", "no.", "number"),
    "ticket_id": ("ticket", "ticket id", "case"),
    "subscription_id": ("subscription", "contract"),
    "amount_minor": ("amount", "price", "total"),
    "starts_at": ("start", "first day", "starts"),
    "ends_at": ("end", "last day", "ends"),
    "score": ("score", "rating", "nps"),
    "comment": ("comment", "feedback", "text"),
    "decision_maker": ("decides", "decision maker"),
}


def plain(name: str) -> str:
    """
    >>> plain("Customer_ID "), plain("customerId")
    ('customer id', 'customer id')
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.sub(r"[\W_]+", " ", parted).strip().lower()


def likeness(theirs: str, ours: str, table: FactTable) -> float:
    """From 0 to 1.

    >>> likeness("Account ID", "account_id", TABLES["accounts"])
    1.0
    """
    said = plain(theirs)
    known = {plain(ours), plain(ours.removesuffix("_on").removesuffix("_at").removesuffix("_minor"))}
    also = {plain(word) for word in ALSO.get(ours, ())}
    if ours == table.key[0]:
        also |= {"id", "key", f"{plain(table.name)} id", f"{plain(table.name).removesuffix('s')} id"}
    if said in known:
        return 1.0
    if said in also:
        return 0.9
    return max(SequenceMatcher(None, said, word).ratio() for word in known | also) * 0.8


def mapping(names: Sequence[str], samples: Sequence[Mapping[str, str]], table: FactTable) -> dict[str, dict[str, Any]]:
    """{our column: {"from": theirs, "dates": order}}, each of theirs used once, the likest first."""
    pairs = sorted(
        ((likeness(theirs, ours, table), ours, theirs) for ours in table.columns for theirs in names), reverse=True
    )
    found: dict[str, dict[str, Any]] = {}
    for like, ours, theirs in pairs:
        if like < LEAST or ours in found or any(one["from"] == theirs for one in found.values()):
            continue
        values = [row[theirs] for row in samples if theirs in row]
        order = reads(table.columns[ours], values)
        if order is not None:
            found[ours] = {"from": theirs, "dates": order}
    return found


def guessed(names: Sequence[str], samples: Sequence[Mapping[str, str]]) -> tuple[str, dict[str, dict[str, Any]]]:
    """The table that most of the file fits, and how."""

    def fit(table: FactTable) -> float:
        found = mapping(names, samples, table)
        whole = sum(likeness(one["from"], ours, table) for ours, one in found.items())
        lacking = sum(1 for column in (*table.required, table.key[0]) if column not in found)
        return whole / max(len(names), 1) - lacking

    best = max((TABLES[name] for name in OPEN), key=fit)
    return best.name, mapping(names, samples, best)
