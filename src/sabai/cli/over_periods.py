"""What `sabai retention` and `sabai revenue` say alike: the last periods as a table, and what others have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sabai.cli.columns import columns, share

if TYPE_CHECKING:
    from sabai.definitions.model import Benchmark
    from sabai.retention.periods import Periods

SHOWN = 12  # so many periods are read at a glance


def last_periods(periods: Periods, heads: Sequence[str], cells: Callable[[int], Iterable[str]]) -> Iterator[str]:
    """A row for each of the last; `cells` are those of the period with that number, behind its name."""
    from sabai.retention.periods import label_of

    first = max(0, len(periods) - SHOWN)
    rows = [(label_of(periods, place), *cells(place)) for place in range(first, len(periods))]
    yield from columns((periods.every, *heads), rows)
    if first:
        yield f"… and {first:,} earlier in periods.csv."


def benchmarks(
    others: Iterable[Benchmark], own: Mapping[str, tuple[str, float]], decimals: int = 1
) -> Iterator[str]:  # fmt: skip
    """What others have beside one's `own` figures: by the benchmark's name, how it is called here and its value."""
    for benchmark in others:
        if benchmark.name in own:
            what, value = own[benchmark.name]
            theirs, yours = share(benchmark.value, decimals), share(value, decimals)
            yield f"Benchmark, {what}: {theirs}, yours {yours} ({benchmark.source})."
