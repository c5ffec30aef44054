"""The same company as other tools would report it: their words, their sums, and why they differ from ours.

Every reading is arithmetic on the movements of one period, so two tools that disagree can be explained line by line.
Sources, read in November 2026: help.chartmogul.com "MRR Churn Rate" and "Net MRR Churn Rate" (standard formula);
changelog.baremetrics.com "Net Revenue Retention"; chartmogul.com/blog "Calculating MRR with multiple currencies".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sabai.retention.rates import Rates

Tool = Literal["sabai", "chartmogul", "baremetrics", "renewals"]
TOOLS: tuple[Tool, ...] = ("sabai", "chartmogul", "baremetrics", "renewals")


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure as one tool defines it; `value` divides by the revenue at the start, which is not 0."""

    tool: Tool
    figure: str
    formula: str
    why: str
    value: Callable[[Rates], float]


READINGS = (
    Reading(
        "sabai", "gross revenue retention", "(start − contraction − churn) / start",
        "What was there and still is: never above 100%.",
        lambda of: of.gross.value,
    ),
    Reading(
        "sabai", "net revenue retention", "(start + expansion − contraction − churn) / start",
        "Only those who paid at the start: whoever comes back is no expansion.",
        lambda of: of.net.value,
    ),
    Reading(
        "chartmogul", "gross MRR churn rate", "(churn + contraction) / start",
        "One less our gross revenue retention.",
        lambda of: (of.churn_minor + of.contraction_minor) / of.start_minor,
    ),
    Reading(
        "chartmogul", "net MRR churn rate", "(churn + contraction − expansion − reactivation) / start",
        "Sets whoever comes back off against those who left, which usually makes it lower than one less our net "
        "revenue retention.",
        lambda of: (of.churn_minor + of.contraction_minor - of.expansion_minor - of.reactivation_minor)
        / of.start_minor,
    ),
    Reading(
        "baremetrics", "net revenue retention", "1 − (churn − expansion) / start",
        "Leaves out contraction, so it is higher than ours wherever customers pay less than before.",
        lambda of: 1 - (of.churn_minor - of.expansion_minor) / of.start_minor,
    ),
)  # fmt: skip
EXCHANGED = Reading(
    "sabai", "net revenue retention with exchange", "end of those who paid at the start / start",
    "What currencies gained and lost counts as well, as in the books; the rates above leave it out.",
    lambda of: of.net_exchanged or 0.0,
)  # fmt: skip
NET = READINGS[1]
EXCHANGE_OF: dict[Tool, str] = {
    "chartmogul": "ChartMogul counts at the closing rate of the day on which each invoice was paid: what exchange "
    "moved stands within its expansion and contraction."
}
"""How a tool counts what is paid in another currency, where that is known."""
RENEWALS = Reading(
    "renewals", "gross renewal rate", "Σ min(end, start) / Σ start, of those whose contract came up for renewal",
    "Counts only customers who could leave in the period, which usually makes it lower than gross revenue "
        "retention, where those who were bound count as well.",
    lambda of: of.gross.value,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is None where there was nothing at the start."""

    tool: Tool
    figure: str
    formula: str
    why: str
    value: float | None


def as_others_say(whole: Rates, due: Rates | None, *, dated: bool = False) -> Iterator[Figure]:
    """Every figure of one period; `due` are the rates of those alone whose contract came up for renewal in it. `dated`:
    exchange is a movement of its own, and so there are two net rates."""
    for reading in READINGS:
        yield _figure(reading, whole)
        if dated and reading is NET:
            yield _figure(EXCHANGED, whole)
    if due is not None:
        yield _figure(RENEWALS, due)


def _figure(reading: Reading, of: Rates) -> Figure:
    value = reading.value(of) if of.start_minor else None
    return Figure(reading.tool, reading.figure, reading.formula, reading.why, value)
