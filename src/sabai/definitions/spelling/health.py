"""Health: factors, deductions, bands, young accounts; conditions on events become hidden metrics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sabai.definitions import words
from sabai.definitions.model import (
    Bands,
    Basic,
    Condition,
    Deduction,
    Factor,
    Health,
    Milestone,
    SegmentRule,
    Where,
    Young,
)
from sabai.definitions.spelling.metrics import Metrics
from sabai.definitions.written import Entries, Items, Text, Written, texts

DEFAULT_FOR = "30d"


def spell_health(node: Entries, metrics: Metrics) -> Health:
    """The section `health`; hidden metrics of its conditions are added to `metrics`."""
    usual = Health(factors=(), dimensions=())
    reference, segments = node.section("reference"), node.get("segments")
    return Health(
        factors=tuple(_factors(node.section("dimensions"))),
        dimensions=tuple(node.section("dimensions").names()),
        deductions=tuple(_deduction(key, value, metrics) for key, value in node.section("deductions")),
        deduction_cap=_number(node, "deduction_cap", usual.deduction_cap),
        segments=texts(segments) if isinstance(segments, Items) else (),
        segment_rules=tuple(_segment_rules(node.section("segments"))),
        reference=(words.calendar_date(reference.text("from")), words.calendar_date(reference.text("to")))
        if "reference" in node
        else None,
        needs_coverage=_number(node, "needs_coverage", usual.needs_coverage),
        bands=_bands(node.section("bands")),
        young=_young(node.section("young"), metrics) if "young" in node else None,
        parents=_parents(node.text("parents", usual.parents)),
    )


def _factors(dimensions: Entries) -> Iterator[Factor]:
    for dimension, factors in dimensions:
        for key, value in factors if isinstance(factors, Entries) else ():
            if isinstance(value, Entries):
                yield _factor(key, dimension.text, value)


def _factor(key: Text, dimension: str, node: Entries) -> Factor:
    better: Literal["higher", "lower"] | None = None
    if "better" in node:
        better = "higher" if node.text("better") == "higher" else "lower"
    weight = words.number(node.text("weight"))
    return Factor(key.text, dimension, weight, better, curve(node.section("curve")), key.line)


def curve(node: Entries) -> tuple[tuple[float, float], ...]:
    """Pairs of a metric's value and its points, as they are written."""
    return tuple((words.number(key.text), words.number(value.text)) for key, value in node if isinstance(value, Text))


def _deduction(key: Text, node: Written, metrics: Metrics) -> Deduction:
    assert isinstance(node, Entries)
    when = _condition(key, node.section("when"), words.days(node.text("for", DEFAULT_FOR)), metrics)
    return Deduction(key.text, when, words.number(node.text("points")), key.line)


def _condition(key: Text, when: Entries, remembered: int | None, metrics: Metrics) -> Condition:
    metric, text = when.names()[0], when.text(when.names()[0])
    return _on_event(key, text, remembered, metrics) if metric == "event" else words.condition(metric, text)


def _on_event(key: Text, event: str, remembered: int | None, metrics: Metrics) -> Condition:
    hidden = f"{key.text}.{'event' if remembered else 'reached'}"
    where = (Where("name", "in", (event,)),)
    metrics.add(Basic(hidden, "count", "events", where=where, window_days=remembered, line=key.line))
    return Condition(hidden, ">=", 1.0)


def _segment_rules(rules: Entries) -> Iterator[SegmentRule]:
    for key, value in rules:
        if isinstance(value, Entries):
            yield SegmentRule(key.text, tuple(words.condition(name.text, value.text(name.text)) for name, _ in value))


def _bands(node: Entries) -> Bands:
    cut, hold, usual = node.get("cut"), node.section("hold"), Bands()
    return Bands(
        cut=(_number(cut, "healthy", 0), _number(cut, "at_risk", 0)) if isinstance(cut, Entries) else None,
        hold_points=_number(hold, "points", usual.hold_points),
        hold_days=int(_number(hold, "days", usual.hold_days)),
    )


def _young(node: Entries, metrics: Metrics) -> Young:
    written = node.get("milestones")
    if isinstance(written, Entries):
        steps = [(key, value) for key, value in written if isinstance(value, Entries)]
        milestones = [Milestone(key.text, _condition(key, value, None, metrics)) for key, value in steps]
    else:
        events = [item for item in (written.items if isinstance(written, Items) else ()) if isinstance(item, Text)]
        milestones = [Milestone(item.text, _on_event(item, item.text, None, metrics)) for item in events]
    return Young(words.days(node.text("until")), tuple(milestones))


def _number(node: Entries, name: str, otherwise: float) -> float:
    return words.number(node.text(name)) if name in node else otherwise


def _parents(text: str) -> Literal["own", "mean", "revenue"]:
    return "mean" if text == "mean" else "revenue" if text == "revenue" else "own"
