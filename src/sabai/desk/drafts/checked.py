"""Whether a text of definitions may stand, and the numbers of its health that a form shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from sabai.definitions.edits import Edit, edits, rewritten_text
from sabai.definitions.model import Definitions, Health
from sabai.definitions.reader import read_text
from sabai.errors import DefinitionsError, Issue

FILE = Path("sabai.yaml")


@dataclass(frozen=True, slots=True)
class Checked:
    """`definitions` None: `issues` say why."""

    definitions: Definitions | None
    issues: tuple[Issue, ...] = ()


def checked(text: str) -> Checked:
    try:
        return Checked(read_text(text, FILE))
    except DefinitionsError as error:
        return Checked(None, error.issues)


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def differing(before: str, after: str) -> tuple[Edit, ...]:
    """The numbers of health that differ, where both have the same factors; else nothing."""
    old, new = checked(before).definitions, checked(after).definitions
    if old is None or new is None or _named(old.health) != _named(new.health):
        return ()
    return edits(old.health, new.health)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Weights of factors and points of deductions by name, and the few numbers beside; None: as it is."""

    weights: Mapping[str, float]
    points: Mapping[str, float]
    cut: tuple[float, float] | None = None
    needs_coverage: float | None = None
    deduction_cap: float | None = None


def reweighed(text: str, numbers: Numbers) -> str:
    """The text with other numbers. Raises DefinitionsError where the text is wrong, or would be."""
    health = read_text(text, FILE).health
    coverage, cap = numbers.needs_coverage, numbers.deduction_cap
    changed = replace(
        health,
        factors=tuple(replace(each, weight=numbers.weights.get(each.name, each.weight)) for each in health.factors),
        deductions=tuple(
            replace(each, points=numbers.points.get(each.name, each.points)) for each in health.deductions
        ),
        bands=replace(health.bands, cut=numbers.cut or health.bands.cut),
        needs_coverage=health.needs_coverage if coverage is None else coverage,
        deduction_cap=health.deduction_cap if cap is None else cap,
    )
    return rewritten_text(text, FILE, changed)


def _named(health: Health) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(each.name for each in health.factors), tuple(each.name for each in health.deductions)
