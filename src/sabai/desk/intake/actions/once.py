"""Doing what a request asks for once, however often it is sent: the Idempotency-Key."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import msgspec
from django.db import IntegrityError, transaction

from sabai.desk.intake import refusals
from sabai.desk.intake.models import Answered
from sabai.desk.people.models import Workspace

Answer = tuple[int, Any]
"""A status, and what is answered as JSON."""


def once(workspace: Workspace, whose: str, key: str, asked: bytes, do: Callable[[], Answer]) -> Answer:
    """What `do` answers, or answered before to the same `asked` by the same `whose`; without a key it is done.

    Refusal where the key came with another request.
    """
    if not key:
        return do()
    name, words = _digest(f"{whose}\0{key}".encode()), _digest(asked)
    try:
        with transaction.atomic():
            return _earlier(workspace, name, words) or _first(workspace, name, words, do)
    except IntegrityError:  # the same at the same time; whoever was first has written down its answer
        earlier = _earlier(workspace, name, words)
        if earlier is None:
            raise
        return earlier


def _earlier(workspace: Workspace, name: bytes, words: bytes) -> Answer | None:
    found = Answered.of(workspace).filter(key=name).first()
    if found is None:
        return None
    if bytes(found.asked) != words:
        raise refusals.another_answer()
    return found.status, msgspec.json.decode(found.body)


def _first(workspace: Workspace, name: bytes, words: bytes, do: Callable[[], Answer]) -> Answer:
    status, answer = do()
    body = msgspec.json.encode(answer).decode()
    Answered.everywhere.create(workspace=workspace, key=name, asked=words, status=status, body=body)
    return status, answer


def _digest(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()
