"""The JSON Schema of `sabai.yaml`, made from the grammar, so that editors complete and check what people write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sabai.definitions.grammar.file import AGAIN, FILE
from sabai.definitions.grammar.kinds import Again, Either, Forms, Key, Keys, Kind, Many, Named, Word

Schema = dict[str, Any]


def json_schema() -> Schema:
    """A JSON Schema (2020-12) that accepts what the grammar accepts; rules about meaning are left to the reader.

    >>> json_schema()["required"]
    ['sabai', 'workspace', 'health']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sabai.yaml",
        "description": "What a company says about itself: sources, metrics, health.",
        **_schema(FILE),
        "$defs": {name: _schema(kind) for name, kind in AGAIN.items()},
    }


def _schema(kind: Kind) -> Schema:
    match kind:
        case Again():
            return {"$ref": f"#/$defs/{kind.name}"}
        case Word():
            return dict(kind.schema)
        case Many():
            return _many(kind)
        case Named():
            return _named(kind)
        case Keys():
            return _keys(kind)
        case Forms():
            return {"oneOf": [_keys(form) for form in kind.forms]}
        case Either():
            return {"anyOf": [_schema(option) for option in kind.kinds]}


def _many(kind: Many) -> Schema:
    items = _schema(kind.of)
    listed = {"type": "array", "items": items}
    return {"anyOf": [items, listed]} if kind.alone else listed


def _named(kind: Named) -> Schema:
    if kind.choices:
        properties = {name: _schema(kind.of) | {"description": meaning} for name, meaning in kind.choices.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}
    return {"type": "object", "additionalProperties": _schema(kind.of), **_names(kind.name.schema)}


def _names(schema: Mapping[str, Any]) -> Schema:
    """Names of keys are always texts in JSON, so only a pattern says anything about them."""
    return {"propertyNames": {"pattern": schema["pattern"]}} if "pattern" in schema else {}


def _keys(kind: Keys) -> Schema:
    return {
        "type": "object",
        "properties": {key.name: _described(key) for key in kind.keys},
        "required": [key.name for key in kind.keys if key.required],
        "additionalProperties": False,
    }


def _described(key: Key) -> Schema:
    default = f" Default: {key.default}." if key.default else ""
    return _schema(key.kind) | {"description": key.doc + default}
