"""What "usual" means: the values of a stated span of weeks, frozen, so that no account moves because others did.

Snapshots inside the span are compared with themselves; whoever proves the score takes a reference of training weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Definitions, Factor, Health, Source
from sabai.errors import Issue
from sabai.health.ranks import Usual, together, usual
from sabai.health.scores import Scores
from sabai.health.silence import silent_sources
from sabai.health.weeks import reference_weeks
from sabai.health.young import is_young
from sabai.metrics.coverage import FirstDays
from sabai.metrics.grid import Floats, Grid


@dataclass(frozen=True, slots=True)
class Reference:
    """For each factor that is a percentile: what is usual among all, and in each segment; `version` is a hash of it."""

    everyone: Mapping[str, Usual]  # factor ->
    segments: Mapping[str, Mapping[str, Usual]]  # segment -> factor ->
    version: str


def percentile_factors(health: Health) -> tuple[Factor, ...]:
    return tuple(factor for factor in health.factors if not factor.curve)


def take_reference(grid: Grid, health: Health) -> Reference:
    """The reference of the accounts in `grid`: customers, not young, on the Mondays of the span that is stated.

    A span before any data gives an empty reference, and the points of its factors are unknown (see `notices`).
    Accounts may come in chunks: `merge` the references of the chunks.
    """
    weeks = reference_weeks(grid.as_of, health)
    usable = (grid.alive & ~is_young(grid, health))[:, weeks]
    segment = np.where(usable, grid.segment[:, weeks], -1)
    values = {factor.name: grid.values[factor.name][:, weeks] for factor in percentile_factors(health)}
    return versioned(
        _usual_of(values, usable),
        {name: _usual_of(values, segment == index) for index, name in enumerate(grid.segments)},
    )


def merge(references: Iterable[Reference]) -> Reference:
    """One reference of several chunks of accounts, equal to the one taken of all at once, whatever their order."""
    parts = tuple(references)
    segments = dict.fromkeys(name for part in parts for name in part.segments)
    return versioned(
        _merge_usual([part.everyone for part in parts]),
        {name: _merge_usual([part.segments.get(name, {}) for part in parts]) for name in segments},
    )


def take_cut(scores: Iterable[Scores], health: Health) -> tuple[float, float]:
    """Where healthy and at risk begin: as stated, else upper and lower quartile of the scores in the reference weeks.

    `scores` are chunks of accounts, scored with `cut=None`. Two NaN where nothing was scored in those weeks.
    """
    if health.bands.cut is not None:
        return health.bands.cut
    known = np.concatenate([np.empty(0), *(_reference_scores(chunk, health) for chunk in scores)])
    if not known.size:
        return (np.nan, np.nan)
    lower, upper = np.quantile(known, [0.25, 0.75])
    return (float(upper), float(lower))


def notices(
    reference: Reference, cut: tuple[float, float], definitions: Definitions, first_days: Mapping[str, FirstDays]
) -> tuple[Issue, ...]:
    """What a reference could not supply, said aloud: factors without points, bands without cut points.

    `first_days` are those of landed facts: table -> source -> day.
    """
    empty = [
        _not_compared(factor, definitions, silent_sources(factor.name, definitions, first_days))
        for factor in percentile_factors(definitions.health)
        if not reference.everyone[factor.name].count
    ]
    unset = [_not_frozen(definitions)] if _needs_reference(definitions.health) else []
    return (*unset, *empty, *([_no_cut(definitions)] if np.isnan(cut).any() else []))


def _not_compared(factor: Factor, definitions: Definitions, silent: Sequence[Source]) -> Issue:
    why = "No customer has a known value in the reference span, so its points are unknown everywhere."
    hint = "Choose a `reference` span inside the data, or give the factor a `curve`."
    if silent:
        named = "; ".join(f"{source.name} ({', '.join(source.files)})" for source in silent)
        why = f"Nothing has come from {named}, so its points are unknown everywhere."
        hint = f'Add what is missing there, or take "{factor.name}" out of the factors.'
    where = f"{definitions.path}:{factor.line}" if factor.line else definitions.path
    return Issue("HLT-001", f'Factor "{factor.name}" has nothing to be compared with.', where, why, hint)


def _needs_reference(health: Health) -> bool:
    return health.reference is None and bool(percentile_factors(health) or health.bands.cut is None)


def _not_frozen(definitions: Definitions) -> Issue:
    return Issue(
        "HLT-003",
        "No `reference` span is stated, so all weeks there are say what is usual.",
        definitions.path,
        "Every new week of data moves the scores of the past.",
        "Write  reference: { from: 2025-01-01, to: 2025-06-30 }  with dates inside the data.",
    )


def _no_cut(definitions: Definitions) -> Issue:
    return Issue(
        "HLT-002",
        "There are no scores in the reference span to take quartiles of.",
        definitions.path,
        "Without cut points every band is unknown.",
        "Choose a `reference` span inside the data, or write  cut: { healthy: 70, at_risk: 40 }",
    )


def _usual_of(values: Mapping[str, Floats], cells: NDArray[np.bool_]) -> dict[str, Usual]:
    return {name: usual(of[cells]) for name, of in values.items()}


def _reference_scores(scores: Scores, health: Health) -> Floats:
    weeks = reference_weeks(scores.grid.as_of, health)
    return scores.score[:, weeks][~np.isnan(scores.score[:, weeks]) & ~scores.young[:, weeks]]


def _merge_usual(parts: Sequence[Mapping[str, Usual]]) -> dict[str, Usual]:
    factors = dict.fromkeys(name for part in parts for name in part)
    return {name: together([part[name] for part in parts if name in part]) for name in factors}


def versioned(everyone: Mapping[str, Usual], segments: Mapping[str, Mapping[str, Usual]]) -> Reference:
    """The same with a hash of it."""
    digest = sha256()
    for segment, factors in [("", everyone), *sorted(segments.items())]:
        for factor, among in sorted(factors.items()):
            digest.update(f"{segment}\0{factor}\0{among.values.size}\0".encode())
            digest.update(among.values.tobytes() + among.below.tobytes())
    return Reference(everyone, segments, digest.hexdigest()[:12])
