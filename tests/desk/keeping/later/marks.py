"""Tells whoever looks on how far a migration has come, and gives them time to end it."""

from __future__ import annotations

import os
import time


def mark() -> None:
    path = os.environ.get("MARKS")
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write("here\n")
        time.sleep(0.5)
