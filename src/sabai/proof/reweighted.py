"""Learned weights in a text of definitions: a proposal to read and to keep, never written over anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

from sabai.definitions.edits import rewritten
from sabai.definitions.lines import text_of
from sabai.definitions.reader import read_definitions
from sabai.errors import Issue, UsageError, did_you_mean


def reweighted(definitions: Path, weights: Mapping[str, float]) -> str:
    """The text of the file at `definitions` with these weights (factor →), comments and all else as they were.

    A factor of weight 0 stays with `weight: 0`: it counts nothing, and is still measured and shown. A factor without
    an entry keeps its own. Raises UsageError PRF-023 for a name that is no factor, DefinitionsError where the
    weights break a rule: one below 0, or all of them 0.
    """
    health = read_definitions(definitions).health
    known = [factor.name for factor in health.factors]
    for name in weights:
        if name not in known:
            what = f'"{name}" is not a factor of these definitions.'
            raise UsageError(Issue("PRF-023", what, definitions.name, hint=did_you_mean(name, known)))
    factors = (replace(factor, weight=float(weights.get(factor.name, factor.weight))) for factor in health.factors)
    return rewritten(definitions, replace(health, factors=tuple(factors)))


def difference(definitions: Path, text: str, name: str) -> str:
    """What `text`, to be kept as `name`, changes in the file at `definitions`: a unified diff, "" for nothing."""
    before, after = text_of(definitions).splitlines(keepends=True), text.splitlines(keepends=True)
    return "".join(unified_diff(before, after, definitions.name, name))
