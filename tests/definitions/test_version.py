"""The version is a hash of the meaning: what does not matter does not change it, and what matters does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.definitions.good import GOOD, changed, read

SAME = [
    GOOD.replace("window: 28d", "window:   '28d'"),
    GOOD.replace("{ from: 2025-01-01, to: 2025-06-30 }", "{ to: 2025-06-30, from: 2025-01-01 }"),
    changed(("  seats: { held: subscriptions.seats }\n", ""),
            ("  late:", "  seats:\n    held: subscriptions.seats\n  late:")),
    changed(("window: 4w", "window: 28d")),
    changed(("needs_coverage: 50%", "needs_coverage: 0.5")),
    changed(("  parents: own\n", "")),
    changed(("{ value: THB }", "{ value: THB, row_number: no }")),
    changed(("margin: 75%", "margin: 60%")),  # what revenue is worth moves no score
    "# a comment\n\n" + GOOD.replace("  late:", "  # another\n  late:"),
    changed(("    support:\n      urgent: { weight: 10, better: lower }\n", ""),
            ("    usage:\n", "    support:\n      urgent: { weight: 10, better: lower }\n    usage:\n")),
]  # fmt: skip

OTHER = [
    changed(("window: 28d", "window: 29d")),
    changed(("weight: 15", "weight: 16")),
    changed(("{ 0%: 0, 50%: 60, 90%: 100 }", "{ 0%: 0, 50%: 61, 90%: 100 }")),
    changed(("[people, seats]", "[seats, people]")),
    changed(("Asia/Bangkok", "Asia/Tokyo")),
    changed(("account_id: org", "account_id: customer")),
    changed(("invoice_id: No.", "invoice_id: { row_number: yes }")),
    changed(
        ("  onboarding: start\n  adoption: { event: report }", "  adoption: { event: report }\n  onboarding: start")
    ),
    changed(('{ people: "< 1" }', '{ people: "<= 1" }')),
    changed(("grace: 30d", "grace: 31d")),
]


@pytest.mark.parametrize("text", SAME)
def test_the_same_meaning(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).version == read(tmp_path).version


@pytest.mark.parametrize("text", OTHER)
def test_another_meaning(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).version != read(tmp_path).version


def test_the_place_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    here, there = read(tmp_path), read(tmp_path / "elsewhere")
    assert here.path != there.path
    assert here.version == there.version


def test_reading_twice(tmp_path: Path) -> None:
    assert read(tmp_path) == read(tmp_path)
    assert read(tmp_path) != read(tmp_path, OTHER[0])
