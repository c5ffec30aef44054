"""The version of definitions: the same for every file that means the same, whatever its comments, order and place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from sabai.definitions.model import Definitions, Health

CAME_LATER = ("row_number",)
"""Keys that are part of the meaning only where they are written: what was meant before them keeps its version."""

MOVE_NO_SCORE = ("money", "themes", "labels")


def version_of(definitions: Definitions) -> str:
    """Twelve hexadecimal digits of a SHA-256 over the meaning; lines and path do not enter."""
    health = _in_order(definitions.health)
    meaning = _plain(replace(definitions, path="", version="", health=health))
    meaning = {key: value for key, value in meaning.items() if key not in MOVE_NO_SCORE}
    text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _in_order(health: Health) -> Health:
    """Factors and deductions add up in any order, so their order is not part of the meaning."""
    return replace(
        health,
        factors=tuple(sorted(health.factors, key=lambda factor: factor.name)),
        deductions=tuple(sorted(health.deductions, key=lambda deduction: deduction.name)),
        dimensions=tuple(sorted(health.dimensions)),
    )


def _plain(value: Any) -> Any:
    """The value as JSON would say it, without lines."""
    if is_dataclass(value):
        said = {each.name: getattr(value, each.name) for each in fields(value) if each.name != "line"}
        return {name: _plain(part) for name, part in said.items() if part or name not in CAME_LATER}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
