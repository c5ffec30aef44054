"""A made company with all that a workbook must show: unknowns, segments, young accounts, a cut floor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sabai.definitions.model import (
    Bands,
    Condition,
    Deduction,
    Definitions,
    Factor,
    Health,
    Milestone,
    Workspace,
    Young,
)
from sabai.health.reference import take_cut, take_reference
from sabai.health.score import score_grid
from sabai.health.scores import Scores
from sabai.metrics.grid import Grid

FIRST_MONDAY, WEEKS = 19_723, 12  # 2024-01-01
DAYS = tuple(range(FIRST_MONDAY, FIRST_MONDAY + 7 * WEEKS, 7))
LAST = DAYS[-1]


def definitions() -> Definitions:
    health = Health(
        factors=(
            Factor("logins", "usage", 30, better="higher"),
            Factor("first_reply", "support", 15, better="lower"),
            Factor("seat_use", "usage", 25, curve=((0.0, 0.0), (0.5, 60.0), (0.9, 100.0))),
            Factor("nps", "sentiment", 20, curve=((0.0, 0.0), (6.0, 30.0), (8.0, 70.0), (10.0, 100.0))),
            Factor("days_late", "payment", 10, curve=((-5.0, 100.0), (0.0, 80.0), (30.0, 0.0))),
        ),
        dimensions=("usage", "support", "sentiment", "payment"),
        deductions=(
            Deduction("asked_to_cancel", Condition("cancel_views", ">=", 1), 25),
            Deduction("silent_twice", Condition("asked_silent", ">", 1), 12),
            Deduction("never_pays", Condition("days_late", ">=", 25), 8),
        ),
        needs_coverage=0.5,
        bands=Bands(),
        young=Young(60, (Milestone("first_login", Condition("logins", ">=", 1)),
                         Milestone("half_the_seats", Condition("seat_use", ">=", 0.5)))),
    )  # fmt: skip
    return Definitions("sabai.yaml", "4f1c", Workspace("Baan Coffee Cloud", "Asia/Bangkok", "THB"), {}, {}, health)


def grid(accounts: int, seed: int = 7) -> Grid:
    """Weekly cells; about one value in eight is unknown."""
    dice = np.random.default_rng(seed)
    shape = (accounts, WEEKS)
    level = dice.gamma(2.0, 8.0, (accounts, 1))
    values = {
        "logins": dice.poisson(level, shape).astype(float),
        "first_reply": np.round(dice.gamma(2.0, 6.0, shape), 2),
        "seat_use": np.clip(dice.normal(0.5, 0.3, shape), 0, 1.2),
        "nps": dice.integers(0, 11, shape).astype(float),
        "days_late": dice.normal(8, 12, shape).round(),
        "cancel_views": (dice.random(shape) < 0.15).astype(float),
        "asked_silent": dice.integers(0, 4, shape).astype(float),
    }
    for name in ("logins", "first_reply", "seat_use", "nps", "days_late", "asked_silent"):
        values[name][dice.random(shape) < 0.22] = np.nan
    alive = dice.random(shape) < 0.95
    return Grid(
        accounts=tuple(f"A-{number:03}" for number in range(accounts)),
        as_of=np.array(DAYS, dtype=np.int32),
        values=values,
        alive=alive,
        tenure_days=dice.integers(10, 500, (accounts, 1)) + np.arange(WEEKS) * 7.0,
        segment=np.where(alive, np.repeat(dice.integers(0, 2, (accounts, 1)), WEEKS, axis=1), -1).astype(np.int32),
        segments=("large", "small"),
    )


def scores(accounts: int = 40, seed: int = 7, of: Definitions | None = None) -> Scores:
    """Scored by Sabai itself, so that what a workbook computes is held against the real thing."""
    health = (of or definitions()).health
    cells = grid(accounts, seed)
    reference = take_reference(cells, health)
    return score_grid(cells, health, reference, take_cut([score_grid(cells, health, reference, None)], health))


def reweighted(weights: dict[str, float]) -> Definitions:
    """The same definitions with other weights."""
    stated = definitions()
    factors = tuple(replace(factor, weight=weights.get(factor.name, factor.weight)) for factor in stated.health.factors)
    return replace(stated, health=replace(stated.health, factors=factors))


def names(made: Scores) -> dict[str, str]:
    words = ("Baan Coffee", "ร้านกาแฟ", "مقهى السوق", "喫茶さくら", '=HYPERLINK("http://x")', "@SUM(1)", "Müller & Co")
    return {account: f"{words[row % len(words)]} {row}" for row, account in enumerate(made.grid.accounts)}
