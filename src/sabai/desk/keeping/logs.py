"""What the desk says while it works: one JSON object a line, without anything about a person.

A page is told by its name and not by its address, a fault by its kind and where it stands in our code and not by its
message, which may quote what somebody wrote. Our own lines say what they say; a line of a library is told by its
pattern, without what fills it, and one that came filled already only by the place that said it.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime

OURS = ("page", "method", "status", "ms", "job", "count")


class Plain(logging.Formatter):
    """
    >>> told = logging.LogRecord("sabai", logging.INFO, "", 0, "answered", None, None)
    >>> json.loads(Plain().format(told))["message"]
    'answered'
    """

    def format(self, line: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(line.created, UTC).isoformat(timespec="milliseconds"),
            "level": line.levelname.lower(),
            "from": line.name,
            "message": _message(line),
        }
        told |= {name: getattr(line, name) for name in OURS if hasattr(line, name)}
        if line.exc_info and line.exc_info[0]:
            told["fault"] = line.exc_info[0].__name__
            told["where"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(line.exc_info[2])]
        return json.dumps(told, ensure_ascii=False)


def _message(line: logging.LogRecord) -> str:
    if not isinstance(line.msg, str):
        return type(line.msg).__name__
    if line.name.partition(".")[0] == "sabai" or line.args:
        return line.msg
    return f"said at {line.module}.{line.funcName}:{line.lineno}"


def configure() -> None:
    """Everything from INFO on goes to the standard error, as Plain writes it; warnings of Python too."""
    logging.captureWarnings(True)
    handler = logging.StreamHandler()
    handler.setFormatter(Plain())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # told by the middleware, without addresses
    logging.getLogger("huey").setLevel(logging.WARNING)
