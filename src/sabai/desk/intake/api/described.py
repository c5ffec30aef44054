"""What OpenAPI says of bodies that are read without it, made from what reads them."""

from __future__ import annotations

from typing import Any

import msgspec
from ninja import Schema

from sabai.desk.intake.api.said import Problem, Received
from sabai.desk.intake.checking import NEEDS, SPELLED
from sabai.desk.intake.limits import ITEMS
from sabai.desk.intake.messages import KINDS, Message
from sabai.desk.intake.rows import OPEN
from sabai.facts.catalogue import TABLES, FactTable, Type


class Taken(Schema):
    """The message is on the disk."""

    success: bool


PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 413, 429, 503), Problem)
RECEIVED: dict[int, Any] = {200: Received, **PROBLEMS, 404: Problem, 422: Problem}
TAKEN: dict[int, Any] = {200: Taken, **PROBLEMS, 409: Problem}
SHAPES: dict[Type, dict[str, Any]] = {
    "text": {"type": "string"},
    "instant": {"type": "string", "format": "date-time"},
    "date": {"type": "string", "format": "date"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "money": {"type": "integer", "description": "minor units of the currency"},
    "flag": {"type": "boolean"},
    "instants": {"type": "array", "items": {"type": "string", "format": "date-time"}},
    "properties": {"type": "object"},
}
_, MESSAGES = msgspec.json.schema_components([Message], ref_template="#/components/schemas/{name}")
WRITE_KEY: list[dict[str, list[str]]] = [{"writeKey": []}]
IDEMPOTENT = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same body is answered as before, and not done again.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}


def _body(schema: dict[str, Any], **others: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}} | {kind: {"schema": shape} for kind, shape in others.items()}
    return {"required": True, "content": content}


def _message(kind: str) -> dict[str, Any]:
    """A message of that kind: who, and what this kind needs."""
    needed = [SPELLED[NEEDS[kind]]] if kind in NEEDS else []
    who = [
        {"required": [name], "properties": {name: {"type": "string", "minLength": 1}}}
        for name in ("userId", "anonymousId")
    ]
    filled = {name: {"type": "string", "minLength": 1} for name in needed}
    return {
        "allOf": [{"$ref": "#/components/schemas/Message"}, {"required": needed, "properties": filled}, {"anyOf": who}]
    }


def _row(table: FactTable) -> dict[str, Any]:
    key = table.key if table.kind == "happening" else ()
    return {
        "type": "object",
        "properties": {name: SHAPES[kind] for name, kind in table.columns.items()},
        "required": list(dict.fromkeys((*table.required, *key))),
        "additionalProperties": False,
    }


ROWS = {f"row of {name}".replace(" ", "_"): _row(TABLES[name]) for name in OPEN}
_ANY_ROW = {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ROWS]}
_ROWS = {"type": "array", "maxItems": ITEMS, "items": _ANY_ROW}
_BATCH = {
    "type": "object",
    "required": ["batch"],
    "properties": {
        "batch": {"type": "array", "maxItems": ITEMS, "items": {"$ref": "#/components/schemas/Message"}},
        "sentAt": {"type": "string", "format": "date-time"},
        "writeKey": {"type": "string"},
    },
}

BATCH: dict[str, Any] = {"requestBody": _body(_BATCH), "security": WRITE_KEY}
SINGLE: dict[str, dict[str, Any]] = {
    kind: {"requestBody": _body(_message(kind)), "security": WRITE_KEY} for kind in KINDS
}
FACTS: dict[str, Any] = {
    "requestBody": _body(_ROWS, **{"application/x-ndjson": {"type": "string"}}),
    "security": WRITE_KEY,
    "parameters": [IDEMPOTENT],
}
COMPONENTS: dict[str, dict[str, Any]] = {
    "schemas": MESSAGES | ROWS,
    "securitySchemes": {
        "writeKey": {
            "type": "http",
            "scheme": "basic",
            "description": "The write key of a source is the user name; the password is empty.",
        }
    },
}
