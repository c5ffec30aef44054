"""What a file may not say although it fits the grammar: every rule is one function."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sabai.definitions.rules.conditions import CONDITION_RULES
from sabai.definitions.rules.health import HEALTH_RULES
from sabai.definitions.rules.labels import LABEL_RULES
from sabai.definitions.rules.metrics import METRIC_RULES
from sabai.definitions.rules.money import MONEY_RULES
from sabai.definitions.rules.places import PLACE_RULES
from sabai.definitions.rules.rule import File, Rule
from sabai.definitions.rules.sources import SOURCE_RULES
from sabai.definitions.rules.themes import THEME_RULES
from sabai.definitions.rules.workspace import WORKSPACE_RULES
from sabai.errors import Issue

__all__ = ["RULES", "File", "broken_rules"]

RULES: tuple[Rule, ...] = (
    *WORKSPACE_RULES, *SOURCE_RULES, *PLACE_RULES, *METRIC_RULES, *HEALTH_RULES, *CONDITION_RULES, *MONEY_RULES,
    *THEME_RULES, *LABEL_RULES,
)  # fmt: skip

MOST_FOUND = 50  # of one rule: nobody reads more, and looking for near words takes time


def broken_rules(file: File) -> Iterator[Issue]:
    """Every place in the file that breaks a rule."""
    for rule in RULES:
        yield from islice(rule.broken(file), MOST_FOUND)
