"""What an entry changed, as one reads it: each thing that is now another, before and after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sabai.desk.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Change:
    """None: it was not there, or is no longer."""

    what: str
    before: str | None
    after: str | None


def changes(entry: Entry) -> list[Change]:
    """What is the same before and after is left out, and so is what was nothing and is nothing.

    >>> changes(Entry(before={"role": "admin", "name": "Aiko"}, after={"role": "viewer", "name": "Aiko"}))
    [Change(what='role', before='admin', after='viewer')]
    """
    before, after = _named(entry.before), _named(entry.after)
    both = dict.fromkeys((*before, *after))
    return [
        Change(name, _text(before, name), _text(after, name))
        for name in both
        if _known(before, name) != _known(after, name)
    ]


def _known(told: dict[str, Any], name: str) -> Any:
    """None stands for all that is empty; 0 and False are not."""
    value = told.get(name)
    return None if value in ("", [], {}) else value


def _named(told: Any) -> dict[str, Any]:
    return told if isinstance(told, dict) else {} if told is None else {"": told}


def _text(told: dict[str, Any], name: str) -> str | None:
    if name not in told:
        return None
    return _written(told[name])


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_within(each)}" for name, each in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _within(value: Any) -> str:
    return f"({_written(value)})" if isinstance(value, dict) else _written(value)
