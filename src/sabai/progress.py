"""How long work tells whoever waits for it: a callable, so that the library itself prints nothing."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""what is being done, how much of it is done, how much there is"""


def quiet(what: str, done: int, total: int) -> None:
    """Nobody waits."""
