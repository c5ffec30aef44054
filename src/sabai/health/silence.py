"""Why a factor has no values at all: sources that should feed its metric and from which nothing has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sabai.definitions.model import Basic, Definitions, Source
from sabai.metrics.coverage import FirstDays, may_bring

_MADE_OF = {"dues": ("invoices", "payments")}  # tables that nothing comes in for


def silent_sources(metric: str, definitions: Definitions, first_days: Mapping[str, FirstDays]) -> tuple[Source, ...]:
    """The sources of every table that the metric counts in, of which not one dated fact has landed."""
    sources = definitions.sources
    return tuple(
        source
        for basic in dict.fromkeys(_basics(metric, definitions))
        for source in sources.values()
        if source.table in _MADE_OF.get(basic.table, (basic.table,)) and may_bring(source, basic)
        if first_days.get(source.table, {}).get(source.name) is None
    )


def _basics(name: str, definitions: Definitions) -> Iterator[Basic]:
    metric = definitions.metrics.get(name)
    if isinstance(metric, Basic):
        yield metric
    elif metric is not None:
        for part in metric.of:
            yield from _basics(part, definitions)
