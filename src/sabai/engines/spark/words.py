"""What Spark says at great length, in one line."""

from __future__ import annotations

import re

_CAUSE = re.compile(r"^(?:: |Caused by: |\s*)([\w.$]+(?:Error|Exception): .+)$", re.MULTILINE)
LONGEST = 300


def in_short(error: Exception) -> str:
    """The first cause that an error of Python, Java or gRPC names.

    >>> in_short(ValueError("An error occurred.\\n: java.lang.IllegalStateException: stopped\\n\\tat org.apache"))
    'java.lang.IllegalStateException: stopped'
    >>> in_short(ValueError("no cause"))
    'no cause'
    """
    causes = _CAUSE.findall(str(error))
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (causes or lines[:1] or [type(error).__name__])[-1][:LONGEST]
