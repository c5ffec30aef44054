"""The limit of taking in durably: a body into a file, fsync, nothing read and nothing known again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

from benchmarks.intake import BARE, measured
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    sent = measured(BARE)
    return Answer(sent.events, seconds=sent.within, note=sent.said())


def application(around: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    body = around["wsgi.input"].read(int(around.get("CONTENT_LENGTH") or 0))
    with open(Path(os.environ["SABAI_DATA"]) / uuid4().hex, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]
