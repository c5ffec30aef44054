"""`python -m benchmarks.sizing`: writes docs/reference/sizing.md from what was measured, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path

from benchmarks.slopes import Slope, kept

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "sizing.md"
EVENTS = tuple(10**power for power in range(6, 11))
ACCOUNTS_OF = 1_000
"""So many events an account has, in what was measured and in the table."""
METRICS = (30, 100)
CORE_HOUR, GIGABYTE_MONTH = 0.0504, 0.08
CLOUD = "AWS, us-east-1, on demand: m7i at $0.0504 for an hour of a core with 4 GB, gp3 at $0.08 for a gigabyte-month"
DAYS = 30.4
BUSY = 0.8
"""How much of its time a core is at work, of several that share a run: an assumption."""
BYTES = 60
"""Of an event in a store: compressed columns and 16 bytes for its key; made events need less."""
LARGEST = 16
"""Cores of one machine; beyond, Spark."""
GIGABYTES_OF_A_CORE = 4
REFERENCE_WEEKS = 26
PATIENCE = 20
"""Minutes that a full run may take, which decides the number of cores."""


class Costs:
    """Seconds of one core, as the largest size that was measured says."""

    def __init__(self, slopes: Sequence[Slope]) -> None:
        ascending = sorted(slopes, key=lambda each: each["events"])
        self.largest = {each["way"]: each for each in ascending}
        self.smallest = {each["way"]: each for each in reversed(ascending)}

    def of(self, way: str) -> float:
        """Seconds for an event."""
        return self.largest[way]["seconds"] / self.largest[way]["events"]

    @property
    def one_more_metric(self) -> float:
        every, half = (self.largest[way] for way in ("event_metrics", "half_of_the_metrics"))
        more = (every["seconds"] - half["seconds"]) / (every["metrics"] - half["metrics"])
        return max(more, 0.0) / every["events"]

    def full(self, events: int, metrics: int) -> float:
        """Seconds of one core for a full run: every account, a year of weeks."""
        measured, of_events = self.largest["whole_job"]["metrics"], self.of("event_metrics")
        rest = (self.of("whole_job") - of_events) * metrics / measured
        return events * (of_events + (metrics - measured) * self.one_more_metric + rest)

    def straight(self) -> Iterator[str]:
        """How the cost of one event changes from the smallest size to the largest."""
        for way, large in self.largest.items():
            ends = [f"{each['events']:,} | {_micros(each):.2f}" for each in (self.smallest[way], large)]
            yield f"| {way} | {' | '.join(ends)} | {large['peak_mb']:,.0f} |"


def _micros(each: Slope) -> float:
    return 1e6 * each["seconds"] / each["events"]


def lines(costs: Costs) -> Iterator[str]:
    measured = costs.largest["whole_job"]["events"]
    for events in EVENTS:
        for metrics in METRICS:
            yield _line(costs, events, metrics, measured)


def _line(costs: Costs, events: int, metrics: int, measured: int) -> str:
    seconds, accounts = costs.full(events, metrics), events // ACCOUNTS_OF
    cores = _cores(seconds, _gigabytes(accounts, metrics))
    landing = events * costs.of("land_parquet")
    month = DAYS * seconds / BUSY / 3600 * CORE_HOUR + events * BYTES / 1e9 * GIGABYTE_MONTH
    cells = (
        f"{events:,}{'' if events <= measured else ' *'}", f"{accounts:,}", str(metrics),
        "local" if cores <= LARGEST else "Spark", str(cores), f"{GIGABYTES_OF_A_CORE * cores} GB",
        *(_said(each / (cores * BUSY) / 60) for each in (seconds, landing)), f"{month:,.2f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _gigabytes(accounts: int, metrics: int) -> float:
    """A run and what it keeps, and all accounts at the weeks that say what is usual."""
    return 3 + 8 * accounts * metrics * REFERENCE_WEEKS / 1e9


def _cores(seconds: float, gigabytes: float) -> int:
    """As many as it takes to be done in time and to have the memory: a power of two, as clouds rent them."""
    needed = max(2, ceil(seconds / BUSY / 60 / PATIENCE), ceil(gigabytes / GIGABYTES_OF_A_CORE))
    return 1 << (needed - 1).bit_length()


def _said(minutes: float) -> str:
    return f"{minutes:.1f}" if minutes >= 0.1 else "< 0.1"


def page(slopes: Sequence[Slope]) -> str:
    costs = Costs(slopes)
    whole, loads = costs.largest["whole_job"], [each["load"] for each in slopes]
    return (
        INTRODUCTION.format(
            measured=whole["events"], landed=costs.largest["land_parquet"]["events"], lines="\n".join(lines(costs))
        )
        + MEASURED.format(
            date=whole["date"],
            machine=whole["machine"],
            least=min(loads),
            most=max(loads),
            straight="\n".join(costs.straight()),
            more=1e6 * costs.one_more_metric,
        )
        + ASSUMED
    )


INTRODUCTION = """# How much machine

<!-- Made by `python -m benchmarks.sizing` from benchmarks/slopes.json; measure again instead of editing. -->

A full run measures every account at a year of weeks, scores it, and writes snapshots. Lines with `*` are
**extrapolated**: a full run of more than {measured:,} events, and landing more than {landed:,}, were not measured for
this page, and a straight line goes on from there.

| events | accounts | metrics | engine | cores | memory | minutes of a full run | minutes to land all | $ a month |
|---|---|---|---|---|---|---|---|---|
{lines}
"""
MEASURED = """
## What was measured

{date}, {machine}, in seconds of the processor, since others were at work there (load {least:.0f} to {most:.0f}). Busy
neighbours make such seconds longer, not shorter: a machine of your own should do better.

| way | events | µs of a core each | events | µs of a core each | peak MB |
|---|---|---|---|---|---|
{straight}

One more metric costs {more:.3f} µs of a core for each event: all metrics of events against every second one.
"""
ASSUMED = f"""
## What was assumed

- **Prices**: {CLOUD}. A full run every day, the machine rented only for its minutes; nothing for traffic,
  requests or people.
- **Increments** cost less than the full run that is counted here: a day reads what its windows need.
- **Cores** are as many as end a full run in {PATIENCE} minutes, each at work {BUSY:.0%} of the time, and as give the
  memory, {GIGABYTES_OF_A_CORE} GB each: 3 GB for a run, and 8 bytes for each metric of every account at
  {REFERENCE_WEEKS} weeks of reference. On Spark that memory is needed where results come together.
- **Engine**: one machine up to {LARGEST} cores, and Spark beyond, at the same cost for an event. Spark was not measured
  at such sizes.
- **Events** have {BYTES} bytes each in a store, and an account has {ACCOUNTS_OF:,} of them. Landing holds all rows of a
  table in memory that come in at once: more than fit are landed in parts.
- **Metrics** more than the measured ones cost one more metric of events each, and their share of scoring and writing.
"""


if __name__ == "__main__":
    PAGE.write_text(page(kept()), encoding="utf-8")
