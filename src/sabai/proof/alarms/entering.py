"""What enters a score: behind every factor, deduction and milestone stand metrics that come straight from facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sabai.definitions.model import Basic, Definitions

OF_SEGMENTS = "the segments"


def entering(definitions: Definitions) -> dict[str, tuple[Basic, ...]]:
    """Name of the factor, deduction or milestone (and the segments, where rules make them) -> basic metrics."""
    health = definitions.health
    asked = [(factor.name, factor.name) for factor in health.factors]
    asked += [(each.name, each.when.metric) for each in health.deductions]
    asked += [(each.name, each.when.metric) for each in (health.young.milestones if health.young else ())]
    asked += [(OF_SEGMENTS, condition.metric) for rule in health.segment_rules for condition in rule.when]
    told: Mapping[str, list[Basic]] = {name: [] for name, _ in asked}
    for name, metric in asked:
        told[name].extend(_behind(metric, definitions))
    return {name: tuple(dict.fromkeys(basics)) for name, basics in told.items()}


def _behind(name: str, definitions: Definitions) -> Iterator[Basic]:
    metric = definitions.metrics[name]
    if isinstance(metric, Basic):
        yield metric
    else:
        for part in metric.of:
            yield from _behind(part, definitions)
