"""What enters a score: behind every factor, deduction and milestone stand metrics that come straight from facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from sabai.definitions.model import Basic, Definitions
from sabai.proof.alarms.alarm import Named

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


def reading(
    definitions: Definitions, columns: Callable[[Basic], Iterable[str]], of_segments: Iterable[str]
) -> dict[str, list[str]]:
    """What enters and reads any of the `columns` of a metric, with those; `of_segments` are read by the segments."""
    told = {
        name: list(dict.fromkeys(column for basic in basics for column in columns(basic)))
        for name, basics in entering(definitions).items()
    }
    told[OF_SEGMENTS] = [*told.get(OF_SEGMENTS, []), *of_segments]
    return {name: read for name, read in told.items() if read}


def listed(read: Mapping[str, list[str]]) -> Named:
    """
    >>> str(listed({"seats": ["subscriptions.seats"]}))
    'seats (subscriptions.seats)'
    """
    return Named.of([f"{name} ({', '.join(columns)})" for name, columns in read.items()], most=8)


def _behind(name: str, definitions: Definitions) -> Iterator[Basic]:
    metric = definitions.metrics[name]
    if isinstance(metric, Basic):
        yield metric
    else:
        for part in metric.of:
            yield from _behind(part, definitions)
