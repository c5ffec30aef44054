"""Text looked at as one run of bytes, many times faster than value by value: nearly always there is nothing to do."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

_FIRST, _LAST = ord("!"), 0x7F
"""Before them stand blanks and control characters, and after them the bytes of other scripts, some of which have blanks
of their own."""


def may_have_blanks_around(text: pl.Series) -> bool:
    """False only where no value begins or ends with a blank of any script.

    >>> [may_have_blanks_around(pl.Series([each, None, "a"])) for each in ("acme", "two words", " acme", "acme\u3000")]
    [False, False, True, True]
    """
    begins, told = _laid_out(text)
    edges = (told.take(at, mode="clip") for at in (begins[:-1], begins[1:] - 1) if len(told))
    return any(bool((edge - np.uint8(_FIRST) > _LAST - _FIRST).any()) for edge in edges)  # less than the first: wraps


def may_have_nul(text: pl.Series) -> bool:
    """False only where no value has the character NUL.

    >>> may_have_nul(pl.Series(["acme", None])), may_have_nul(pl.Series(["ac\\0me"]))
    (False, True)
    """
    return not _laid_out(text)[1].all()


def _laid_out(text: pl.Series) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Where each value begins, with the end of the last, and the bytes of all."""
    offsets, told = text.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()[1:]
    return np.frombuffer(offsets, np.int64), np.frombuffer(told, np.uint8)
