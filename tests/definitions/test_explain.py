"""What `sabai check --explain` shows: sentences, and every default that applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from sabai.definitions.explain import defaults_shown
from sabai.definitions.sentences import sentence
from tests.definitions.good import GOOD, changed, read

SENTENCES = [
    ("{ count: events, where: { name: a }, window: 28d }", 'how many events named "a" in the 28 days before the date'),
    ("{ count: events }", "how many events before the date"),
    ("{ count: events, window: stage }", "how many events since the stage began, before the date"),
    ("{ sum: returns.gained, window: 7d, missing: 0 }",
     "the sum of returns.gained in the 7 days before the date (0 where nothing was found)"),
    ("{ active_days: events, window: 7d }",
     "on how many different days there were events in the 7 days before the date"),
    ("{ distinct: contact, of: events, window: 7d }",
     "how many different contacts in events in the 7 days before the date"),
    ("{ held: subscriptions.seats }", "the subscriptions.seats held at the date"),
    ("{ held: invoices.overdue }", "the invoices.overdue held at the date"),
    ("{ open: tickets, where: { severity: [urgent, high] } }",
     'how many tickets are open whose severity is "urgent" or "high" at the date'),
    ("{ count: tickets, where: { topic: [not: bug], satisfaction: '>= 4' }, window: 7d }",
     'how many tickets whose topic is not "bug" and whose satisfaction is at least 4 in the 7 days before the date'),
    ("{ count: touchpoints, where: { direction: in, channel: known }, window: 90d }",
     'how many touchpoints whose direction is "in" and whose channel is known in the 90 days before the date'),
    ("{ days_since: touchpoints }", "days since the latest of touchpoints before the date"),
    ("{ ratio: [people, seats] }", "people divided by seats"),
    ("{ change: people }", "the change of people against the same 28 days before, as a share of it"),
    ("{ slope: people, over: 3 }", "how much people rises from window to window, as a straight line through 3"),
    ("{ per_seat: people }", "people divided by (the subscriptions.seats held at the date)"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "said"), SENTENCES, ids=[form for form, _ in SENTENCES])
def test_a_metric_as_a_sentence(form: str, said: str, tmp_path: Path) -> None:
    metrics = read(tmp_path, changed(("  faults:", f"  x: {form}\n  faults:"))).metrics
    assert sentence(metrics["x"], metrics) == said


def test_every_metric_of_the_user_is_shown_with_its_line(tmp_path: Path) -> None:
    definitions = read(tmp_path)
    shown = {what: line for what, _, line in defaults_shown(definitions)}
    names = [name for name in definitions.metrics if "." not in name]
    assert {f"metrics.{name}" for name in names} <= set(shown)
    assert GOOD.splitlines()[shown["metrics.people"] - 1].startswith("  people:")


def test_conditions_are_sentences_too(tmp_path: Path) -> None:
    shown = {what: said for what, said, _ in defaults_shown(read(tmp_path))}
    assert shown["health.deductions.nobody"] == "takes 5 points while people < 1"
    assert 'events named "cancel_viewed" in the 30 days' in shown["health.deductions.asked_to_cancel"]
    assert shown["health.young.milestones.three_people"] == "is reached when people >= 3"


def test_a_default_is_shown_where_nothing_is_written_and_only_there(tmp_path: Path) -> None:
    def shown(text: str) -> dict[str, str]:
        return {what: said for what, said, _ in defaults_shown(read(tmp_path, text))}

    assert "health" not in shown(GOOD)
    assert shown(changed(("  parents: own\n", "")))["health"] == "parents: own"
    assert shown(changed(("  deduction_cap: 30\n", "")))["health"] == "deduction_cap: 30"
    assert shown(changed(("churn: { from: subscriptions, grace: 30d }\n", "")))["churn"] == "from: churn; grace: 30d"
    assert "lag: 0" in shown(GOOD)["sources.bills"]
    assert "lag" not in shown(GOOD)["sources.product"]
