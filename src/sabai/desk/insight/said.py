"""What a sheet says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sabai.language.language import Language


@dataclass(frozen=True, slots=True)
class Said:
    """One sheet in one language: `main` is markup, escaped where it was made."""

    title: str
    answer: str
    main: str


Speaks = Callable[[Language], Said]
