"""Messages as rows of fact tables: what each of them says about whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sabai.desk.intake.clocks import happened_at
from sabai.desk.intake.landing.people import Memory, Row
from sabai.desk.intake.messages import Context, Message, text

TRAITS = {
    "contacts": {"name": "name", "email": "email", "title": "role", "role": "role", "language": "language"},
    "accounts": {"name": "name", "industry": "industry", "country": "country", "plan": "segment"},
}
"""The traits of Segment's specification that a column of ours stands for."""

Line = tuple[str, Row]
"""A table, and a row of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One message with its time, its person and its account; both may be unknown."""

    message: Message
    at: str
    received: str
    contact: str
    account: str


def stamp(time: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> stamp(datetime(2026, 6, 29, 8, 15, 0, 123_000, tzinfo=UTC))
    '2026-06-29T08:15:00.123000Z'
    """
    return time.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def people_of(message: Message) -> set[str]:
    """Every id of a person that the message names."""
    return {text(each) for each in (message.user_id, message.anonymous_id, message.previous_id)} - {""}


def account_of(message: Message, around: Context | None) -> str:
    """The account that a message itself names: its group, that of its context, or the company among the traits."""
    context = message.context or around or Context()
    company = ((message.traits or {}) | (context.traits or {})).get("company")
    named = company.get("id") if isinstance(company, dict) else None
    return text(message.group_id) or text(context.group_id) or text(named if isinstance(named, str | int) else None)


def lines(
    message: Message,
    around: Context | None,
    received: datetime,
    sent: datetime | None,
    memory: Memory,
    theirs: set[str],
) -> Iterator[Line]:
    """The rows that a message makes. `theirs`: accounts that another source tells of, which this one must not."""
    user, nameless = text(message.user_id), text(message.anonymous_id)
    contact = user or memory.of("alias", nameless).get("contact_id") or nameless
    known = memory.of("contacts", contact).get("account_id", "")
    at = happened_at(message.original_timestamp or message.timestamp, sent, received)
    told = Told(message, stamp(at), stamp(received), contact, account_of(message, around) or known)
    if user and nameless:
        yield from _alias(told, nameless, memory)
    match message.type:
        case "track" | "page" | "screen":
            yield "events", _event(told)
        case "alias":
            yield from _alias(told, text(message.previous_id), memory)
        case "group":
            yield from _account(told, memory, theirs)
            yield from _contact(told, {}, memory)
        case "identify":
            yield from _contact(told, _named("contacts", message.traits), memory)


def _event(told: Told) -> Row:
    message, properties = told.message, told.message.properties or {}
    name = message.event if message.type == "track" else f"{message.type} {message.name or ''}".strip()
    return {
        "event_id": message.message_id,
        "account_id": told.account or None,
        "contact_id": told.contact,
        "name": name,
        "occurred_at": told.at,
        "value": _number(properties.get("revenue", properties.get("value"))),
        "quantity": _number(properties.get("quantity")),
        "properties": {name: _plain(value) for name, value in properties.items() if _scalar(value)},
        "received_at": told.received,
    }


def _contact(told: Told, traits: Row, memory: Memory) -> Iterator[Line]:
    if not text(told.message.user_id):
        return
    row = memory.learn("contacts", told.contact, traits | {"account_id": told.account})
    if row is not None:
        yield "contacts", row | {"contact_id": told.contact, "updated_at": told.at, "received_at": told.received}


def _account(told: Told, memory: Memory, theirs: set[str]) -> Iterator[Line]:
    if told.account in theirs:
        return
    row = memory.learn("accounts", told.account, _named("accounts", told.message.traits) | {"told": True})
    if row is not None:
        said = {name: value for name, value in row.items() if name != "told"}
        yield "accounts", said | {"account_id": told.account, "updated_at": told.at, "received_at": told.received}


def _alias(told: Told, previous: str, memory: Memory) -> Iterator[Line]:
    user = text(told.message.user_id)
    learned = user and memory.learn("alias", previous, {"contact_id": user})
    if learned:
        row: Row = {"source_name": memory.source.name, "source_id": previous, "contact_id": user}
        row |= {"account_id": told.account or None, "from_on": told.at[:10]}
        yield "identities", row | {"updated_at": told.at, "received_at": told.received}


def _named(table: str, traits: Row | None) -> Row:
    """The traits that a column stands for, as text."""
    wanted = TRAITS[table]
    return {wanted[name]: str(value) for name, value in (traits or {}).items() if name in wanted and _scalar(value)}


def _scalar(value: Any) -> bool:
    return isinstance(value, str | int | float | bool)


def _plain(value: Any) -> Any:
    """Whole numbers beyond 64 bits are told as text: nothing that reads JSON agrees about them."""
    return str(value) if isinstance(value, int) and abs(value) >= 2**63 else value


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 2**63 else None
