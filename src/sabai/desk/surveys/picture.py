"""The answers to a first question in three parts: those who are unhappy, those between, those who are happy."""

from __future__ import annotations

from collections.abc import Mapping

PARTED = {"nps": (6, 9), "csat": (2, 4), "rating": (2, 4), "ces5": (2, 4), "ces7": (3, 6)}
"""Kind of question -> up to which answer one is unhappy, and from which on happy."""


def parted(kind: str, scores: Mapping[int, int]) -> list[tuple[str, int]]:
    """
    >>> parted("nps", {3: 1, 7: 2, 10: 4})
    [('unhealthy', 1), ('at_risk', 2), ('healthy', 4)]
    """
    low, high = PARTED.get(kind, (0, 0))
    counts = {"unhealthy": 0, "at_risk": 0, "healthy": 0}
    for score, count in scores.items():
        counts["unhealthy" if score <= low else "healthy" if score >= high else "at_risk"] += count
    return list(counts.items())
