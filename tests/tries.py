"""How often a law is tried: a few times in `make test`, many times in `make test-long`."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def tries(times: int, thoroughly: int | None = None, **more: Any) -> settings:
    """So many examples, the same in every run; or `thoroughly`, ten times as many where it is not said, drawn anew."""
    return settings(max_examples=times if settings().derandomize else thoroughly or 10 * times, **more)
