"""What a verb has to say: plain data for `--json`, a text for a person, and an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from sabai.errors import Issue


@dataclass(frozen=True, slots=True)
class Answer:
    """`issues` go to the standard error; `text` and the JSON of `data` and `issues` to the standard output.

    `then` is what goes on after that was said: a server.
    """

    data: Mapping[str, object]
    text: str = ""
    issues: Sequence[Issue] = ()
    exit_code: int = 0
    then: Callable[[], None] | None = None

    def as_json(self) -> str:
        issues = [issue.as_dict() for issue in self.issues]
        return json.dumps({**plain(self.data), "issues": issues}, ensure_ascii=False, allow_nan=False, indent=2)


def plain(value: object) -> Any:
    """The same in types that JSON knows; NaN is unknown, hence null.

    >>> plain({"as_of": date(2026, 1, 5), "score": float("nan"), "bands": ("healthy",)})
    {'as_of': '2026-01-05', 'score': None, 'bands': ['healthy']}
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, date | Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    return value.item() if hasattr(value, "item") else str(value)
